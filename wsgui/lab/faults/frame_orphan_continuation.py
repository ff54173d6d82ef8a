"""A continuation frame comes, and there is nothing that it continues."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.poisoned import poisoned
from wsgui.lab.raw.websocket import frame

FAULT = Fault(
    id="frame-orphan-continuation",
    cause="frame-invalid",
    title=N_("A continuation frame continues nothing."),
    serve=poisoned(frame(0, b"6")),
)
