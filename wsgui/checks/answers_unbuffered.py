"""What the server sends comes at once, and is not held back on the way."""

from __future__ import annotations

from wsgui.checks.check import SOCKETIO, Check, Outcome, passed, skipped, warned
from wsgui.checks.probe.exchange import Exchange
from wsgui.checks.probe.front import works
from wsgui.checks.probe.polling import handshake_exchange
from wsgui.checks.probe.probe import Probe
from wsgui.checks.probe.websocket import opening
from wsgui.checks.quoting import quote_talk
from wsgui.core.findings import Evidence, Stage
from wsgui.core.i18n import N_, _

_LATE = 1.0
"""Seconds between what a server sends in one go."""


async def run(probe: Probe) -> Outcome:
    """Head and body of a handshake leave the server together, as do a 101 and the open packet."""
    exchange = await handshake_exchange(probe)
    if exchange.is_whole and exchange.wait is not None and exchange.seconds - exchange.wait > _LATE:
        text = _("From its first byte to its last the handshake took {n:.1f} s: something on the way holds it back.")
        return warned("proxy-buffering", text.format(n=exchange.seconds - exchange.wait), _arrivals(exchange))
    if not probe.uses_websocket:
        return passed(_("Answers come in one go."))
    talk = await opening(probe)
    if not works(talk):
        return skipped(_("The WebSocket was not opened."))
    if talk.times[0] > _LATE:
        text = _("The open packet came {n:.1f} s after the 101: something on the way holds it back.")
        return warned("proxy-buffering", text.format(n=talk.times[0]), quote_talk(talk))
    return passed(_("What the server sends comes at once."))


def _arrivals(exchange: Exchange) -> Evidence:
    return Evidence(
        _("Parts of the answer"), "\n".join(f"{seconds:.2f} s" for seconds in exchange.arrivals), exchange.seq
    )


CHECK = Check(__name__, N_("Nothing is held back on the way"), Stage.LIMITS, run, SOCKETIO)
