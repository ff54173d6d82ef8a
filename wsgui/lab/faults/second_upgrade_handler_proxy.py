"""A development proxy with ``ws: true`` takes every upgrade too: 101, the open packet, ``HTTP/1.1 502 Bad Gateway``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.second_handler import SecondAfterOpen, second

FAULT = Fault(
    id="second-upgrade-handler-proxy",
    cause="second-upgrade-handler",
    title=N_("A development proxy takes the upgrade too, and its target is not there."),
    serve=second(SecondAfterOpen, b"HTTP/1.1 502 Bad Gateway\r\n\r\n"),
)
