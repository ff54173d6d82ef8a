"""What is as large as the server allows also passes everything that stands before it."""

from __future__ import annotations

from wsgui.checks.check import SOCKETIO, Check, Outcome, passed, skipped, warned
from wsgui.checks.probe.polling import end, handshake, post, session_of, shake_hands
from wsgui.checks.probe.probe import Probe
from wsgui.checks.probe.sessions import beat
from wsgui.checks.quoting import quote
from wsgui.core.engine_packets import EnginePacket
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_, _

_COMMON_LIMIT = 1 << 20
"""Bytes: nginx takes no larger body unless it is told to (``client_max_body_size``)."""


async def run(probe: Probe) -> Outcome:
    """Asked only where the server allows more than a proxy usually does, and with no more than shows it."""
    allowed = (await handshake(probe)).max_payload
    if not probe.uses_polling or allowed <= _COMMON_LIMIT + 1024:
        return skipped(_("The server takes no messages that a proxy would usually refuse."))
    session = await session_of(probe, await shake_hands(probe))
    exchange = await post(probe, session, [EnginePacket(beat(probe).type, "x" * _COMMON_LIMIT)])
    await end(probe, session)
    if exchange.status in (413, 400, 502, 503):
        text = _("The server takes {allowed} bytes, and a POST of 1 MiB is refused on the way: {status}.")
        return warned("payload-too-large", text.format(allowed=allowed, status=exchange.status), quote(exchange))
    if exchange.status != 200:
        return skipped(_("A POST of 1 MiB was not answered as any other."))
    return passed(_("A POST of 1 MiB reaches the server."))


CHECK = Check(__name__, N_("Large messages pass"), Stage.LIMITS, run, SOCKETIO, is_slow=True)
