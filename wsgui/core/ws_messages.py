"""Frames to messages: what a client receives, under the rules of ``receiver.js`` of the ``ws`` library.

Each rule is broken with the message and the error code of that library. Close frames are passed on whatever stands
in them: :func:`wsgui.core.ws_close.read_close` judges them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import NamedTuple

from wsgui.core.ws_deflate import Inflater
from wsgui.core.ws_frames import Frame, FrameDecoder, Head, Opcode
from wsgui.core.ws_protocol_error import ProtocolError

_LONGEST_IN_JAVASCRIPT = 2**53 - 1


class Message(NamedTuple):
    """A whole text (``str``) or binary message, and how it came."""

    data: str | bytes
    frames: int = 1
    compressed: bool = False


class Control(NamedTuple):
    """A ping, a pong or a close frame; it may come between the frames of a message."""

    opcode: int
    payload: bytes


class MessageReader:
    """Reads what a server sends. ``max_payload`` in bytes, 0: no limit; ``inflater`` where compression was agreed."""

    def __init__(self, max_payload: int = 0, inflater: Inflater | None = None) -> None:
        self._max_payload = max_payload
        self._inflater = inflater
        self._decoder = FrameDecoder(self._check)
        self._parts: list[bytes] = []
        self._opcode: int | None = None
        """Of the message that is not whole yet."""
        self._size = 0
        """Of that message, as far as frames have announced it."""
        self._compressed = False

    @property
    def rest(self) -> bytes:
        """The bytes after the last whole frame; after a :class:`ProtocolError` the frame that broke the rule."""
        return self._decoder.rest

    def feed(self, data: bytes) -> Iterator[Message | Control]:
        """What is whole now. Raises :class:`ProtocolError`; nothing can be read after it."""
        for frame in self._decoder.feed(data):
            if frame.opcode > 7:
                yield Control(frame.opcode, frame.payload)
                continue
            if frame.opcode:
                self._opcode, self._compressed = frame.opcode, bool(frame.rsv)
            self._parts.append(frame.payload)
            if frame.fin:
                yield self._finish(frame)

    def _finish(self, last: Frame) -> Message:
        parts, opcode, compressed = self._parts, self._opcode, self._compressed
        self._parts, self._opcode, self._size = [], None, 0
        data = last.payload if len(parts) == 1 else b"".join(parts)
        if compressed:
            data = self._inflate(data)
        if opcode == Opcode.BINARY:
            return Message(data, len(parts), compressed)
        try:
            return Message(data.decode(), len(parts), compressed)
        except UnicodeDecodeError as error:
            raise ProtocolError("invalid UTF-8 sequence", "WS_ERR_INVALID_UTF8", 1007) from error

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
        elif not (starts or head.opcode == Opcode.CONTINUATION) or starts is bool(self._parts):
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


def _too_long() -> ProtocolError:
    return ProtocolError("Max payload size exceeded", "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH", 1009)
