"""The wire of a recording put together: the list of exchanges and frames, what waits, and one of them in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSplitter, QToolButton, QVBoxLayout, QWidget

from wsgui.core.i18n import N_, _, plural
from wsgui.core.wire.links import engine_version_near, links
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.log.copying import Copying
from wsgui.ui.log.filter_edit import FilterEdit
from wsgui.ui.named import named
from wsgui.ui.wire.detail import WireDetail
from wsgui.ui.wire.model import WireModel
from wsgui.ui.wire.view import WireView
from wsgui.ui.wire.waiting import WaitingStrip

if TYPE_CHECKING:
    from wsgui.core.filters import Condition
    from wsgui.core.recorded import Recorded
    from wsgui.ui.empty_state import Offer


LOWEST = 300
"""The height in pixels below which list and detail stand side by side."""


class WirePane(QWidget):
    """Shows any recording, also one that is only read. Tell it with ``notice`` of what was appended."""

    log_wanted = Signal(int)
    """The person wants to see the record with this ``seq`` in the log."""

    def __init__(self, placeholder: str = "", offer: Offer | None = None) -> None:
        super().__init__()
        self.placeholder = placeholder
        self.offer = offer
        self.model = WireModel()
        self.model.setParent(self)
        self.view = WireView(self.model)
        self.filter_edit = named(FilterEdit(), "wireFilterEdit", _("Filter of the wire"))
        self.waiting = WaitingStrip()
        self.detail = WireDetail()
        self._copying = Copying(self)
        self._chosen: int | None = None
        self._said = QLabel(wordWrap=True)
        self._said.setProperty("tone", "bad")
        self._said.hide()
        self._count = QLabel()
        self._count.setProperty("tone", "muted")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._make_room()
        self._follow = QToolButton()
        self._follow.setCheckable(True)
        self._follow.setChecked(True)
        self._follow.setText(_("Follow"))
        show_icon(self._follow, Icon.FOLLOW)
        self._follow.setToolTip(_("Stay at the newest row (End)"))
        self._lay_out()
        self.filter_edit.changed.connect(self._filter)
        self.filter_edit.refused.connect(self._show_said)
        self.model.counted.connect(self._show_counts)
        self.view.following_changed.connect(self._follow.setChecked)
        self._follow.clicked.connect(self.view.follow)
        self.view.selectionModel().selectionChanged.connect(self._choose)
        self._copy_rows = QAction(_("&Copy rows"), self.view)
        self._copy_rows.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        self._copy_rows.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._copy_rows.triggered.connect(self.copy_chosen)
        self.view.addAction(self._copy_rows)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.detail.links.jump_wanted.connect(self.jump)
        self._show_counts()

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.filter_edit, 3)
        tools.addWidget(self.waiting, 2)  # here, and not below the list: it comes and goes with each poll
        tools.addWidget(self._count)
        tools.addWidget(self._follow)
        halves = self.halves = named(QSplitter(Qt.Orientation.Vertical), "wireSplitter")
        halves.addWidget(self.view)
        halves.addWidget(self.detail)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        halves.setSizes([300, 260])
        halves.setCollapsible(0, False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(tools)
        layout.addWidget(self._said)
        layout.addWidget(halves, 1)

    # What the window says

    def set_recording(self, recording: Recorded | None) -> None:
        """Show another recording, or none. Call it with another one before the one shown is closed."""
        self._copying.stop()
        self._chosen = None
        self.detail.show_record(None)
        self.filter_edit.completion.set_recording(recording)
        self.model.set_recording(recording)
        self.view.follow(True)
        self._show_counts()

    def notice(self) -> None:
        """Something was appended to the recording. What nobody sees is not read."""
        if self.isVisible():
            self.model.notice()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.model.notice()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        flat = self.height() < LOWEST
        wanted = Qt.Orientation.Horizontal if flat else Qt.Orientation.Vertical
        if wanted != self.halves.orientation():
            self.halves.setOrientation(wanted)

    def show_seq(self, seq: int) -> None:
        """Choose the row of that record, also when a filter hides it now."""
        self._search_all()
        if self.model.row_of(seq) is None:
            self.filter_edit.clear()
            self.filter_edit.apply()
            self.model.show_all()
            self._search_all()
        self.view.follow(False)
        self.view.choose(seq)
        self.view.setFocus()

    def _search_all(self) -> None:
        """Look through what is not looked through yet: a jump must arrive."""
        self.model.refresh()
        while self.model.searching:
            self.model.refresh()

    # What the person does

    def jump(self, seq: int) -> None:
        """Go to a record: to its row if it was on the wire itself, and else to its line in the log."""
        recording = self.model.recording
        if recording is None or not 0 < seq <= recording.count:
            return
        if recording.record(seq).via == seq:
            self.show_seq(seq)
        else:
            self.log_wanted.emit(seq)

    def copy_chosen(self) -> None:
        """Copy the selected rows as lines of the log."""
        if self.model.recording is not None and (seqs := self.view.chosen()):
            self._copying.start(self.model.recording, seqs)

    def menu(self) -> QMenu:
        """What can be done with the chosen row."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        to_log = QAction(_("Show in &log"), menu)
        to_log.triggered.connect(lambda: None if self._chosen is None else self.log_wanted.emit(self._chosen))
        to_log.setEnabled(self._chosen is not None)
        menu.addAction(to_log)
        menu.addAction(self._copy_rows)
        menu.addSeparator()
        for action in self.detail.copy_menu.actions():
            menu.addAction(action)
        return menu

    def _open_menu(self) -> None:
        if self._chosen is not None:
            index = self.view.currentIndex()
            self.menu().popup(self.view.viewport().mapToGlobal(self.view.visualRect(index).bottomLeft()))

    def _filter(self, condition: Condition | None) -> None:
        following = self.view.following
        self.model.set_condition(condition)
        if self._chosen is not None:
            self.view.choose(self._chosen)
        if following:  # the person did not scroll; the chosen row is still chosen
            self.view.follow(True)
        self._show_counts()

    def _choose(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        recording, current = self.model.recording, self.view.currentIndex()
        if recording is not None and current.isValid() and self.view.selectionModel().hasSelection():
            self._chosen = self.model.seq(current.row())
            record = recording.record(self._chosen)
            version = engine_version_near(record, recording)
            self.detail.show_record(record, links(record, recording), version)

    # What is shown of it

    def _show_said(self, problem: str) -> None:
        self._said.setText(problem)
        self._said.setVisible(bool(problem))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._make_room()
            self._show_counts()

    def _make_room(self) -> None:
        longest = plural("{n:,} row", "{n:,} rows", 9_999_999).format(n=9_999_999)
        self._count.setFixedSize(self._count.fontMetrics().size(0, longest))

    def _show_counts(self) -> None:
        rows = self.model.rowCount()
        self._count.setText(plural("{n:,} row", "{n:,} rows", rows).format(n=rows))
        self.view.offer = None
        if self.model.searching:
            self.view.placeholder = _("Searching …")
        elif self.model.filtered:
            self.view.offer = (N_("Clear the filter"), self.filter_edit.clear)
            self.view.placeholder = _("No row matches the filter.")
        elif self.model.total:
            self.view.placeholder = _("Nothing of this was on the wire.")
        else:
            self.view.offer = self.offer
            self.view.placeholder = self.placeholder
        self.waiting.refresh()
