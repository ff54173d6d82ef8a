"""The scenes of the guide's pictures: each brings the program to where it is taken, and gives the widget to take."""

from __future__ import annotations

import asyncio
import contextlib
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from wsgui.core.protocol import Protocol
from wsgui.net.state import State

if TYPE_CHECKING:
    from wsgui.ui.connection_tab import ConnectionTab
    from wsgui.ui.diagnosis.pane import DiagnosisPane
    from wsgui.ui.window import Window

ROOT = Path(__file__).resolve().parent.parent

SIZE = (1040, 650)
"""Of the window, in pixels."""
PATIENCE_SECONDS = 30.0
PORTS = range(3002, 3100, 2)
"""The first that is free is used; it stands in the pictures."""

Scene = Callable[["Stage"], Awaitable[QWidget]]
SCENES: dict[str, Scene] = {}
"""The name of a picture -> what brings the program there."""

Each = TypeVar("Each", bound=Scene)


def scene(do: Each) -> Each:
    """Add a scene; its picture has the name of the function."""
    SCENES[do.__name__.replace("_", "-")] = do
    return do


class Stage:
    """The window, and what scenes have in common."""

    def __init__(self, window: Window, language: str) -> None:
        self.window = window
        self.language = language
        self.servers = contextlib.ExitStack()
        self.leave: Callable[[], object] = lambda: None
        """What the scene has changed in the window is put back so, when its picture is taken."""
        self._urls: dict[str, str] = {}

    def url(self, fault: str = "") -> str:
        """The address of a server of the lab, which is started if it does not run yet."""
        if fault not in self._urls:
            self._urls[fault] = self.servers.enter_context(server(fault, self.language))
        return self._urls[fault]

    async def tab(self, *, wide: bool = False) -> ConnectionTab:
        """A new tab, alone in the window; ``wide``: with its log and the like alone."""
        self.window.resize(*SIZE)
        self.window.settings.page = "log"
        while self.window.tabs.count() > 1:
            self.window.close_front()
        self.window.new_tab()
        self.window.tabs.setCurrentIndex(0)
        self.window.close_front()
        self.window.statusBar().clearMessage()
        for pane in ("options", "snippet", "send"):
            self.window.tab.show_pane(pane, shown=not wide)
        await asyncio.sleep(0.05)  # the page that was in front last is shown a moment later
        return self.window.tab

    async def connected(self, page: str = "log", *, wide: bool = False) -> ConnectionTab:
        """A connection that has been upgraded, with an event that was answered."""
        tab = await self.tab(wide=wide)
        tab.connect_to(self.url())
        await until(lambda: tab.status.transport == "websocket" and tab.strip.received >= 3)
        tab.send.event_edit.setText("echo")
        tab.send.payload_edit.setPlainText('"hello", {"room": 7}')
        tab.send.send_button.click()
        await until(lambda: tab.status.round_trip is not None)
        tab.pages.show_page(page)
        return tab

    async def diagnosed(self, fault: str) -> DiagnosisPane:
        """The page of a diagnosis that has ended."""
        tab = await self.tab(wide=True)
        tab.address.set_protocol(Protocol.SOCKETIO)
        tab.address.url_edit.setText(self.url(fault))
        tab.diagnosing.start()
        pane = tab.diagnosing.pane
        assert pane is not None
        await until(lambda: not pane.run.running and pane.run.report is not None)
        return pane


@scene
async def window(stage: Stage) -> QWidget:
    tab = await stage.connected()
    await until(lambda: tab.strip.received >= 5)
    return stage.window


@scene
async def options(stage: Stage) -> QWidget:
    tab = await stage.tab()
    tab.address.url_edit.setText("https://api.example.com")
    tab.options.replace_values({"transports": ["websocket"], "reconnectionDelay": 2000})
    stage.window.resize(SIZE[0], 780)
    tab.options.focus_option("reconnectionDelay")
    await asyncio.sleep(0.1)
    return tab.options.parentWidget() or tab.options


@scene
async def log(stage: Stage) -> QWidget:
    tab = await stage.connected(wide=True)
    stage.window.resize(SIZE[0], 580)
    tab.log.filter_edit.setText("kind:http,upgrade,connect,event,ack")
    await asyncio.sleep(0.6)
    tab.log.view.selectRow(2)
    return tab.pages


@scene
async def wire(stage: Stage) -> QWidget:
    tab = await stage.connected("wire", wide=True)
    stage.window.resize(SIZE[0], 580)
    pane = tab.pages.wire
    assert pane is not None
    await until(lambda: pane.view.model().rowCount() >= 6)
    pane.view.selectRow(5)
    return tab.pages


@scene
async def pulse(stage: Stage) -> QWidget:
    tab = await stage.connected("pulse", wide=True)
    stage.window.resize(SIZE[0], 480)
    for _number in range(12):
        tab.send.send_button.click()
        await asyncio.sleep(0.3)
    return tab.pages


@scene
async def diagnosis(stage: Stage) -> QWidget:
    return await stage.diagnosed("second-upgrade-handler")


@scene
async def console(stage: Stage) -> QWidget:
    tab = await stage.tab(wide=True)
    tab.address.url_edit.setText("https://api.example.com")
    stage.window.resize(SIZE[0], 540)
    tab.diagnosing.show_console()
    pane = tab.diagnosing.pane
    assert pane is not None
    pane.console.edit.setPlainText(
        "RangeError: Invalid WebSocket frame: invalid status code 47746\n"
        "    at Receiver.controlMessage { code: 'WS_ERR_INVALID_CLOSE_CODE', [Symbol(status-code)]: 1002 }"
    )
    await asyncio.sleep(0.8)
    return tab.pages


@scene
async def faults(stage: Stage) -> QWidget:
    await stage.tab()
    stage.window.show_faults()
    dialog = stage.window.faults
    assert dialog is not None
    await until(lambda: dialog.filled)
    dialog.resize(820, 460)
    dialog.choose("upgrade-headers-stripped")
    return dialog


@scene
async def client_faults(stage: Stage) -> QWidget:
    tab = await stage.connected()
    tab.show_faults()
    dialog = tab.faulty.window_
    assert dialog is not None
    dialog.resize(700, 300)
    dialog.arm_box.click()
    dialog.choose("close-with-code")
    return dialog


@scene
async def sending(stage: Stage) -> QWidget:
    tab = await stage.connected()
    return tab.events


@scene
async def importing(stage: Stage) -> QWidget:
    await stage.tab()
    dialog = stage.window.importing.show()
    dialog.resize(760, 560)
    dialog.read_text(
        "NEXT_PUBLIC_SOCKETIO_URL='localhost:3002/chat'\nSOCKET_PATH=/realtime/\nDATABASE_URL=postgres://db\n"
    )
    await until(lambda: dialog.current is not None)
    return dialog


@scene
async def recordings(stage: Stage) -> QWidget:
    await stage.connected()
    stage.window.shelf.show_list()
    dialog = stage.window.shelf.list_window
    dialog.resize(860, 380)
    await asyncio.sleep(0.8)
    return dialog


@scene
async def comparing(stage: Stage) -> QWidget:
    first = await stage.connected()
    first.stop()
    await until(lambda: first.status.state is State.CLOSED)
    second = stage.window.new_tab()
    second.options.replace_values({"transports": ["polling"]})
    second.connect_to(stage.url())
    await until(lambda: second.strip.received >= 3)
    second.stop()
    await until(lambda: second.status.state is State.CLOSED)
    stage.window.comparing.show()
    await until(lambda: stage.window.comparing.dialog is not None)
    dialog = stage.window.comparing.dialog
    assert dialog is not None
    dialog.resize(860, 460)
    dialog.left_box.setCurrentIndex(0)
    dialog.right_box.setCurrentIndex(1)
    await until(lambda: dialog.model.rowCount() > 0)
    return dialog


@scene
async def code(stage: Stage) -> QWidget:
    tab = await stage.tab()
    tab.address.url_edit.setText("https://api.example.com")
    tab.options.replace_values({"transports": ["websocket"], "auth": {"token": "abc"}})
    stage.window.code_export.show()
    dialog = stage.window.code_export.dialog
    assert dialog is not None
    dialog.resize(760, 460)
    return dialog


@scene
async def report(stage: Stage) -> QWidget:
    await stage.connected()
    stage.window.reporting.show()
    dialog = stage.window.reporting.dialog
    assert dialog is not None
    dialog.resize(760, 460)
    await until(lambda: bool(dialog.preview.toPlainText()))
    return dialog


@scene
async def settings(stage: Stage) -> QWidget:
    await stage.tab()
    stage.window.program.show_settings()
    return stage.window.program.settings_dialog


@scene
async def profiles(stage: Stage) -> QWidget:
    from wsgui.core.profiles.profile import Profile
    from wsgui.core.profiles.store import ProfileStore

    store = ProfileStore()
    shop = store.make_folder(store.folder, "Shop")
    for name, url, folder in (
        ("Orders", "{{api}}/orders", shop),
        ("Payments", "{{api}}/payments", shop),
        ("Chat", "http://localhost:3000/chat", store.folder),
    ):
        store.create(Profile(name=name, url=url, options={"transports": ["websocket"]}), folder)
    await stage.tab()
    arranging = stage.window.profiles.arranging
    arranging.show_panel(shown=True)
    await until(lambda: arranging.panel is not None and arranging.panel.model.rowCount() > 0)
    stage.window.profiles.open(store.find("Chat").path)
    await until(lambda: stage.window.tabs.tabText(0) == "Chat")
    stage.leave = lambda: arranging.show_panel(shown=False)
    return stage.window


@scene
async def environments(stage: Stage) -> QWidget:
    from wsgui.core.environments import Environment, EnvironmentStore

    for name, host in (("local", "http://localhost:3000"), ("production", "https://api.example.com")):
        EnvironmentStore().write(Environment(name, {"api": host, "room": "7"}), None)
    await stage.tab()
    environments = stage.window.environments
    environments.show()
    await until(lambda: environments.dialog is not None)
    dialog = environments.dialog
    assert dialog is not None
    dialog.resize(720, 400)
    return dialog


@scene
async def sequence(stage: Stage) -> QWidget:
    from wsgui.core.connection_plan import Check, Pause, Send
    from wsgui.core.sequence_file import sequences_path, write_sequences
    from wsgui.core.sequences import SavedSequence
    from wsgui.core.value_check import Test

    steps = (
        Send("sum", [1, 2], ack=True),
        Check("0", Test.EQUALS, 3),
        Pause(0.2),
        Send("sum", [2, 2], ack=True),
        Check("0", Test.EQUALS, 5),
    )
    write_sequences(sequences_path(), (SavedSequence("sum", steps),))
    tab = await stage.connected()
    stage.window.resize(SIZE[0], 860)
    tab.events.setCurrentWidget(tab.events.sequences)
    panel = tab.events.sequences.content
    await until(lambda: panel.box.count() > 0)
    panel.run_button.click()
    await until(lambda: panel.sequence is not None and panel.table.item(4, 1) is not None)
    await asyncio.sleep(1.0)
    return tab.events


async def until(condition: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110 - what a widget shows has no event to wait for
            await asyncio.sleep(0.02)


@contextlib.contextmanager
def server(fault: str, language: str) -> Iterator[str]:
    """A server of the lab on the first port that is free."""
    for port in PORTS:
        arguments = ["lab", "--port", str(port), "--with-parent", "--language", language]
        process = subprocess.Popen(
            [sys.executable, "-m", "wsgui", *arguments, *(["--fault", fault] if fault else [])],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        with process:
            for line in process.stdout:
                if found := re.match(r"listening on (\S+)", line):
                    try:
                        yield found[1]
                    finally:
                        process.terminate()
                    return
    raise RuntimeError(f"no free port among {PORTS}")
