"""Frames to messages: what a client receives, under the rules of ``receiver.js`` of the ``ws`` library.

Each rule is broken with the message and the error code of that library. Close frames are passed on whatever stands
in them: :func:`wsgui.core.ws_close.read_close` judges them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import NamedTuple

from wsgui.core.ws_deflate import Inflater
from wsgui.core.ws_frames import Head, Opcode, read_head
from wsgui.core.ws_protocol_error import ProtocolError

_LONGEST_IN_JAVASCRIPT = 2**53 - 1
_PLAIN_TEXT = 0x80 | Opcode.TEXT
"""The first byte of a text in one frame."""


class Message(NamedTuple):
    """A whole text (``str``) or binary message, and how it came."""

    data: str | bytes
    frames: tuple[Head, ...] = ()
    """Its frames, where it was not simply one plain frame; ``size`` is what each held on the wire."""
    raw: bytes | None = None
    """All their bytes, in that case."""


class Control(NamedTuple):
    """A ping, a pong or a close frame; it may come between the frames of a message."""

    opcode: int
    payload: bytes


class MessageReader:
    """Reads what a server sends. ``max_payload`` in bytes, 0: no limit; ``inflater`` where compression was agreed."""

    def __init__(self, max_payload: int = 0, inflater: Inflater | None = None) -> None:
        self._max_payload = max_payload
        self._inflater = inflater
        self._data = b""
        """What came and is not read yet, from ``_at`` on."""
        self._at = 0
        self._later: list[bytes] = []
        """What came behind it, while the frame is longer than all of it."""
        self._missing = 0
        self._checked = False
        """Whether the head of the frame at the beginning was judged."""
        self._heads: list[Head] = []
        self._parts: list[bytes] = []
        self._raw: list[bytes] = []
        """The frames of the message that is not whole yet: what each says of itself, holds, and all its bytes."""
        self._size = 0
        """Of that message, as far as frames have announced it."""

    @property
    def rest(self) -> bytes:
        """The bytes after the last whole message; after a :class:`ProtocolError`, from what broke the rule on."""
        return b"".join((*self._raw, self._data[self._at :], *self._later))

    def feed(self, data: bytes) -> Iterator[str | Message | Control]:
        """What is whole now; a text alone is a message that came in one plain frame.

        Raises :class:`ProtocolError`; nothing can be read after it.
        """
        if self._missing > len(data):
            self._missing -= len(data)
            self._later.append(data)
            return
        if self._at < len(self._data):
            data = b"".join((self._data[self._at :], *self._later, data))
            self._later.clear()
        self._data, self._at, self._missing = data, 0, 0
        at, end, longest = 0, len(data) - 2, self._max_payload or _LONGEST_IN_JAVASCRIPT
        while at <= end:
            # A flood is plain frames with a short text: they are read here, everything else below.
            begin, size = at + 2, data[at + 1]
            if size == 126 and at <= end - 2:
                begin, size = at + 4, data[at + 2] << 8 | data[at + 3]
            if data[at] == _PLAIN_TEXT and (size < 126 or begin > at + 2) and size <= longest and not self._heads:
                stop = begin + size
            else:
                self._at = at
                found = self._read_frame()
                if found is None and self._at == at:
                    return
                at = self._at
                if found is not None:
                    yield found
                continue
            if stop - 2 > end:
                self._missing = stop - 2 - end
                return
            try:
                text = data[begin:stop].decode()
            except UnicodeDecodeError as error:
                raise _no_text() from error
            self._at = at = stop
            yield text

    def _read_frame(self) -> Message | Control | None:
        """Take the frame at the beginning, if it is whole. ``None`` also if its message is not."""
        found = read_head(self._data, self._at)
        if found is None:
            return None
        head, length = found
        if not self._checked:
            self._check(head)
        begin = self._at + length
        stop = begin + head.size
        if stop > len(self._data):
            self._missing = stop - len(self._data)
            self._checked = True
            return None
        self._checked = False
        payload = self._data[begin:stop]
        if head.opcode > 7:
            self._at = stop
            return Control(head.opcode, payload)
        self._heads.append(head)
        self._parts.append(payload)
        if not head.fin:
            self._raw.append(self._data[self._at : stop])
            self._at = stop
            return None
        message = self._message(self._data[self._at : stop])
        self._at = stop
        self._heads, self._parts, self._raw, self._size = [], [], [], 0
        return message

    def _message(self, last: bytes) -> Message:
        """The message that the frame ``last`` completes."""
        heads, parts = tuple(self._heads), self._parts
        data = parts[0] if len(parts) == 1 else b"".join(parts)
        if heads[0].rsv:
            data = self._inflate(data)
        odd = len(heads) > 1 or bool(heads[0].rsv)
        frames, raw = (heads, b"".join((*self._raw, last))) if odd else ((), None)
        if heads[0].opcode == Opcode.BINARY:
            return Message(data, frames, raw)
        try:
            return Message(data.decode(), frames, raw)
        except UnicodeDecodeError as error:
            raise _no_text() from error

    def _inflate(self, data: bytes) -> bytes:
        assert self._inflater is not None  # _check lets no compressed frame pass without one
        try:
            message = self._inflater.inflate(data, self._max_payload)
        except zlib.error as error:
            raise ProtocolError(str(error), "Z_DATA_ERROR", 1007) from error
        if self._max_payload and len(message) > self._max_payload:
            raise _too_long()
        return message

    def _check(self, head: Head) -> None:
        if head.rsv & 3:
            raise ProtocolError("RSV2 and RSV3 must be clear", "WS_ERR_UNEXPECTED_RSV_2_3")
        starts = head.opcode in (Opcode.TEXT, Opcode.BINARY)
        if head.rsv and not (self._inflater and starts):
            raise ProtocolError("RSV1 must be clear", "WS_ERR_UNEXPECTED_RSV_1")
        if head.opcode in (Opcode.CLOSE, Opcode.PING, Opcode.PONG):
            self._check_control(head)
        elif not (starts or head.opcode == Opcode.CONTINUATION) or starts is bool(self._heads):
            raise ProtocolError(f"invalid opcode {head.opcode}", "WS_ERR_INVALID_OPCODE")
        if head.masked:
            raise ProtocolError("MASK must be clear", "WS_ERR_UNEXPECTED_MASK")
        if head.size > _LONGEST_IN_JAVASCRIPT:
            text = "Unsupported WebSocket frame: payload length > 2^53 - 1"
            raise ProtocolError(text, "WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH", 1009)
        if head.opcode < 8:
            self._size += head.size
            if self._max_payload and self._size > self._max_payload:
                raise _too_long()

    @staticmethod
    def _check_control(head: Head) -> None:
        if not head.fin:
            raise ProtocolError("FIN must be set", "WS_ERR_EXPECTED_FIN")
        if head.size > 125:
            form = 126 if head.size < 1 << 16 else 127  # what stands in the seven bits, which is all that ws looks at
            raise ProtocolError(f"invalid payload length {form}", "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH")


def _no_text() -> ProtocolError:
    return ProtocolError("invalid UTF-8 sequence", "WS_ERR_INVALID_UTF8", 1007)


def _too_long() -> ProtocolError:
    return ProtocolError("Max payload size exceeded", "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH", 1009)
