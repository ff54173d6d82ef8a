"""The heartbeat of a live connection for the strip under the URL: fed by the tab, shown at the strip's own pace."""

from __future__ import annotations

import time

from wsgui.core import beats
from wsgui.core.beats import Beats
from wsgui.core.records import Record
from wsgui.ui.pulse.heartbeat_line import HeartbeatLine


class Heart:
    """``began``: the moment of the monotonic clock at which the recording's time is zero."""

    def __init__(self, began: float) -> None:
        self._began = began
        self.beats = Beats()
        self.line = HeartbeatLine()

    def now(self) -> float:
        """The time, in the seconds of the records."""
        return time.monotonic() - self._began

    def take(self, record: Record) -> None:
        """Take in a record of any kind but a message; those come in floods and are no sign of the heart."""
        if record.kind in beats.KINDS:
            self.beats.fold(record)

    def refresh(self) -> None:
        """Show the heartbeat as it is now."""
        self.line.show_beats(self.beats, self.now())
