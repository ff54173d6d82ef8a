"""The server closes with code 1006, which may never be on the wire.

So do libraries that do not check, and proxies that pass ``event.code`` on. The bytes are ``88 02 03 ee``;
a server on ``ws`` says ``WS_ERR_INVALID_CLOSE_CODE``, always with the same code.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.poisoned import poisoned
from wsgui.lab.raw.websocket import close_frame

FAULT = Fault(
    id="invalid-close-code",
    cause="invalid-close-code",
    title=N_("The server closes with code 1006, which may not be sent."),
    serve=poisoned(close_frame(1006, "because")),
)
