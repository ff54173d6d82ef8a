"""Whether it is the page's origin that a server refuses: the same request again, without one."""

from __future__ import annotations

from wsgui.checks.probe.answers import Kind, read_answer
from wsgui.checks.probe.front import works
from wsgui.checks.probe.polling import answer, bare_handshake
from wsgui.checks.probe.probe import Probe
from wsgui.checks.probe.websocket import bare_opening, opening

_REFUSALS = frozenset({Kind.ENGINE_ERROR, Kind.ORIGIN_REFUSED, Kind.LOGIN, Kind.OTHER, Kind.SERVER_ERROR})


async def polling_wants_no_origin(probe: Probe) -> bool:
    """Whether polling is refused with the origin and accepted without."""
    if not probe.origin or not probe.speaks_socketio or (await answer(probe)).kind not in _REFUSALS:
        return False
    return read_answer(await bare_handshake(probe), probe.dialect.eio).kind is Kind.HANDSHAKE


async def websocket_wants_no_origin(probe: Probe) -> bool:
    """Whether a WebSocket is refused with the origin and opened without."""
    if not probe.origin:
        return False
    talk = await opening(probe)
    if talk.is_agreed or not 400 <= talk.exchange.status < 500:
        return False
    bare = await bare_opening(probe)
    return works(bare) if probe.speaks_socketio else bare.is_agreed
