"""The server answers as soon as the network allows."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from statistics import median

from wsgui.checks.check import SOCKETIO, Check, Outcome, passed, warned
from wsgui.checks.probe.addresses import knocks
from wsgui.checks.probe.exchange import Exchange
from wsgui.checks.probe.polling import handshake, handshake_exchange, health, root, second_handshake, third_handshake
from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.checks.probe.websocket import opening
from wsgui.core.findings import Evidence, Stage
from wsgui.core.i18n import N_, _

_LATE = 0.7
"""Seconds beyond the time that TCP needs: a second of a blocked event loop is half of that on average."""


async def run(probe: Probe) -> Outcome:
    """TCP is answered by the system, HTTP by the program: a gap between them is a program that is busy."""
    network = min(knock.seconds for knock in await knocks(probe))
    asked: list[Exchange] = [*await asyncio.gather(root(probe), health(probe))]
    with suppress(NotKnown):
        asked.append((await opening(probe)).exchange)
        asked.append(await handshake_exchange(probe))
        await handshake(probe)
        asked += [await second_handshake(probe), await third_handshake(probe)]
    answered = [(each.wait, each) for each in asked if each.wait is not None and each.head]
    if len(answered) < 2:
        raise NotKnown(_("Too few requests were answered."))
    usual = median(wait for wait, _each in answered)
    rows = [f"{wait * 1e3:7.0f} ms  {each.status}  {each.path}" for wait, each in answered]
    quoted = Evidence(_("Time to the first byte"), "\n".join([f"{network * 1e3:7.0f} ms  TCP", *rows]))
    if usual - network > _LATE:
        text = _("TCP is answered after {tcp:.0f} ms, requests only after {http:.1f} s: the program is busy.")
        return warned("server-overloaded", text.format(tcp=network * 1e3, http=usual), quoted)
    return passed(_("Requests are answered after {ms:.0f} ms.").format(ms=usual * 1e3), quoted)


CHECK = Check(__name__, N_("The server answers promptly"), Stage.LIMITS, run, SOCKETIO)
