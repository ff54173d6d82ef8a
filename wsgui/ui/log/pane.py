"""The log of a connection put together: the tools, the list, and the selected record in full."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QSplitter, QToolButton, QVBoxLayout, QWidget

from wsgui.core.i18n import N_, _, plural
from wsgui.core.records import Direction, Kind, Record
from wsgui.ui.flow_layout import FlowLayout
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.log.copying import Copying
from wsgui.ui.log.detail_pane import DetailPane
from wsgui.ui.log.filter_edit import FilterEdit
from wsgui.ui.log.model import LogModel
from wsgui.ui.log.view import LogView

if TYPE_CHECKING:
    from wsgui.core.filters import Condition
    from wsgui.core.recorded import Recorded
    from wsgui.ui.empty_state import Offer
    from wsgui.ui.log.find_bar import FindBar


MOST_STEPS = 1000
"""Rows of which a sequence can be made."""


class LogPane(QWidget):
    """Shows a recording. Tell it with ``notice`` of every append."""

    edit_wanted = Signal(Record)
    """The person wants to edit this event and send it."""
    save_wanted = Signal(Record)
    """The person wants to keep this event or message."""
    sequence_wanted = Signal(list)
    """The person wants a sequence made of these records."""
    switches_ended = Signal()
    """No event is left out any more: a row that is to be shown may be one of them."""
    answer_wanted = Signal(Record)
    """The person wants to answer this event, which asks for an acknowledgement."""
    cleared = Signal()
    """All rows were hidden."""
    why_wanted = Signal()
    """The person wants to know the cause of a failure."""
    wire_wanted = Signal(Record)
    """The person wants to see where on the wire this record was."""

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self._placeholder = placeholder
        self._offer: Offer | None = None
        self.model = LogModel()
        self.model.setParent(self)
        self.notice = self.model.notice
        self.view = LogView(self.model)
        self.filter_edit = FilterEdit()
        self._find_bar: FindBar | None = None
        self.details = DetailPane()
        self._copying = Copying(self)
        self._chosen: int | None = None
        self._said = QLabel()
        self._said.setProperty("tone", "bad")
        self._said.setWordWrap(True)
        self._said.hide()
        self._count = QLabel()
        self._count.setProperty("tone", "muted")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # Fixed in width and height: otherwise each new count lays out and paints the whole window.
        self._make_room()
        self._help = QToolButton()
        show_icon(self._help, Icon.HELP)
        self._help.setAccessibleName(_("What can be typed into the filter"))
        self._help.setToolTip(_("What can be typed into the filter"))
        self._help.setMenu(self.filter_edit.help_menu(self._help))
        self._help.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._follow = _button(_("Follow"), _("Stay at the newest row (End)"))
        self._follow.setCheckable(True)
        self._follow.setChecked(True)
        self._clear = _button(_("Clear"), "")
        self._copy_all = _button(_("Copy all"), _("Copy all rows that the filter shows"))
        for button, which in ((self._follow, Icon.FOLLOW), (self._clear, Icon.CLEAR), (self._copy_all, Icon.COPY)):
            show_icon(button, which)
        self._copy_all.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)  # on a small screen: one row of tools
        self._lay_out()
        self._connect()
        self._show_counts()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._make_room()
            self._show_counts()

    def _make_room(self) -> None:
        longest = _("{shown:,} of {total:,} rows").format(shown=9_999_999, total=9_999_999)
        self._count.setFixedSize(self._count.fontMetrics().size(0, longest))

    def _lay_out(self) -> None:
        self.filter_edit.setMinimumWidth(160)
        tools = FlowLayout(self.filter_edit, self._help, self._count, self._follow, self._clear, self._copy_all)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setObjectName("logSplitter")
        halves.setChildrenCollapsible(True)
        halves.addWidget(self.view)
        halves.addWidget(self.details)
        halves.setSizes([300, 120])
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 1)
        halves.setCollapsible(0, False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(tools)
        layout.addWidget(self._said)
        layout.addWidget(halves, 1)

    def _connect(self) -> None:
        self.filter_edit.changed.connect(self._filter)
        self.filter_edit.refused.connect(self._show_said)
        self.model.counted.connect(self._show_counts)
        self.view.following_changed.connect(self._follow.setChecked)
        self._follow.clicked.connect(self.view.follow)
        self._clear.clicked.connect(self.clear_or_show_all)
        self._copy_all.clicked.connect(self.copy_all)
        self.view.selectionModel().selectionChanged.connect(self._choose)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._action(_("Copy"), self.copy_chosen).setShortcut(QKeySequence.StandardKey.Copy)
        self._action(_("Copy details"), self.details.copy)
        self._answer_action = self._action(_("Answer…"), self._answer)
        self._answer_action.setEnabled(False)
        self._edit_action = self._action(_("Edit and send…"), self._edit)
        self._edit_action.setEnabled(False)
        self._save_action = self._action(_("Save as message…"), self._save)
        self._save_action.setEnabled(False)
        self._sequence_action = self._action(_("Save as sequence"), self._make_sequence)
        self._sequence_action.setEnabled(False)
        self._wire_action = self._action(_("Show in wire"), self._show_in_wire)
        self._wire_action.setEnabled(False)
        self._why_action = self._action(_("Why? Diagnose"), self.why_wanted.emit)
        self._why_action.setEnabled(False)
        self._action(_("Copy all"), self.copy_all)
        self._clear_action = self._action("", self.clear_or_show_all)

    def _action(self, text: str, do: Callable[[], None]) -> QAction:
        action = QAction(text, self.view)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: do())
        self.view.addAction(action)
        return action

    # What the window says

    @property
    def placeholder(self) -> str:
        """What an empty log says: what to do first."""
        return self._placeholder

    @placeholder.setter
    def placeholder(self, text: str) -> None:
        self._placeholder = text
        self._show_counts()

    def offer(self, offer: Offer) -> None:
        """What there is to do while nothing has happened."""
        self._offer = offer
        self._show_counts()

    def set_recording(self, recording: Recorded | None) -> None:
        """Show another recording, or none. Call it with another one before the one shown is closed."""
        self._copying.stop()
        self._chosen = None
        self.details.show_record(None)
        self.filter_edit.completion.set_recording(recording)
        self.model.set_recording(recording)
        self.view.follow(True)

    @property
    def find_bar(self) -> FindBar:
        """The bar that finds a text in the log; it is made when it is first asked for."""
        if self._find_bar is None:
            from wsgui.ui.log.find_bar import FindBar  # the window must be there first

            self._find_bar = FindBar(self.view, self.model)
            self._find_bar.marked.connect(self._mark)
            layout = self.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.insertWidget(layout.count() - 1, self._find_bar)
        return self._find_bar

    def add_note(self, note: QWidget) -> None:
        """Put something between the tools and the rows."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, note)

    def show_seq(self, seq: int) -> None:
        """Choose the row of that record, also when a filter or ``clear`` hides it now."""
        self.model.refresh()
        if self.model.row_of(seq) is None:
            self.filter_edit.clear()
            self.filter_edit.apply()
            self.model.switch(None)
            self.model.show_all()
            self.switches_ended.emit()
        self.view.follow(False)
        self.view.choose(seq)
        self.view.setFocus()

    # What the person does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._find_bar is not None and self._find_bar.isVisible():
            self._find_bar.close_bar()
        else:
            super().keyPressEvent(event)

    def clear_or_show_all(self) -> None:
        """Hide all there is up to now, or show it again."""
        if self.model.cleared:
            self.model.show_all()
        elif self.model.recording is not None:
            self.model.clear()
            self.cleared.emit()

    def copy_chosen(self) -> None:
        """Copy the selected rows, one line each."""
        if self.model.recording is not None and (seqs := self.view.chosen()):
            self._copying.start(self.model.recording, seqs)

    def copy_all(self) -> None:
        """Copy all rows that are shown, one line each."""
        if self.model.recording is not None:
            self._copying.start(self.model.recording, self.model.seqs())

    def _answer(self) -> None:
        if self.model.recording is not None and self._chosen is not None:
            self.answer_wanted.emit(self.model.recording.record(self._chosen))

    def _edit(self) -> None:
        if self.model.recording is not None and self._chosen is not None:
            self.edit_wanted.emit(self.model.recording.record(self._chosen))

    def _save(self) -> None:
        if self.model.recording is not None and self._chosen is not None:
            self.save_wanted.emit(self.model.recording.record(self._chosen))

    def _make_sequence(self) -> None:
        if self.model.recording is not None:
            self.sequence_wanted.emit(self.model.recording.pick(self.view.chosen()[:MOST_STEPS]))

    def _show_in_wire(self) -> None:
        if self.model.recording is not None and self._chosen is not None:
            self.wire_wanted.emit(self.model.recording.record(self._chosen))

    def _filter(self, condition: Condition | None) -> None:
        following = self.view.following
        self.model.set_condition(condition)
        if self._chosen is not None:
            self.view.choose(self._chosen)
        if following:  # the person did not scroll; the chosen row is still chosen
            self.view.follow(True)

    def _mark(self, pattern: re.Pattern[str] | None) -> None:
        self.view.mark(pattern)
        self.details.mark(pattern)

    def _choose(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        current = self.view.currentIndex()
        if self.model.recording is not None and current.isValid() and self.view.selectionModel().hasSelection():
            self._chosen = self.model.seq(current.row())
            record = self.model.recording.record(self._chosen)
            self.details.show_record(record)
            self._answer_action.setEnabled(asks_for_answer(record))
            self._why_action.setEnabled(went_wrong(record))
            for action in (self._edit_action, self._save_action):
                action.setEnabled(record.kind in (Kind.EVENT, Kind.WS_MESSAGE))
            self._sequence_action.setEnabled(True)
            self._wire_action.setEnabled(record.via > 0 or (record.direction is Direction.OUT and bool(record.data)))

    # What is shown of it

    def _show_said(self, problem: str) -> None:
        if self.model.recording is not None and not problem:
            problem = self.model.recording.problem or ""
        if problem != self._said.text():
            self._said.setText(problem)
            self._said.setVisible(bool(problem))

    def _show_counts(self) -> None:
        model = self.model
        rows = model.rowCount()
        if model.filtered or model.switched:
            text = _("{shown:,} of {total:,} rows").format(shown=rows, total=model.total)
        else:
            text = plural("{n:,} row", "{n:,} rows", model.total).format(n=model.total)
        self._count.setText(text)
        self._count.setToolTip(_("Searching …") if model.searching else "")
        if model.problem:
            self.filter_edit.refuse(model.problem)
        clear = _("Show all") if model.cleared else _("Clear")
        if clear != self._clear_action.text():
            self._clear.setText(clear)
            self._clear_action.setText(clear)
        if model.searching:
            self.view.offer = None
            self.view.placeholder = _("Searching …")
        elif model.filtered and model.total:
            self.view.offer = (N_("Clear the filter"), self.filter_edit.clear)
            self.view.placeholder = _("No row matches the filter.")
        elif model.switched and model.total and not rows:
            self.view.offer = None
            self.view.placeholder = _("All rows are events that are hidden.")
        elif model.cleared:
            self.view.offer = (N_("Show all"), self.model.show_all)
            self.view.placeholder = _("Cleared. “Show all” brings the earlier rows back.")
        else:
            self.view.offer = self._offer
            self.view.placeholder = self._placeholder
        self._show_said(self.filter_edit.toolTip())


_FAILURES = frozenset({Kind.CONNECT_ERROR, Kind.UPGRADE_ERROR, Kind.RECONNECT_ERROR, Kind.RECONNECT_FAILED, Kind.ERROR})


def went_wrong(record: Record) -> bool:
    """Whether one may ask for the cause of this record."""
    status = record.fact("status")
    refused = isinstance(status, int) and status >= 400
    return record.kind in _FAILURES or refused or bool(record.fact("error")) or record.fact("valid") is False


def asks_for_answer(record: Record) -> bool:
    """Whether a record is an event of the server that asks for an acknowledgement."""
    from wsgui.core.wire.meaning import ack_is_asked

    return record.kind is Kind.EVENT and record.direction is Direction.IN and ack_is_asked(record)


def _button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    return button
