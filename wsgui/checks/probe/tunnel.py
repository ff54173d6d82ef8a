"""CONNECT: how an HTTP proxy is asked to let bytes through."""

from __future__ import annotations

import asyncio

from wsgui.checks.probe.limits import Limits
from wsgui.core.http1 import AnswerReader, HttpError, encode_request
from wsgui.core.i18n import _
from wsgui.net.proxy import Proxy, ProxyError
from wsgui.net.stream import Stream


class TunnelRefusedError(ProxyError):
    """The proxy answered CONNECT with something else than 2xx: ``status`` and ``raw`` say with what."""

    def __init__(self, option: str, sentence: str, status: int, raw: bytes) -> None:
        super().__init__(option, sentence)
        self.sentence = sentence
        self.status = status
        self.raw = raw


async def open_tunnel(proxy: Proxy, stream: Stream, target: str, limits: Limits) -> None:
    """Ask for a tunnel to ``target`` (``host:port``). Raises :class:`TunnelRefusedError` and ``TimeoutError``."""
    headers = [("Host", target)]
    headers += [("Proxy-Authorization", proxy.authorization)] if proxy.authorization else []
    stream.write(encode_request("CONNECT", target, headers))
    reader = AnswerReader("CONNECT")
    try:
        async with asyncio.timeout(limits.first_byte):
            while not reader.done:
                data = await stream.read()
                if not data:
                    reader.end()
                reader.feed(data)
    except HttpError as error:
        text = _("What answers at {proxy} is no such proxy: {why}").format(proxy=proxy, why=error)
        raise TunnelRefusedError(proxy.option, text, 0, reader.raw) from error
    head = reader.head
    assert head is not None
    if not 200 <= head.status < 300:
        text = _("The proxy {proxy} answered CONNECT with {status} {reason}.")
        text = text.format(proxy=proxy, status=head.status, reason=head.reason)
        raise TunnelRefusedError(proxy.option, text, head.status, reader.raw)
    stream.unread(reader.rest)
