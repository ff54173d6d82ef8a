"""All text that a window shows or would show: of every widget, cell, tool tip and menu. And what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtGui import Qt as QtText
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from tests.hostile.display.attacks import EVIL_URL, MARK
from tests.hostile.display.harm import harmful

LONGEST_LINE = 20_000
MOST_CELLS = 3000


def look(what: str, *roots: QWidget) -> list[str]:
    """Complaints about everything that the application shows now, or these widgets; ``what`` was done before."""
    found = []
    for window in roots or QApplication.topLevelWidgets():
        for widget in (window, *window.findChildren(QWidget)):
            found += [f"{what}: {_name(widget)}: {complaint}" for complaint in _complaints(widget)]
    return found


def shows(mark: str = MARK) -> set[str]:
    """The widgets in which an attack stands, by their class and name: what was looked at was there to be seen."""
    return {
        _name(widget)
        for window in QApplication.topLevelWidgets()
        for widget in (window, *window.findChildren(QWidget))
        if any(mark in text for _place, text, _allowed in _texts(widget))
    }


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()}".strip()


def _complaints(widget: QWidget) -> Iterator[str]:
    for place, text, allowed in _texts(widget):
        if signs := harmful(text, allowed):
            yield f"{place} has {signs[:5]}: {text[:60]!r}"
        if not allowed and len(text) > LONGEST_LINE:
            yield f"{place} is not cut: {len(text):,} characters"
        if allowed != "\n\t" and place != "tool tip" and text.count("\n") > 50:
            yield f"{place} has {text.count(chr(10))} lines"
    if isinstance(widget, QLabel):
        if widget.textFormat() is not Qt.TextFormat.PlainText and _is_obeyed(widget.text()):
            yield f"its text is taken for HTML: {widget.text()[:60]!r}"
        if widget.openExternalLinks():
            yield "it opens links by itself"
    for tip in _tips(widget):
        if _is_obeyed(tip):
            yield f"a tool tip is taken for HTML: {tip[:80]!r}"
    if isinstance(widget, QTextEdit) and any(
        sign in widget.toHtml() for sign in (f'href="{EVIL_URL}', f'src="{EVIL_URL}')
    ):
        yield "it has a link or an image of the server's"


def _is_obeyed(text: str) -> bool:
    """Whether Qt would take a text for HTML and carry out what an attack says in it."""
    if MARK not in text or not QtText.mightBeRichText(text):
        return False
    document = QTextDocument()
    document.setHtml(text)
    html = document.toHtml()
    body = html[html.index("<p") :]
    return any(sign in body for sign in ("<img", "<a href", "<h1", "<table", "font-weight:7", "color:#ff0000"))


def _texts(widget: QWidget) -> Iterator[tuple[str, str, str]]:
    """``(place, text, allowed)``: with the characters that are meant there."""
    yield "title", widget.windowTitle(), ""
    yield "accessible name", widget.accessibleName(), "\n"
    yield "accessible description", widget.accessibleDescription(), "\n"
    for tip in _tips(widget):
        yield "tool tip", tip, "\n"
    for action in widget.findChildren(QAction, options=Qt.FindChildOption.FindDirectChildrenOnly):
        yield "action", action.text(), ""
    match widget:
        case QLabel() | QAbstractButton():
            yield "text", widget.text(), "\n"
        case QGroupBox() | QMenu():
            yield "title", widget.title(), ""
        case QLineEdit():
            yield "text", widget.text(), ""
            completer = widget.completer()
            if completer is not None:
                yield from (("completion", text, "") for text in _cells(completer.model()))
        case QPlainTextEdit() | QTextEdit():
            yield "text", widget.toPlainText(), "\n\t"
        case QComboBox():
            yield from (("item", widget.itemText(row), "") for row in range(widget.count()))
        case QTabBar():
            yield from (("tab", widget.tabText(tab), "") for tab in range(widget.count()))
        case QAbstractItemView() if (model := widget.model()) is not None:
            yield from (("cell", text, "\n\t") for text in _cells(model))


def _tips(widget: QWidget) -> Iterator[str]:
    yield widget.toolTip()
    for action in widget.findChildren(QAction, options=Qt.FindChildOption.FindDirectChildrenOnly):
        yield action.toolTip()
    if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
        yield from _cells(model, Qt.ItemDataRole.ToolTipRole)
    if isinstance(widget, QTabBar):
        yield from (widget.tabToolTip(tab) for tab in range(widget.count()))


def _cells(model: QAbstractItemModel, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> Iterator[str]:
    waiting: list[QModelIndex | QPersistentModelIndex] = [QModelIndex()]
    count = 0
    while waiting:
        parent = waiting.pop()
        for row in range(min(model.rowCount(parent), 500)):
            for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)):
                index = model.index(row, column, parent)
                count += 1
                if count > MOST_CELLS:
                    return
                value = model.data(index, role)
                if isinstance(value, str):
                    yield value
            first = model.index(row, 0, parent)
            if first.isValid() and model.rowCount(first):
                waiting.append(first)
