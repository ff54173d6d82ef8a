"""The pulse of a recording put together: the line of the heartbeat, the tools, the chart.

Made when it is first looked at. Tell it with ``notice`` that something was recorded. It reads and paints at most ten
times a second, only while it is visible, and while a connection is live once a second for the clock's sake; when the
connection is closed, paused or out of sight, no timer runs.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from wsgui.core.i18n import _
from wsgui.core.pulse import Pulse
from wsgui.core.pulse_words import summary
from wsgui.ui import motion
from wsgui.ui.empty_state import EmptyState, Offer
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.named import named
from wsgui.ui.pulse.chart import Chart
from wsgui.ui.pulse.heartbeat_line import HeartbeatLine, seconds_to_change

if TYPE_CHECKING:
    from wsgui.core.recorded import Recorded

REFRESH = 100
"""Milliseconds between two looks at the recording."""

_CHART_SECONDS = 0.95
"""How much older than now the chart may be while nothing comes: a second, less what a timer may be early."""

Clock = Callable[[], float]
"""What time it is, in the seconds of the records."""


class PulsePane(QWidget):
    """Shows the pulse of a recording: a finished one, or one that grows while a ``clock`` is given."""

    def __init__(self, recording: Recorded | None = None, offer: Offer | None = None) -> None:
        super().__init__()
        self.setObjectName("pulsePane")
        self.chart = named(Chart(), "pulseChart", _("Pulse"))
        self._empty = EmptyState(self.chart)
        self._offer = offer
        self.line = HeartbeatLine()
        self.pause_button = _button("pauseButton", _("Pause"), _("Hold the picture; recording goes on (Space)"))
        self.bytes_button = _button("bytesButton", _("Bytes"), _("Show bytes per second instead of messages"))
        self.follow_button = _button("followPulseButton", _("Follow"), _("Keep the newest in view (End)"))
        self.all_button = _button("wholePulseButton", _("All"), _("Show all from the beginning (Home)"))
        self.all_button.setCheckable(False)
        show_icon(self.pause_button, Icon.PAUSE)
        show_icon(self.follow_button, Icon.FOLLOW)
        self._said = QLabel()
        self._said.setProperty("tone", "bad")
        self._said.setWordWrap(True)
        self._said.hide()
        self._recording: Recorded | None = None
        self._clock: Clock | None = None
        self._shown = 0.0
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.timeout.connect(self.refresh)
        self._ticking = QTimer(self)
        self._ticking.setSingleShot(True)
        self._ticking.timeout.connect(self._tick)
        self._lay_out()
        self.chart.pause_wanted.connect(self.pause_button.click)
        self.chart.span_changed.connect(lambda: self.follow_button.setChecked(self.chart.view.following))
        self.pause_button.toggled.connect(self._pause)
        self.bytes_button.toggled.connect(self._show_bytes)
        self.follow_button.clicked.connect(lambda follow: self.chart.follow(follow))
        self.all_button.clicked.connect(self.chart.show_all)
        self.set_recording(recording)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.line, 1)
        for button in (self.bytes_button, self.all_button, self.follow_button, self.pause_button):
            tools.addWidget(button)
        self.follow_button.setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(tools)
        column.addWidget(self._said)
        column.addWidget(self.chart, 1)

    # What the window says

    def set_recording(self, recording: Recorded | None) -> None:
        """Show another recording from its beginning, or none. Call it with another before the one shown is closed."""
        self._recording = recording
        self.chart.pulse = Pulse()
        self.chart.view.now = 0.0
        self.chart.reset()
        self.follow_clock(None)
        self._said.hide()
        self.notice()

    def follow_clock(self, clock: Clock | None) -> None:
        """A connection is live, and this is its clock; ``None``: it has ended."""
        self._clock = clock
        self.chart.view.live = clock is not None
        for button in (self.pause_button, self.follow_button):
            button.setVisible(clock is not None)
        if clock is None:
            self._ticking.stop()
            self.pause_button.setChecked(False)
        self.notice()

    def notice(self) -> None:
        """Something was recorded. Costs next to nothing when called again before it was read, or out of sight."""
        if not self._reading.isActive() and self.isVisible() and not self.chart.paused:
            self._reading.start(_refresh())

    # What the person does

    def _pause(self, paused: bool) -> None:
        self.chart.paused = paused
        if paused:
            self._reading.stop()
            self._ticking.stop()
            self.chart.update()
        else:
            self.refresh()

    def _show_bytes(self, of_bytes: bool) -> None:
        self.chart.of_bytes = of_bytes
        self.chart.update()

    # Reading and showing

    def refresh(self) -> None:
        """Read a step of what is new, show it, and come back while there is more."""
        if self._recording is not None and not self.chart.paused:
            try:
                more = self.chart.pulse.read(self._recording)
            except sqlite3.Error as error:
                self._said.setText(_("The recording cannot be read: {reason}.").format(reason=error))
                self._said.show()
                return
            flooded = bool(self._recording.backlog)
            if more and not flooded:  # a long recording; in a flood what comes in has the machine
                self._reading.start(0)
            elif more or flooded:
                self._reading.start(_refresh())
            if not more or time.monotonic() - self._shown >= _refresh() / 1000:
                self._show_chart(self._clock() if self._clock else None)
        self._tick()

    def _tick(self) -> None:
        """Show what time it is, and come back when that looks different: in the chart once a second is enough."""
        if self.chart.paused:
            return
        now = self._clock() if self._clock else None
        self.line.show_beats(self.chart.pulse.beats, now)
        if now is None:
            self._show_chart(now)
        elif self.isVisible():
            if now - self.chart.view.now >= _CHART_SECONDS:
                self._show_chart(now)
            self._ticking.start(max(1, int(seconds_to_change(self.chart.pulse.beats, now) * 1000)))

    def _show_chart(self, now: float | None) -> None:
        pulse = self.chart.pulse
        nothing = _("Nothing has happened yet. From Connect on, the state, pings, answers and messages are drawn here.")
        self._empty.show_state("" if self._recording else nothing, self._offer)
        self._shown = time.monotonic()
        self.chart.view.now = pulse.end if now is None else now
        self.chart.setAccessibleDescription(summary(pulse, now))
        self.chart.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._show_chart(self._clock() if self._clock else None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.chart.paused:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._reading.stop()
        self._ticking.stop()


def _refresh() -> int:
    return motion.STEP_MILLISECONDS if motion.less() else REFRESH


def _button(name: str, text: str, tip: str) -> QToolButton:
    button = named(QToolButton(), name)
    button.setText(text)
    button.setToolTip(tip)
    button.setCheckable(True)
    return button
