"""The way through an HTTP proxy: CONNECT, and what the proxy says to it."""

from __future__ import annotations

import time

from wsgui.core.http1 import AnswerReader, HttpError, NoAnswerError, encode_request
from wsgui.core.i18n import _
from wsgui.core.records import Direction, Kind
from wsgui.net.proxy import Proxy, ProxyError
from wsgui.net.stream import Stream
from wsgui.net.tap import Tap

MOST_ANSWER = 1 << 16
"""Bytes read of the page with which a proxy refuses."""


async def open_tunnel(proxy: Proxy, stream: Stream, target: str, tap: Tap) -> None:
    """Have the proxy connect to ``target`` (``host:port``) and pass on all bytes. Raises :class:`ProxyError`."""
    headers = [("Host", target)]
    if proxy.authorization:
        headers.append(("Proxy-Authorization", proxy.authorization))
    began = time.monotonic()
    stream.write(encode_request("CONNECT", target, headers))
    reader = AnswerReader("CONNECT")
    try:
        while not reader.done and reader.size < MOST_ANSWER:
            if data := await stream.read():
                reader.feed(data)
            else:
                reader.end()
    except HttpError as error:
        if reader.head is None:
            why = _("it closed the connection without an answer") if isinstance(error, NoAnswerError) else str(error)
            text = _("What answers at {proxy} is no such proxy: {why}").format(proxy=proxy, why=why)
            raise ProxyError(proxy.option, text) from error
    head = reader.head
    assert head is not None
    facts: dict[str, object] = {
        "method": "CONNECT",
        "url": target,
        "proxy": str(proxy),
        "status": head.status,
        "reason": head.reason,
        "headers": [list(pair) for pair in head.headers],
        "request_headers": [list(pair) for pair in headers],
        "seconds": time.monotonic() - began,
        "size": reader.size,
    }
    body = reader.body.decode("utf-8", "replace")
    tap.record(Kind.HTTP, Direction.OUT, body or None, facts, raw=reader.raw if reader.is_odd else None, via=None)
    if not 200 <= head.status < 300:
        raise proxy.refusal(head)
    stream.unread(reader.rest)
