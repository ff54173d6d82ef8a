"""The close frame has one byte, which is half a code: ``88 01 03``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.poisoned import poisoned
from wsgui.lab.raw.websocket import CLOSE, frame

FAULT = Fault(
    id="invalid-close-code-byte",
    cause="invalid-close-code",
    title=N_("The server's close frame has half a code."),
    serve=poisoned(frame(CLOSE, b"\x03")),
)
