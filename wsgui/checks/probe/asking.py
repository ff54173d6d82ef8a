"""One request on a connection of its own, and its record: what all HTTP facts are made with."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace

from wsgui import __version__
from wsgui.checks.probe.addresses import place, proxy
from wsgui.checks.probe.encryption import context, reach, server_name
from wsgui.checks.probe.exchange import End, Exchange, Transfer, no_line, request
from wsgui.checks.probe.line import Line
from wsgui.checks.probe.line import secure as speak_tls
from wsgui.checks.probe.probe import Probe
from wsgui.checks.probe.traffic import traffic_of
from wsgui.core.records import Direction, Kind
from wsgui.net.engine_options import timestamp
from wsgui.net.failures import plain
from wsgui.net.proxy import ProxyError

Headers = list[tuple[str, str]]


def common_headers(probe: Probe, transport: str, origin: str | None, cookies: str = "") -> Headers:
    """The headers that a client sends with every request; ``origin``: that of the page, ``None`` for none."""
    own = probe.engine.headers(transport, keeps_cookies=bool(cookies))
    named = {name.lower() for name in own}
    usual = [("Host", probe.address.netloc)]
    if "user-agent" not in named:
        usual.append(("User-Agent", f"wsgui/{__version__}"))
    if origin and "origin" not in named:
        usual.append(("Origin", origin))
    if cookies:
        usual.append(("Cookie", cookies))
    return [*usual, *((name, value) for name, value in own.items() if name.lower() not in ("host", "connection"))]


def polling_target(probe: Probe, sid: str | None = None, *, path: str | None = None, eio: str | None = None) -> str:
    """Path and query of a polling request, as the client of these options would ask."""
    query = probe.engine.request_query("polling", sid)
    if eio:
        query = query | {"EIO": eio}
    if probe.engine.get("timestampRequests", "polling") is not False:
        query = query | {str(probe.engine.get("timestampParam", "polling")): timestamp()}
    url = probe.address.url(probe.path("polling") if path is None else path, query)
    return "/" + url.partition("://")[2].partition("/")[2]


async def ask(
    probe: Probe,
    method: str,
    target: str,
    headers: Iterable[tuple[str, str]],
    body: bytes = b"",
    *,
    patience: float | None = None,
) -> Exchange:
    """One request on a new connection, redirects not followed; ``patience``: seconds for the answer, if not as ever."""
    pairs = [*headers, ("Accept", "*/*"), ("Connection", "close")]
    async with opened(probe, method, target, pairs, body, patience=patience) as (found, _line, _rest):
        return found


@asynccontextmanager
async def opened(
    probe: Probe,
    method: str,
    target: str,
    headers: Headers,
    body: bytes = b"",
    *,
    websocket: bool = False,
    patience: float | None = None,
) -> AsyncIterator[tuple[Exchange, Line | None, bytes]]:
    """The same, the connection still open behind it: for what follows a 101. There is none if it could not be had."""
    url = probe.address.url(websocket=websocket) + target
    address = await place(probe)
    made = await context(probe)
    way = await proxy(probe)
    tunnel = websocket or probe.address.secure or way is None or way.address.is_socks
    asked, extra = (target, []) if tunnel or way is None else (url, [("Proxy-Authorization", way.authorization)])
    sent = request(method, asked, [*headers, *(pair for pair in extra if pair[1])], body)
    async with probe.turn():
        began = time.monotonic()
        try:
            stream = await reach(probe, address, tunnel=tunnel)
            if made is not None:
                await speak_tls(stream, made, server_name(probe), probe.limits)
        except (OSError, TimeoutError, ProxyError) as error:
            missing = no_line(method, url, sent, error, time.monotonic() - began)
            yield recorded(probe, missing, websocket=websocket), None, b""
            return
        line = Line(stream)
        try:
            limits = replace(probe.limits, first_byte=patience, answer=patience + 1) if patience else probe.limits
            transfer = Transfer(line, method, url, limits)
            found = await transfer.run(sent, address)
            yield recorded(probe, found, websocket=websocket), line, transfer.rest
        finally:
            probe.traffic += traffic_of(stream)
            line.close()


def recorded(probe: Probe, exchange: Exchange, *, websocket: bool = False) -> Exchange:
    """The exchange with the number of its record."""
    if probe.tap is None:
        return exchange
    head, _blank, sent_body = exchange.sent.partition(b"\r\n\r\n")
    facts: dict[str, object] = {
        "method": exchange.method,
        "url": exchange.url,
        "request_headers": [
            [name, value.strip()]
            for name, _colon, value in (line.partition(":") for line in head.decode("latin-1").split("\r\n")[1:])
        ],
        "seconds": exchange.seconds,
        "timing": {} if exchange.wait is None else {"wait": exchange.wait, "receive": exchange.seconds - exchange.wait},
        "socket": probe.tap.next_socket(),
        "size": len(exchange.received),
    }
    if sent_body:
        facts["request_body"] = sent_body.decode("utf-8", "replace")
    if exchange.head:
        facts |= {
            "status": exchange.status,
            "reason": exchange.head.reason,
            "version": exchange.head.version,
            "headers": [list(pair) for pair in exchange.head.headers],
        }
    if exchange.end is not End.WHOLE:
        facts["error"] = plain(exchange.error) if exchange.error else _ENDED[exchange.end]
    kind = Kind.WS_OPEN if websocket else Kind.HTTP
    odd = exchange.end is not End.WHOLE or exchange.header("transfer-encoding") or exchange.header("content-encoding")
    raw = exchange.received if odd else None
    seq = probe.tap.record(kind, Direction.OUT, exchange.text or None, facts, raw=raw, via=None)
    return replace(exchange, seq=seq)


_ENDED = {
    End.NO_LINE: "no connection",
    End.CLOSED: "closed without an answer",
    End.BROKEN: "broken off",
    End.SILENT: "no answer in time",
    End.SLOW: "not finished in time",
    End.NOT_HTTP: "not HTTP",
    End.TOO_LONG: "too long",
}
