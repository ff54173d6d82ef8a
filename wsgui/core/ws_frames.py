"""WebSocket frames, bytes to frames and back (RFC 6455, section 5), without any I/O.

Nothing is judged here: any frame can be written and read, also one that breaks every rule. What the rules say of a
frame: :mod:`wsgui.core.ws_messages`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import IntEnum
from typing import NamedTuple


class Opcode(IntEnum):
    """The opcodes that have a meaning; a frame may carry any number from 0 to 15."""

    CONTINUATION = 0
    TEXT = 1
    BINARY = 2
    CLOSE = 8
    PING = 9
    PONG = 10


class Head(NamedTuple):
    """What stands before the payload. ``rsv`` has RSV1 as 4, RSV2 as 2, RSV3 as 1; ``size`` is in bytes."""

    opcode: int
    size: int
    fin: bool = True
    rsv: int = 0
    masked: bool = False


class Frame(NamedTuple):
    """A frame; ``payload`` is in the clear, ``mask`` the four bytes it is masked with on the wire, if it is."""

    opcode: int
    payload: bytes = b""
    fin: bool = True
    rsv: int = 0
    mask: bytes | None = None

    def encode(self) -> bytes:
        """The frame as it goes over the wire, its length in the shortest form."""
        first = self.fin << 7 | self.rsv << 4 | self.opcode
        masked = (self.mask is not None) << 7
        size = len(self.payload)
        if size < 126:
            head = bytes((first, masked | size))
        elif size < 1 << 16:
            head = bytes((first, masked | 126)) + size.to_bytes(2, "big")
        else:
            head = bytes((first, masked | 127)) + size.to_bytes(8, "big")
        return head + (self.payload if self.mask is None else self.mask + apply_mask(self.payload, self.mask))


class FrameDecoder:
    """Cuts a stream of bytes into frames.

    ``check`` sees each head before its payload has come, and may raise what it likes: a frame that announces a
    terabyte is to be refused before the terabyte.
    """

    def __init__(self, check: Callable[[Head], None] = lambda head: None) -> None:
        self._check = check
        self._buffer = bytearray()
        self._checked = False

    @property
    def rest(self) -> bytes:
        """What has come of the frame that is not whole yet."""
        return bytes(self._buffer)

    def feed(self, data: bytes) -> Iterator[Frame]:
        """The frames that are whole now."""
        self._buffer += data
        while found := read_head(self._buffer):
            head, length = found
            if not self._checked:
                self._check(head)
            end = length + head.size
            self._checked = len(self._buffer) < end
            if self._checked:
                return
            payload = bytes(self._buffer[length:end])
            mask = bytes(self._buffer[length - 4 : length]) if head.masked else None
            del self._buffer[:end]
            yield Frame(head.opcode, apply_mask(payload, mask) if mask else payload, head.fin, head.rsv, mask)


def read_head(data: bytes | bytearray, at: int = 0) -> tuple[Head, int] | None:
    """The head of the frame that begins at ``at``, and its length in bytes; ``None`` if it is not whole.

    The length counts the masking key, which need not have come: a head is to be judged as soon as it can be.
    """
    if len(data) < at + 2:
        return None
    first, second = data[at], data[at + 1]
    size, length = second & 0x7F, 2
    if size > 125:
        length = 4 if size == 126 else 10
        if len(data) < at + length:
            return None
        size = int.from_bytes(data[at + 2 : at + length], "big")
    masked = bool(second & 0x80)
    if masked:
        length += 4
    return Head(first & 0xF, size, bool(first & 0x80), first >> 4 & 7, masked), length


def utf8(text: str) -> bytes:
    """The bytes of a text as JavaScript sends them: half a surrogate pair becomes U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def apply_mask(data: bytes, mask: bytes) -> bytes:
    """``data`` masked, or unmasked if it was."""
    size = len(data)
    key = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(data, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")
