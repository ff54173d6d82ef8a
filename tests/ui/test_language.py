"""The window in every language: switched at once, with all that is in it, and with room for longer texts."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget

from tests.ui.running import run, until, window
from tests.ui.shown_texts import cut, texts
from wsgui import language
from wsgui.core import i18n
from wsgui.core.catalogue import Catalogue
from wsgui.core.kinds import LABEL
from wsgui.core.options import OPTIONS
from wsgui.net.state import State
from wsgui.ui import theme
from wsgui.ui.language import switch
from wsgui.ui.language_menu import LanguageMenu
from wsgui.ui.options.row import OptionRow
from wsgui.ui.window import Window

OTHERS = [code for code in language.languages() if code != language.ENGLISH]
PAGES = ("wire", "pulse", "diagnosis", "log")


@pytest.fixture(autouse=True)
def english_again(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, theme.Choice.LIGHT)
    yield
    switch(qapp, language.ENGLISH)


async def made(shown: Window) -> list[QWidget]:
    """Everything that a window makes when it is first looked at: its pages and the windows beside it."""
    shown.show_faults()
    shown.shelf.show_list()
    shown.program.show_shortcuts()
    shown.program.show_settings()
    tab = shown.tab
    assert tab.messages is not None
    for page in PAGES:
        tab.pages.show_page(page)
    await until(lambda: len(tab.options.findChildren(OptionRow)) == len(OPTIONS), "the form")
    await until(lambda: shown.faults is not None and shown.faults.filled, "the faults")
    theme.changed.emit()
    assert shown.faults is not None
    program = shown.program
    return [shown, shown.faults, shown.shelf.list_window, program.sheet, program.palette, program.settings_dialog]


def said(windows: list[QWidget]) -> Counter[tuple[str, str]]:
    return Counter(pair for each in windows for pair in texts(each))


@pytest.mark.parametrize("code", OTHERS)
def test_a_switched_window_says_what_one_made_in_the_language_says(qapp: QApplication, code: str) -> None:
    async def body() -> None:
        async with window() as shown:
            windows = await made(shown)
            before = said(windows)
            menu = shown.findChild(LanguageMenu)
            assert menu is not None
            menu.choose(code)
            switched = said(windows)
            async with window() as other:
                fresh = said(await made(other))
            assert sorted((switched - fresh).elements()) == []
            assert sorted((fresh - switched).elements()) == []
            assert shown.settings.language == code
            menu.choose(language.ENGLISH)
            assert sorted((said(windows) - before).elements()) == []
            assert sorted((before - said(windows)).elements()) == []

    run(qapp, body)


def test_a_connection_goes_on_while_the_language_is_switched(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            shown.start_demo()
            await until(lambda: tab.status.transport == "websocket" and tab.strip.received > 0, "an event")
            tab.send.event_edit.setText("mine")
            rows = [tab.log.model.index(row, 2).data() for row in range(tab.log.model.rowCount())]
            assert set(rows) <= set(LABEL.values())
            switch(qapp, OTHERS[0])
            assert tab.status.state is State.CONNECTED
            assert tab.send.event_edit.text() == "mine"
            assert tab.strip.state_label.text() == i18n._("Connected") != "Connected"
            assert tab.address.url.startswith("http://")
            rows = [tab.log.model.index(row, 2).data() for row in range(tab.log.model.rowCount())]
            assert set(rows) <= {i18n._(label) for label in LABEL.values()}
            count = tab.strip.received
            await until(lambda: tab.strip.received > count, "the next event")

    run(qapp, body)


def test_names_and_other_peoples_words_stay(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            await made(shown)
            switch(qapp, OTHERS[0])
            box = shown.findChild(QAbstractButton, "option_upgrade")
            assert box is not None
            assert box.text() == "upgrade"

    run(qapp, body)


def test_findings_are_told_in_the_language_that_is_spoken_now(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            shown.start_demo()
            await until(lambda: tab.status.transport == "websocket", "the upgrade")
            tab.diagnosing.start()
            pane = tab.diagnosing.pane
            assert pane is not None
            await until(lambda: not pane.run.running, "the end")
            assert pane.run.report is not None
            before = [each.summary for each in pane.run.report.findings]
            switch(qapp, "ru")
            told = [each.summary for each in pane.run.report.findings]
            assert [text for text in told if not re.search("[а-яё]", text)] == []
            items = (pane.findings.topLevelItem(row) for row in range(pane.findings.topLevelItemCount()))
            assert {item.text(1) for item in items if item} & set(told)
            switch(qapp, language.ENGLISH)
            assert [each.summary for each in pane.run.report.findings] == before

    run(qapp, body)


# Mnemonics


def menus(shown: QWidget) -> Iterator[tuple[str, list[QAction]]]:
    for menu in shown.findChildren(QMenu):
        menu.aboutToShow.emit()
        yield menu.title(), menu.actions()


def mnemonic(text: str) -> str:
    place = text.replace("&&", "").find("&")
    return text.replace("&&", "")[place + 1].casefold() if place >= 0 else ""


@pytest.mark.parametrize("code", language.languages())
def test_a_mnemonic_means_one_thing(qapp: QApplication, code: str) -> None:
    async def body() -> None:
        switch(qapp, code)
        async with window() as shown:
            await made(shown)
            bar = [action.text() for action in shown.menuBar().actions()]
            groups = [("menu bar", bar), *((title, [each.text() for each in own]) for title, own in menus(shown))]
            for page in PAGES:
                shown.tab.pages.show_page(page)
                buttons = (
                    each for each in shown.findChildren(QAbstractButton) if each.isVisible() and each.window() is shown
                )
                groups.append((page, [each.text() for each in buttons]))
            twice = {
                name: [text for text in labels if keys.count(mnemonic(text)) > 1 and mnemonic(text)]
                for name, labels in groups
                for keys in [[mnemonic(text) for text in labels]]
            }
            assert {name: labels for name, labels in twice.items() if labels} == {}

    run(qapp, body)


# Room


def stretched(by: float) -> Catalogue:
    """A language in which every text is so much longer, and says so by its brackets."""
    path = language.languages()[OTHERS[0]]
    assert isinstance(path, Path)
    from wsgui.core.catalogue import read_catalogue

    known = read_catalogue(path)
    own = {i18n.NUMBER: i18n.NUMBER, i18n.DAY: i18n.DAY}
    singular = {text: own.get(text) or longer(text, by) for text in known.texts}
    plurals: dict[tuple[str, str], tuple[str, ...]] = {
        (one, many): (longer(one, by), longer(many, by)) for one, many in known.plurals
    }
    return Catalogue("en", singular, plurals, lambda n: int(n != 1))


def longer(text: str, by: float) -> str:
    """``Connect`` -> ``[Connect ~~~~~~]``: so many characters more, for each that there is, wrapping where words do."""
    spaces = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    inner = text.strip()
    return f"{spaces[0]}[{inner} {'~~~~ ' * int(len(inner) * by / 5)}]{spaces[1]}"


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)], ids=str)
@pytest.mark.parametrize("code", [*language.languages(), "stretched"])
def test_no_text_is_cut(qapp: QApplication, code: str, size: tuple[int, int]) -> None:
    async def body() -> None:
        if code == "stretched":
            i18n.use(stretched(1.0 if size[0] > 1024 else 0.5))
        else:
            switch(qapp, code)
        async with window() as shown:
            windows = await made(shown)
            shown.resize(*size)
            for page in PAGES:
                shown.tab.pages.show_page(page)
                with contextlib.suppress(AssertionError):  # what is left then says more than that it took too long
                    await until(lambda: not any(map(cut, windows)), "the layout", seconds=3)
                assert [f"{page}: {each}" for own in windows for each in cut(own)] == []

    try:
        run(qapp, body)
    finally:
        i18n.use(None)


def test_a_cut_text_is_seen(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.tab.address.connect_button.setFixedWidth(20)
            await until(lambda: bool(cut(shown)), "the cut button")
            assert "connectButton" in cut(shown)[0]

    run(qapp, body)


def test_right_click_menus_of_qt_are_translated(qapp: QApplication) -> None:
    switch(qapp, OTHERS[0])
    assert qapp.translate("QPlatformTheme", "Cancel") != "Cancel"
    switch(qapp, language.ENGLISH)
    assert qapp.translate("QPlatformTheme", "Cancel") == "Cancel"
    assert Qt.LayoutDirection.LeftToRight is qapp.layoutDirection()
