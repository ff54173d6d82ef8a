"""Sessions: namespaces joined over polling and over a WebSocket, and whether all requests reach the same server."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from wsgui.checks.probe.answers import Kind, read_answer
from wsgui.checks.probe.conversation import Stop, Talk
from wsgui.checks.probe.exchange import End, Exchange
from wsgui.checks.probe.front import front
from wsgui.checks.probe.packets import ANSWERS, connect_packets, is_message, read_packets, read_websocket
from wsgui.checks.probe.polling import (
    PollingSession,
    cookies_of,
    end,
    handshake_exchange,
    keeps_cookies,
    poll,
    post,
    session_of,
    shake_hands,
    third_handshake,
)
from wsgui.checks.probe.probe import NotKnown, Probe, fact
from wsgui.checks.probe.websocket import joining
from wsgui.core.engine_packets import EnginePacket, PacketType
from wsgui.core.i18n import _
from wsgui.core.socket_packets import SocketPacket

_MOST_POLLS = 4
_BEATS = 2
"""Requests of the second session before its end: of six in all, one in 64 times none is lost with two nodes."""
_TRIES = 4
"""How often an unknown session is asked for again: with several nodes one of the requests finds the right one."""


@dataclass(frozen=True)
class Join:
    """What came of CONNECT."""

    transport: str
    packets: tuple[SocketPacket, ...] = ()
    """What the server said in Socket.IO."""
    seconds: float | None = None
    """From CONNECT to the first answer; ``None`` without one."""
    ended: str = ""
    """How the server ended the connection right after it; empty if it did not."""
    exchanges: tuple[Exchange, ...] = ()
    closing: Exchange | None = None
    """What the packet that ended the session was answered."""
    talk: Talk | None = None

    def answer(self, namespace: str) -> SocketPacket | None:
        """What the server said to the CONNECT of a namespace."""
        return next((each for each in self.packets if each.type in ANSWERS and each.namespace == namespace), None)


@fact
async def polling_join(probe: Probe) -> Join:
    """Join over polling. Raises :class:`NotKnown` where POST or GET did not reach the session."""
    exchange = await handshake_exchange(probe)
    session = await session_of(probe, exchange)
    exchanges: list[Exchange] = []
    began = time.monotonic()
    # Version 2 joins the root namespace unasked, often in the very answer of the handshake.
    packets = decoded(probe, exchange)[1:] if probe.is_v2 else []
    if asked := connect_packets(probe):
        exchanges.append(await post(probe, session, asked))
    if exchanges and exchanges[-1].status != 200:
        return Join("polling", ended=_refusal(exchanges[-1]), exchanges=tuple(exchanges))
    seconds = _spent(exchanges) if packets else None
    ended = ""
    for _time in range(_MOST_POLLS):
        if ended or _has_all(probe, packets) or time.monotonic() - began > probe.limits.join:
            break
        found = await poll(probe, session)
        exchanges.append(found)
        if found.status != 200:
            ended = _refusal(found) if found.end is not End.SILENT else ""
            break
        new = decoded(probe, found)
        packets += new
        if seconds is None and any(packet.type is PacketType.MESSAGE for packet in new):
            seconds = _spent(exchanges)
        if any(packet.type is PacketType.CLOSE for packet in new):
            ended = _("the Engine.IO packet “close”")
        elif new and all(packet.type is PacketType.NOOP for packet in new):
            ended = _("the Engine.IO packet “noop”, and nothing else")
        if any(packet.type is PacketType.PING for packet in new) and not probe.is_v2:
            await post(probe, session, [EnginePacket(PacketType.PONG)])
    closing = None if ended else await end(probe, session)
    return Join("polling", messages_of(probe, packets), seconds, ended, tuple(exchanges), closing)


@fact
async def websocket_join(probe: Probe) -> Join:
    """Join over a WebSocket. Raises :class:`NotKnown` if Engine.IO does not open on it."""
    talk = await joining(probe)
    if not talk.is_agreed or not isinstance(talk.first, str) or not talk.first.startswith("0{"):
        raise NotKnown(_("Engine.IO does not open on the WebSocket."))
    found = read_websocket(probe, talk.messages)
    first = next((at for at, each in zip(talk.times, talk.messages, strict=True) if is_message(each)), None)
    ended = ""
    if talk.stop is Stop.CLOSE_FRAME and talk.close:
        ended = _("a close frame, code {code}").format(code=talk.close.code)
    elif talk.stop in (Stop.FIN, Stop.RESET):
        ended = _("the end of the TCP connection")
    seconds = None if first is None else first - talk.times[0]
    return Join("websocket", found, seconds, ended, talk=talk)


@fact
async def join(probe: Probe) -> Join:
    """The join that the client would see first. Raises :class:`NotKnown` where none could be tried."""
    if probe.uses_polling and (await front(probe)).kind is Kind.HANDSHAKE and not (await affinity(probe)).lost:
        found = await polling_join(probe)
        if not found.exchanges or found.exchanges[0].status == 200:
            return found
    return await websocket_join(probe)


@dataclass(frozen=True)
class Affinity:
    """Which requests of a polling session did not reach it."""

    asked: int
    lost: tuple[Exchange, ...] = ()
    """Those that were answered with “Session ID unknown”."""
    found_again: bool = False
    """Whether asking again found the session: then there are several servers behind the address."""
    has_cookies: bool = False
    """Whether the handshake sets a cookie."""
    works_with_cookies: bool | None = None
    """``None`` where it was not tried."""


@fact
async def affinity(probe: Probe) -> Affinity:
    """Requests of three sessions, each on a connection of its own, as the client sends them."""
    joined = await polling_join(probe)
    third = await third_handshake(probe)
    asked = [*joined.exchanges, *filter(None, [joined.closing])]
    sessions = [(await session_of(probe, await handshake_exchange(probe)), await handshake_exchange(probe))]
    if read_answer(third, probe.dialect.eio).handshake:
        session = await session_of(probe, third)
        sessions.append((session, third))
        asked += [await post(probe, session, [beat(probe)]) for _time in range(_BEATS)]
        asked.append(await end(probe, session))
    lost = tuple(each for each in asked if is_unknown_session(each))
    if not lost:
        return Affinity(len(asked))
    is_first = any(is_unknown_session(each) for each in joined.exchanges)
    session, _exchange = sessions[0] if is_first else sessions[-1]
    again = await _ask_again(probe, session)
    if not again and len(lost) < len(asked) and joined.exchanges[0].status == 200 and not is_unknown_session(asked[-1]):
        return Affinity(len(asked))  # the server has ended that one session, and it was no other server that was asked
    has_cookies = bool(session.cookies)
    with_cookies = await _with_cookies(probe) if has_cookies and not keeps_cookies(probe) else None
    return Affinity(len(asked), lost, again, has_cookies, with_cookies)


def beat(probe: Probe) -> EnginePacket:
    """The client's part of the heartbeat, which disturbs nobody."""
    return EnginePacket(PacketType.PING if probe.is_v2 else PacketType.PONG)


async def _ask_again(probe: Probe, session: PollingSession) -> bool:
    """Whether the session is found after all."""
    for _time in range(_TRIES):
        found = await post(probe, session, [beat(probe)])
        if found.status == 200:
            await end(probe, session)
            return True
        if not is_unknown_session(found):
            return False
    return False


async def _with_cookies(probe: Probe) -> bool:
    """Whether every request of a session arrives once the client sends the cookies back."""
    exchange = await shake_hands(probe)
    session = await session_of(probe, exchange)
    cookies = cookies_of(exchange)
    if not cookies:
        return False
    for _time in range(3):
        found = await post(probe, session, [beat(probe)], with_cookies=True)
        if found.status != 200:
            return False
    await post(probe, session, [EnginePacket(PacketType.CLOSE)], with_cookies=True)
    return True


@fact
async def needs_cookies(probe: Probe) -> bool:
    """Whether requests miss their session without the cookies of its handshake."""
    session = await session_of(probe, await shake_hands(probe))
    for _time in range(_TRIES):
        found = await post(probe, session, [beat(probe)], with_cookies=False)
        if is_unknown_session(found):
            await post(probe, session, [EnginePacket(PacketType.CLOSE)], with_cookies=True)
            return True
        if found.status != 200:
            break
    await end(probe, session)
    return False


def is_unknown_session(exchange: Exchange) -> bool:
    """Whether an answer is “Session ID unknown”, in the words of any server."""
    answer = read_answer(exchange)
    return answer.kind is Kind.ENGINE_ERROR and answer.code == 1


def decoded(probe: Probe, exchange: Exchange) -> list[EnginePacket]:
    """The packets in the answer to a poll."""
    return probe.dialect.decode_payload(exchange.text)


def messages_of(probe: Probe, packets: Sequence[EnginePacket]) -> tuple[SocketPacket, ...]:
    """What is of Socket.IO among them."""
    return read_packets(probe, (packet.data for packet in packets if packet.type is PacketType.MESSAGE))


def _has_all(probe: Probe, packets: Sequence[EnginePacket]) -> bool:
    answered = {packet.namespace for packet in messages_of(probe, packets) if packet.type in ANSWERS}
    return answered >= set(probe.target.joined)


def _spent(exchanges: Sequence[Exchange]) -> float:
    """Seconds that the server took, without those for which we held our own requests back."""
    return sum(exchange.seconds for exchange in exchanges)


def _refusal(exchange: Exchange) -> str:
    if not exchange.head:
        return exchange.end.value
    return f"{exchange.status} {exchange.head.reason}"
