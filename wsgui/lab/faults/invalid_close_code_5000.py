"""The server closes with code 5000, above all that are defined: ``88 02 13 88``. Browsers take it, and send it back."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.poisoned import poisoned
from wsgui.lab.raw.websocket import close_frame

FAULT = Fault(
    id="invalid-close-code-5000",
    cause="invalid-close-code",
    title=N_("The server closes with code 5000, which is not defined."),
    serve=poisoned(close_frame(5000)),
)
