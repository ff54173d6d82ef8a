"""The reason of a close frame is not UTF-8; its code, 1000, is in order."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.poisoned import poisoned
from wsgui.lab.raw.websocket import CLOSE, frame

FAULT = Fault(
    id="utf8-invalid-reason",
    cause="utf8-invalid",
    title=N_("The reason of a close frame is not UTF-8."),
    serve=poisoned(frame(CLOSE, b"\x03\xe8termin\xe9")),
)
