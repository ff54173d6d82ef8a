"""A frame says that it is 2**63 bytes long: the highest bit of the length, which must be 0."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.poisoned import poisoned

FAULT = Fault(
    id="frame-lying-length",
    cause="frame-invalid",
    title=N_("A frame says that it is longer than any can be."),
    serve=poisoned(b"\x81\x7f\x80\x00\x00\x00\x00\x00\x00\x00hello"),
)
