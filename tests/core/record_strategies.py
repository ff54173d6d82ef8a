"""Records of every kind with anything in them, as a hostile server and a broken recording would make them."""

from __future__ import annotations

from hypothesis import strategies as st

from wsgui.core.records import Direction, Kind, Record

NAMES = [
    *("attempt", "by", "chain", "code", "data", "delay", "description", "details", "emit", "error", "event", "headers"),
    *("id", "kind", "late", "method", "n", "namespace", "packet", "reason", "request_body", "request_headers", "rtt"),
    *("carries", "frames", "mask", "size", "socket", "timing", "version"),
    *("seconds", "seq", "sid", "state", "status", "text", "transport", "url", "valid"),
]
"""The names of facts that mean something to somebody."""

TEXTS = st.text(st.characters())  # lone surrogates included
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
"""What a server can make us keep: NaN and numbers of any size stand for what a lenient reader lets in."""
HUGE = st.sampled_from([10**400, -(10**400), 2**70, float("inf"), float("nan")])
PACKETS = st.builds(
    "{}{}{}".format,
    st.sampled_from(["0", "1", "2", "3", "4", "51-", "61-", "52-/n,7", "2/n,", "212"]),
    st.sampled_from(["", '["a"]', '["a",{"_placeholder":true,"num":0}]', '{"sid":"x"}', '["\\ud800",1e999]', "[[[["]),
    st.sampled_from(["", "\x1ebAQID", "\x1eb!!", "\x1e4x"]),
)
FACTS = st.dictionaries(
    st.sampled_from(NAMES) | TEXTS,
    JSON
    | st.lists(st.tuples(st.integers(0, 15), st.integers(0, 1), st.integers(0, 7), st.integers(0, 2**63)), max_size=3)
    | HUGE
    | st.binary()
    | st.lists(st.lists(JSON, max_size=3), max_size=3)
    | st.sampled_from(["connecting", "waiting", "open", "message", "server", 1006, 999, 101, 200]),
    max_size=8,
)
RECORDS = st.builds(
    Record,
    seq=st.integers(1, 2**53),
    t=st.floats(0, 1e9),
    wall=st.floats(0, 4e9),
    connection=st.integers(0, 1000),
    direction=st.sampled_from(Direction),
    kind=st.sampled_from(Kind),
    data=st.none() | TEXTS | st.binary() | PACKETS,
    facts=st.none() | FACTS,
    raw=st.none() | st.binary(),
    via=st.integers(0, 2**53),
)


def record(
    kind: Kind, data: str | bytes | None = None, direction: Direction = Direction.IN, /, **facts: object
) -> Record:
    """A record of which only the kind, the data and the facts matter."""
    return Record(7, 1.5, 1_700_000_000.0, 1, direction, kind, data, facts or None)
