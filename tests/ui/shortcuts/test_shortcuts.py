"""The keys of the program: each means one thing, all are told, in the sheet and in the documentation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tests.ui.running import run, until, window
from wsgui import language
from wsgui.ui.language import switch
from wsgui.ui.menu_walk import commands, keys_text
from wsgui.ui.shortcuts.elsewhere import ELSEWHERE
from wsgui.ui.shortcuts.groups import groups
from wsgui.ui.window import Window


@pytest.fixture(autouse=True)
def english_again(qapp: QApplication) -> Iterator[None]:
    yield
    switch(qapp, language.ENGLISH)


def sequences(thing: QAction | QShortcut | QAbstractButton) -> list[QKeySequence]:
    if isinstance(thing, QAction):
        return thing.shortcuts()
    return [thing.key() if isinstance(thing, QShortcut) else thing.shortcut()]


def existing(shown: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Every shortcut in a window and whose it is; mnemonics (Alt and a letter of the text) are none."""
    for kind in (QAction, QShortcut, QAbstractButton):
        for thing in shown.findChildren(kind):
            assert isinstance(thing, QAction | QShortcut | QAbstractButton)
            for sequence in sequences(thing):
                text = sequence.toString(QKeySequence.SequenceFormat.PortableText)
                if text and sequence != QKeySequence.mnemonic(str(thing.property("text") or "")):
                    parent = thing if isinstance(thing, QWidget) else thing.parent()
                    assert isinstance(parent, QWidget)
                    yield parent, text


async def made(shown: Window) -> list[QWidget]:
    """All that has keys is made when it is first looked at."""
    for name in ("wire", "pulse", "diagnosis", "log"):
        shown.tab.pages.show_page(name)
    assert shown.tab.messages is not None
    shown.tab.options.fill()
    shown.shelf.show_list()
    shown.comparing.show()
    shown.guide.show_page("index")
    await until(lambda: len(shown.findChildren(QShortcut)) > 3, "the shortcuts")
    return [shown]


def test_every_shortcut_that_exists_is_in_the_sheet(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            await made(shown)
            told = {keys for group in groups(shown.menuBar()) for row in group.rows for keys in row.keys.split(", ")}
            there = {(text, type(owner).__name__) for owner, text in existing(shown)}
            assert len(there) > 30
            assert sorted(each for each in there if each[0] not in told) == []
            assert [keys for keys in told if keys not in shown.program.sheet.text] == []

    run(qapp, body)


def test_no_two_commands_of_the_menus_share_keys(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            keys = Counter(
                key.toString() for command in commands(shown.menuBar()) for key in command.action.shortcuts()
            )
            assert [key for key, times in keys.items() if times > 1] == []

    run(qapp, body)


def test_no_pane_of_the_window_takes_the_keys_of_a_menu(qapp: QApplication) -> None:
    """Qt does neither when both are asked: in a list of its own window the same keys are no clash."""

    async def body() -> None:
        async with window() as shown:
            await made(shown)
            menus = {key.toString() for command in commands(shown.menuBar()) for key in command.action.shortcuts()}
            inside = [
                (type(owner).__name__, text)
                for owner, text in existing(shown)
                if owner.window() is shown and not owner.inherits("QMenu")
            ]
            assert len(inside) > 5
            assert [each for each in inside if each[1] in menus] == []

    run(qapp, body)


def test_no_place_has_the_same_keys_twice() -> None:
    for place in ELSEWHERE:
        if place.title == "In the wire":  # two lists, each with its own Copy
            continue
        keys = Counter(keys_text([QKeySequence(each)]) for _title, several in place.rows for each in several)
        assert [key for key, times in keys.items() if times > 1] == [], place.title


def test_the_keys_of_the_table_are_keys() -> None:
    for place in ELSEWHERE:
        for title, several in place.rows:
            for each in several:
                assert keys_text([QKeySequence(each)]), (place.title, title, each)


def test_the_sheet_is_searched_copied_and_saved(qapp: QApplication, tmp_path: Path) -> None:
    async def body() -> None:
        async with window() as shown:
            await until(shown.isActiveWindow, "the keyboard")
            QTest.keyClick(shown.tab.address.url_edit, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
            sheet = shown.program.sheet
            await until(sheet.isVisible, "the sheet")
            QTest.keyClicks(sheet.filter_edit, "ctrl+shift+w")
            heads = [sheet.list.topLevelItem(row) for row in range(sheet.list.topLevelItemCount())]
            left = [head for head in heads if head is not None and not head.isHidden()]
            assert [head.text(0) for head in left] == ["View"]
            rows = [left[0].child(row) for row in range(left[0].childCount())]
            assert [row.text(0) for row in rows if row is not None and not row.isHidden()] == ["Wire"]
            QTest.mouseClick(sheet.copy_button, Qt.MouseButton.LeftButton)
            assert qapp.clipboard().text() == sheet.text
            assert [line.split() for line in sheet.text.splitlines() if "Wire" in line] == [["Ctrl+Shift+W", "Wire"]]
            sheet.save(tmp_path / "keys.txt")
            assert (tmp_path / "keys.txt").read_text(encoding="utf-8") == sheet.text
            sheet.save(tmp_path / "nowhere" / "keys.txt")
            assert "No such file or directory" in sheet._said.text()

    run(qapp, body)


def test_the_sheet_speaks_the_language_of_the_window(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.program.show_shortcuts()
            before = shown.program.sheet.text
            switch(qapp, "ru")
            after = shown.program.sheet.text
            assert "Ctrl+Shift+W" in after
            assert before != after
            async with window() as other:
                assert other.program.sheet.text == after

    run(qapp, body)
