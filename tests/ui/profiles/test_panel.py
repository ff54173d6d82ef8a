"""The panel of profiles: the tree, its search, and everything that can be done in it, by keyboard too."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolButton

from tests.ui.profiles.keyring_in_memory import InMemory, in_use
from tests.ui.running import run, until, window
from wsgui.core.profiles.profile import Profile
from wsgui.core.profiles.store import TRASH, ProfileStore
from wsgui.ui.profiles.panel import ProfilePanel
from wsgui.ui.window import Window

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def ring() -> Iterator[InMemory]:
    backend = InMemory()
    with in_use(backend):
        yield backend


@pytest.fixture
def store(ring: InMemory) -> ProfileStore:
    """Two in a folder, one at the top."""
    store = ProfileStore()
    shop = store.make_folder(store.folder, "Shop")
    store.create(Profile(name="Orders", url="https://orders.example"), shop)
    store.create(Profile(name="Payments", url="https://pay.example", notes="Ask Ann."), shop)
    store.create(Profile(name="Chat", url="http://localhost:3000"))
    return store


@asynccontextmanager
async def panel() -> AsyncIterator[tuple[Window, ProfilePanel]]:
    """A window with the panel, filled."""
    async with window() as shown:
        shown.profiles.arranging.show_panel(shown=True)
        arranging = shown.profiles.arranging
        await until(lambda: arranging.panel is not None and arranging.panel.model.rowCount() > 0, "the tree")
        assert arranging.panel is not None
        yield shown, arranging.panel


def rows(panel: ProfilePanel) -> list[str]:
    """What is shown, indented as it is."""
    found: list[str] = []
    index = panel.model.index(0, 0)
    while index.isValid():
        depth, parent = 0, index.parent()
        while parent.isValid():
            depth, parent = depth + 1, parent.parent()
        found.append("  " * depth + str(index.data()))
        index = panel.tree.indexBelow(index)
    return found


def choose(panel: ProfilePanel, name: str) -> QModelIndex:
    index = panel.model.index(0, 0)
    while index.isValid() and index.data() != name:
        index = panel.tree.indexBelow(index)
    assert index.isValid(), name
    panel.tree.setCurrentIndex(index)
    return index


def names(store: ProfileStore) -> list[str]:
    return sorted(saved.place for saved in ProfileStore(store.folder).listing().profiles)


def test_the_tree_and_its_search(qapp: QApplication, store: ProfileStore) -> None:
    async def body() -> None:
        async with panel() as (_shown, pane):
            assert rows(pane) == ["Shop", "  Orders", "  Payments", "Chat"]
            for text, found in (
                ("ann", ["Shop", "  Payments"]),
                ("SHOP orders.ex", ["Shop", "  Orders"]),
                ("localhost", ["Chat"]),
                ("nothing like that", []),
            ):
                pane.search_edit.setText(text)
                assert rows(pane) == found
            assert pane.nothing.text() == "Nothing matches."
            pane.search_edit.clear()
            assert len(rows(pane)) == 4

    run(qapp, body)


def test_open_by_keyboard_from_the_search(qapp: QApplication, store: ProfileStore) -> None:
    async def body() -> None:
        async with panel() as (shown, pane):
            pane.search_edit.setFocus()
            QTest.keyClicks(pane.search_edit, "pay")
            QTest.keyClick(pane.search_edit, Qt.Key.Key_Return)
            await until(lambda: shown.tab.address.url == "https://pay.example", "the profile")
            assert shown.tabs.count() == 1
            pane.search_edit.clear()
            choose(pane, "Chat")
            QTest.keyClick(pane.tree, Qt.Key.Key_Return, CONTROL)
            await until(lambda: shown.tabs.count() == 2, "a new tab")
            await until(lambda: shown.tab.address.url == "http://localhost:3000", "the profile")
            assert choose(pane, "Chat").data(Qt.ItemDataRole.FontRole).bold()

    run(qapp, body)


def test_rename_in_its_place(qapp: QApplication, store: ProfileStore) -> None:
    async def body() -> None:
        async with panel() as (shown, pane):
            shown.profiles.open(store.folder / "Chat.wsgui")
            await until(lambda: shown.tabs.tabText(0) == "Chat", "the tab")
            choose(pane, "Chat")
            for old, name in (("Chat", "Talk\u202e/1"), ("Shop", "Store")):
                choose(pane, old)
                QTest.keyClick(pane.tree, Qt.Key.Key_F2)
                edit = pane.tree.findChild(QLineEdit)
                assert isinstance(edit, QLineEdit)
                edit.setText(name)
                QTest.keyClick(edit, Qt.Key.Key_Return)
                await until(lambda old=old: old not in rows(pane), "the new name")  # type: ignore[misc] # a default
            assert rows(pane) == ["Store", "  Orders", "  Payments", "Talk⟨U+202E⟩/1"]
            assert names(store) == ["Store/Orders", "Store/Payments", "Talk__1"]
            assert shown.tabs.tabText(0) == "Talk⟨U+202E⟩/1"
            assert shown.profiles.path_of(shown.tab) == store.folder / "Talk__1.wsgui"

    run(qapp, body)


def test_move_by_dragging_and_by_the_menu(qapp: QApplication, store: ProfileStore) -> None:
    async def body() -> None:
        async with panel() as (shown, pane):
            shown.profiles.open(store.folder / "Chat.wsgui")
            await until(lambda: shown.tabs.tabText(0) == "Chat", "the tab")
            data = pane.model.mimeData([choose(pane, "Chat")])
            moved = pane.model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, choose(pane, "Orders"))
            assert moved is False
            await until(lambda: "Shop/Chat" in names(store), "the move")
            await until(lambda: "  Chat" in rows(pane), "the row")
            assert shown.profiles.path_of(shown.tab) == store.folder / "Shop" / "Chat.wsgui"
            index = choose(pane, "Orders")
            menu = pane.menu_for(index)
            folders = next(each for each in menu.findChildren(QMenu) if each.title() == "&Move to")
            by_text = {action.text(): action for action in folders.actions()}
            assert not by_text["Shop"].isEnabled()
            by_text["Top of the tree"].trigger()
            await until(lambda: "Orders" in names(store), "the move")
            await until(lambda: "Orders" in rows(pane), "the row")

    run(qapp, body)


def test_delete_and_undo_by_keyboard(qapp: QApplication, store: ProfileStore) -> None:
    async def body() -> None:
        async with panel() as (_shown, pane):
            choose(pane, "Shop")
            QTest.keyClick(pane.tree, Qt.Key.Key_Delete)
            await until(lambda: names(store) == ["Chat"], "the deletion")
            await until(lambda: "2 profiles were deleted" in pane.said.text(), "the sentence")
            assert pane.undo_button.isVisible()
            assert (store.folder / TRASH).is_dir()
            QTest.keyClick(pane.tree, Qt.Key.Key_Z, CONTROL)
            await until(lambda: len(rows(pane)) == 4, "the undo")
            assert not pane.undo_button.isVisible()

    run(qapp, body)


def test_duplicate_takes_the_secrets_along(qapp: QApplication, store: ProfileStore, ring: InMemory) -> None:
    secret = "{{secret:options.passphrase}}"
    one = store.create(Profile(name="Secret", options={"passphrase": secret}))
    ring.kept["wsgui", f"{one.profile.id}/options.passphrase"] = '"S3CRET"'

    async def body() -> None:
        async with panel() as (shown, pane):
            choose(pane, "Secret")
            QTest.keyClick(pane.tree, Qt.Key.Key_D, CONTROL)
            await until(lambda: len(ring.kept) == 2, "the copy's secret")
            copy = store.find("Secret, copy")
            assert ring.kept["wsgui", f"{copy.profile.id}/options.passphrase"] == '"S3CRET"'
            shown.profiles.open(copy.path)
            await until(lambda: shown.tab.options.values() == {"passphrase": "S3CRET"}, "the copy")

    run(qapp, body)


def test_notes_are_kept_when_left(qapp: QApplication, store: ProfileStore) -> None:
    async def body() -> None:
        async with panel() as (shown, pane):
            shown.profiles.open(store.folder / "Chat.wsgui")
            await until(lambda: shown.tabs.tabText(0) == "Chat", "the tab")
            choose(pane, "Payments")
            assert pane.notes_edit.toPlainText() == "Ask Ann."
            choose(pane, "Chat")
            pane.notes_edit.setPlainText("Port 3000.")
            choose(pane, "Payments")
            await until(lambda: store.find("Chat").profile.notes == "Port 3000.", "the notes")
            shown.tab.address.url_edit.setText("http://localhost:4000")
            shown.profiles.save()
            await until(lambda: shown.tabs.tabText(0) == "Chat", "the save")
            assert store.find("Chat").profile.notes == "Port 3000."
            choose(pane, "Chat")
            pane.notes_edit.setPlainText("At the end.")
        assert store.find("Chat").profile.notes == "At the end."

    run(qapp, body)


def test_a_new_folder_is_named_at_once(qapp: QApplication, store: ProfileStore) -> None:
    async def body() -> None:
        async with panel() as (shown, pane):
            choose(pane, "Chat")
            button = shown.findChild(QToolButton, "newProfileFolder")
            assert isinstance(button, QToolButton)
            button.click()
            await until(lambda: pane.tree.findChild(QLineEdit) is not None, "the editor")
            assert (store.folder / "New folder").is_dir()

    run(qapp, body)


def test_damaged_files_and_errors_are_told(qapp: QApplication, store: ProfileStore) -> None:
    (store.folder / "bad.wsgui").write_bytes(b"\0\0")

    async def body() -> None:
        async with panel() as (_shown, pane):
            assert "bad.wsgui cannot be read" in pane.said.text()
            choose(pane, "Chat")
            (store.folder / "Chat.wsgui").unlink()
            QTest.keyClick(pane.tree, Qt.Key.Key_Delete)
            await until(lambda: "Chat.wsgui: No such file" in pane.said.text(), "the sentence")
            await until(lambda: "Chat" not in rows(pane), "the row's end")

    run(qapp, body)


def test_it_is_shown_again_at_the_next_start(qapp: QApplication, store: ProfileStore) -> None:
    def action(shown: Window) -> QAction:
        return next(each for each in shown.findChildren(QAction) if each.text() == "P&rofiles")

    async def body() -> None:
        async with window() as shown:
            assert shown.profiles.arranging.panel is None
            action(shown).trigger()
            await until(lambda: shown.profiles.arranging.panel is not None, "the panel")
        async with window() as shown:
            await until(lambda: shown.profiles.arranging.panel is not None, "the panel")
            pane = shown.profiles.arranging.panel
            assert pane is not None
            await until(lambda: pane.model.rowCount() > 0, "the tree")
            assert action(shown).isChecked()
            pane.close()
            assert not action(shown).isChecked()
        async with window() as shown:
            assert not action(shown).isChecked()

    run(qapp, body)


def test_everything_has_a_name_for_a_screen_reader(qapp: QApplication, store: ProfileStore) -> None:
    async def body() -> None:
        async with panel() as (_shown, pane):
            for widget in (pane.search_edit, pane.tree, pane.notes_edit, pane.folder_button):
                assert widget.accessibleName()

    run(qapp, body)
