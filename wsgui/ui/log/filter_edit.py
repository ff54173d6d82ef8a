"""The filter box: what is typed becomes a condition a moment later, or a sentence that says what is wrong with it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from wsgui.core.i18n import _
from wsgui.ui import theme

if TYPE_CHECKING:
    from wsgui.core.filters import Condition
    from wsgui.ui.log.completion import Completion

WAIT = 150
"""Milliseconds after the last key until the filter is applied."""


class FilterEdit(QLineEdit):
    """Emits ``changed`` with a condition, or ``None`` for no filter; a bad text leaves the last good one on."""

    changed = Signal(object)
    """``Condition | None``."""
    refused = Signal(str)
    """The sentence that says why; empty once the text is good again."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("filterEdit")
        self.setAccessibleName(_("Filter"))
        self.setPlaceholderText(_("Filter: words, kind:event, event:chat, -not …"))
        self.setClearButtonEnabled(True)
        self._condition: Condition | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self._apply_unasked)
        self.textChanged.connect(lambda: self._timer.start())
        self.textEdited.connect(lambda: self.completion.offer())
        self.returnPressed.connect(self.apply)

    @cached_property
    def completion(self) -> Completion:
        """What may come next; made with the first key or recording, for the window to open sooner."""
        from wsgui.ui.log.completion import Completion

        return Completion(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.completion.offer(everything=True)
        else:
            super().keyPressEvent(event)

    def _apply_unasked(self) -> None:
        """Take the text over, unless a word is not finished: nobody is to be told so while the offers are open."""
        from wsgui.core.filters import FilterError, parse

        if self.completion.is_open:
            try:
                parse(self.text())
            except FilterError:
                self._timer.start()
                return
        self.apply()

    @property
    def condition(self) -> Condition | None:
        """The filter that is on."""
        return self._condition

    def apply(self) -> None:
        """Take the text over now."""
        from wsgui.core.filters import FilterError, parse  # not before it is needed: the window must be there first

        self._timer.stop()
        problem = ""
        try:
            condition = parse(self.text())
        except FilterError as error:
            problem, condition = str(error), self._condition
            if condition is not None:
                problem += " " + _("The last good filter stays on.")
        self.refuse(problem)
        if condition != self._condition:
            self._condition = condition
            self.changed.emit(condition)

    def refuse(self, problem: str) -> None:
        """Show what is wrong with the filter, as a sentence; nothing is, where that is empty."""
        if problem != self.toolTip():
            self.setToolTip(problem)
            self.setProperty("state", "bad" if problem else None)
            theme.restyle(self)
            self.refused.emit(problem)

    def help_menu(self, parent: QWidget) -> QMenu:
        """A menu of all terms; choosing one writes it into the box."""
        menu = QMenu(parent)
        menu.aboutToShow.connect(lambda: self._fill_help(menu))
        return menu

    def _fill_help(self, menu: QMenu) -> None:
        from wsgui.core.filters import forms

        menu.clear()
        for form, says in forms():
            example = form.split("  ")[0]
            action = menu.addAction(f"{form}\t{says}")
            action.triggered.connect(lambda _checked=False, example=example: self._insert(example))

    def _insert(self, example: str) -> None:
        before = self.text().rstrip()
        self.setText(f"{before} {example}".lstrip())
        self.setSelection(len(self.text()) - len(example), len(example))
        self.setFocus()
