"""Two Socket.IO servers on one HTTP server: 101, the open packet, and then ``HTTP/1.1 400 … Bad request``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import refusal, refused_upgrade
from wsgui.lab.raw.second_handler import SecondAfterOpen, second

FAULT = Fault(
    id="second-upgrade-handler-twice",
    cause="second-upgrade-handler",
    title=N_("Two Socket.IO servers on one HTTP server both answer the handshake."),
    serve=second(SecondAfterOpen, refused_upgrade(refusal(3)).encode()),
)
