"""The beginning of a long record, for one line in a log: to decode a packet of megabytes whole takes seconds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wsgui.core.records import Kind, Record
from wsgui.core.socket_packets import PacketError, decode

LONGEST = 50_000
"""Characters that are decoded whole."""
KEPT = 5_000
"""Characters that are kept of what is longer; those of a line are among them."""
ENOUGH = 1_000
"""Characters without which a line would not be full: where no more can be kept, all is."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*("?)|[\[\]{},]', re.DOTALL)
_CLOSES = {"[": "]", "{": "}"}
_HALF_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{0,3}$")


def abridged(record: Record) -> Record:
    """The record, or one that begins like it, where it is an event or acknowledgement with long data."""
    data = record.data
    if not isinstance(data, str) or len(data) <= LONGEST or record.kind not in (Kind.EVENT, Kind.ACK):
        return record
    for shorter in _endings(data[:KEPT]):
        if len(shorter) < ENOUGH:
            continue
        try:
            decode(shorter)
        except PacketError:
            continue
        return record._replace(data=shorter)
    return record


def _endings(text: str) -> Iterator[str]:
    """The text with an end put to what is open in it: behind a text that is cut, or before the last comma."""
    opened: list[str] = []
    before_comma = ""
    for token in _TOKEN.finditer(text):
        match token[0][0]:
            case "[" | "{":
                opened.append(_CLOSES[token[0]])
            case "]" | "}" if opened:
                opened.pop()
            case ",":
                before_comma = text[: token.start()] + "".join(reversed(opened))
            case '"' if not token[1]:
                cut, closing = text[: token.end()], '"' + "".join(reversed(opened))
                yield cut + closing
                yield _HALF_ESCAPE.sub("", cut) + closing
    yield before_comma
