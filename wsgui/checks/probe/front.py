"""The exchange by which the HTTP front is judged: the handshake of the client, whatever the protocol."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from wsgui.checks.probe.addresses import place
from wsgui.checks.probe.answers import Answer, Kind, read_answer
from wsgui.checks.probe.asking import common_headers
from wsgui.checks.probe.conversation import Talk
from wsgui.checks.probe.encryption import Encryption, attempt, lenient, reach
from wsgui.checks.probe.exchange import End, Exchange, request
from wsgui.checks.probe.line import Line
from wsgui.checks.probe.polling import awaited_root, handshake_exchange, root, shake_hands
from wsgui.checks.probe.probe import NotKnown, Probe, fact
from wsgui.checks.probe.websocket import opening, was_given_up
from wsgui.core.i18n import _

SOCKETIO_KINDS = frozenset({Kind.HANDSHAKE, Kind.OTHER_VERSION, Kind.ENGINE_ERROR, Kind.ORIGIN_REFUSED, Kind.MALFORMED})
"""Answers that only Engine.IO gives."""
LOST_KINDS = frozenset({Kind.NOT_FOUND, Kind.HTML, Kind.NEXTJS, Kind.OTHER, Kind.SLASH_REDIRECT, Kind.SERVER_ERROR})
"""Answers after which it is worth while to look elsewhere."""


@dataclass(frozen=True)
class Front:
    """The exchange, and what it is."""

    exchange: Exchange
    answer: Answer

    @property
    def kind(self) -> Kind:
        return self.answer.kind


@fact
async def front(probe: Probe) -> Front:
    """For Socket.IO the polling handshake, unless the client does without polling and its WebSocket works."""
    if not probe.speaks_socketio:
        exchange = (await opening(probe)).exchange
        if exchange.status == 101:
            return Front(exchange, Answer(Kind.HANDSHAKE))
        if not exchange.received:  # nobody may be there for upgrades: is anybody there for HTTP?
            exchange = await (root if was_given_up(exchange) else awaited_root)(probe)
        return Front(exchange, read_answer(exchange))
    exchange = await handshake_exchange(probe)
    answer = read_answer(exchange, probe.dialect.eio)
    if answer.kind is not Kind.HANDSHAKE and not probe.uses_polling:
        talk = await opening(probe)
        if works(talk):
            return Front(talk.exchange, Answer(Kind.HANDSHAKE))
    return Front(exchange, answer)


def works(talk: Talk) -> bool:
    """Whether Engine.IO opened on that WebSocket and nothing went wrong while it was watched."""
    first = talk.first
    return talk.is_agreed and isinstance(first, str) and first.startswith("0{") and not talk.violation


@dataclass(frozen=True)
class Elsewhere:
    """What stands at another path."""

    path: str
    exchange: Exchange
    answer: Answer

    @property
    def is_socketio(self) -> bool:
        return self.answer.kind in SOCKETIO_KINDS


@fact
async def elsewhere(probe: Probe) -> tuple[Elsewhere, ...]:
    """The few other paths where Socket.IO usually is, asked when it is not at its own."""
    own = probe.path("polling")
    toggled = own.rstrip("/") if own.endswith("/") else f"{own}/"
    namespace = probe.address.namespace.rstrip("/")
    candidates = [toggled, "/socket.io/", "/api/socket.io/"]
    if namespace:
        candidates += [f"{namespace}/socket.io/", f"{namespace}/"]
    paths = [path for path in dict.fromkeys(candidates) if path != own and path.startswith("/") and path != "/"]

    async def look(path: str) -> Elsewhere:
        exchange = await shake_hands(probe, path=path, patience=min(probe.limits.search, probe.limits.first_byte))
        return Elsewhere(path, exchange, read_answer(exchange, probe.dialect.eio))

    return tuple(await asyncio.gather(*map(look, paths)))


async def found_elsewhere(probe: Probe) -> Elsewhere | None:
    """Where Socket.IO answers, if it does so at one of the usual paths; asked only where that is the question."""
    found = await front(probe)
    if found.kind not in LOST_KINDS and not await is_without_handler(probe, found):
        return None
    return next((each for each in await elsewhere(probe) if each.is_socketio), None)


async def is_without_handler(probe: Probe, found: Front) -> bool:
    """Whether a Node server has Socket.IO on another path, and no handler at all for this one: it never answers.

    Only Socket.IO ends an upgrade that is not its own after a second.
    """
    if found.exchange.end is not End.SILENT or not probe.uses_websocket:
        return False
    return was_given_up((await opening(probe)).exchange)


@fact
async def tls_in_spite(probe: Probe) -> Encryption:
    """TLS on the port of a URL that says http or ws."""
    return await attempt(probe, lenient(), alpn=["http/1.1"])


@fact
async def plain_in_spite(probe: Probe) -> bytes:
    """What a port of a URL that says https or wss answers to plain HTTP: its first bytes."""
    address = await place(probe)
    async with probe.turn():
        try:
            line = Line(await reach(probe, address))
        except (OSError, TimeoutError) as error:
            raise NotKnown(_("There is no TCP connection.")) from error
        try:
            line.write(request("GET", "/", [*common_headers(probe, "polling", None), ("Connection", "close")]))
            return await line.read(probe.limits.tls)
        except TimeoutError:
            return b""
        finally:
            line.close()
