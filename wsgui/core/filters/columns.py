"""Terms on what else a record has: kind, direction, size, codes, transport, connection."""

from __future__ import annotations

import difflib
import re

from wsgui.core.filters.condition import Condition, FilterError, any_of, one_of
from wsgui.core.i18n import _
from wsgui.core.records import Direction, Kind

CLOSE_CODE = "CASE WHEN kind = 'ws_close' AND json_valid(facts) THEN json_extract(facts, '$.code') END"
STATUS = "CASE WHEN kind IN ('http', 'ws_open') AND json_valid(facts) THEN json_extract(facts, '$.status') END"
TRANSPORTS = {
    # On the wire itself, with what a request brought along, or a record about the transport.
    "polling": "(kind = 'http' OR via NOT IN (0, seq) OR {0})",
    "websocket": "(kind GLOB 'ws_*' OR via = seq AND kind <> 'http' OR {0})",
}


def kind(names: str) -> Condition:
    """One of these kinds; ``*`` stands for any ending."""
    kinds: list[str] = []
    for name in names.lower().replace("-", "_").split(","):
        stem = name.removesuffix("*")
        found = [kind.value for kind in Kind if kind == name or (stem != name and kind.startswith(stem))]
        if not found:
            raise FilterError(_unknown_kind(stem))
        kinds += found
    return one_of("kind", kinds)


def _unknown_kind(name: str) -> str:
    if not name:
        return _("Name a kind after “kind:”, for example kind:event.")
    near = difflib.get_close_matches(name, [kind.value for kind in Kind], n=1, cutoff=0)
    return _("There is no kind “{name}”; did you mean kind:{near}?").format(name=name, near=near[0])


def direction(name: str) -> Condition:
    """Sent or received."""
    if name not in {Direction.IN, Direction.OUT}:
        raise FilterError(_("A direction is dir:in (received) or dir:out (sent)."))
    return Condition("direction = ?", (name,))


def size(rest: str) -> Condition:
    """Bytes of the data, compared with a number; ``k`` is a thousand of them, ``M`` a million."""
    parts = re.fullmatch(r"(>=|<=|>|<|=)([0-9]{1,12}(?:\.[0-9]{1,6})?)([kKmM]?)[bB]?", rest)
    if parts is None:
        raise FilterError(_("Compare the size with a number of bytes, for example size>10k, size<=200 or size=1.5M."))
    factor = {"": 1, "k": 1_000, "m": 1_000_000}[parts[3].lower()]
    return Condition(f"length(CAST(data AS BLOB)) {parts[1]} ?", (float(parts[2]) * factor,))


def close_code(numbers: str) -> Condition:
    """The code of a WebSocket's close frame."""
    problem = _("“{part}” is no close code; write one as in code:1006, several as in code:1006,4000-4999.")
    return _in_ranges(CLOSE_CODE, numbers, problem)


def status(numbers: str) -> Condition:
    """The status of an HTTP answer, also of the answer to a WebSocket's handshake."""
    problem = _("“{part}” is no HTTP status; write one as in status:400, several as in status:4xx,500-503.")
    return _in_ranges(STATUS, numbers, problem)


def _in_ranges(value: str, numbers: str, problem: str) -> Condition:
    conditions = []
    for part in numbers.lower().split(","):
        first, dash, last = part.partition("-")
        if not _NUMBER.fullmatch(first) or (dash and not _NUMBER.fullmatch(last)):
            raise FilterError(problem.format(part=part))
        bounds = int(first.replace("x", "0")), int((last or first).replace("x", "9"))
        if bounds[0] > bounds[1]:
            raise FilterError(_("{part} ends before it begins.").format(part=part))
        conditions.append(Condition(f"{value} BETWEEN ? AND ?", bounds))
    return any_of(conditions)


_NUMBER = re.compile(r"(?=.{1,5}$)[0-9]+x*")


def transport(name: str) -> Condition:
    """What went over polling, or over a WebSocket."""
    if name not in TRANSPORTS:
        raise FilterError(_("A transport is transport:polling or transport:websocket."))
    about = "CASE WHEN json_valid(facts) THEN json_extract(facts, '$.transport') = ? END"
    return Condition(TRANSPORTS[name].format(about), (name,))


def connection(digits: str) -> Condition:
    """Which connection of the recording."""
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        raise FilterError(_("Write the number of a connection after “conn:”: conn:1 is the first press of Connect."))
    return Condition("connection = ?", (int(digits),))
