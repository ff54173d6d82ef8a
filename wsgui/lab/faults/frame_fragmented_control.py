"""A ping is fragmented: its FIN bit is not set, and control frames must be whole."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.poisoned import poisoned
from wsgui.lab.raw.websocket import PING, frame

FAULT = Fault(
    id="frame-fragmented-control",
    cause="frame-invalid",
    title=N_("A ping is fragmented."),
    serve=poisoned(frame(PING, b"hello", fin=False)),
)
