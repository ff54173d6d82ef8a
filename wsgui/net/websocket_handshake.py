"""The opening handshake of a WebSocket, asked and judged as the ``ws`` library of Node does it.

What comes after the answer is bytes: see :mod:`wsgui.core.ws_messages`.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass

from wsgui.core import ws_deflate
from wsgui.core.http1 import Head
from wsgui.core.i18n import _
from wsgui.core.ws_deflate import Deflate, ExtensionError
from wsgui.net.failures import plain
from wsgui.net.http import FAILURES, Fields, Http
from wsgui.net.stream import Stream
from wsgui.net.transport import TransportError

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


@dataclass(frozen=True)
class Wish:
    """What is asked for in a handshake."""

    headers: Fields
    """What the user wants to send along."""
    version: int = 13
    protocols: Sequence[str] = ()
    offer: str = ""
    """``Sec-WebSocket-Extensions``; empty to offer none."""
    origin: str = ""


@dataclass(frozen=True)
class Opened:
    """What came of a handshake."""

    stream: Stream
    protocol: str
    """The subprotocol that the server chose; empty for none."""
    deflate: Deflate | None
    """The compression that was agreed."""


class RefusedError(TransportError):
    """The server answered the handshake with something else than a WebSocket; ``body`` says why, if it does."""

    body = ""


async def shake_hands(http: Http, target: str, wish: Wish) -> Opened:
    """Open a WebSocket. Raises :class:`TransportError` with the message of ``ws``."""
    key = base64.b64encode(os.urandom(16)).decode()
    try:
        answer, stream = await http.upgrade(target, _fields(wish, key))
    except FAILURES as error:
        raise TransportError(plain(error)) from error
    if stream is None:
        refusal = _refused(answer.head)
        refusal.body = answer.body.decode("utf-8", "replace")
        raise refusal
    try:
        return _judge(answer.head, stream, key, wish)
    except TransportError:
        stream.close()
        raise


def _fields(wish: Wish, key: str) -> Fields:
    own: Fields = [
        ("Sec-WebSocket-Version", str(wish.version)),
        ("Sec-WebSocket-Key", key),
        ("Connection", "Upgrade"),
        ("Upgrade", "websocket"),
    ]
    if wish.offer:
        own.append(("Sec-WebSocket-Extensions", wish.offer))
    if wish.protocols:
        own.append(("Sec-WebSocket-Protocol", ",".join(wish.protocols)))
    if wish.origin:
        own.append(("Origin" if wish.version == 13 else "Sec-WebSocket-Origin", wish.origin))
    replaced = {name.lower() for name, _value in own}
    return [pair for pair in wish.headers if pair[0].lower() not in replaced] + own


def _judge(head: Head, stream: Stream, key: str, wish: Wish) -> Opened:
    """Accept the answer or refuse it, in the order in which ``ws`` looks at it."""
    if (head.value("upgrade") or "").lower() != "websocket":
        raise _unacceptable("Invalid Upgrade header")
    digest = hashlib.sha1((key + _GUID).encode(), usedforsecurity=False).digest()
    if head.value("sec-websocket-accept") != base64.b64encode(digest).decode():
        raise _unacceptable("Invalid Sec-WebSocket-Accept header")
    deflate = _judge_agreement(head, wish)
    return Opened(stream, head.value("sec-websocket-protocol") or "", deflate)


def _judge_agreement(head: Head, wish: Wish) -> Deflate | None:
    """The compression that was agreed. Raises :class:`TransportError` if the server took what nobody asked for."""
    protocol = head.value("sec-websocket-protocol")
    if protocol is not None and not wish.protocols:
        raise _unacceptable("Server sent a subprotocol but none was requested")
    if protocol is not None and protocol not in wish.protocols:
        raise _unacceptable("Server sent an invalid subprotocol")
    if protocol is None and wish.protocols:
        raise _unacceptable("Server sent no subprotocol")
    if (extensions := head.value("sec-websocket-extensions")) is None:
        return None
    if not wish.offer:
        raise _unacceptable("Server sent a Sec-WebSocket-Extensions header but no extension was requested")
    try:
        return ws_deflate.accept(extensions)
    except ExtensionError as error:
        raise _unacceptable(str(error)) from error


def _refused(head: Head) -> RefusedError:
    location = head.value("location")
    if 300 <= head.status < 400 and location:
        why = _("The server redirects to {url}. A WebSocket never follows that: connect there yourself.")
        why = why.format(url=location)
    else:
        why = _("The server refused the WebSocket with status {status}.").format(status=head.status)
    return RefusedError(f"Unexpected server response: {head.status}", why, status=head.status)


def _unacceptable(message: str) -> TransportError:
    why = _("The server agreed to a WebSocket in a way that no client accepts.")
    return TransportError(message, why, status=101)
