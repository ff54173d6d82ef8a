"""The pictures of the guide, taken anew from the running program, in every language.

python scripts/screenshots.py                    all of them, into docs/guide/images/LANGUAGE
python scripts/screenshots.py ru                 those of a language
python scripts/screenshots.py en wire options    some of them

Each picture is a scene: a function that brings the program to where the picture is taken, and gives the widget to
take. No screen is needed. Settings and recordings are those of an empty home that goes when the script ends; the
servers are those of ``wsgui lab``.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "guide" / "images"

if __name__ == "__main__":  # before anything of Qt is imported
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "qt.text.font.db=false", "QT_SCALE_FACTOR": "1"}

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFont, QFontDatabase, QImage
from PySide6.QtWidgets import QApplication, QWidget

from wsgui.core.protocol import Protocol
from wsgui.net.state import State

if TYPE_CHECKING:
    from wsgui.ui.connection_tab import ConnectionTab
    from wsgui.ui.diagnosis.pane import DiagnosisPane
    from wsgui.ui.window import Window

SIZE = (1040, 650)
"""Of the window, in pixels."""
MARGIN = 6
"""Pixels around what is not a window of its own."""
FONT = "DejaVu Sans"
COLOURS = 16
"""Of a picture. Flat surfaces and texts need no more, and each colour costs bytes."""
PATIENCE_SECONDS = 30.0
PORTS = range(3002, 3100, 2)
"""The first that is free is used; it stands in the pictures."""

Scene = Callable[["Stage"], Awaitable[QWidget]]
SCENES: dict[str, Scene] = {}
"""The name of a picture -> what brings the program there. A scene is also named for a picture in the dark: ``NAME-dark``."""

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
    pane = await stage.diagnosed("second-upgrade-handler")
    return pane


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
    dialog.read_text("NEXT_PUBLIC_SOCKETIO_URL='localhost:3002/chat'\nSOCKET_PATH=/realtime/\nDATABASE_URL=postgres://db\n")
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


IN_THE_DARK = ("window",)
"""Scenes of which there is a picture in the dark theme, too."""


def pictures() -> list[str]:
    """The names of all pictures of a language."""
    return [*SCENES, *(f"{name}-dark" for name in IN_THE_DARK)]


# The program behind the scenes


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


async def take(window: Window, application: QApplication, language: str, wanted: list[str]) -> None:
    """Play the scenes whose pictures are wanted, and save the pictures."""
    from wsgui.ui import theme

    folder = IMAGES / language
    folder.mkdir(parents=True, exist_ok=True)
    stage = Stage(window, language)
    window.show()
    with stage.servers:
        for name in wanted:
            dark = name.endswith("-dark")
            theme.apply(application, theme.Choice.DARK if dark else theme.Choice.LIGHT)
            began = time.monotonic()
            widget = await SCENES[name.removesuffix("-dark")](stage)
            await settled(widget)
            size = save(picture(widget), folder / f"{name}.png")
            print(f"{language}/{name}.png  {size / 1000:.1f} kB  {time.monotonic() - began:.1f} s", flush=True)
            if widget.isWindow() and widget is not window:
                widget.close()
        window.close()
        await window.closed.wait()


async def settled(widget: QWidget) -> None:
    """Let what was changed be laid out and painted; no cursor blinks, and nothing is under the mouse."""
    for _turn in range(4):
        await asyncio.sleep(0.05)
    if focused := widget.window().focusWidget():
        focused.clearFocus()
    await asyncio.sleep(0.05)


def picture(widget: QWidget) -> QImage:
    """A window, or a part of one with a margin around it."""
    if widget.isWindow():
        return widget.grab().toImage()
    at = QRect(widget.mapTo(widget.window(), QPoint()), widget.size())
    return widget.window().grab(at.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)).toImage()


def save(image: QImage, path: Path) -> int:
    """Write a picture as a PNG of 16 colours, which is half as large as what Qt would write; its bytes."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(image.constBits()).cast("I").tolist()
    counts = Counter(pixels)
    palette = chosen(counts)
    nearest = {colour: min(range(len(palette)), key=lambda n: distance(colour, palette[n])) for colour in counts}
    width, height = image.width(), image.height()
    rows = bytearray()
    for row in range(height):
        line = [*map(nearest.__getitem__, pixels[row * width : (row + 1) * width]), 0]
        rows += bytes([0, *(left << 4 | right for left, right in zip(line[: width + width % 2 : 2], line[1::2]))])
    head = struct.pack(">IIBBBBB", width, height, 4, 3, 0, 0, 0)  # 4 bits of a palette for each pixel
    colours = b"".join((colour & 0xFFFFFF).to_bytes(3, "big") for colour in palette)
    parts = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, data) for name, data in parts))


def chunk(name: bytes, data: bytes) -> bytes:
    """A part of a PNG file: length, name, data, checksum."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def chosen(counts: Counter[int]) -> list[int]:
    """The colours that stand for all: again and again the one that most pixels, far from those chosen, ask for."""
    palette = [counts.most_common(1)[0][0]]
    far = {colour: distance(colour, palette[0]) for colour in counts}
    while len(palette) < COLOURS and any(far.values()):
        palette.append(max(far, key=lambda colour: far[colour] * counts[colour] ** 0.7))
        for colour in far:
            far[colour] = min(far[colour], distance(colour, palette[-1]))
    return palette


def distance(one: int, other: int) -> int:
    """How different two colours, ``0xffrrggbb``, are."""
    return sum(((one >> shift & 255) - (other >> shift & 255)) ** 2 for shift in (0, 8, 16))


def play(language: str, wanted: list[str]) -> None:
    """The pictures of one language, by this process."""
    from wsgui.app import create

    application, loop, window = create([], asked=language)
    if FONT not in QFontDatabase.families():
        raise SystemExit(f"The pictures are taken with the font {FONT}: apt-get install fonts-dejavu-core")
    font = QFont(FONT)
    font.setPointSizeF(9)
    application.setFont(font)
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(take(window, application, language, wanted))


def main(arguments: list[str]) -> int:
    """Play all that is asked for; each language in a process and an empty home of its own."""
    from wsgui.language import languages

    asked = [each for each in arguments if each in languages()] or list(languages())
    wanted = [each for each in arguments if each not in languages()] or pictures()
    if unknown := set(wanted) - set(pictures()):
        print(f"There is no picture {', '.join(sorted(unknown))}; there are {', '.join(pictures())}.")
        return 2
    if len(asked) == 1 and "WSGUI_SCREENSHOTS" in os.environ:
        play(asked[0], wanted)
        return 0
    for language in asked:
        with tempfile.TemporaryDirectory() as home:
            places = {f"XDG_{name}_HOME": home for name in ("CONFIG", "DATA", "STATE", "CACHE")}
            environment = {**os.environ, **places, "HOME": home, "WSGUI_SCREENSHOTS": "1"}
            done = subprocess.run([sys.executable, __file__, language, *wanted], env=environment, check=False)
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
