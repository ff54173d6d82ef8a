"""Nobody answers upgrades behind nginx: ``502`` after 1.0 s. Polling passes."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.faults.upgrade_not_handled import Unattached
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.serving import serve_behind
from wsgui.lab.raw.socketio import SocketIO

FAULT = Fault(
    id="upgrade-not-handled-proxied",
    cause="upgrade-not-handled",
    title=N_("Nobody handles upgrades behind nginx: 502 after one second."),
    serve=lambda port: serve_behind(Front, port, engine=Unattached(SocketIO)),
)
