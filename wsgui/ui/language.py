"""The language of the window: Qt's own texts, and all that is shown put into another language at once.

Sessions and recordings do not notice: every widget stays and gets new words, see :mod:`wsgui.core.retranslation`.
A pane that draws its texts hears of it as it hears of another theme, from ``theme.changed``; one that keeps texts
elsewhere takes :data:`changed`; a widget whose texts are made of several is sent ``LanguageChange``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTableWidget,
    QTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from wsgui import language
from wsgui.core import i18n
from wsgui.core.i18n import N_
from wsgui.core.retranslation import Retranslation
from wsgui.ui import theme
from wsgui.ui.named import KEEPS_TEXT

QT_TEXTS = (N_("Close Tab"), N_("Scroll Left"), N_("Scroll Right"))
"""What Qt says when it makes a widget, and not again: translated as Qt does."""


class _Language(QObject):
    changed = Signal(Retranslation)


_language = _Language()
changed = _language.changed
"""Emitted with what puts a text that was kept into the language that is spoken now."""

_TIP = re.compile(r"<(qt|span)>(.*)</\1>", re.DOTALL)


def switch(application: QApplication, code: str) -> None:
    """Speak another language from now on, everywhere."""
    before = i18n.catalogue()
    language.speak(code)
    if i18n.catalogue() is before:
        return
    translate_qt(application)
    again = Retranslation(before, i18n.catalogue())
    changed.emit(again)
    for widget in application.allWidgets():
        _retranslate(widget, again)
        QApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
    theme.changed.emit()


def translate_qt(application: QApplication) -> None:
    """Give Qt's own texts, those of its dialogs and menus, the language in use."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    code = language.spoken()
    QLocale.setDefault(QLocale(code))
    if code != language.ENGLISH:
        translator = QTranslator(application)
        if translator.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            application.installTranslator(translator)


def _retranslate(widget: QWidget, again: Retranslation) -> None:
    _put(widget, again, "title", "windowTitle", "statusTip", "whatsThis", "accessibleName", "accessibleDescription")
    _put_tip(widget.toolTip(), widget.setToolTip, again)
    for action in widget.findChildren(QAction):
        if action.parent() is widget:
            _put(action, again, "text", "iconText", "statusTip")
            _put_tip(action.toolTip(), action.setToolTip, again)
    if isinstance(shown := getattr(widget, "placeholder", None), str):  # what an empty pane of ours says
        _say(shown, partial(setattr, widget, "placeholder"), again)
    match widget:
        case QLabel() | QAbstractButton():
            if not widget.property(KEEPS_TEXT):
                _say(widget.text(), widget.setText, again)
        case QLineEdit() | QPlainTextEdit() | QTextEdit():
            _say(widget.placeholderText(), widget.setPlaceholderText, again)
        case QComboBox() if not widget.isEditable():
            for row in range(widget.count()):
                _say(widget.itemText(row), partial(widget.setItemText, row), again)
        case QTabBar():
            for tab in range(widget.count()):
                _say(widget.tabText(tab), partial(widget.setTabText, tab), again)
                _put_tip(widget.tabToolTip(tab), partial(widget.setTabToolTip, tab), again)
        case QTreeWidget():
            rows = (widget.topLevelItem(row) for row in range(widget.topLevelItemCount()))
            for item in (widget.headerItem(), *rows):
                _retranslate_item(item, again)
        case QTableWidget():
            for column in range(widget.columnCount()):
                if head := widget.horizontalHeaderItem(column):
                    _say(head.text(), head.setText, again)
        case QAbstractItemView():
            _look_again(widget)
        case _:
            widget.update()


def _retranslate_item(item: QTreeWidgetItem | None, again: Retranslation) -> None:
    if item is None:
        return
    for column in range(item.columnCount()):
        _say(item.text(column), partial(item.setText, column), again)
        _put_tip(item.toolTip(column), partial(item.setToolTip, column), again)
    for row in range(item.childCount()):
        _retranslate_item(item.child(row), again)


def _look_again(view: QAbstractItemView) -> None:
    """Models translate when they are asked: the view has to ask anew."""
    if isinstance(view, QHeaderView):
        if (model := view.model()) is not None:
            model.headerDataChanged.emit(view.orientation(), 0, max(0, view.count() - 1))
        return
    view.viewport().update()


def _put(thing: QObject, again: Retranslation, *properties: str) -> None:
    for name in properties:
        _say(str(thing.property(name) or ""), partial(thing.setProperty, name), again)


def _put_tip(shown: str, put: Callable[[str], object], again: Retranslation) -> None:
    """A tool tip may be markup around a plain text."""
    if match := _TIP.fullmatch(shown):
        import html  # the window opens sooner without it

        mark, text = match[1], html.unescape(match[2])
        if (new := again(text)) != text:
            put(f"<{mark}>{html.escape(new, quote=False)}</{mark}>")
    else:
        _say(shown, put, again)


def _say(shown: str, put: Callable[[str], object], again: Retranslation) -> None:
    if shown and (new := again(shown)) != shown:
        put(new)
