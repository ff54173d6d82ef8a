"""The SQL functions that a connection must know before it can check a condition.

Each call takes Python's lock and costs about a microsecond, and a recording may have a million records: a condition
asks SQLite's own functions first and these only for what those cannot tell. All take the data as bytes, because a text
in the database may hold half of a surrogate pair, and none raises for what it is given, because a recording may have
been made by anybody.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping

from wsgui.core.filters.patience import searcher

LONGEST = 10_000
"""Characters of one text that a regular expression looks at."""

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_SHORT_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def _contains(text: bytes | None, needle: str) -> bool:
    """Whether ``text`` contains the folded ``needle``, as it stands or with its JSON escapes resolved."""
    if text is None:
        return False
    if text.isascii() and not needle.isascii() and b"\\" not in text:
        return False
    folded = text.decode(errors="replace").casefold()
    return needle in folded or ("\\" in folded and needle in _unescaped(folded).casefold())


def _unescaped(text: str) -> str:
    resolved = _ESCAPE.sub(
        lambda found: chr(int(found[1], 16)) if found[1] else _SHORT_ESCAPES.get(found[2], found[2]), text
    )
    return resolved.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # joins surrogate pairs


def _matches(data: bytes | None, facts: bytes | None, pattern: str, folding: int) -> bool:
    """Whether the regular expression finds something in the data, or in one value of the facts.

    Raises ``TimeoutError`` where that takes too long, of which SQLite says only that the function has failed. What is
    merely slow makes the steps of a search smaller.
    """
    find = searcher(pattern, bool(folding))
    if data is not None:
        text = data[: 4 * LONGEST].decode(errors="replace")[:LONGEST]  # a character has at most four bytes
        if find(text) or ("\\" in text and find(_unescaped(text))):
            return True
    return facts is not None and any(find(text[:LONGEST]) for text in _values(facts))


def _values(facts: bytes) -> Iterator[str]:
    """All values in the facts, and the names that are the server's: those below the uppermost level."""
    try:
        inner = [json.loads(facts)]
    except (ValueError, RecursionError):
        yield facts.decode(errors="replace")
        return
    names = False
    while inner:
        outer, inner = inner, []
        for value in outer:
            if isinstance(value, dict):
                inner += value.values()
                if names:
                    yield from value
            elif isinstance(value, list):
                inner += value
            elif value is not None:
                yield value if isinstance(value, str) else json.dumps(value)
        names = True


def _packet(data: bytes | None, is_text: int, part: str) -> str | int | None:
    """The ``event``, ``namespace`` or ``id`` of the Socket.IO packet; ``None`` where there is none."""
    # Not before a filter asks: what a packet is takes longer to import than a window may take to open.
    from wsgui.core.msgpack_packets import decode as decode_msgpack
    from wsgui.core.socket_packets import PacketError, decode

    if data is None:
        return None
    try:
        packet = decode(data.decode(errors="replace")) if is_text else decode_msgpack(data)
    except PacketError:
        return None
    match part:
        case "event":
            return packet.event.encode(errors="replace").decode() if packet.is_event else None
        case "namespace":
            return packet.namespace.encode(errors="replace").decode()
    return None if packet.id is None or abs(packet.id) >= 1 << 63 else packet.id


FUNCTIONS: Mapping[str, Callable[..., str | int | None]] = {
    "contains": _contains,
    "matches": _matches,
    "packet": _packet,
}
"""The functions by the names that conditions call them by."""
