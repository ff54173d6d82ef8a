"""The server closes with code 1005, which stands for "no code" and may never be on the wire: ``88 02 03 ed``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.poisoned import poisoned
from wsgui.lab.raw.websocket import close_frame

FAULT = Fault(
    id="invalid-close-code-1005",
    cause="invalid-close-code",
    title=N_("The server closes with code 1005, which may not be sent."),
    serve=poisoned(close_frame(1005)),
)
