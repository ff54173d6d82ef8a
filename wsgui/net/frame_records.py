"""What a record says of WebSocket frames beside what they carry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wsgui.core.i18n import plural
from wsgui.core.records import Direction, Kind
from wsgui.core.ws_close import Close, read_close
from wsgui.core.ws_frames import Frame, Head, Opcode, utf8
from wsgui.core.ws_messages import Message
from wsgui.net.tap import FRAME, Source, Tap


def frame_source(frames: Sequence[Frame]) -> Source:
    """Of the frames that this client sends as one record: the masks, and the bytes where one is compressed."""
    facts: dict[str, object] = {"mask": "".join(frame.mask.hex() for frame in frames if frame.mask)}
    if not any(frame.rsv for frame in frames):
        return Source(facts=facts)
    heads = (Head(frame.opcode, len(frame.payload), frame.fin, frame.rsv) for frame in frames)
    return Source(facts=facts | {"frames": frame_rows(heads)}, raw=b"".join(frame.encode() for frame in frames))


def joined_source(parts: Sequence[tuple[Source, str | bytes]]) -> Source:
    """Of a packet whose parts came one after the other, each with the WebSocket message that it was.

    Over polling that is where the last one came from: only there the packet was whole.
    """
    last = parts[-1][0]
    if len(parts) == 1 or not any(source.raw for source, _message in parts):
        return last
    return source_of_all(parts)


def source_of_all(parts: Sequence[tuple[Source, str | bytes]]) -> Source:
    """The same with the bytes of all frames, also of plain ones: for parts of which no packet became."""
    last = parts[-1][0]
    if last.via is not None:
        return last
    rows: list[object] = []
    raw = b""
    for source, message in parts:
        if source.raw and source.facts:
            frames = source.facts["frames"]
            rows += frames if isinstance(frames, list) else []
            raw += source.raw
        else:  # a plain frame, of which nothing but the message was kept
            frame = Frame(Opcode.TEXT, utf8(message)) if isinstance(message, str) else Frame(Opcode.BINARY, message)
            rows += frame_rows([Head(frame.opcode, len(frame.payload))])
            raw += frame.encode()
    return Source(None, {"frames": rows}, raw)


def message_source(message: Message) -> Source:
    """Of a message that came."""
    return Source(facts={"frames": frame_rows(message.frames)}, raw=message.raw) if message.frames else FRAME


def tell_rest(tap: Tap, rest: bytes) -> None:
    """Record what came when the connection ended and makes no whole message, or stands behind the close frame."""
    if rest:
        text = plural(
            "{n:,} byte came that belongs to no whole message.", "{n:,} bytes came that belong to no whole message.",
            len(rest),
        )  # fmt: skip
        tap.record(Kind.NOTE, Direction.IN, None, {"text": text.format(n=len(rest))}, raw=rest, via=None)


def whole_source(message: str | bytes) -> Source:
    """Of a message in one plain frame that its record does not give back: base64 of bytes, a type that is a byte."""
    frame = Frame(Opcode.TEXT, utf8(message)) if isinstance(message, str) else Frame(Opcode.BINARY, message)
    return Source(facts={"frames": frame_rows([Head(frame.opcode, len(frame.payload))])}, raw=frame.encode())


def frame_rows(heads: Iterable[Head]) -> list[list[int]]:
    """The fact ``frames``."""
    return [[int(head.opcode), int(head.fin), head.rsv, head.size] for head in heads]


def close_facts(body: bytes | None, direction: Direction, *, answers: bool = False) -> dict[str, object]:
    """Of a close frame, or of its absence where ``body`` is ``None``."""
    close = Close(1006, "") if body is None else read_close(body)
    by = "server" if direction is Direction.IN else "client"
    facts: dict[str, object] = {"code": close.code, "reason": close.reason, "by": by}
    facts["valid"] = close.violation is None
    if close.violation:
        facts |= {"problem": str(close.violation), "name": close.violation.name}
    if answers:
        facts["answer"] = True
    return facts
