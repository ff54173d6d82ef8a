"""What a screen reader and the Tab key find: every control has a name and a role, and the order is that of the eye."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTabBar,
    QTabWidget,
    QWidget,
)

from tests.ui.running import run, until, window
from tests.ui.test_language import made
from wsgui.core.protocol import Protocol
from wsgui.ui.diagnosis.pane import DiagnosisPane
from wsgui.ui.window import Window

ROLES_OF_NOTHING = (QAccessible.Role.NoRole, QAccessible.Role.Client)


def controls(shown: QWidget) -> Iterator[QWidget]:
    """All of our own that takes the keyboard or a click, but what Qt makes inside of it."""
    for widget in shown.findChildren(QWidget):
        reached = widget.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(widget, QAbstractButton)
        if (
            reached
            and not isinstance(widget, QScrollArea | QTabWidget)
            and not is_part(widget)
            and not is_unused(widget)
        ):
            yield widget


def is_part(widget: QWidget) -> bool:
    """A clear button, the list of a box, the field of a number, the buttons of a row of tabs."""
    inside = widget.parentWidget()
    in_box = inside is not None and isinstance(inside.parentWidget(), QComboBox)
    return widget.objectName().startswith("qt_") or in_box or isinstance(inside, QComboBox | QTabBar | QLineEdit)


def is_unused(widget: QWidget) -> bool:
    """A label or a button without a text that is hidden until it has one."""
    without = isinstance(widget, QLabel | QAbstractButton) and not widget.text()
    return without and (widget.isHidden() or isinstance(widget, QLabel))


def name_of(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):  # on Unix its name is its value: what it is called comes from a label
        buddies = (label.text() for label in widget.window().findChildren(QLabel) if label.buddy() is widget)
        return widget.accessibleName() or next(buddies, "")
    return widget.accessibleName() or QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def what(widget: QWidget) -> str:
    chain = [widget]
    while (parent := chain[-1].parentWidget()) is not None and len(chain) < 4:
        chain.append(parent)
    return " < ".join(f"{type(each).__name__} {each.objectName()}".strip() for each in chain)


def unnamed(shown: QWidget) -> list[str]:
    found = []
    for widget in controls(shown):
        name, role = name_of(widget), QAccessible.queryAccessibleInterface(widget).role()
        if not any(letter.isalpha() for letter in name):
            found.append(f"{what(widget)}: “{name}”")
        elif role in ROLES_OF_NOTHING and not widget.accessibleDescription():  # what is painted tells what it shows
            found.append(f"{what(widget)}: no role")
    return sorted(set(found))


def test_every_control_has_a_name_and_a_role(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            windows = await made(shown)
            tab = shown.tab
            tab.log.find_bar.open()
            shown.start_demo()
            await until(lambda: tab.status.transport == "websocket" and tab.strip.received > 0, "an event")
            shown.show_error("Something.")
            tab.diagnosing.start()
            pane = tab.diagnosing.pane
            assert isinstance(pane, DiagnosisPane)
            await until(lambda: not pane.run.running, "the findings")
            shown.importing.show()
            shown.comparing.show()
            assert shown.importing.dialog is not None
            for each in (*windows, shown.importing.dialog):
                assert unnamed(each) == []
            shown.importing.dialog.close()

    run(qapp, body)


def order(shown: Window) -> list[QWidget]:
    """What the Tab key goes through, from the URL on, once around."""
    first = shown.tab.address.url_edit
    found: list[QWidget] = [first]
    while (following := found[-1].nextInFocusChain()) is not None and following is not first:
        found.append(following)
    return [
        each
        for each in found
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.width()
    ]


def test_tab_goes_where_the_eye_goes(qapp: QApplication) -> None:
    """From the top to the bottom: the address, the options, the log, what is sent; and in each of them line by line."""

    async def body() -> None:
        async with window() as shown:
            await made(shown)
            tab = shown.tab
            tab.pages.show_page("log")
            panes = {"address": tab.address, "options": tab.options, "log": tab.log, "send": tab.sending}
            chain = order(shown)
            owner = [next((name for name, pane in panes.items() if pane.isAncestorOf(each)), "") for each in chain]
            seen = [name for number, name in enumerate(owner) if name and name not in owner[:number]]
            assert seen == list(panes)
            for name in panes:
                own = [each for each, whose in zip(chain, owner, strict=True) if whose == name]
                # An empty state is made when the pane was painted, and comes after what was there before.
                own = [each for each in own if each.objectName() != "emptyAction"]
                tops = [each.mapTo(shown, QPoint(0, 0)).y() for each in own]
                back = [what(own[number]) for number in range(1, len(own)) if tops[number] < tops[number - 1] - 16]
                assert back == []

    run(qapp, body)


BELOW = [(Protocol.SOCKETIO, number) for number in range(5)] + [(Protocol.WEBSOCKET, number) for number in range(3)]


@pytest.mark.parametrize(("protocol", "number"), BELOW)
def test_tab_leads_into_every_page_below_and_out_again(qapp: QApplication, protocol: Protocol, number: int) -> None:
    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            tab.address.set_protocol(protocol)
            await until(lambda: "proxy" in tab.options.rows, "the options")
            tabs: QTabWidget = tab.events if protocol is Protocol.SOCKETIO else tab.sending.message_tabs
            assert tabs.count() == max(each + 1 for which, each in BELOW if which is protocol)
            tabs.setCurrentIndex(number)
            page = tabs.widget(number)
            assert page is not None
            await until(lambda: bool(stops_in(page)), "the page")
            tab.address.url_edit.setFocus()
            found = [press_tab()]
            while (following := press_tab()) is not found[0]:
                assert following not in found, [what(each) for each in found[-8:]]
                found.append(following)
            assert [what(each) for each in stops_in(page) if each not in found] == []

    run(qapp, body)


def press_tab() -> QWidget:
    """What has the keyboard then."""
    before = QApplication.focusWidget()
    assert before is not None
    QTest.keyClick(before, Qt.Key.Key_Tab)
    after = QApplication.focusWidget()
    assert after is not None
    return after


def stops_in(page: QWidget) -> list[QWidget]:
    """What takes the keyboard there by Tab now."""
    by_tab = Qt.FocusPolicy.TabFocus
    inside = [each for each in page.findChildren(QWidget) if each.isVisible() and each.isEnabled()]
    return [each for each in inside if each.focusPolicy() & by_tab and each.focusProxy() is None]
