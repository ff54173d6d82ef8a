"""``permessage-deflate`` was agreed on, and a message cannot be inflated: ``invalid block type``.

Who does not offer compression sees nothing of it; browsers always do.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.poisoned import poisoned
from wsgui.lab.raw.websocket import TEXT, frame

FAULT = Fault(
    id="compression-broken",
    cause="compression-broken",
    title=N_("A compressed message cannot be unpacked."),
    serve=poisoned(frame(TEXT, b"\xff\xff\xff\xff", rsv=4), extension="permessage-deflate"),
)
