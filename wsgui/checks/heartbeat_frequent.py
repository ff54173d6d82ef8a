"""The heartbeat is more frequent than the time after which common hops cut an idle connection."""

from __future__ import annotations

from wsgui.checks.check import SOCKETIO, Check, Outcome, passed, warned
from wsgui.checks.probe.opened import open_packet
from wsgui.checks.probe.probe import Probe
from wsgui.core.findings import Evidence, Stage
from wsgui.core.i18n import N_, _

_SHORTEST_HOP = 55_000
"""Milliseconds: Heroku cuts after 55 s, nginx and the load balancers of AWS after 60 s."""
_LONG_SUM = 100_000
"""Milliseconds: Cloudflare cuts after 100 s."""


async def run(probe: Probe) -> Outcome:
    """Between two pings a connection may be silent for the whole ``pingInterval``."""
    found = await open_packet(probe)
    interval, patience = found.ping_interval, found.ping_timeout
    said = Evidence(_("Open packet"), f"pingInterval {interval:g} ms, pingTimeout {patience:g} ms")
    if interval >= _SHORTEST_HOP:
        text = _(
            "A ping every {n:g} s: Heroku cuts an idle connection after 55 s, nginx and many load balancers after 60 s."
        )
        return warned("heartbeat-too-long", text.format(n=interval / 1000), said)
    if interval + patience > _LONG_SUM:
        text = _("A lost connection is noticed only after {n:g} s (pingInterval + pingTimeout).")
        return warned(None, text.format(n=(interval + patience) / 1000), said)
    text = _("A ping every {interval:g} s, and {patience:g} s to answer it.")
    return passed(text.format(interval=interval / 1000, patience=patience / 1000), said)


CHECK = Check(__name__, N_("The heartbeat is frequent enough"), Stage.HEARTBEAT, run, SOCKETIO)
