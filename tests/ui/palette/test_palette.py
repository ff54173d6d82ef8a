"""The palette in the window: opened, searched and used with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.running import run, until, window
from wsgui import language
from wsgui.core.options import OPTIONS
from wsgui.core.protocol import Protocol
from wsgui.lab.server import serve
from wsgui.ui import theme
from wsgui.ui.language import switch
from wsgui.ui.menu_walk import commands
from wsgui.ui.palette.palette import Palette
from wsgui.ui.window import Window

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def as_it_was(qapp: QApplication) -> Iterator[None]:
    yield
    switch(qapp, language.ENGLISH)
    theme.apply(qapp, theme.Choice.LIGHT)


async def opened(shown: Window, focus: QWidget) -> Palette:
    await until(shown.isActiveWindow, "the keyboard")
    focus.setFocus()
    QTest.keyClick(focus, Qt.Key.Key_K, CONTROL)
    palette = shown.program.palette
    await until(lambda: palette.isVisible() and palette.isActiveWindow(), "the palette")
    return palette


def titles(palette: Palette) -> list[str]:
    return [choice.title for choice in palette.rows.shown]


def type_and_enter(palette: Palette, text: str) -> None:
    QTest.keyClicks(palette.edit, text)
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)


def test_every_command_of_the_menus_is_offered_with_its_keys(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            palette = await opened(shown, shown.tab.address.url_edit)
            offered = {(choice.place, choice.title, choice.keys) for choice in palette.rows.shown}
            menus = {(" › ".join(each.path), each.title, each.keys) for each in commands(shown.menuBar())}
            assert menus <= offered
            assert ("View › Theme", "Dark", "") in menus
            assert ("View › Language", "Русский", "") in menus
            assert {f"Option: {option.name}" for option in OPTIONS} <= set(titles(palette))

    run(qapp, body)


@pytest.mark.parametrize("place", ["url", "send", "log", "options"])
def test_escape_gives_the_keyboard_back(qapp: QApplication, place: str) -> None:
    async def body() -> None:
        async with window() as shown:
            await until(shown.isActiveWindow, "the keyboard")
            shown.menus.go_to(place)
            before = qapp.focusWidget()
            assert before is not None
            palette = await opened(shown, before)
            assert palette.edit.hasFocus()
            QTest.keyClicks(palette.edit, "wire")
            QTest.keyClick(palette.edit, Qt.Key.Key_Escape)
            await until(before.hasFocus, "the focus")
            assert palette.isHidden()
            again = await opened(shown, before)
            assert again.edit.text() == ""

    run(qapp, body)


def test_enter_does_what_is_chosen(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            palette = await opened(shown, shown.tab.address.url_edit)
            type_and_enter(palette, "wire")
            await until(lambda: shown.tab.pages.current == "wire", "the page")
            palette = await opened(shown, shown.tab.address.url_edit)
            type_and_enter(palette, "view theme dark")
            await until(lambda: theme.current().name == "dark", "the theme")
            palette = await opened(shown, shown.tab.address.url_edit)
            QTest.keyClicks(palette.edit, "dark")
            assert palette.rows.shown[0].checked is True

    run(qapp, body)


def test_the_arrows_choose(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            palette = await opened(shown, shown.tab.address.url_edit)
            count = palette.rows.rowCount()
            for key, row in (
                (Qt.Key.Key_Down, 1),
                (Qt.Key.Key_Up, 0),
                (Qt.Key.Key_Up, count - 1),
                (Qt.Key.Key_Down, 0),
                (Qt.Key.Key_PageDown, 14),
            ):
                QTest.keyClick(palette.edit, key)
                assert palette.list.currentIndex().row() == row

    run(qapp, body)


def test_an_option_is_gone_to(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.tab.show_pane("options", shown=False)
            palette = await opened(shown, shown.tab.address.url_edit)
            type_and_enter(palette, "option reconnectionDelayMax")
            await until(lambda: "reconnectionDelayMax" in shown.tab.options.rows, "the row")
            row = shown.tab.options.rows["reconnectionDelayMax"]
            await until(row.editor.input.hasFocus, "the cursor")

    run(qapp, body)


def test_what_cannot_be_done_says_why_and_is_not_done(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.tab.address.set_protocol(Protocol.WEBSOCKET)
            palette = await opened(shown, shown.tab.address.url_edit)
            QTest.keyClicks(palette.edit, "option: reconnectionDelayMax")
            assert palette.rows.shown[0].refused == "means nothing with this protocol"
            QTest.keyClick(palette.edit, Qt.Key.Key_Return)
            assert palette.isVisible()
            shown_menu = next(each for each in commands(shown.menuBar()) if each.title == "Wire")
            shown_menu.action.setEnabled(False)
            palette.reject()
            palette = await opened(shown, shown.tab.address.url_edit)
            QTest.keyClicks(palette.edit, "wire")
            refused = {choice.title: choice.refused for choice in palette.rows.shown}
            assert refused["Wire"] == "not available now"
            QTest.keyClicks(palette.edit, "zzz")
            assert titles(palette) == []
            QTest.keyClick(palette.edit, Qt.Key.Key_Return)
            assert palette.isVisible()

    run(qapp, body)


def test_urls_used_before_are_filled_in(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            shown.settings.remember_url("http://first.invalid:1/orders")
            first = shown.tab
            palette = await opened(shown, first.address.url_edit)
            type_and_enter(palette, "orders")
            await until(lambda: first.address.url == "http://first.invalid:1/orders", "the URL")
            first.connect_to(url)
            await until(lambda: first.status.transport == "websocket", "the connection")
            palette = await opened(shown, first.address.url_edit)
            type_and_enter(palette, "orders")
            await until(lambda: shown.tab is not first, "a tab")
            assert shown.tab.address.url == "http://first.invalid:1/orders"

    run(qapp, body)


def test_a_fault_is_chosen_in_its_list(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            palette = await opened(shown, shown.tab.address.url_edit)
            QTest.keyClicks(palette.edit, "second-upgrade-handler")
            await until(lambda: bool(palette.rows.shown), "the faults")
            QTest.keyClick(palette.edit, Qt.Key.Key_Return)
            await until(lambda: shown.faults is not None and shown.faults.chosen == "second-upgrade-handler", "it")

    run(qapp, body)


def test_english_names_are_found_in_every_language(qapp: QApplication) -> None:
    async def body() -> None:
        switch(qapp, "ru")
        async with window() as shown:
            palette = await opened(shown, shown.tab.address.url_edit)
            for typed in ("go to the filter", "import a connection"):
                palette.edit.setText(typed)
                assert palette.rows.shown[0].also.casefold().rstrip("…") == typed
            russian = palette.rows.shown[0].title
            palette.edit.setText("view theme dark")
            assert (palette.rows.shown[0].also, palette.rows.shown[0].place) == ("Dark", "Вид › Тема")
            palette.edit.setText(russian)
            assert titles(palette)[0] == russian

    run(qapp, body)


def test_it_goes_when_another_window_comes(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            palette = await opened(shown, shown.tab.address.url_edit)
            shown.program.show_shortcuts()
            await until(shown.program.sheet.isActiveWindow, "the sheet")
            await until(palette.isHidden, "its end")
            assert shown.program.sheet.filter_edit.hasFocus()

    run(qapp, body)
