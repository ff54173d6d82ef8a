"""WebSockets: opened as a browser opens them, listened to, joined, probed; what the 101 and the stream bring."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from wsgui.checks.probe.asking import Headers, common_headers, opened
from wsgui.checks.probe.conversation import Conversation, Talk
from wsgui.checks.probe.exchange import Exchange
from wsgui.checks.probe.packets import ANSWERS, connect_packets, read_websocket
from wsgui.checks.probe.polling import CLOSE, keeps_cookies, post, second_handshake, session_of
from wsgui.checks.probe.probe import NotKnown, Probe, fact
from wsgui.core import ws_deflate
from wsgui.core.http1 import Head
from wsgui.core.i18n import _
from wsgui.core.options import value_of
from wsgui.core.ws_deflate import ExtensionError

_LONGEST_HOLD = 2.5
"""Seconds: engine.io holds a foreign upgrade for one (destroyUpgradeTimeout); the rest is for slow networks."""
_SECOND_THOUGHTS = 0.1
"""Seconds after the answers to CONNECT: a server that disconnects a client at once does it then."""
_PINGS = 80
"""In a series: of a network that loses one packet in ten it loses several, whatever the chance."""
_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


@fact
async def opening(probe: Probe) -> Talk:
    """A WebSocket without a session before it, as a browser opens it; then it is listened to, and closed."""
    return await _open(probe, origin=probe.origin, watches=True)


@fact
async def bare_opening(probe: Probe) -> Talk:
    """The same without an Origin."""
    return await _open(probe, origin=None)


@fact
async def quiet_opening(probe: Probe) -> Talk:
    """The first one again, while there is no other connection."""
    async with probe.alone():
        return await _open(probe, origin=probe.origin)


@fact
async def plain_opening(probe: Probe) -> Talk:
    """A WebSocket at the root, as somebody who knows nothing of Socket.IO would open it."""
    async with conversation(probe, origin=probe.origin, target="/") as (talk, found):
        if found is None:
            return talk
        await found.hear(probe.limits.goodbye)
        await found.goodbye()
        return found.talk()


@fact
async def joining(probe: Probe) -> Talk:
    """A WebSocket on which the namespaces are joined. Raises :class:`NotKnown` if none can be opened."""
    need(await opening(probe))
    async with conversation(probe, origin=probe.origin) as (talk, found):
        if found is None:
            return talk
        if not await await_open_packet(probe, found):
            return found.talk()
        for packet in connect_packets(probe):
            found.say(probe.dialect.encode_packet(packet, binary=True))
        await wait_for_answers(probe, found)
        await found.watch(_SECOND_THOUGHTS)
        await found.goodbye()
        return found.talk()


@fact
async def pinging(probe: Probe) -> None:
    """A series of pings: small packets each way, which cost a server and a narrow line little."""
    async with conversation(probe, origin=probe.origin) as (_talk, found):
        if found is not None:
            await found.ping(_PINGS, probe.limits.pings)
            await found.goodbye()


@fact
async def probing(probe: Probe) -> Talk:
    """The upgrade of a polling session: ``2probe``, and no more, so that the session stays where it was."""
    session = await session_of(probe, await second_handshake(probe))
    cookies = session.cookies if keeps_cookies(probe) else ""
    async with conversation(probe, origin=probe.origin, sid=session.sid, cookies=cookies) as (talk, found):
        if found is not None:
            found.say("2probe")
            await found.until(lambda: "3probe" in found.texts, probe.limits.open)
            await found.goodbye()
            talk = found.talk()
    await post(probe, session, [CLOSE])
    return talk


async def _open(probe: Probe, *, origin: str | None, watches: bool = False) -> Talk:
    async with conversation(probe, origin=origin) as (talk, found):
        if found is None:
            return talk
        if probe.speaks_socketio and not await await_open_packet(probe, found):
            await found.goodbye()
            return found.talk()
        if watches:
            await found.watch(probe.limits.watch)
        await found.goodbye()
        return found.talk()


async def await_open_packet(probe: Probe, found: Conversation) -> bool:
    """Wait for the first message; whether Engine.IO opens with it."""
    return await found.until(lambda: bool(found.texts), probe.limits.open) and found.texts[0].startswith("0{")


async def wait_for_answers(probe: Probe, found: Conversation) -> None:
    """Until each namespace has an answer, or the time is up."""

    def has_all() -> bool:
        if found.texts[-1:] == ["2"]:
            found.say("3")
        packets = read_websocket(probe, found.messages)
        return sum(packet.type in ANSWERS for packet in packets) >= len(probe.target.joined)

    await found.until(has_all, probe.limits.join)


def websocket_target(probe: Probe, sid: str | None = None) -> str:
    """Path and query of a WebSocket handshake."""
    if not probe.speaks_socketio:
        return probe.address.target
    url = probe.address.url(probe.path("websocket"), probe.engine.request_query("websocket", sid))
    return "/" + url.partition("://")[2].partition("/")[2]


@asynccontextmanager
async def conversation(
    probe: Probe,
    *,
    origin: str | None,
    sid: str | None = None,
    cookies: str = "",
    target: str | None = None,
) -> AsyncIterator[tuple[Talk, Conversation | None]]:
    """Open a WebSocket; the conversation is there if a client would take the server's answer."""
    key = base64.b64encode(os.urandom(16)).decode()
    offers = value_of(probe.values, "perMessageDeflate") is not False
    asked = _protocols(probe)
    headers = _headers(probe, key, origin, cookies, offers=offers, asked=asked)
    where = target or websocket_target(probe, sid)
    async with opened(probe, "GET", where, headers, websocket=True) as (exchange, line, rest):
        if exchange.status != 101 or line is None or exchange.head is None:
            yield Talk(exchange=exchange), None
            return
        fault, wrong = judge(exchange.head, key, asked, offers=offers)
        if fault:
            yield Talk(exchange=exchange, fault=fault, wrong=wrong, rest=rest), None
            return
        found = Conversation(
            exchange,
            line,
            probe.limits,
            rest,
            compresses=bool(exchange.header("sec-websocket-extensions")),
            protocol=exchange.header("sec-websocket-protocol"),
            tap=probe.tap,
        )
        yield Talk(exchange=exchange), found


def _headers(
    probe: Probe, key: str, origin: str | None, cookies: str, *, offers: bool, asked: Sequence[str]
) -> Headers:
    page = origin
    if page is not None and not page:
        page = str(value_of(probe.values, "origin") or "")
    headers = [
        *common_headers(probe, "websocket", page, cookies),
        ("Connection", "Upgrade"),
        ("Upgrade", "websocket"),
        ("Sec-WebSocket-Version", str(value_of(probe.values, "protocolVersion") or 13)),
        ("Sec-WebSocket-Key", key),
    ]
    if offers:
        headers.append(("Sec-WebSocket-Extensions", ws_deflate.offer({})))
    if asked:
        headers.append(("Sec-WebSocket-Protocol", ", ".join(asked)))
    if probe.address.credentials and not any(name.lower() == "authorization" for name, _value in headers):
        encoded = base64.b64encode(probe.address.credentials.encode()).decode()
        headers.append(("Authorization", f"Basic {encoded}"))
    return headers


def _protocols(probe: Probe) -> list[str]:
    names = value_of(probe.values, "protocols")
    return [str(name) for name in names] if isinstance(names, list | tuple) else []


def judge(head: Head, key: str, asked: Sequence[str], *, offers: bool) -> tuple[str, str]:
    """The cause to which a 101 points and what is wrong with it; empty if it is right (RFC 6455, section 4.1)."""
    upgrade, connection = (head.value("upgrade") or ""), (head.value("connection") or "")
    accepts = head.values("sec-websocket-accept")
    digest = hashlib.sha1((key + _GUID).encode(), usedforsecurity=False).digest()
    expected = base64.b64encode(digest).decode()
    for is_wrong, what in (
        (upgrade.lower() != "websocket", _("“Upgrade: websocket” is missing: it has “{found}”.").format(found=upgrade)),
        (
            "upgrade" not in [word.strip().lower() for word in connection.split(",")],
            _("“Connection: Upgrade” is missing: it has “{found}”.").format(found=connection),
        ),
        (not accepts, _("“Sec-WebSocket-Accept” is missing.")),
        (len(accepts) > 1, _("“Sec-WebSocket-Accept” comes {n} times.").format(n=len(accepts))),
        (accepts[:1] != [expected], _("“Sec-WebSocket-Accept” does not fit the key that was sent.")),
    ):
        if is_wrong:
            return "handshake-101-invalid", what
    return _judge_agreement(head, asked, offers=offers)


def _judge_agreement(head: Head, asked: Sequence[str], *, offers: bool) -> tuple[str, str]:
    chosen = head.values("sec-websocket-protocol")
    if asked and not chosen:
        return "subprotocol-mismatch", _(
            "The server names none of the subprotocols that were asked for: {asked}."
        ).format(asked=", ".join(asked))
    if chosen and (len(chosen) > 1 or chosen[0] not in asked):
        return "subprotocol-mismatch", _("The server chose the subprotocol “{chosen}”, which nobody asked for.").format(
            chosen=", ".join(chosen)
        )
    extensions = head.value("sec-websocket-extensions")
    if extensions is None:
        return "", ""
    if not offers:
        return "extension-mismatch", _("The server agreed to “{what}”, which was not offered.").format(what=extensions)
    try:
        ws_deflate.accept(extensions)
    except ExtensionError as error:
        return "extension-mismatch", f"{error}: {extensions}"
    return "", ""


def was_given_up(exchange: Exchange) -> bool:
    """Whether the server took the request, waited about a second, and hung up: engine.io's destroyUpgradeTimeout."""
    return not exchange.received and 0.8 <= exchange.seconds <= _LONGEST_HOLD


def need(talk: Talk) -> Talk:
    """``talk``, if there was one. Raises :class:`NotKnown`."""
    if not talk.is_agreed:
        raise NotKnown(_("The WebSocket could not be opened."))
    return talk
