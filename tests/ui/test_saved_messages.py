"""Saved messages in the window: kept, found, filed, sent by their keys, deleted and brought back, handed on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QLabel, QMenu

from tests.ui.running import notice, recorded, run, until, window
from wsgui.core.describe import packet_of
from wsgui.core.message_file import import_library, library_path, read_library, write_library
from wsgui.core.message_form import MessageForm
from wsgui.core.records import Direction, Kind
from wsgui.core.saved_messages import Library, SavedMessage
from wsgui.lab.raw.plain import serve_plain
from wsgui.lab.server import serve
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.saved.panel import SavedPanel
from wsgui.ui.saved.tree import SavedTree
from wsgui.ui.window import Window

JOIN = SavedMessage("Join", "rooms", "first", "Ctrl+Alt+1", "echo", '{"room": 7}', ack=False, key="a")
BYTES = SavedMessage("Bytes", event="echo", text='{"$hex": "01 02"}', timeout=900, key="b")
PLAIN = SavedMessage("Hello", text="68 69", form=MessageForm.HEX, key="c")


async def panel_of(tab: ConnectionTab) -> SavedPanel:
    """The panel, with what is kept."""
    tab.events.setCurrentWidget(tab.events.saved)
    panel = tab.events.saved.content
    await until(lambda: "Reading" not in panel.said.text(), "the saved messages")
    return panel


def kept(shown: Window) -> list[str]:
    library = shown.saving.store.content
    return [each.title for each in library.messages] if library else []


def test_what_is_typed_is_kept_with_a_name_and_keys_that_are_free(qapp: QApplication) -> None:
    async def body() -> None:
        write_library(library_path(), Library((JOIN,)))
        async with window() as shown:
            send = shown.tab.send
            await until(lambda: kept(shown) == ["Join"], "what was kept before")
            send.save_button.click()  # there is nothing to keep
            message = send.findChild(QLabel, "payloadMessage")
            assert message is not None
            assert message.text() == "Enter the event's name."
            send.event_edit.setText("say")
            send.payload_edit.setPlainText('"a", {"$base64": "AQ"}')
            send.timeout_edit.setText("700")
            send.save_button.click()
            dialog = shown.saving.dialog
            assert dialog is not None
            menu = dialog.free_button.menu()
            assert [action.text() for action in menu.actions()][:2] == ["Ctrl+Alt+2", "Ctrl+Alt+3"]
            for keys, said in (
                ("Ctrl+Alt+1", "it sends “Join”"),
                ("F5", "it is for “Connect”"),
                ("A", "Add Ctrl or Alt"),
                ("Ctrl+C", "is taken"),
                ("Ctrl+Return", "is taken"),
                ("Ctrl+L, A", "it is for “Go to the URL”"),
            ):
                dialog.keys_edit.setKeySequence(QKeySequence(keys))
                assert said in dialog.said.text(), keys
                dialog.buttons.accepted.emit()
                assert dialog.isVisible()
            menu.actions()[0].trigger()
            dialog.name_edit.setText(" Say  it ")
            dialog.folder_box.setCurrentText("rooms / first")
            dialog.text_edit.setPlainText("{")
            assert "broken at line 1" in dialog.said.text()
            dialog.text_edit.setPlainText("1")
            dialog.buttons.accepted.emit()
            await until(lambda: kept(shown) == ["Join", "Say it"], "the message")
            saved = read_library(library_path()).messages[1]
            assert (saved.event, saved.text, saved.timeout, saved.ack) == ("say", "1", 700, True)
            assert (saved.folder, saved.keys) == ("rooms/first", "Ctrl+Alt+2")

    run(qapp, body)


def test_keys_send_a_message_in_the_tab_in_front(qapp: QApplication) -> None:
    async def body() -> None:
        write_library(library_path(), Library((JOIN,)))
        async with serve() as url, window() as shown:
            await until(lambda: kept(shown) == ["Join"], "what was kept")
            shown.activateWindow()
            await until(lambda: shown.isActiveWindow(), "the window in front")
            QTest.keyClick(shown, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            assert "no connection" in notice(shown)
            tab = shown.tab
            tab.connect_to(url)
            await until(lambda: tab.status.transport == "websocket", "the connection")
            QTest.keyClick(shown, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            await until(lambda: bool(recorded(tab, Kind.EVENT, Direction.OUT)), "the event")
            packet = packet_of(recorded(tab, Kind.EVENT, Direction.OUT)[0])
            assert packet is not None
            assert (packet.event, packet.args, packet.id) == ("echo", [{"room": 7}], None)

    run(qapp, body)


def test_the_panel_finds_uses_sends_copies_deletes_and_undoes(qapp: QApplication) -> None:
    async def body() -> None:
        write_library(library_path(), Library((JOIN, BYTES, PLAIN)))
        async with serve() as url, window() as shown:
            tab = shown.tab
            panel = await panel_of(tab)
            assert panel.said.text() == "3 messages"
            panel.search_edit.setText("ROOM first")
            assert panel.said.text() == "1 message"
            panel.tree.choose("a")
            QTest.keyClick(panel.tree, Qt.Key.Key_Return)
            assert tab.events.currentWidget() is tab.send
            assert (tab.send.event_edit.text(), tab.send.ack_box.isChecked()) == ("echo", False)
            panel = await panel_of(tab)
            panel.search_edit.clear()
            panel.tree.choose("c")
            panel.send_button.click()
            assert "a message for a plain WebSocket" in panel.said.text()
            panel.tree.choose("b")
            panel.send_button.click()
            assert "no connection" in panel.said.text()
            tab.connect_to(url)
            await until(lambda: tab.status.transport == "websocket", "the connection")
            panel.send_button.click()
            assert panel.said.text() == "Sent: Bytes"
            await until(lambda: bool(recorded(tab, Kind.EVENT, Direction.OUT)), "the event")
            packet = packet_of(recorded(tab, Kind.EVENT, Direction.OUT)[0])
            assert packet is not None
            assert packet.args == [b"\x01\x02"]
            panel.copy_button.click()
            await until(lambda: kept(shown) == ["Join", "Bytes", "Bytes (copy)", "Hello"], "the copy")
            panel.tree.choose("a")
            panel.delete_button.click()
            await until(lambda: kept(shown) == ["Bytes", "Bytes (copy)", "Hello"], "the end of it")
            panel.undo_button.click()
            await until(lambda: kept(shown)[0] == "Join", "it again")
            assert read_library(library_path()).messages[0] == JOIN
            assert panel.undo_button.isHidden()

    run(qapp, body)


def test_messages_and_folders_are_moved(qapp: QApplication) -> None:
    async def body() -> None:
        write_library(library_path(), Library((JOIN, BYTES, PLAIN)))
        async with window() as shown:
            panel = await panel_of(shown.tab)
            panel.tree.move_wanted.emit(["c"], "rooms", "a")
            await until(lambda: kept(shown) == ["Hello", "Join", "Bytes"], "the move")
            panel.tree.choose("c")
            assert panel.tree.folder() == "rooms"
            panel.ask_for_folder()
            dialog = panel.findChild(QInputDialog, "folderDialog")
            assert dialog is not None
            dialog.setTextValue("chat")
            dialog.accept()
            store = shown.saving.store
            await until(lambda: store.content is not None and store.content.folders == ("rooms", "chat"), "the folder")
            panel.tree.folder_move_wanted.emit("rooms", "chat")
            await until(
                lambda: store.content is not None and store.content.messages[0].folder == "chat/rooms", "the move"
            )

    run(qapp, body)


def test_a_file_of_messages_is_handed_on_and_taken_over(qapp: QApplication, tmp_path: Path) -> None:
    async def body() -> None:
        write_library(library_path(), Library((JOIN,)))
        theirs = tmp_path / "theirs.json"
        write_library(theirs, Library((JOIN, BYTES)))
        broken = tmp_path / "broken.json"
        broken.write_text("<b>", encoding="utf-8")
        async with window() as shown:
            panel = await panel_of(shown.tab)
            choose(panel.ask_what_to_import(), broken)
            await until(lambda: "cannot be read" in notice(shown), "the sentence")
            assert broken.exists()
            choose(panel.ask_what_to_import(), theirs)
            await until(lambda: kept(shown) == ["Join", "Join", "Bytes"], "their messages")
            said = "2 taken over. 1 without their shortcut: it is taken."
            await until(lambda: notice(shown) == said, "what was taken")
            ours = tmp_path / "ours.json"
            choose(panel.ask_where(), ours)
            await until(lambda: str(ours) in notice(shown), "the file")
            assert len(import_library(ours)[0].messages) == 3

    run(qapp, body)


def choose(dialog: QFileDialog, path: Path) -> None:
    dialog.fileSelected.emit(str(path))
    dialog.reject()


def test_a_row_of_the_log_and_what_was_sent_are_kept(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            tab = shown.tab
            tab.connect_to(url)
            await until(lambda: tab.status.transport == "websocket", "the connection")
            tab.send.event_edit.setText("echo")
            tab.send.payload_edit.setPlainText('{"$hex": "ff"}')
            tab.send.send_button.click()
            await until(lambda: len(recorded(tab, Kind.EVENT, Direction.IN)) > 1, "the echo")
            row = recorded(tab, Kind.EVENT, Direction.OUT)[0].seq
            await until(lambda: tab.log.model.rowCount() >= row, "the row")
            tab.log.view.selectRow(row - 1)
            next(action for action in tab.log.view.actions() if action.text() == "Save as message…").trigger()
            dialog = shown.saving.dialog
            assert dialog is not None
            assert dialog.text_edit.toPlainText() == '{"$base64":"/w=="}'
            dialog.buttons.accepted.emit()
            await until(lambda: kept(shown) == ["echo"], "the message")
            tab.send.history_button.list.aboutToShow.emit()
            menu = tab.send.history_button.list.actions()[0].menu()
            assert isinstance(menu, QMenu)
            menu.actions()[0].trigger()
            dialog = shown.saving.dialog
            assert dialog is not None
            dialog.buttons.accepted.emit()
            await until(lambda: kept(shown) == ["echo", "echo"], "the other one")

    run(qapp, body)


def test_plain_messages_have_history_repeat_edit_and_saved_ones(qapp: QApplication) -> None:
    async def body() -> None:
        write_library(library_path(), Library((JOIN, PLAIN)))
        async with serve_plain() as url, window() as shown:
            tab = shown.tab
            tab.address.protocol_box.setCurrentIndex(2)
            tab.connect_to(url)
            await until(lambda: tab.status.state.value == "connected", "the connection")
            pane = tab.messages
            pane.message_edit.setPlainText("one")
            pane.send_button.click()
            pane.repeat_button.click()
            pane.repeat.pause_edit.setText("1")
            pane.repeat.count_edit.setText("2")
            pane.message_edit.setPlainText("two")
            pane.repeat.button.click()
            await until(lambda: pane.repeat.said.text().startswith("Ended"), "the end")
            sent = [record.data for record in recorded(tab, Kind.WS_MESSAGE, Direction.OUT)]
            assert sent == ["one", "two", "two"]
            assert [each.text for each in pane.history_button.messages] == ["two", "one"]
            tabs = tab.sending.message_tabs
            tabs.setCurrentWidget(tabs.saved)
            panel = tabs.saved.content
            await until(lambda: panel.said.text() == "2 messages", "what is kept")
            panel.tree.choose("a")
            panel.send_button.click()
            assert "is a Socket.IO event" in panel.said.text()
            panel.tree.choose("c")
            panel.send_button.click()
            await until(lambda: len(recorded(tab, Kind.WS_MESSAGE, Direction.OUT)) == 4, "the message")
            tab.sending.edit(recorded(tab, Kind.WS_MESSAGE, Direction.OUT)[-1])
            assert (pane.message_edit.toPlainText(), pane.form_box.currentData()) == ("68 69", MessageForm.HEX)
            assert tabs.currentWidget() is pane

    run(qapp, body)


def test_commands_lead_to_the_pages_beside_the_send_pane(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            events = shown.tab.events
            for text, page in (
                ("Saved &messages", events.saved),
                ("Se&quences", events.sequences),
                ("Events that &came", events.listeners),
            ):
                next(action for action in shown.findChildren(QAction) if action.text() == text).trigger()
                assert events.currentWidget() is page
                assert page.isAncestorOf(shown.focusWidget())

    run(qapp, body)


def test_a_message_is_dragged_into_a_folder_and_before_another(qapp: QApplication) -> None:
    async def body() -> None:
        write_library(library_path(), Library((JOIN, BYTES, PLAIN)))
        async with window() as shown:
            panel = await panel_of(shown.tab)
            tree = panel.tree
            drop(tree, "Bytes", "rooms", 0.5)
            await until(lambda: "rooms" in folders(shown).get("Bytes", ""), "the move into the folder")
            drop(tree, "Hello", "Bytes", 0.05)
            await until(lambda: folders(shown)["Hello"] == "rooms", "the move before the message")
            assert kept(shown) == ["Join", "Hello", "Bytes"]

    run(qapp, body)


def folders(shown: Window) -> dict[str, str]:
    library = shown.saving.store.content
    return {each.title: each.folder for each in library.messages} if library else {}


def drop(tree: SavedTree, what: str, where: str, height: float) -> None:
    """Drag the row of that name to the row of that name: its middle is 0.5, its upper edge 0."""
    how = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
    item, target = tree.findItems(what, how)[0], tree.findItems(where, how)[0]
    tree.setCurrentItem(item)
    box = tree.visualItemRect(target)
    place = QPoint(box.center().x(), box.top() + int(box.height() * height))
    data = tree.model().mimeData([tree.indexFromItem(item)])
    settings = (Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    tree.dropEvent(QDropEvent(QPointF(place), *settings))
