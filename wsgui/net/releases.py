"""One request for the newest release, with the tester's own client: no cookie, no id, no version of ours in it.

Nothing is followed, kept or tried again.
"""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from wsgui.core.http1 import AnswerReader, encode_request
from wsgui.core.i18n import _
from wsgui.core.option_values import OptionValues
from wsgui.core.releases import MOST_ANSWER, read_release
from wsgui.net.dialler import Dialler, Origin
from wsgui.net.failures import plain
from wsgui.net.http import FAILURES
from wsgui.net.stream import Stream
from wsgui.net.tap import Tap

SECONDS = 15.0
"""For all of it."""


class NoReleaseError(Exception):
    """It could not be found out; the message is a sentence."""


async def newest_release(url: str, values: OptionValues) -> str:
    """The version of the newest release. ``values``: options of a connection, for the proxy.

    Raises :class:`NoReleaseError`.
    """
    try:
        async with asyncio.timeout(SECONDS):
            status, body = await _ask(url, values)
    except FAILURES as error:  # a time-out is one, too
        raise NoReleaseError(plain(error)) from error
    if status != 200:
        raise NoReleaseError(_("The server answers {status}.").format(status=str(status)))
    version = read_release(body)
    if version is None:
        raise NoReleaseError(_("The answer names no version."))
    return version


async def _ask(url: str, values: OptionValues) -> tuple[int, bytes]:
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    origin = Origin(parts.hostname or "", parts.port or (443 if secure else 80), secure)
    dialled = await Dialler(values, Tap(lambda _records: None), secure=secure).dial(origin, {}, tunnel=True)
    try:
        return await _converse(dialled.stream, parts.path or "/", origin)
    finally:
        if dialled.stream.transport is not None:
            dialled.stream.transport.abort()
        await dialled.stream.wait_closed()


async def _converse(stream: Stream, target: str, origin: Origin) -> tuple[int, bytes]:
    headers = [
        ("Host", origin.netloc),
        ("User-Agent", "wsgui"),  # some servers refuse a request without one
        ("Accept", "application/json"),
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
    ]
    stream.write(encode_request("GET", target, headers))
    reader = AnswerReader()
    while not reader.done:
        if data := await stream.read():
            reader.feed(data)
        else:
            reader.end()
        if reader.size > MOST_ANSWER or reader.is_packed:
            raise NoReleaseError(_("The answer is none that a list of releases gives."))
    assert reader.head is not None
    return reader.head.status, reader.body
