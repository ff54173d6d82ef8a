"""What to do: a fix for each side that can carry it out, the fitting one first, with its code and its one click."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QTabBar, QToolButton, QVBoxLayout, QWidget

from wsgui.core.causes import CAUSES, SIDE_LABEL
from wsgui.core.findings import NO_CHANGE, Change, Report
from wsgui.core.i18n import _
from wsgui.core.platforms import fixes_for, named_platforms
from wsgui.core.visible import lines, one_line
from wsgui.ui.address_bar import PROTOCOL_LABEL
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.named import named
from wsgui.ui.plain_label import PlainLabel
from wsgui.ui.theme import fixed_font

_MOST_LINES = 14
"""Lines of code that are shown without scrolling."""
_EXAMPLE = "https://app.example.com"
"""The page in the lines of the table of causes."""
_BESIDE = 14
"""Pixels at each side of a line of code."""


@dataclass(frozen=True)
class Remedy:
    """One tab: who does it, what, with which lines, and the change of the form that is the same."""

    side: str
    text: str
    code: str = ""
    change: Change = NO_CHANGE


def remedies(report: Report, origin: str = "") -> tuple[Remedy, ...]:
    """For the headline of a report: what the check itself knows comes first, then the table's in fitting order.

    The lines speak of the page that is asked for, where its ``origin`` is known.
    """
    first = next((each for each in report.findings if each.cause and each.cause == report.cause), None)
    cause = CAUSES.get(report.cause or "")
    if first is None or cause is None:
        return ()
    fixes = fixes_for(cause, named_platforms(report.server.platform or ""))
    listed = [
        Remedy(_(SIDE_LABEL[fix.side]), _(fix.text), fix.code.replace(_EXAMPLE, origin or _EXAMPLE), fix.change)
        for fix in fixes
    ]
    own = Remedy(_("This server"), first.fix, first.code, first.change)
    if not first.fix or any(first.fix == f"{each.side}: {each.text}" for each in listed):
        return tuple(listed)
    return (own, *listed)


class Fixes(QWidget):
    """Shows the remedies of a report's headline."""

    apply_wanted = Signal(Change)
    undo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._remedies: Sequence[Remedy] = ()
        self._can_undo = False
        self.bar = named(QTabBar(), "fixBar", _("Who carries the fix out"))
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(True)
        self.text = named(PlainLabel(), "fixText")
        self.code = named(QPlainTextEdit(), "fixCode", _("Lines of the fix"))
        self.code.setReadOnly(True)
        self.code.setFont(fixed_font())
        self.code.setTabChangesFocus(True)
        self.code.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.apply_button = named(QPushButton(_("&Apply fix and connect")), "applyFixButton")
        self.apply_button.setProperty("role", "primary")
        self.undo_button = named(QPushButton(_("&Undo the fix")), "undoFixButton")
        show_icon(self.apply_button, Icon.PASSED, "on_accent")
        show_icon(self.undo_button, Icon.UNDO)
        self.copy_button = named(QToolButton(), "copyFixButton")
        self.copy_button.setText(_("Copy the lines"))
        self._change = named(PlainLabel(tone="muted"), "fixChange")
        self.copy_button.setAutoRaise(True)
        self.copy_button.setProperty("role", "link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.bar, self.text, self.code):
            column.addWidget(widget)
        column.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._change)
        for button in (self.apply_button, self.undo_button):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.bar.currentChanged.connect(self._show)
        self.apply_button.clicked.connect(lambda: self.apply_wanted.emit(self.change_at_hand))
        self.undo_button.clicked.connect(self.undo_wanted)
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.chosen.code))
        self.show_remedies(())

    @property
    def chosen(self) -> Remedy:
        """The one in front."""
        return self._remedies[max(0, self.bar.currentIndex())]

    @property
    def change_at_hand(self) -> Change:
        """What one click does: the change of the remedy in front, and else of the first that has one."""
        changes = [each.change for each in self._remedies if each.change]
        front = self.chosen.change if self._remedies else NO_CHANGE
        return front or (changes[0] if changes else NO_CHANGE)

    def show_remedies(self, found: Sequence[Remedy]) -> None:
        """Show these; the one that is in front stays there if it is still among them."""
        if found and list(found) == list(self._remedies):
            return
        self._remedies = found
        self.bar.blockSignals(True)
        while self.bar.count():
            self.bar.removeTab(0)
        counted: Counter[str] = Counter()
        for remedy in found:
            counted[remedy.side] += 1
            number = counted[remedy.side]
            self.bar.addTab(f"{remedy.side} {number}" if number > 1 else remedy.side)
        self.bar.blockSignals(False)
        self._show()

    def offer_undo(self, *, possible: bool) -> None:
        """Whether a fix that was applied can be taken back."""
        self._can_undo = possible
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Make the lines as high as they are, and their scroll bar if they need one."""
        rows = self.code.toPlainText().split("\n")
        metrics = self.code.fontMetrics()
        high = (
            min(_MOST_LINES, len(rows)) * metrics.lineSpacing() + 2 * round(self.code.document().documentMargin()) + 14
        )
        longest = max(metrics.horizontalAdvance(row) for row in rows)
        if longest > self.width() - 2 * _BESIDE:
            high += self.code.horizontalScrollBar().sizeHint().height()
        self.code.setFixedHeight(high)

    def _show(self) -> None:
        found = self._remedies
        self.bar.setVisible(len(found) > 1)
        remedy = self.chosen if found else Remedy("", "")
        alone = len(found) == 1
        self.text.show_text(one_line(f"{remedy.side}: {remedy.text}" if alone else remedy.text))
        self.code.setVisible(bool(remedy.code))
        self.copy_button.setVisible(bool(remedy.code))
        self.code.setPlainText(lines(remedy.code))
        self._fit()
        change = self.change_at_hand
        self.apply_button.setVisible(bool(change))
        self.undo_button.setVisible(self._can_undo)
        self._change.show_text(one_line(words_of(change)) if change else "")


def words_of(change: Change) -> str:
    """What a change does to the form, for a person."""
    parts = []
    if change.url:
        parts.append(_("the URL becomes {url}").format(url=change.url))
    if change.protocol:
        parts.append(_("the protocol becomes {protocol}").format(protocol=_(PROTOCOL_LABEL[change.protocol])))
    for name, value in change.options.items():
        if value is None:
            parts.append(_("{option} gets its default").format(option=name))
        else:
            said = json.dumps(value, ensure_ascii=False)
            parts.append(_("{option} becomes {value}").format(option=name, value=said))
    return _("Applied here, with one click: {changes}.").format(changes="; ".join(parts))
