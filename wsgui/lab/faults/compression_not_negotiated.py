"""A message is compressed (RSV1), and the 101 has not agreed on compression."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.poisoned import poisoned
from wsgui.lab.raw.websocket import TEXT, frame

DEFLATED = b"\x32\x03\x00"  # "6"

FAULT = Fault(
    id="compression-not-negotiated",
    cause="compression-broken",
    title=N_("A message is compressed, and compression was not agreed on."),
    serve=poisoned(frame(TEXT, DEFLATED, rsv=4)),
)
