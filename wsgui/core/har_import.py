"""An HTTP Archive becomes a recording: exchanges, and what WebSockets and polling carried, as wsgui records it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from wsgui.core.har_facts import exchange_facts
from wsgui.core.har_reader import Exchange, HarError, Json, Message, read_har
from wsgui.core.packet_records import Meaning, PacketRecords
from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Facts, Kind, Record
from wsgui.core.ws_close import read_close
from wsgui.core.ws_frames import Opcode

_MOST_BACKLOG = 5000
_PINGS = {Opcode.PING: Kind.WS_PING, Opcode.PONG: Kind.WS_PONG}


def import_har(source: Path, target: Path, went_on: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Make the recording ``target`` of an HTTP Archive. Raises :class:`HarError`, or ``OSError``.

    ``went_on(done, total)`` may raise to give up. Whatever is raised, there is then no ``target``.
    """
    try:
        with closing(Recording(target, source.name)) as recording:
            importer = _Importer(recording)
            for item in read_har(source, went_on):
                importer.take(item)
            recording.tell(**importer.meta(source))
            recording.flush()
            problem = recording.problem
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    if problem:
        target.unlink(missing_ok=True)
        raise HarError(problem)


class _Importer:
    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._began: float | None = None
        self._last = 0.0
        self._seq = 0
        self._url = ""
        self._protocol = ""
        self._numbers: dict[str, int] = {}
        """The number of the connection by Engine.IO session id, or by the entry of a WebSocket."""
        self._packets: dict[int, PacketRecords] = {}
        """By the number of the connection."""
        self._sockets: dict[int, tuple[int, bool]] = {}
        """WebSockets by their entry: the number of the connection, and whether it speaks Engine.IO."""

        self._closing: set[int] = set()
        """The entries of WebSockets of which one side has sent a close frame."""

    def meta(self, source: Path) -> dict[str, str]:
        """What the recording says about itself."""
        began = self._began or 0.0
        times = {"started": began, "ended": max(began, self._last)}
        return {
            **{name: datetime.fromtimestamp(wall, UTC).isoformat() for name, wall in times.items()},
            "url": self._url or source.name,
            "protocol": self._protocol,
            "outcome": "imported",
            "title": source.stem,
        }

    def take(self, item: Exchange | Message) -> None:
        if isinstance(item, Message):
            self._message(item)
        else:
            self._exchange(item)
        if self._recording.backlog > _MOST_BACKLOG:
            self._recording.flush()

    def _exchange(self, item: Exchange) -> None:
        facts, data = exchange_facts(item.content)
        url = str(facts.get("url"))
        query = _query(url)
        websocket = item.content.get("_resourceType") == "websocket" or url.startswith(("ws:", "wss:"))
        engine = query.get("EIO") if query.get("EIO") in ("3", "4") and query.get("transport") else None
        own = item.content.get("_wsgui")
        number = self._number(item, query.get("sid", ""), websocket=websocket, engine=engine, own=own)
        if (websocket or engine) and not self._url:
            self._url = url
            self._protocol = "websocket" if engine is None else "socketio-v2" if engine == "3" else "socketio"
        if engine and number not in self._packets:
            self._packets[number] = PacketRecords(engine3=engine == "3", url=url)
        kind = Kind.WS_OPEN if websocket else Kind.HTTP
        seq = self._record(item.wall, number, kind, Direction.OUT, data, facts)
        if websocket:
            self._sockets[item.entry] = (number, engine is not None)
            if engine:
                self._packets[number].url = url
        elif engine:
            self._polled(item.wall, number, seq, facts, data)

    def _number(self, item: Exchange, sid: str, *, websocket: bool, engine: str | None, own: object) -> int:
        """The number of the connection that an exchange belongs to; 0 if it belongs to none."""
        if isinstance(own, dict) and isinstance(own.get("connection"), int):
            return int(own["connection"])
        if not websocket and not engine:
            return 0
        key = sid if engine and sid else f"entry {item.entry}"
        return self._numbers.setdefault(key, max(self._numbers.values(), default=0) + 1)

    def _polled(self, wall: float, number: int, exchange: int, facts: Facts, data: str | bytes | None) -> None:
        """The packets in the bodies of a polling exchange."""
        packets = self._packets[number]
        sent = facts.get("request_body")
        bodies = [(Direction.OUT, sent), (Direction.IN, data if facts.get("method") != "POST" else None)]
        if facts.get("status") != 200:
            bodies.pop()  # what refuses it is no payload
        for direction, body in bodies:
            for packet in packets.payload(body) if isinstance(body, str | bytes) and body else ():
                for meaning in packets.read(packet, direction, "polling", self._seq + 1, wall):
                    self._mean(wall, number, meaning, exchange)
        if packets.sid:
            self._numbers.setdefault(packets.sid, number)

    def _message(self, item: Message) -> None:
        number, engine = self._sockets.get(item.entry, (0, False))
        direction = Direction.OUT if item.content.get("type") == "send" else Direction.IN
        opcode, data = _opcode(item.content), _data(item.content)
        if opcode in _PINGS:
            self._mean(item.wall, number, Meaning(_PINGS[Opcode(opcode)], direction, data, None))
        elif opcode == Opcode.CLOSE:
            answer = item.entry in self._closing
            self._closing.add(item.entry)
            self._mean(item.wall, number, _close(direction, data, answer=answer))
        elif not engine:
            self._mean(item.wall, number, Meaning(Kind.WS_MESSAGE, direction, data, None))
        else:
            packets = self._packets[number]
            packet = packets.message(data)
            for meaning in packets.read(packet, direction, "websocket", self._seq + 1, item.wall):
                self._mean(item.wall, number, meaning)
            if packets.sid:
                self._numbers.setdefault(packets.sid, number)

    def _mean(self, wall: float, number: int, meaning: Meaning, exchange: int | None = None) -> None:
        kind, direction, data, facts, on_wire = meaning
        self._record(wall, number, kind, direction, data, facts, via=exchange if on_wire else 0)

    def _record(
        self,
        wall: float,
        number: int,
        kind: Kind,
        direction: Direction,
        data: str | bytes | None,
        facts: Facts | None,
        via: int | None = None,
    ) -> int:
        if self._began is None:
            self._began = wall
        self._last = max(self._last, wall)
        self._seq += 1
        via = self._seq if via is None else via
        record = Record(self._seq, wall - self._began, wall, number, direction, kind, data, facts, None, via)
        self._recording.append(record)
        return self._seq


def _close(direction: Direction, data: str | bytes, *, answer: bool) -> Meaning:
    body = data if isinstance(data, bytes) else data.encode("utf-8", "replace")
    close = read_close(body)
    facts: dict[str, object] = {
        "code": close.code,
        "reason": close.reason,
        "valid": close.violation is None,
        "by": "server" if direction is Direction.IN else "client",
    }
    if answer:
        facts["answer"] = True
    if close.violation:
        facts |= {"problem": str(close.violation), "name": close.violation.name}
    return Meaning(Kind.WS_CLOSE, direction, body or None, facts)


def _opcode(content: Json) -> int:
    opcode = content.get("opcode")
    return int(opcode) if isinstance(opcode, int | float) else int(Opcode.TEXT)


def _data(content: Json) -> str | bytes:
    data = content.get("data")
    text = data if isinstance(data, str) else ""
    if _opcode(content) == Opcode.TEXT:
        return text
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return text.encode("utf-8", "replace")  # written by somebody who does not encode it


def _query(url: str) -> dict[str, str]:
    try:
        return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    except ValueError:  # half an IPv6 address, or more fields than Python takes
        return {}
