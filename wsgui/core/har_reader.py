"""An HTTP Archive (HAR) as exchanges and WebSocket messages in the order of their time, in bounded memory.

Of a file that browsers and this program write. It is walked over once, piece by piece, and what is in it waits in a
temporary database until all of it is there and can be put in order.

http://www.softwareishard.com/blog/har-12-spec/
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from wsgui.core.i18n import _
from wsgui.core.json_stream import JsonStream, JsonStreamError

Json = dict[str, object]


class HarError(Exception):
    """The file is no HTTP Archive; the message is a sentence for a person."""


@dataclass(frozen=True)
class Exchange:
    """An entry without its messages, at the time at which its answer had come."""

    entry: int
    wall: float
    content: Json


@dataclass(frozen=True)
class Message:
    """A WebSocket message of the entry with that number."""

    entry: int
    wall: float
    content: Json


def read_har(path: Path, went_on: Callable[[int, int], None]) -> Iterator[Exchange | Message]:
    """What is in the file, in order. Raises :class:`HarError`, or ``OSError``.

    ``went_on(done, total)`` is called now and then, with parts of the whole, and may raise to give up.
    """
    with closing(sqlite3.connect("", isolation_level=None)) as waiting:  # on disk, and gone when closed
        waiting.execute("CREATE TABLE item (wall REAL, entry INTEGER, message INTEGER, content TEXT)")
        waiting.execute("BEGIN")
        total = path.stat().st_size
        with path.open(encoding="utf-8-sig", errors="replace") as stream:
            _fill(waiting, stream, lambda done: went_on(min(done, total) // 2, total))
        waiting.execute("CREATE INDEX in_order ON item (wall, entry, message)")
        rows = waiting.execute("SELECT * FROM item ORDER BY wall, entry, message")
        (number,) = waiting.execute("SELECT count(*) FROM item").fetchone()
        for place, (wall, entry, message, content) in enumerate(rows):
            if place % 1000 == 0:
                went_on((total + total * place // number) // 2, total)
            yield (Message if message else Exchange)(entry, wall, json.loads(content))


def _fill(waiting: sqlite3.Connection, stream: IO[str], went_on: Callable[[int], None]) -> None:
    walk = JsonStream(stream)
    found = False
    try:
        if not walk.begins("{"):
            raise HarError(_no_har())
        for name in walk.members():
            if name == "log" and walk.begins("{"):
                for part in walk.members():
                    if part == "entries" and walk.begins("["):
                        found = True
                        for number in walk.items():
                            _fill_entry(waiting, walk, number, went_on)
                            went_on(walk.position)
    except JsonStreamError as error:
        text = _("The file is no HTTP Archive (HAR), or it is cut short: its JSON is broken ({reason}).")
        raise HarError(text.format(reason=error)) from error
    if not found:
        raise HarError(_no_har())


def _no_har() -> str:
    return _(
        "The file is no HTTP Archive (HAR): there is no list “entries” in an object “log”. In a browser, save one "
        "in the Network tab of the developer tools."
    )


def _fill_entry(waiting: sqlite3.Connection, walk: JsonStream, number: int, went_on: Callable[[int], None]) -> None:
    if not walk.begins("{"):
        return
    content: Json = {}
    first: float | None = None
    for name in walk.members():
        if name != "_webSocketMessages" or not walk.begins("["):
            content[name] = walk.value()
            continue
        for message_number in walk.items():
            message = walk.value()
            if not isinstance(message, dict):
                continue
            wall = _number(message.get("time"))
            first = wall if first is None else min(first, wall)
            _put(waiting, wall, number, message_number + 1, message)
            if message_number % 1000 == 0:
                went_on(walk.position)
    answered = _answered(content)
    _put(waiting, answered if first is None else min(first, answered), number, 0, content)


def _put(waiting: sqlite3.Connection, wall: float, entry: int, message: int, content: Json) -> None:
    waiting.execute("INSERT INTO item VALUES (?, ?, ?, ?)", (wall, entry, message, json.dumps(content)))


def _answered(content: Json) -> float:
    """The wall time at which the answer had come, or of a WebSocket the handshake's."""
    try:
        began = datetime.fromisoformat(str(content.get("startedDateTime")))
    except ValueError:
        return 0.0
    began = began if began.tzinfo else began.replace(tzinfo=UTC)
    return began.timestamp() + seconds_of(content)


def seconds_of(content: Json) -> float:
    """How long an exchange took; of a WebSocket, its handshake."""
    timings = content.get("timings")
    if content.get("_resourceType") != "websocket" or not isinstance(timings, dict):
        return _number(content.get("time")) / 1000
    names = ("blocked", "dns", "connect", "send", "wait")
    return sum(max(0.0, _number(timings.get(name))) for name in names) / 1000


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and abs(value) < 1e15 else 0.0
