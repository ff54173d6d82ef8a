"""The heartbeat goes on: pings come when they were announced, and their answers arrive."""

from __future__ import annotations

from wsgui.checks.check import SOCKETIO, Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.endurance import Endurance, endurance
from wsgui.checks.probe.opened import open_packet
from wsgui.checks.probe.probe import Probe
from wsgui.checks.quoting import quote, quote_talk
from wsgui.core.findings import Evidence, Stage
from wsgui.core.i18n import N_, _

_ABOUT = 1.0
"""Seconds by which a server's clock and ours may be apart."""


async def run(probe: Probe) -> Outcome:
    """The server closes ``pingInterval + pingTimeout`` after the last answer that it got."""
    found = await endurance(probe)
    beat = await open_packet(probe)
    quoted = quoted_endurance(found)
    if found.silent:
        text = _("The server announced a ping every {n:g} s, and none came for {seconds:.0f} s.")
        return failed("ping-timeout", text.format(n=beat.ping_interval / 1000, seconds=found.since_beat), *quoted)
    if missed_answers(found, beat.ping_interval / 1000, beat.ping_timeout / 1000):
        text = _("The server ended the connection {n:.1f} s after its ping was answered: the answer did not arrive.")
        return failed("ping-timeout", text.format(n=found.since_beat), *quoted)
    if found.ended:
        return skipped(_("The connection ended before its heartbeat could be judged."))
    return passed(
        _("{n} pings came in {seconds:.0f} s and were answered.").format(n=found.beats, seconds=found.seconds)
    )


def missed_answers(found: Endurance, interval: float, patience: float) -> bool:
    """Whether the connection ended when the server would end one whose answers it does not get."""
    if not found.ended or not found.beats or found.is_forgotten:
        return False
    return found.is_closed_properly or abs(found.since_beat - patience) < _ABOUT or found.since_beat > interval


def quoted_endurance(found: Endurance) -> list[Evidence]:
    """What was seen of an idle connection."""
    evidence = [quote_talk(found.talk)] if found.talk else []
    return evidence + ([quote(found.exchange)] if found.exchange else [])


CHECK = Check(__name__, N_("The heartbeat goes on"), Stage.HEARTBEAT, run, SOCKETIO, is_slow=True)
