"""The same with the ``cors`` option, which makes Socket.IO the slower one: ``400 Bad Request`` *instead* of 101."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.faults.second_upgrade_handler_path import WORDS
from wsgui.lab.offer import Fault
from wsgui.lab.raw.second_handler import SecondInstead, second

FAULT = Fault(
    id="second-upgrade-handler-instead",
    cause="second-upgrade-handler",
    title=N_("A second WebSocket server, for another path, refuses the handshake before Socket.IO accepts it."),
    serve=second(SecondInstead, WORDS),
)
