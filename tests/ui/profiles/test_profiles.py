"""Profiles in the window: saved, opened, changed, reverted, and nothing of it lost or in the clear."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QTableWidget

from tests.ui.profiles.keyring_in_memory import InMemory, in_use
from tests.ui.running import run, until, window
from wsgui.core.profiles.profile import Message, Profile
from wsgui.core.profiles.store import ProfileStore, Saved
from wsgui.core.profiles.text import as_text
from wsgui.core.protocol import Protocol
from wsgui.lab.server import serve
from wsgui.net.state import State
from wsgui.ui.environments.resolving import secrets_in_use
from wsgui.ui.profiles.secret_marks import SecretMarks
from wsgui.ui.window import Window

CHAT = Profile(
    name="Chat",
    url="http://localhost:3000",
    options={"path": "/chat"},
    namespaces={"/admin": None},
    messages=(Message("say", '"hi"'),),
    notes="Ask Ann.",
)


@pytest.fixture
def ring() -> Iterator[InMemory]:
    backend = InMemory()
    with in_use(backend):
        yield backend


def saved(name: str) -> Saved:
    """The profile of this name, as it is on disk."""
    return ProfileStore().find(name)


def told(shown: Window) -> str:
    return " ".join(toast.text for toast in shown.toasts.shown)


async def opened(shown: Window, path: Path) -> None:
    """The profile is in the tab in front."""
    shown.profiles.open(path)
    await until(lambda: shown.profiles.path_of(shown.tab) == path, "the profile")


async def save_as(shown: Window, name: str, folder: str = "", notes: str = "") -> None:
    """Through the dialog."""
    shown.profiles.save_as()
    await until(lambda: shown.profiles.dialog is not None, "the dialog")
    dialog = shown.profiles.dialog
    assert dialog is not None
    dialog.name_edit.setText(name)
    dialog.folder_box.setCurrentText(folder)
    dialog.notes_edit.setPlainText(notes)
    dialog.save_button.click()


async def answer(shown: Window, text: str) -> QMessageBox:
    """Give this answer to the question that comes."""
    await until(lambda: shown.findChild(QMessageBox, "question") is not None, "the question")
    box = shown.findChild(QMessageBox, "question")
    assert isinstance(box, QMessageBox)
    next(button for button in box.findChildren(QPushButton) if text in button.text().replace("&", "")).click()
    return box


def test_open_change_revert_save(qapp: QApplication, ring: InMemory) -> None:
    path = ProfileStore().create(CHAT).path

    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            await opened(shown, path)
            assert (tab.address.url, tab.options.values()) == (CHAT.url, CHAT.options)
            assert tab.events.namespaces.wanted == CHAT.namespaces
            assert (tab.send.event_edit.text(), tab.send.payload_edit.toPlainText()) == ("say", '"hi"')
            assert shown.tabs.tabText(0) == "Chat"
            assert tab.address.profile_box.currentText() == "Chat"
            tab.options.set_values({"path": "/other"})
            assert shown.tabs.tabText(0) == "Chat *"
            assert tab.address.profile_box.currentText() == "Chat *"
            assert shown.windowTitle() == "Chat * – wsgui"
            shown.profiles.revert()
            assert tab.options.values() == CHAT.options
            assert shown.tabs.tabText(0) == "Chat"
            tab.address.url_edit.setText("http://localhost:4000")
            tab.address.set_protocol(Protocol.SOCKETIO_V2)
            assert tab.address.profile_box.currentText() == "Chat *"
            shown.profiles.save()
            await until(lambda: shown.tabs.tabText(0) == "Chat", "the save")
            now = saved("Chat").profile
            assert (now.url, now.protocol) == ("http://localhost:4000", Protocol.SOCKETIO_V2)
            assert (now.messages, now.notes, now.options) == (CHAT.messages, CHAT.notes, CHAT.options)
            assert ring.kept == {}

    run(qapp, body)


def test_save_as_makes_folders_and_secrets_go_to_the_keyring(qapp: QApplication, ring: InMemory) -> None:
    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            tab.address.url_edit.setText("https://ann:S3CRET-1@a.example/")
            tab.options.set_values({"auth": {"token": "S3CRET-2"}, "extraHeaders": {"X-Api-Key": "S3CRET-3"}})
            tab.send.event_edit.setText("hello")
            await save_as(shown, "Live", "Shop/Staging", "n")
            await until(lambda: shown.tabs.tabText(0) == "Live", "the save")
            one = saved("Shop/Staging/Live")
            assert "S3CRET" not in one.path.read_text()
            assert (one.profile.notes, one.profile.messages[0].event) == ("n", "hello")
            assert sorted(ring.kept.values()) == ['"S3CRET-1"', '"S3CRET-2"', '"S3CRET-3"']
            assert all(user.startswith(one.profile.id + "/") for _service, user in ring.kept)
            shown.new_tab()
            await opened(shown, one.path)
            assert shown.tab is not tab
            assert shown.tab.address.url == "https://ann:S3CRET-1@a.example/"
            assert shown.tab.options.values() == tab.options.values()
            shown.tab.options.set_values({"auth": {"token": "S3CRET-4"}})
            shown.profiles.save()
            await until(lambda: shown.tabs.tabText(1) == "Live", "the save")
            await until(lambda: len(ring.kept) == 2, "the end of what is not used any more")
            assert sorted(ring.kept.values()) == ['"S3CRET-1"', '"S3CRET-4"']

    run(qapp, body)


@pytest.mark.parametrize("kind", ["none", "null", "locked"])
@pytest.mark.parametrize("choice", ["Keep until", "clear text", "Do not save", "Cancel"])
def test_without_a_keyring_the_person_is_asked(qapp: QApplication, kind: str, choice: str) -> None:
    locked = InMemory()
    locked.locked = True
    makers: dict[str, Callable[[], KeyringBackend]] = {"none": fail.Keyring, "null": null.Keyring}
    backend = locked if kind == "locked" else makers[kind]()

    async def body() -> None:
        async with window() as shown:
            shown.tab.options.set_values({"passphrase": "S3CRET"})
            await save_as(shown, "Live")
            box = await answer(shown, choice)
            assert "options.passphrase" in box.informativeText()
            assert "S3CRET" not in box.text() + box.informativeText()
            if choice == "Cancel":
                await until(lambda: shown.profiles.dialog is None, "the end")
                assert ProfileStore().listing().profiles == ()
                return
            await until(lambda: shown.tabs.tabText(0) == "Live", "the save")
            one = saved("Live")
            assert ("S3CRET" in one.path.read_text()) == (choice == "clear text")
            shown.new_tab()
            await opened(shown, one.path)
            known = shown.tab.options.values().get("passphrase")
            assert known == ("" if choice == "Do not save" else "S3CRET")
            if choice == "Do not save":
                assert "options.passphrase" in told(shown)

    with in_use(backend):
        run(qapp, body)


def test_a_locked_keyring_costs_no_secret(qapp: QApplication, ring: InMemory) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.tab.options.set_values({"passphrase": "S3CRET"})
            await save_as(shown, "Live")
            await until(lambda: shown.tabs.tabText(0) == "Live", "the save")
            path = saved("Live").path
            shown.new_tab()
            ring.locked = True
            await opened(shown, path)
            assert "The keyring is locked" in told(shown)
            shown.tab.address.url_edit.setText("http://localhost:1")
            shown.profiles.save()
            await until(lambda: shown.tabs.tabText(1) == "Live", "the save")
            ring.locked = False
            assert list(ring.kept.values()) == ['"S3CRET"']
            shown.new_tab()
            await opened(shown, path)
            assert shown.tab.options.values()["passphrase"] == "S3CRET"

    run(qapp, body)


@pytest.mark.parametrize("choice", ["Overwrite", "Save as another", "Take what is on disk", "Cancel"])
def test_a_file_changed_by_another_program(qapp: QApplication, ring: InMemory, choice: str) -> None:
    path = ProfileStore().create(CHAT).path

    async def body() -> None:
        async with window() as shown:
            await opened(shown, path)
            tab = shown.tab
            tab.address.url_edit.setText("http://mine.example")
            theirs = json.loads(path.read_text()) | {"url": "http://theirs.example"}
            path.write_text(json.dumps(theirs))
            shown.profiles.save()
            await answer(shown, choice)
            if choice == "Overwrite":
                await until(lambda: "mine" in path.read_text(), "the file")
                return
            if choice == "Save as another":
                await until(lambda: shown.profiles.dialog is not None, "the dialog")
                assert shown.profiles.dialog is not None
                shown.profiles.dialog.save_button.click()
                other = path.with_name("Chat (2).wsgui")
                await until(other.exists, "the other file")
                assert "mine" in other.read_text()
            elif choice == "Take what is on disk":
                await until(lambda: tab.address.url == "http://theirs.example", "theirs")
            else:
                assert tab.address.url == "http://mine.example"
                assert shown.tabs.tabText(0) == "Chat *"
            assert "theirs" in path.read_text()

    run(qapp, body)


def test_nothing_that_was_typed_or_runs_is_lost(qapp: QApplication, ring: InMemory) -> None:
    path = ProfileStore().create(CHAT).path

    async def body() -> None:
        async with serve() as url, window() as shown:
            first = shown.tab
            first.address.url_edit.setText("http://typed.example")
            await opened(shown, path)
            assert (first.address.url, shown.tabs.count()) == ("http://typed.example", 2)
            second = shown.tab
            second.address.url_edit.setText(url)
            shown.profiles.open(path)
            await until(lambda: shown.tabs.count() == 3 and shown.tab.address.url != "", "another tab")
            third = shown.tab
            assert third.address.url == CHAT.url
            third.options.set_values({})
            third.connect_to(url)
            await until(lambda: third.status.state is State.CONNECTED, "the connection")
            shown.profiles.revert()
            assert third.address.url == url
            shown.profiles.open(path)
            await until(lambda: shown.tabs.count() == 4, "another tab")

    run(qapp, body)


def test_the_box_offers_all_and_lets_go(qapp: QApplication, ring: InMemory) -> None:
    store = ProfileStore()
    store.create(CHAT, store.make_folder(store.folder, "Shop"))
    store.create(Profile(name="a\u202eb"))

    async def body() -> None:
        async with window() as shown:
            box = shown.tab.address.profile_box
            assert box.accessibleName() == "Profile"
            box.showPopup()
            await until(lambda: box.count() == 3, "the list")
            assert [box.itemText(row) for row in range(3)] == ["No profile", "a_b", "Shop/Chat"]
            box.hidePopup()
            box.setCurrentIndex(2)
            box.activated.emit(2)
            await until(lambda: shown.tab.address.url == CHAT.url, "the profile")
            assert box.currentText() == "Chat"
            box.activated.emit(0)
            assert shown.profiles.path_of(shown.tab) is None
            assert shown.tab.address.url == CHAT.url
            assert shown.tabs.tabText(0) == "localhost:3000"

    run(qapp, body)


def test_what_cannot_be_used_is_told_and_kept(qapp: QApplication, ring: InMemory) -> None:
    path = ProfileStore().create(Profile(name="Odd", options={"timeout": "soon", "future": 1, "path": "/x"})).path

    async def body() -> None:
        async with window() as shown:
            await opened(shown, path)
            assert shown.tab.options.values() == {"path": "/x"}
            assert "timeout" in told(shown)
            shown.tab.options.set_values({"path": "/y"})
            shown.profiles.save()
            await until(lambda: shown.tabs.tabText(0) == "Odd", "the save")
            assert json.loads(path.read_text())["options"] == {"path": "/y", "timeout": "soon", "future": 1}

    run(qapp, body)


def test_a_damaged_file_is_told(qapp: QApplication, ring: InMemory) -> None:
    path = ProfileStore().create(CHAT).path

    async def body() -> None:
        async with window() as shown:
            path.write_bytes(b"\0" * 10)
            shown.profiles.open(path)
            await until(lambda: "Chat.wsgui cannot be read" in told(shown), "the sentence")
            assert path.with_name("Chat.wsgui.damaged").exists()

    run(qapp, body)


def test_by_keyboard(qapp: QApplication, ring: InMemory) -> None:
    async def body() -> None:
        async with window() as shown:
            await until(shown.isActiveWindow, "the window in front")
            QTest.keyClick(shown, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
            await until(lambda: shown.profiles.dialog is not None, "the dialog")
            dialog = shown.profiles.dialog
            assert dialog is not None
            dialog.name_edit.clear()
            QTest.keyClick(dialog, Qt.Key.Key_Return)
            assert dialog.isVisible()
            QTest.keyClicks(dialog.name_edit, "Typed")
            QTest.keyClick(dialog, Qt.Key.Key_Return)
            await until(lambda: shown.tabs.tabText(0) == "Typed", "the save")

    run(qapp, body)


def test_an_import_becomes_a_profile(qapp: QApplication, ring: InMemory) -> None:
    async def body() -> None:
        async with window() as shown:
            dialog = shown.importing.show()
            dialog.read_text(as_text(CHAT))
            await until(dialog.save_button.isEnabled, "a connection")
            dialog.save_button.click()
            await until(lambda: shown.profiles.dialog is not None, "the dialog")
            ask = shown.profiles.dialog
            assert ask is not None
            assert (ask.name_edit.text(), ask.notes_edit.toPlainText()) == ("Chat", "Ask Ann.")
            ask.save_button.click()
            await until(lambda: shown.tabs.tabText(0) == "Chat", "the save")
            assert saved("Chat").profile.messages == CHAT.messages

    run(qapp, body)


def test_the_keyring_is_not_asked_without_a_secret(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Callable[[], object]:
        raise AssertionError("the keyring was asked")

    monkeypatch.setattr(keyring, "get_keyring", refuse)

    async def body() -> None:
        async with window() as shown:
            shown.tab.address.url_edit.setText("http://localhost:3000")
            await save_as(shown, "Plain")
            await until(lambda: shown.tabs.tabText(0) == "Plain", "the save")

    run(qapp, body)


def test_a_value_marked_as_secret_goes_to_the_keyring(qapp: QApplication, ring: InMemory) -> None:
    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            tab.options.set_values({"query": {"room": "S3CRET", "v": "1", "token": "t0ken"}})
            tab.options.fill()
            marks = tab.findChild(SecretMarks)
            table = tab.options.rows["query"].editor.input
            assert isinstance(marks, SecretMarks)
            assert isinstance(table, QTableWidget)
            menus = [marks.menu_for(table, "query", row) for row in range(table.rowCount())]
            actions = [menu.actions()[0] for menu in menus if menu]
            assert [(each.isChecked(), each.isEnabled()) for each in actions] == [
                (False, True), (False, True), (True, False),
            ]  # fmt: skip
            assert menus[-1] is None
            await save_as(shown, "Live")
            await until(lambda: shown.tabs.tabText(0) == "Live", "the save")
            assert "S3CRET" in saved("Live").path.read_text()
            actions[0].trigger()
            assert shown.tabs.tabText(0) == "Live *"
            shown.profiles.save()
            await until(lambda: shown.tabs.tabText(0) == "Live", "the save")
            assert "S3CRET" not in saved("Live").path.read_text()
            assert sorted(ring.kept.values()) == ['"S3CRET"', '"t0ken"']
            assert secrets_in_use(tab)["S3CRET"] == "query.room"
            shown.new_tab()
            await opened(shown, saved("Live").path)
            assert shown.tab.options.values()["query"] == {"room": "S3CRET", "v": "1", "token": "t0ken"}
            assert shown.tab.marked == {"query.room"}

    run(qapp, body)
