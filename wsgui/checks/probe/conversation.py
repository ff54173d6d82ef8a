"""What is said over a WebSocket, kept whole: messages, control frames, and the very bytes of what breaks the rules."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from wsgui.checks.probe.exchange import Exchange
from wsgui.checks.probe.limits import MOST_FRAMES, MOST_STREAM, Limits
from wsgui.checks.probe.line import Line
from wsgui.core.i18n import _
from wsgui.core.records import Direction, Kind
from wsgui.core.ws_close import Close, close_body, read_close
from wsgui.core.ws_deflate import Inflater
from wsgui.core.ws_frames import Frame, Opcode, utf8
from wsgui.core.ws_messages import Control, Message, MessageReader
from wsgui.core.ws_protocol_error import ProtocolError
from wsgui.net.tap import Tap

_AFTERMATH = 0.3
"""Seconds for the rest of what broke the rules: its end often says more than its beginning."""


class Stop(StrEnum):
    """How a WebSocket ended, as far as it was watched."""

    OPEN = "open"
    """It did not: we said goodbye."""
    CLOSE_FRAME = "close-frame"
    FIN = "fin"
    RESET = "reset"
    VIOLATION = "violation"
    TOO_MUCH = "too-much"
    """It was we who hung up: more had come than is listened to."""


@dataclass(frozen=True, kw_only=True)
class Talk:
    """A WebSocket from its handshake to its end."""

    exchange: Exchange
    fault: str = ""
    """The cause to which the 101 itself points; empty if it is right, or there was none."""
    wrong: str = ""
    """What is wrong with it, as the ``ws`` library and browsers say it."""
    protocol: str = ""
    compresses: bool = False
    messages: tuple[str | bytes, ...] = ()
    times: tuple[float, ...] = ()
    """When each message came, in seconds from the 101."""
    lines: tuple[str, ...] = ()
    """All that was said, in order, a line each: → for ours, ← for the server's."""
    stop: Stop = Stop.OPEN
    stopped: float = 0.0
    """When, in seconds from the 101."""
    close: Close | None = None
    """The server's close frame; an answer to ours is ``echo``."""
    echo: Close | None = None
    said_goodbye: bool = False
    violation: ProtocolError | None = None
    rest: bytes = b""
    """What came from the first byte on that breaks the rules."""

    @property
    def is_agreed(self) -> bool:
        """Whether the WebSocket was opened at all."""
        return self.exchange.status == 101 and not self.fault

    @property
    def first(self) -> str | bytes | None:
        """The first message."""
        return self.messages[0] if self.messages else None

    @property
    def texts(self) -> list[str]:
        return [message for message in self.messages if isinstance(message, str)]


@dataclass
class Conversation:
    """An open WebSocket. ``rest``: what came right behind the 101."""

    exchange: Exchange
    line: Line
    limits: Limits
    rest: bytes = b""
    compresses: bool = False
    protocol: str = ""
    tap: Tap | None = None
    _messages: list[str | bytes] = field(default_factory=list)
    _times: list[float] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _stop: Stop = Stop.OPEN
    _stopped: float = 0.0
    _close: Close | None = None
    _echo: Close | None = None
    _said_goodbye: bool = False
    _violation: ProtocolError | None = None
    _size: int = 0
    _awaits_pong: bool = False
    """One pong may answer all pings before it (RFC 6455, section 5.5.3)."""

    def __post_init__(self) -> None:
        self._began = time.monotonic()
        self._reader = MessageReader(MOST_STREAM, Inflater() if self.compresses else None)
        self._waiting = self.rest
        self._broken = b""

    @property
    def is_open(self) -> bool:
        return self._stop is Stop.OPEN

    @property
    def was_ended(self) -> bool:
        """Whether it was the other side that ended it."""
        return self._stop not in (Stop.OPEN, Stop.TOO_MUCH)

    @property
    def messages(self) -> list[str | bytes]:
        """What the server has said so far."""
        return self._messages

    @property
    def texts(self) -> list[str]:
        """The text messages so far."""
        return [message for message in self._messages if isinstance(message, str)]

    def say(self, message: str | bytes) -> None:
        """Send a text or a binary message."""
        if isinstance(message, str):
            mask = self._send(Opcode.TEXT, utf8(message))
        else:
            mask = self._send(Opcode.BINARY, message)
        self._lines.append(f"→ {_shown(message)}")
        self._record(Direction.OUT, Kind.WS_MESSAGE, message, mask=mask)

    async def ping(self, times: int, seconds: float) -> None:
        """Send empty pings of the WebSocket, two at a time, until that many are sent or the time is up."""
        end = time.monotonic() + seconds
        for number in range(1, times + 1):
            mask = self._send(Opcode.PING, b"")
            self._lines.append("→ ping b''")
            self._record(Direction.OUT, Kind.WS_PING, b"", mask=mask)
            self._awaits_pong = True
            if number % 2 == 0 and not await self.until(lambda: not self._awaits_pong, end - time.monotonic()):
                return

    async def hear(self, seconds: float) -> bool:
        """Read until something new has come; whether it has. Pings of the WebSocket are answered."""
        end = time.monotonic() + seconds
        while self.is_open:
            if self._waiting:
                data, self._waiting = self._waiting, b""
            else:
                try:
                    data = await self.line.read(end - time.monotonic())
                except TimeoutError:
                    return False
                if not data:
                    self._end(Stop.RESET if self.line.error else Stop.FIN)
                    return True
            before = len(self._lines)
            await self._take(data)
            if len(self._lines) > before or not self.is_open:
                return True
        return False

    async def watch(self, seconds: float) -> None:
        """Listen for so long, or until it ends."""
        end = time.monotonic() + seconds
        while self.is_open and await self.hear(end - time.monotonic()):
            pass

    async def until(self, is_enough: Callable[[], bool], seconds: float) -> bool:
        """Listen until it is enough, for so long at most; whether it is."""
        end = time.monotonic() + seconds
        while not is_enough():
            if not self.is_open or not await self.hear(end - time.monotonic()):
                return is_enough()
        return True

    async def goodbye(self) -> None:
        """Close as one should, with 1000, and await the answer."""
        if not self.is_open:
            return
        self._said_goodbye = True
        self._stopped = time.monotonic() - self._began
        self._close_with(close_body(1000))
        await self.until(lambda: self._echo is not None, self.limits.goodbye)

    def talk(self) -> Talk:
        """All of it."""
        return Talk(
            exchange=self.exchange,
            protocol=self.protocol,
            compresses=self.compresses,
            messages=tuple(self._messages),
            times=tuple(self._times),
            lines=tuple(self._lines),
            stop=self._stop,
            stopped=self._stopped,
            close=self._close,
            echo=self._echo,
            said_goodbye=self._said_goodbye,
            violation=self._violation,
            rest=self._broken,
        )

    async def _take(self, data: bytes) -> None:
        self._size += len(data)
        try:
            for found in self._reader.feed(data):
                self._hear_one(found)
                if len(self._lines) > MOST_FRAMES:
                    self._end(Stop.TOO_MUCH)
                if not self.is_open:
                    return
        except ProtocolError as error:
            self._violation = error
            self._broken = self._reader.rest
            await self._read_aftermath()
            self._lines.append(_("← {n} bytes that break the rules").format(n=len(self._broken)))
            self._end(Stop.VIOLATION)
            self._record(Direction.IN, Kind.ERROR, self._broken, text=str(error), chain=[])
            return
        if self._size > MOST_STREAM:
            self._end(Stop.TOO_MUCH)

    def _hear_one(self, found: str | Message | Control) -> None:
        if isinstance(found, Control):
            self._hear_control(found)
            return
        data = found if isinstance(found, str) else found.data
        self._messages.append(data)
        self._times.append(time.monotonic() - self._began)
        self._lines.append(f"← {_shown(data)}")
        self._record(Direction.IN, Kind.WS_MESSAGE, data)

    def _hear_control(self, found: Control) -> None:
        if found.opcode == Opcode.PING:
            self._lines.append(f"← ping {found.payload!r}")
            self._record(Direction.IN, Kind.WS_PING, found.payload)
            mask = self._send(Opcode.PONG, found.payload)
            self._record(Direction.OUT, Kind.WS_PONG, found.payload, mask=mask)
        elif found.opcode == Opcode.PONG:
            self._awaits_pong = False
            self._lines.append(f"← pong {found.payload!r}")
            self._record(Direction.IN, Kind.WS_PONG, found.payload)
        elif found.opcode == Opcode.CLOSE:
            close = read_close(found.payload)
            self._lines.append(f"← close {found.payload.hex(' ')} ({close.code} {close.reason})")
            self._record_close(Direction.IN, found.payload)
            if self._said_goodbye:
                self._echo = close
                return
            self._close = close
            self._end(Stop.CLOSE_FRAME)
            self._close_with(found.payload[:2] if close.violation is None else close_body(1002))

    def _send(self, opcode: Opcode, payload: bytes) -> str:
        """Send a frame; returns its masking key in hex."""
        mask = os.urandom(4)
        self.line.write(Frame(opcode, payload, mask=mask).encode())
        return mask.hex()

    def _close_with(self, payload: bytes) -> None:
        mask = self._send(Opcode.CLOSE, payload)
        self._lines.append(f"→ close {payload.hex(' ')} ({read_close(payload).code})")
        self._record_close(Direction.OUT, payload, mask=mask)

    def _record_close(self, direction: Direction, payload: bytes, **facts: object) -> None:
        close = read_close(payload)
        by = "client" if direction is Direction.OUT else "server"
        facts |= {"code": close.code, "reason": close.reason, "valid": close.violation is None, "by": by}
        self._record(direction, Kind.WS_CLOSE, payload, **facts)

    async def _read_aftermath(self) -> None:
        end = time.monotonic() + _AFTERMATH
        while len(self._broken) < 4096:
            try:
                data = await self.line.read(end - time.monotonic())
            except TimeoutError:
                return
            if not data:
                return
            self._broken += data

    def _end(self, stop: Stop) -> None:
        if not self._said_goodbye:
            self._stop = stop
            self._stopped = time.monotonic() - self._began
            if stop in (Stop.FIN, Stop.RESET):
                self._lines.append("← " + ("FIN" if stop is Stop.FIN else f"{self.line.error!r}"))
        else:
            self._stop = Stop.FIN if stop is Stop.RESET else stop

    def _record(self, direction: Direction, kind: Kind, data: str | bytes, **facts: object) -> None:
        if self.tap is not None:
            self.tap.record(kind, direction, data, facts or None, via=None)


def _shown(message: str | bytes) -> str:
    """The beginning of a message, for a line."""
    return message[:2000] if isinstance(message, str) else repr(message[:200])
