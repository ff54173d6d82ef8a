"""A text frame is not UTF-8: ``34 ff fe``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.poisoned import poisoned
from wsgui.lab.raw.websocket import TEXT, frame

FAULT = Fault(
    id="utf8-invalid",
    cause="utf8-invalid",
    title=N_("A text message is not UTF-8."),
    serve=poisoned(frame(TEXT, b'42["caf\xe9"]')),
)
