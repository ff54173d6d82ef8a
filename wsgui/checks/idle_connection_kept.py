"""A connection on which nothing happens but the heartbeat stays open."""

from __future__ import annotations

from wsgui.checks.check import Check, Outcome, failed, passed, skipped
from wsgui.checks.heartbeat_kept import missed_answers, quoted_endurance
from wsgui.checks.probe.endurance import endurance
from wsgui.checks.probe.opened import open_packet
from wsgui.checks.probe.probe import Probe
from wsgui.core.findings import Part, Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """A hop that cuts idle connections does so after the same time each time, and without a close frame."""
    found = await endurance(probe)
    quoted = quoted_endurance(found)
    if not found.ended:
        text = _("The connection was idle for {n:.0f} s and stayed open.")
        return skipped(_("The heartbeat failed.")) if found.silent else passed(text.format(n=found.seconds))
    if found.is_forgotten:
        text = _("After {n:.1f} s the server no longer knew the session.")
        return failed("session-unknown", text.format(n=found.seconds), *quoted, breaks=Part.ENDURANCE)
    if probe.speaks_socketio:
        beat = await open_packet(probe)
        if missed_answers(found, beat.ping_interval / 1000, beat.ping_timeout / 1000):
            return skipped(_("The heartbeat failed."))
    text = _("The idle connection was ended after {n:.1f} s: something on the way does not wait for the heartbeat.")
    return failed("idle-timeout", text.format(n=found.since_beat), *quoted)


CHECK = Check(__name__, N_("An idle connection stays open"), Stage.LIFETIME, run, is_slow=True)
