"""One line under the URL: state, transport, session id, heartbeat, round-trip time, counts, elapsed time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from wsgui.core.i18n import _
from wsgui.core.verification import UNVERIFIED
from wsgui.core.visible import one_line
from wsgui.net.session import Status
from wsgui.net.state import STATE_LABEL, State
from wsgui.ui.elided_label import ElidedLabel
from wsgui.ui.named import named
from wsgui.ui.theme import fixed_font, restyle

if TYPE_CHECKING:
    from wsgui.ui.pulse.heart import Heart

_PILL = {
    State.CLOSED: "muted",
    State.CONNECTING: "warning",
    State.CONNECTED: "good",
    State.WAITING: "warning",
    State.CLOSING: "muted",
}
REFRESH_MILLISECONDS = 500
"""Counts and the elapsed time are for the eye; the timer runs only while there is a connection."""
LONGEST_SID = 40
"""Characters; those of the usual servers have 20. A label this long leaves the window its width."""
LONGEST_PROBLEM = 2000
COUNTDOWN_MILLISECONDS = 200
"""The countdown has one decimal, and moves no more often than one can read it."""


class StatusStrip(QWidget):
    """Shows a :class:`Status` and two counts."""

    why_wanted = Signal()
    """The person wants to know the cause of what went wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.state_label = named(QLabel(), "stateLabel", _("State"))
        self.transport_label = named(QLabel(), "transportLabel", _("Transport"))
        self.unverified_label = named(QLabel(_("Certificate not checked")), "unverifiedLabel")
        self.unverified_label.setToolTip(_(UNVERIFIED))
        self.unverified_label.hide()
        self._countdown = named(QLabel(), "countdownLabel", _("Next attempt to reconnect"))
        self._countdown.setProperty("tone", "muted")
        self._countdown.hide()
        self._retry_at: float | None = None
        self._attempt = 0
        self._sid = QLabel(textInteractionFlags=Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sid.setTextFormat(Qt.TextFormat.PlainText)
        self._problem = ElidedLabel()
        self._problem.setProperty("tone", "bad")
        self._problem.setAccessibleName(_("What went wrong"))
        self.why_button = named(QToolButton(), "whyButton", _("Why did it go wrong? Diagnose"))
        self.why_button.setText(_("Why?"))
        self.why_button.setAutoRaise(True)
        self.why_button.setProperty("role", "link")
        self.why_button.setToolTip(_("Find the cause (F8)"))
        self.why_button.clicked.connect(self.why_wanted)
        self._round_trip = QLabel()
        self._counts = QLabel()
        self._elapsed = QLabel()
        self._sid.setFont(fixed_font())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        pills = QHBoxLayout()
        pills.setSpacing(8)
        pills.addWidget(self.state_label)
        pills.addWidget(self.transport_label)
        pills.addWidget(self.unverified_label)
        row.addLayout(pills)
        row.addWidget(self._countdown)
        row.addWidget(self._sid)
        row.addWidget(self._problem, 1)
        row.addWidget(self.why_button)
        for label, name, tip in (
            (self._round_trip, _("Round trip"), _("From the last question (joining, or an emit) to its answer.")),
            (self._counts, _("Events"), _("Events received and sent since Connect was pressed.")),
            (self._elapsed, _("Elapsed"), _("Time since Connect was pressed.")),
        ):  # fmt: skip
            label.setAccessibleName(name)
            label.setToolTip(tip)
            label.setProperty("tone", "muted")
            row.addWidget(label)
        for label in (self._counts, self._elapsed):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._make_room()
        self.received = 0
        """Events received; counted by the tab for every record, shown now and then."""
        self.sent = 0
        self._heart: Heart | None = None
        self._show_pill(self.transport_label, "good")
        self._show_pill(self.unverified_label, "bad")
        self._began: float | None = None
        self._ended: float | None = None
        self._timer = QTimer(self, interval=REFRESH_MILLISECONDS)
        self._timer.timeout.connect(self.refresh)
        self._countdown_timer = QTimer(self, interval=COUNTDOWN_MILLISECONDS)
        self._countdown_timer.timeout.connect(self._count_down)
        self.show_status(Status())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._make_room()
            self.refresh()

    def _make_room(self) -> None:
        """A label that could change its size has the whole window laid out and painted with each new text."""
        for label, longest in ((self._counts, _counts_text(10**8, 10**6)), (self._elapsed, _clock(10**6))):
            label.setFixedSize(label.fontMetrics().size(0, longest))

    def begin(self, *, unverified: bool = False) -> None:
        """Connect was pressed: everything counts from now. ``unverified``: any certificate will do."""
        self.unverified_label.setVisible(unverified)
        self.received = self.sent = 0
        self._began, self._ended = time.monotonic(), None
        self._timer.start()

    def show_status(self, status: Status) -> None:
        text = _(STATE_LABEL[status.state])
        if status.state is State.CONNECTING and status.attempt:
            text = _("Connecting, attempt {n}").format(n=status.attempt)
        elif status.state is State.CLOSED and status.failed:
            text = _("Failed")
        self.state_label.setText(text)
        self._show_pill(self.state_label, "bad" if status.failed else _PILL[status.state])
        self.transport_label.setText(status.transport)
        self.transport_label.setVisible(bool(status.transport))
        self._sid.setText(f"sid {one_line(status.sid, LONGEST_SID)}" if status.sid else "")
        self._sid.setVisible(bool(status.sid))
        self._show_countdown(status)
        self._problem.setText(one_line(status.problem, LONGEST_PROBLEM))
        if self._heart:  # what went wrong needs the room
            self._heart.line.setVisible(not status.problem)
        self.why_button.setVisible(bool(status.problem))
        if status.state is State.CLOSED and self._began is not None:
            self._ended = self._ended or time.monotonic()
            self._timer.stop()
        self.refresh()

    def show_round_trip(self, seconds: float | None) -> None:
        self._round_trip.setText("" if seconds is None else _("{ms:.1f} ms round trip").format(ms=seconds * 1000))
        self._round_trip.setVisible(seconds is not None)

    def set_heart(self, heart: Heart) -> None:
        """Show this heartbeat, too; made with the first connection, for the window to open sooner."""
        self._heart = heart
        row = self.layout()
        assert isinstance(row, QHBoxLayout)
        row.insertWidget(row.indexOf(self._round_trip), heart.line)

    def refresh(self) -> None:
        """Show the counts, the clock and the heartbeat as they are now."""
        if self._heart:
            self._heart.refresh()
        if self._began is None:
            self._counts.setText("")
            self._elapsed.setText("")
            return
        self._counts.setText(_counts_text(self.received, self.sent))
        self._elapsed.setText(_clock((self._ended or time.monotonic()) - self._began))

    def _show_countdown(self, status: Status) -> None:
        """Count the seconds down while there is an attempt to wait for; no timer runs otherwise."""
        if status.retry_at == self._retry_at:
            return
        self._retry_at, self._attempt = status.retry_at, status.attempt
        self._countdown.setVisible(status.retry_at is not None)
        if status.retry_at is None:
            self._countdown_timer.stop()
            return
        self._count_down()
        # As wide as it begins for as long as it counts: another width would have the whole window laid out.
        self._countdown.setFixedWidth(self._countdown.fontMetrics().horizontalAdvance(self._countdown.text()) + 2)
        self._countdown_timer.start()

    def _count_down(self) -> None:
        if self._retry_at is not None:
            seconds = max(0.0, self._retry_at - time.monotonic())
            self._countdown.setText(_("attempt {n} in {seconds:.1f} s").format(n=self._attempt, seconds=seconds))

    @staticmethod
    def _show_pill(label: QLabel, kind: str) -> None:
        if label.property("pill") != kind:
            label.setProperty("pill", kind)
            restyle(label)


def _counts_text(received: int, sent: int) -> str:
    return _("{received:,} in · {sent:,} out").format(received=received, sent=sent)


def _clock(seconds: float) -> str:
    hours, rest = divmod(int(seconds), 3600)
    clock = f"{rest // 60:02}:{rest % 60:02}"
    return f"{hours}:{clock}" if hours else clock
