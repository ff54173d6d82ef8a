"""permessage-deflate (RFC 7692) on the client's side, as the ``ws`` library offers and uses it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

NAME = "permessage-deflate"

_TAIL = b"\x00\x00\xff\xff"
"""Each message ends with it; it is not sent."""
_FLAGS = ("server_no_context_takeover", "client_no_context_takeover")
_BITS = ("server_max_window_bits", "client_max_window_bits")


class ExtensionError(ValueError):
    """The server's Sec-WebSocket-Extensions cannot be accepted; the message is the one of ``ws``."""


@dataclass(frozen=True)
class Deflate:
    """What was agreed with the server."""

    client_forgets: bool = False
    """Each message is to be compressed without regard to those before it (no context takeover)."""
    client_bits: int = 15


def offer(options: Mapping[str, object]) -> str:
    """The header with which compression is offered; ``options`` is the object ``perMessageDeflate``."""
    words = [NAME]
    for name, own in zip(_FLAGS, ("serverNoContextTakeover", "clientNoContextTakeover"), strict=True):
        if options.get(own):
            words.append(name)
    if server_bits := options.get("serverMaxWindowBits"):
        words.append(f"{_BITS[0]}={server_bits}")
    client_bits = options.get("clientMaxWindowBits")
    if client_bits is None or client_bits is True:
        words.append(_BITS[1])
    elif client_bits:
        words.append(f"{_BITS[1]}={client_bits}")
    return "; ".join(words)


def accept(header: str) -> Deflate:
    """Read the server's answer to the offer. Raises :class:`ExtensionError`."""
    name, *parameters = (part.strip() for part in header.split(";"))
    if name != NAME or "," in header:
        raise ExtensionError("Server indicated an extension that was not requested")
    given: dict[str, int | bool] = {}
    for parameter in parameters:
        key, separator, text = parameter.partition("=")
        key, text = key.strip(), text.strip().strip('"')
        bits = int(text) if text.isdecimal() and text.isascii() else 0
        if key in given or not ((key in _FLAGS and not separator) or (key in _BITS and 8 <= bits <= 15)):
            raise ExtensionError("Invalid Sec-WebSocket-Extensions header")
        given[key] = bits or True
    return Deflate(_FLAGS[1] in given, int(given.get(_BITS[1], 15)))


class Inflater:
    """Decompresses the server's messages, whatever was agreed: a window that is not used does no harm."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(-15)

    def inflate(self, data: bytes, limit: int = 0) -> bytes:
        """A whole message; with a ``limit`` no more than one byte beyond it. Raises :class:`zlib.error`."""
        message = self._stream.decompress(data + _TAIL, limit + 1 if limit else 0)
        if self._stream.eof:  # a server may end its stream with any message
            self._stream = zlib.decompressobj(-15)
        return message


class Deflater:
    """Compresses the client's messages."""

    def __init__(self, agreed: Deflate, threshold: int) -> None:
        """``threshold`` in bytes; as in ``ws`` it counts only where the client must forget each message."""
        self._forgets = agreed.client_forgets
        self._threshold = threshold if agreed.client_forgets else 0
        self._bits = max(9, agreed.client_bits)  # zlib has no raw stream of 8
        self._stream = zlib.compressobj(wbits=-self._bits)

    def deflate(self, data: bytes) -> bytes | None:
        """The message compressed, or ``None`` where it is to go as it is."""
        if len(data) < self._threshold:
            return None
        packed = self._stream.compress(data) + self._stream.flush(zlib.Z_SYNC_FLUSH)
        if self._forgets:
            self._stream = zlib.compressobj(wbits=-self._bits)
        return packed.removesuffix(_TAIL)
