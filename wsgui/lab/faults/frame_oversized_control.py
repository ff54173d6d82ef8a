"""A ping has 126 bytes, and a control frame may have 125."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.poisoned import poisoned
from wsgui.lab.raw.websocket import PING, frame

FAULT = Fault(
    id="frame-oversized-control",
    cause="frame-invalid",
    title=N_("A ping is longer than 125 bytes."),
    serve=poisoned(frame(PING, b"x" * 126)),
)
