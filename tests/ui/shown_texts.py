"""All that a window shows and says, in words: of every widget and action, and where a text is cut."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QTreeView,
    QWidget,
)

from wsgui.ui.elided_label import ElidedLabel


def texts(window: QWidget) -> list[tuple[str, str]]:
    """``(whose, text)`` of everything in a window, hidden or not, in the order in which it was made."""
    return [(_name(widget), text) for widget in (window, *window.findChildren(QWidget)) for text in _of(widget) if text]


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()}".strip()


def _of(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle())
    for action in widget.findChildren(QAction, options=Qt.FindChildOption.FindDirectChildrenOnly):
        yield from (action.text(), action.toolTip())
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QGroupBox() | QMenu():
            yield widget.title()
        case QLineEdit() | QPlainTextEdit():
            yield widget.placeholderText()
        case QComboBox():
            yield from (widget.itemText(row) for row in range(widget.count()) if not widget.isEditable())
        case QTabBar():
            yield from (widget.tabText(tab) for tab in range(widget.count()))
        case QTreeView() | QTableView() if (model := widget.model()) is not None:
            for column in range(model.columnCount()):
                yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")


def cut(window: QWidget) -> list[str]:
    """The shown labels and buttons that are too small for their text. What is elided on purpose is not cut."""
    found = []
    for widget in window.findChildren(QWidget):
        if (
            not widget.isVisible()
            or isinstance(widget, ElidedLabel)
            or not isinstance(widget, QLabel | QAbstractButton)
        ):
            continue
        if not widget.text() or (isinstance(widget, QLabel) and widget.wordWrap() and _tall_enough(widget)):
            continue
        wanted, there = widget.sizeHint(), widget.size()
        if there.width() < wanted.width() - 1 or there.height() < wanted.height() - 1:
            found.append(f"{_name(widget)}: “{widget.text()}” needs {wanted.width()}, has {there.width()}")
    return found


def _tall_enough(label: QLabel) -> bool:
    return label.height() >= label.heightForWidth(label.width()) - 1
