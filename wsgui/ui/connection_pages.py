"""The log, the wire and the pulse of a connection in one place, and the ways that lead from one to another.

The log is made at once, the others when they are first shown, for the window to open sooner.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wsgui.core.i18n import _
from wsgui.core.records import Record
from wsgui.ui.log.pane import LogPane
from wsgui.ui.pages import Page, Pages
from wsgui.ui.settings import Settings

if TYPE_CHECKING:
    from wsgui.core.recorded import Recorded
    from wsgui.net.tap import Pending
    from wsgui.ui.empty_state import Offer
    from wsgui.ui.pulse.pane import PulsePane
    from wsgui.ui.wire.pane import WirePane


class ConnectionPages(Pages):
    """``pending`` gives the exchanges that have no record yet, ``clock`` what tells the time while a session runs.

    ``more`` are pages that come after these.
    """

    problem = Signal(str)
    """Something the person should know that has no better place."""

    def __init__(
        self,
        pending: Callable[[], list[Pending]],
        clock: Callable[[], Callable[[], float] | None],
        placeholder: str,
        settings: Settings,
        *more: Page,
    ) -> None:
        log = LogPane(placeholder)
        super().__init__(
            Page("log", _("Log"), lambda: log),
            Page("wire", _("Wire"), lambda: self._make_wire()),
            Page("pulse", _("Pulse"), lambda: self._make_pulse()),
            *more,
        )
        self.log = log
        self.wire: WirePane | None = None
        self.pulse: PulsePane | None = None
        self._pending = pending
        self._clock = clock
        self._settings = settings
        self._recording: Recorded | None = None
        self._offer: Offer | None = None
        self.log.wire_wanted.connect(self._show_in_wire)

    def offer(self, offer: Offer) -> None:
        """What there is to do while nothing has happened."""
        self._offer = offer
        self.log.offer(offer)

    def set_recording(self, recording: Recorded | None) -> None:
        """Show another recording in all pages, or none."""
        self._recording = recording
        self.log.set_recording(recording)
        if self.wire is not None:
            self.wire.set_recording(recording)
        if self.pulse is not None:
            self.pulse.set_recording(recording)
            self.pulse.follow_clock(self._clock())

    def session_changed(self) -> None:
        """A session has begun or ended."""
        if self.pulse is not None:
            self.pulse.follow_clock(self._clock())

    def focus_filter(self) -> None:
        """Go to the filter of the page in front; from a page that has none to that of the log."""
        if self.wire is not None and self.current == "wire":
            self.wire.filter_edit.setFocus()
        else:
            self.show_page("log")
            self.log.filter_edit.setFocus()

    def find_in_log(self) -> None:
        """Bring the log to the front and ask what to find in it."""
        self.show_page("log")
        self.log.find_bar.open()

    def keep_layout(self) -> None:
        """Remember how the panes were divided."""
        if self.wire is not None:
            self._settings.keep_layout(self.wire.halves.objectName(), self.wire.halves.saveState())

    def _make_wire(self) -> QWidget:
        from wsgui.ui.wire.pane import WirePane
        from wsgui.ui.wire.waiting import Waiting

        wire = self.wire = WirePane(self.log.placeholder, self._offer)
        wire.waiting.source = lambda: (Waiting(each.began, each.method, each.url) for each in self._pending())
        wire.set_recording(self._recording)
        wire.log_wanted.connect(self.show_in_log)
        self.log.model.counted.connect(wire.notice)
        if (state := self._settings.layout(wire.halves.objectName())) is not None:
            wire.halves.restoreState(state)
        return wire

    def _make_pulse(self) -> QWidget:
        from wsgui.ui.pulse.pane import PulsePane

        pulse = self.pulse = PulsePane(self._recording, self._offer)
        pulse.follow_clock(self._clock())
        self.log.model.counted.connect(pulse.notice)
        return pulse

    def _show_in_wire(self, record: Record) -> None:
        from wsgui.core.wire.links import wire_row_of

        seq = wire_row_of(record, self._recording) if self._recording else None
        if seq is None:
            self.problem.emit(_("Nothing of this was on the wire."))
            return
        self.show_in_wire(seq)

    def show_in_wire(self, seq: int) -> None:
        """Show an exchange or a frame, by its number, on the wire."""
        self.show_page("wire")
        assert self.wire is not None
        self.wire.show_seq(seq)

    def show_in_log(self, seq: int) -> None:
        """Show a record, by its number, in the log."""
        self.show_page("log")
        self.log.show_seq(seq)
