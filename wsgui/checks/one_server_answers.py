"""All requests of a session reach the server that has it."""

from __future__ import annotations

from wsgui.checks.check import SOCKETIO, Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.answers import Kind
from wsgui.checks.probe.front import front
from wsgui.checks.probe.polling import handshake_exchange
from wsgui.checks.probe.probe import Probe
from wsgui.checks.probe.sessions import affinity
from wsgui.checks.quoting import quote
from wsgui.core.findings import Change, Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """Several sessions, every request on a connection of its own: with several nodes some land on the wrong one."""
    if not probe.uses_polling:
        return skipped(_("The client does not poll: one WebSocket is always one server."))
    if (await front(probe)).kind is not Kind.HANDSHAKE:
        return skipped(_("There was no polling handshake."))
    found = await affinity(probe)
    if not found.lost:
        return passed(
            _("{n} requests of several sessions reached the server they were meant for.").format(n=found.asked)
        )
    quoted = [quote(await handshake_exchange(probe)), quote(found.lost[0])]
    text = _("{lost} of {n} requests within a session were answered “Session ID unknown”.").format(
        lost=len(found.lost), n=found.asked
    )
    if found.works_with_cookies:
        text += " " + _("With the cookies of the handshake all arrive.")
        fix = _("Give the client withCredentials: true, and allow it on the server: the exact origin, and credentials.")
        return failed("affinity-needs-cookies", text, *quoted, fix=fix, change=Change({"withCredentials": True}))
    if found.found_again or len(found.lost) < found.asked:
        return failed("no-session-affinity", text, *quoted)
    text += " " + _("No repetition found the session: the server forgets it, or every request goes to another server.")
    return failed("no-session-affinity" if found.has_cookies else "session-unknown", text, *quoted)


CHECK = Check(__name__, N_("All requests reach the same server"), Stage.AFFINITY, run, SOCKETIO)
