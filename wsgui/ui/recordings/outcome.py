"""What a session's status says to its recording, for the list of recordings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wsgui.net.session import Status
from wsgui.net.state import State

if TYPE_CHECKING:
    from wsgui.core.recording import Recording


def tell_outcome(recording: Recording | None, status: Status) -> None:
    """Let the recording, if there is one yet, say how it went up to now."""
    if recording is None:
        return
    if status.failed:
        recording.tell(outcome="failed", problem=status.problem)
    elif status.state is State.CONNECTED:
        recording.tell(outcome="connected", problem="")
    elif status.problem:
        recording.tell(problem=status.problem)
