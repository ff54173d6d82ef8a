"""HTTP long-polling: the handshake in its variants, sessions, and what the server says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from wsgui.checks.probe.answers import Answer, read_answer
from wsgui.checks.probe.asking import ask, common_headers, polling_target
from wsgui.checks.probe.exchange import Exchange
from wsgui.checks.probe.probe import NotKnown, Probe, fact
from wsgui.core.engine_packets import EnginePacket, PacketType
from wsgui.core.i18n import _
from wsgui.core.options import value_of
from wsgui.net.dialect import V2, V4
from wsgui.net.handshake import Handshake

_TEXT = ("Content-Type", "text/plain;charset=UTF-8")


@fact
async def handshake_exchange(probe: Probe) -> Exchange:
    """The first request of a client that polls; a page's origin with it, if there is one."""
    return await shake_hands(probe)


@fact
async def bare_handshake(probe: Probe) -> Exchange:
    """The same without an Origin."""
    return await shake_hands(probe, origin=None)


@fact
async def second_handshake(probe: Probe) -> Exchange:
    """Once more, as another client would."""
    return await shake_hands(probe)


@fact
async def third_handshake(probe: Probe) -> Exchange:
    """And another one."""
    return await shake_hands(probe)


@fact
async def quiet_handshake(probe: Probe) -> Exchange:
    """And once more, while there is no other connection."""
    async with probe.alone():
        return await shake_hands(probe)


@fact
async def other_version(probe: Probe) -> Exchange:
    """The handshake in the other revision of Engine.IO: 3 where the client speaks 4, and the reverse."""
    return await shake_hands(probe, eio=(V4 if probe.is_v2 else V2).eio)


@fact
async def root(probe: Probe) -> Exchange:
    """What stands at ``/``."""
    return await _aside(probe, "/")


@fact
async def health(probe: Probe) -> Exchange:
    """What stands at ``/health``."""
    return await _aside(probe, "/health")


@fact
async def awaited_root(probe: Probe) -> Exchange:
    """What stands at ``/``, where it matters whether there is an answer at all."""
    return await ask(probe, "GET", "/", common_headers(probe, "polling", probe.origin))


async def _aside(probe: Probe, path: str) -> Exchange:
    headers = common_headers(probe, "polling", probe.origin)
    return await ask(probe, "GET", path, headers, patience=min(probe.limits.aside, probe.limits.first_byte))


async def shake_hands(
    probe: Probe, *, origin: str | None = "", path: str | None = None, eio: str = "", patience: float | None = None
) -> Exchange:
    """One handshake by polling. ``origin``: ``None`` sends none, the empty text that of the page."""
    page = probe.origin if origin == "" else origin
    headers = common_headers(probe, "polling", page)
    return await ask(probe, "GET", polling_target(probe, path=path, eio=eio or None), headers, patience=patience)


@fact
async def answer(probe: Probe) -> Answer:
    """The handshake's answer, read."""
    return read_answer(await handshake_exchange(probe), probe.dialect.eio)


@fact
async def handshake(probe: Probe) -> Handshake:
    """What the server said of itself. Raises :class:`NotKnown` if there was no handshake."""
    found = (await answer(probe)).handshake
    if found is None:
        raise NotKnown(_("There was no polling handshake."))
    return found


@dataclass(frozen=True)
class PollingSession:
    """A polling session, from its handshake."""

    sid: str
    cookies: str = ""
    """What a client that keeps cookies would send from now on."""


async def session_of(probe: Probe, exchange: Exchange) -> PollingSession:
    """The session that a handshake opened. Raises :class:`NotKnown`."""
    found = read_answer(exchange, probe.dialect.eio).handshake
    if found is None:
        raise NotKnown(_("There was no polling handshake."))
    return PollingSession(found.sid, cookies_of(exchange))


def cookies_of(exchange: Exchange) -> str:
    """The cookies that an answer sets, as a ``Cookie`` header."""
    pairs = []
    for line in exchange.head.values("set-cookie") if exchange.head else []:
        try:
            pairs += [f"{name}={morsel.coded_value}" for name, morsel in SimpleCookie(line).items()]
        except CookieError:  # a name that Python does not take, and a browser may
            pairs.append(line.partition(";")[0].strip())
    return "; ".join(pairs)


def keeps_cookies(probe: Probe) -> bool:
    """Whether the client of these options sends cookies back."""
    return bool(value_of(probe.values, "withCredentials")) or _is_same_origin(probe)


def _is_same_origin(probe: Probe) -> bool:
    """A browser always sends cookies to the page's own server."""
    return bool(probe.origin) and probe.origin.rstrip("/") == probe.address.url()


async def post(
    probe: Probe, session: PollingSession, packets: list[EnginePacket], *, with_cookies: bool | None = None
) -> Exchange:
    """Send packets to a session, on a connection of its own."""
    cookies = session.cookies if (keeps_cookies(probe) if with_cookies is None else with_cookies) else ""
    headers = [*common_headers(probe, "polling", probe.origin, cookies), _TEXT]
    body = probe.dialect.encode_payload(packets).encode()
    return await ask(probe, "POST", polling_target(probe, session.sid), headers, body)


async def poll(
    probe: Probe, session: PollingSession, *, with_cookies: bool | None = None, patience: float | None = None
) -> Exchange:
    """Ask a session what there is, on a connection of its own; ``patience``: seconds, if not as usual."""
    cookies = session.cookies if (keeps_cookies(probe) if with_cookies is None else with_cookies) else ""
    headers = common_headers(probe, "polling", probe.origin, cookies)
    return await ask(probe, "GET", polling_target(probe, session.sid), headers, patience=patience)


CLOSE = EnginePacket(PacketType.CLOSE)
"""Ends a session in an orderly way, which every diagnosis does."""


async def end(probe: Probe, session: PollingSession) -> Exchange:
    """Tell the server that the session is over."""
    return await post(probe, session, [CLOSE])
