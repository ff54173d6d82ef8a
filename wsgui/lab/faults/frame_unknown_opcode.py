"""A frame has opcode 3, which has no meaning."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.poisoned import poisoned
from wsgui.lab.raw.websocket import frame

FAULT = Fault(
    id="frame-unknown-opcode",
    cause="frame-invalid",
    title=N_("A frame has an unknown opcode."),
    serve=poisoned(frame(3, b"?")),
)
