"""A frame has the reserved bits RSV2 and RSV3, which no extension uses."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.poisoned import poisoned
from wsgui.lab.raw.websocket import TEXT, frame

FAULT = Fault(
    id="frame-reserved-bits",
    cause="frame-invalid",
    title=N_("A frame has reserved bits set."),
    serve=poisoned(frame(TEXT, b"6", rsv=3)),
)
