"""Environments in the window: what goes on the wire is the resolved value, what is saved and shown is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.net.raw_server import RawWebSocket, agrees, raw_server
from tests.ui.options.finding import found
from tests.ui.profiles.keyring_in_memory import InMemory, in_use
from tests.ui.running import recorded, run, until, window
from wsgui.core.environments import Environment, EnvironmentStore
from wsgui.core.protocol import Protocol
from wsgui.core.records import Direction, Kind
from wsgui.lab.server import serve
from wsgui.net.state import State
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.environments.dialog import EnvironmentsDialog
from wsgui.ui.window import Window


@pytest.fixture
def ring() -> Iterator[InMemory]:
    backend = InMemory()
    with in_use(backend):
        yield backend


def stored(ring: InMemory, **variables: str) -> None:
    """An environment, staging; ``token`` is its secret."""
    one = EnvironmentStore().write(Environment("staging", variables, frozenset({"token"} & variables.keys())), None)
    for name in one.environment.secret:
        ring.kept["wsgui", f"{one.environment.id}/variables.{name}"] = variables[name]


async def choose(shown: Window, name: str) -> None:
    """In the address bar, as a person does."""
    await until(lambda: "environment_box" in shown.tab.address.__dict__, "the box")
    box = shown.tab.address.environment_box
    box.setCurrentIndex(box.findData(name))
    box.activated.emit(box.currentIndex())
    wanted = name or None
    await until(lambda: getattr(shown.tab.environment, "name", None) == wanted, "the environment")


async def dialog_of(shown: Window) -> EnvironmentsDialog:
    shown.environments.show()
    await until(lambda: shown.environments.dialog is not None, "the dialog")
    assert shown.environments.dialog is not None
    return shown.environments.dialog


def type_in(dialog: EnvironmentsDialog, row: int, name: str, value: str, *, secret: bool = False) -> None:
    table = dialog.table
    table.setData(table.index(row, 0), name)
    table.setData(table.index(row, 1), value)
    if secret:
        table.setData(table.index(row, 2), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)


def test_without_environments_there_is_no_box(qapp: QApplication, ring: InMemory) -> None:
    async def body() -> None:
        async with window() as shown:
            assert "environment_box" not in shown.tab.address.__dict__

    run(qapp, body)


def test_the_wire_has_the_values_and_all_else_has_the_names(qapp: QApplication, ring: InMemory) -> None:
    async def body() -> None:
        async with serve() as url:
            stored(ring, host=urlsplit(url).netloc, token="S3CRET-1", word="hello")
            async with window() as shown:
                tab = shown.tab
                await choose(shown, "staging")
                tab.address.url_edit.setText("http://{{host}}/")
                tab.options.set_values({"extraHeaders": {"X-Token": "{{token}}"}, "auth": {"t": "{{token}}"}})
                tab.options.fill()
                assert urlsplit(url).netloc in tab.address.url_edit.toolTip()
                tip = tab.options.rows["extraHeaders"].editor.toolTip()
                assert "•••" in tip
                assert "S3CRET" not in tip
                tab.connect_now()
                await until(lambda: tab.status.state is State.CONNECTED, "the connection")
                sent = [record for record in tab.records() if record.kind is Kind.HTTP]
                assert "'X-Token', 'S3CRET-1'" in str(sent[0].fact("request_headers"))
                tab.send.event_edit.setText("{{word}}")
                tab.send.payload_edit.setPlainText('{"a": "{{token}}"}')
                tab.send.send_button.click()
                await until(lambda: bool(recorded(tab, Kind.EVENT, Direction.OUT)), "the event")
                assert 'hello",{"a":"S3CRET-1"}' in str(recorded(tab, Kind.EVENT, Direction.OUT)[0].data)
                tab.send.payload_edit.setPlainText('"{{nothing}}"')
                tab.send.send_button.click()
                assert "staging has no value for {{nothing}}" in tab.send._message.text()
                shown.code_export.show()
                assert shown.code_export.dialog is not None
                assert "S3CRET-1" in shown.code_export.dialog.text
                shown.code_export.dialog.reject()
                shown.profiles.save_as()
                await until(lambda: shown.profiles.dialog is not None, "the dialog")
                assert shown.profiles.dialog is not None
                shown.profiles.dialog.name_edit.setText("P")
                shown.profiles.dialog.save_button.click()
                await until(lambda: shown.tabs.tabText(0).endswith("P"), "the profile")
                path = shown.profiles.path_of(tab)
                assert isinstance(path, Path)
                text = path.read_text()
                assert "{{token}}" in text
                assert "S3CRET" not in text
                assert '"variables"' in text

    run(qapp, body)


def test_an_unknown_variable_is_said_where_it_stands(qapp: QApplication, ring: InMemory) -> None:
    stored(ring, host="localhost:1")

    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            tab.address.url_edit.setText("http://{{host}}/")
            tab.connect_now()
            assert tab.status.state is State.CLOSED
            assert "no environment is chosen" in tab.address._problem.text()
            assert tab.address.url_edit.property("state") == "bad"
            await choose(shown, "staging")
            assert not tab.address._problem.isVisible()
            tab.options.set_values({"auth": {"t": "{{tokn}}"}})
            for start in (tab.connect_now, tab.diagnosing.start, shown.code_export.show):
                start()
                assert "auth: The environment staging has no value for {{tokn}}." in tab.address._problem.text()
            assert tab.options.rows["auth"].editor.input.property("state") == "bad"
            assert tab.status.state is State.CLOSED
            assert shown.code_export.dialog is None

    run(qapp, body)


def test_plain_websocket_messages(qapp: QApplication, ring: InMemory) -> None:
    heard: list[bytes] = []

    async def listen(peer: RawWebSocket) -> None:
        while True:
            heard.append((await peer.receive())[1])

    def send(tab: ConnectionTab, text: str) -> None:
        tab.messages.message_edit.setPlainText(text)
        found(tab.messages, QPushButton, "sendMessageButton").click()

    async def body() -> None:
        stored(ring, word="hello")
        async with raw_server(agrees(listen)) as url, window() as shown:
            tab = shown.tab
            tab.address.set_protocol(Protocol.WEBSOCKET)
            tab.connect_to(url.replace("http", "ws"))
            await until(lambda: tab.status.state is State.CONNECTED, "the connection")
            await choose(shown, "")
            send(tab, "{{word}} {{other}}")
            await until(lambda: heard == [b"{{word}} {{other}}"], "the message as it was typed")
            await choose(shown, "staging")
            send(tab, "{{word}}")
            await until(lambda: heard[1:] == [b"hello"], "the message with the value")
            send(tab, "{{other}}")
            assert "no value for {{other}}" in found(tab.messages, QLabel, "messageNote").text()

    run(qapp, body)


def test_the_dialog_makes_one_and_it_is_in_use(qapp: QApplication, ring: InMemory) -> None:
    async def body() -> None:
        async with window() as shown:
            dialog = await dialog_of(shown)
            dialog.save()
            assert dialog.problem.text() == "Give the environment a name."
            QTest.keyClicks(dialog.name_edit, "local")
            type_in(dialog, 0, "host", "localhost:3000")
            type_in(dialog, 1, "bad name", "x")
            assert "Row 2: A name has letters" in dialog.problem.text()
            dialog.save()
            assert EnvironmentStore().listing() == ([], [])
            type_in(dialog, 1, "host", "x")
            assert "another variable of this name" in dialog.problem.text()
            type_in(dialog, 1, "token", "S3CRET", secret=True)
            assert dialog.problem.text() == ""
            assert dialog.table.index(1, 1).data() == "•••"
            dialog.save_button.click()
            await until(lambda: shown.tab.environment is not None, "the environment")
            assert shown.tab.environment is not None
            assert dict(shown.tab.environment.variables) == {"host": "localhost:3000", "token": "S3CRET"}
            assert list(ring.kept.values()) == ["S3CRET"]
            assert "S3CRET" not in EnvironmentStore().find("local").path.read_text()
            assert shown.new_tab().address.environment_box.count() == 2
            await until(lambda: shown.tab.environment is not None, "the same in a new tab")
        async with window() as shown:
            await until(lambda: shown.tab.environment is not None, "the same after a start")

    run(qapp, body)


def test_the_dialog_changes_copies_and_deletes(qapp: QApplication, ring: InMemory) -> None:
    stored(ring, host="a", token="S3CRET")

    async def body() -> None:
        async with window() as shown:
            dialog = await dialog_of(shown)
            dialog.copy_button.click()
            assert dialog.name_edit.text() == "staging, copy"
            dialog.name_edit.setText("staging")
            dialog.name_edit.textEdited.emit("staging")
            assert "another environment of this name" in dialog.problem.text()
            dialog.name_edit.setText("production")
            dialog.box.setCurrentIndex(0)
            dialog.view.setCurrentIndex(dialog.table.index(0, 0))
            QTest.keyClick(dialog.view, Qt.Key.Key_Delete)
            dialog.save_button.click()
            await until(lambda: len(EnvironmentStore().listing()[0]) == 2, "both")
            await until(lambda: shown.environments.dialog is None, "the end of the dialog")
            assert EnvironmentStore().find("staging").environment.variables == {}
            assert sorted(ring.kept.values()) == ["S3CRET", "S3CRET"]
            dialog = await dialog_of(shown)
            assert dialog.box.count() == 2
            dialog.delete_button.click()
            dialog.save_button.click()
            await until(lambda: len(EnvironmentStore().listing()[0]) == 1, "the deletion")
            await until(lambda: shown.environments.dialog is None, "the end of the dialog")
            dialog = await dialog_of(shown)
            dialog.delete_button.click()
            dialog.reject()
            assert len(EnvironmentStore().listing()[0]) == 1

    run(qapp, body)


def test_the_report_has_no_secret_of_the_environment(qapp: QApplication, ring: InMemory) -> None:
    async def body() -> None:
        async with serve() as url:
            stored(ring, token="S3CRET-PATH")
            async with window() as shown:
                tab = shown.tab
                await choose(shown, "staging")
                tab.address.url_edit.setText(f"{url}/?room={{{{token}}}}")
                tab.diagnosing.start()
                pane = tab.diagnosing.pane
                assert pane is not None
                await until(lambda: pane.run.report is not None, "the report", 60)
                assert pane.run.report is not None
                assert "S3CRET-PATH" in pane.run.report.url
                pane._copy()
                assert "S3CRET" not in QGuiApplication.clipboard().text()

    run(qapp, body)


def test_a_locked_keyring_is_said(qapp: QApplication, ring: InMemory) -> None:
    stored(ring, token="S3CRET", host="a")

    async def body() -> None:
        ring.locked = True
        async with window() as shown:
            await choose(shown, "staging")
            assert any("locked" in toast.text for toast in shown.toasts.shown)
            tab = shown.tab
            tab.address.url_edit.setText("http://{{host}}/{{token}}")
            tab.connect_now()
            assert "no value for {{token}}" in tab.address._problem.text()
            ring.locked = False
            await choose(shown, "")
            await choose(shown, "staging")
            assert tab.resolved() is not None
            assert tab.address.environment_box.accessibleName() == "Environment"
            assert tab.address.environment_box.mapTo(shown, QPoint()).x() > 0

    run(qapp, body)
