"""The server masks a frame, as only a client may. Browsers and Node end the connection, others see nothing amiss."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.poisoned import poisoned
from wsgui.lab.raw.websocket import TEXT, frame

FAULT = Fault(
    id="masked-server-frame",
    cause="masked-server-frame",
    title=N_("The server masks its frames."),
    serve=poisoned(frame(TEXT, b"6", key=b"\x1f\x2e\x3d\x4c")),
)
