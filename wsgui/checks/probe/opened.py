"""What the server says of itself in the open packet, whichever transport brought it."""

from __future__ import annotations

from wsgui.checks.probe.answers import Kind, read_answer
from wsgui.checks.probe.polling import handshake, other_version
from wsgui.checks.probe.probe import NotKnown, Probe, fact
from wsgui.checks.probe.websocket import opening
from wsgui.core.i18n import _
from wsgui.net.handshake import Handshake, HandshakeError, read_handshake


@fact
async def open_packet(probe: Probe) -> Handshake:
    """From polling, or else from the WebSocket. Raises :class:`NotKnown`."""
    try:
        return await handshake(probe)
    except NotKnown:
        first = (await opening(probe)).first
        if not isinstance(first, str) or not first.startswith("0{"):
            raise
        try:
            return read_handshake(first[1:])
        except HandshakeError as error:
            raise NotKnown(_("The open packet is not valid.")) from error


@fact
async def allows_eio3(probe: Probe) -> bool | None:
    """Whether a server of version 4 also takes clients of version 2; ``None`` where it says neither."""
    if probe.is_v2:
        return None
    answer = read_answer(await other_version(probe), "3")
    if answer.kind is Kind.HANDSHAKE:
        return True
    return False if answer.kind in (Kind.ENGINE_ERROR, Kind.OTHER_VERSION) else None
