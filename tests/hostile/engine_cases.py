"""Handshakes of Engine.IO that no server should send, and every packet at every moment."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

USUAL: dict[str, object] = {"sid": "S", "upgrades": [], "pingInterval": 25_000, "pingTimeout": 20_000}


@dataclass(frozen=True)
class Handshake:
    """``text`` stands behind the 0 of the open packet; ``says`` is in the log where the connection fails by it."""

    name: str
    text: str
    says: str = ""

    @property
    def fails(self) -> bool:
        return bool(self.says)


def changed(name: str, says: str = "", /, **fields: object) -> Handshake:
    return Handshake(name, json.dumps(USUAL | fields), says)


def handshakes() -> Iterator[Handshake]:
    times = "are no times"
    value: object
    for field in ("pingInterval", "pingTimeout"):
        for value in (-1, -1e308, "25000", "", None, True, [], {}):
            yield changed(f"{field} of {json.dumps(value)}", times, **{field: value})
        yield changed(f"{field} of 10^15", **{field: 10**15})
        yield changed(f"{field} of 10^308", **{field: 1e308})
        yield changed(f"{field} of a fraction", **{field: 0.5e6})
        for value in ("NaN", "Infinity", "1e999", "9" * 400, "0x10", "01"):
            text = json.dumps(USUAL | {field: "?"}).replace('"?"', value)
            yield Handshake(f"{field} of {value[:10]}", text, times if value in ("1e999", "9" * 400) else "handshake")
    for value in ("0", "S\r\nX-Injected: yes", "S HTTP/1.1\r\n\r\nGET /evil", "a&transport=evil#?%00", "\ud800", "\0",
                  "<b>", "\u202egnp", "s" * 10_000, "__proto__", "../../etc/passwd"):  # fmt: skip
        yield changed(f"sid of {json.dumps(value)[:30]}", sid=value)
    for value in (None, 17, True, ["S"], {"sid": "S"}):
        yield changed(f"sid of {json.dumps(value)}", "no “sid”", sid=value)
    for value in (-1, 0, 1, 0.5, "1", None, True, 10**18, 10**30, [1], -(10**18)):
        yield changed(f"maxPayload of {json.dumps(value)}", maxPayload=value)
    for value in (
        "websocket",
        None,
        17,
        {},
        ["polling"],
        ["carrier pigeon"],
        [None, 17, {}, []],
        ["webtransport"] * 10_000,
    ):
        yield changed(f"upgrades of {json.dumps(value)[:30]}", upgrades=value)
    for name, text in (
        ("nothing", ""), ("null", "null"), ("a number", "17"), ("an array", "[]"), ("an empty object", "{}"),
        ("half an object", '{"sid":"S"'), ("a byte order mark", "\ufeff" + json.dumps(USUAL)),
        ("two objects", json.dumps(USUAL) * 2), ("deep JSON", "[" * 20_000), ("a comment", "{/**/}"),
        ("single quotes", "{'sid':'S'}"),
    ):  # fmt: skip
        yield Handshake(f"a handshake of {name}", text, "handshake")
    doubled = json.dumps(USUAL)[:-1] + ',"sid":"T"}'
    yield Handshake("the sid twice", doubled)
    yield changed("100,000 keys", **{f"k{number}": 0 for number in range(100_000)})
    yield changed("__proto__", __proto__={"sid": "P"})
    yield changed("a text of 5 MB", more="x" * 5_000_000)


HANDSHAKES = tuple(handshakes())
PACKETS = (
    "0", "0" + json.dumps(USUAL | {"sid": "T"}), "1", "2", "2probe", "3", "3probe", "4", "5", "6", "7", "40",
    '40{"sid":"N"}', "40/admin", "41", "41/admin", '42["a"]', '420["a"]', '42/admin,["a"]', "430[]", "44",
    '44{"message":"no"}', '451-["f",{"_placeholder":true,"num":0}]', "461-0[]", "47", b"\x01\x02", b"", b"\x04\x01",
)  # fmt: skip
MOMENTS = ("before the open packet", "before it is joined", "joined", "in answer to the goodbye")


@dataclass(frozen=True)
class Probe:
    """What a server says to ``2probe`` over a new WebSocket, instead of ``3probe``; texts or bytes."""

    name: str
    packets: tuple[str | bytes, ...]


PROBES = (
    *(Probe(f"{packet!r}"[:40], (packet,)) for packet in PACKETS if packet != "3probe"),
    Probe("the wrong word", ("3prob",)), Probe("a longer word", ("3probe ",)), Probe("another case", ("3PROBE",)),
    Probe("a thousand pongs", ("3",) * 1000), Probe("the answer as bytes", (b"3probe",)),
    Probe("the answer twice", ("3probe", "3probe")), Probe("the answer behind a noop", ("6", "3probe")),
    Probe("the answer, and an event at once", ("3probe", '42["early"]')),
    Probe("the answer, and a goodbye", ("3probe", "1")),
    Probe("the answer, and another open packet", ("3probe", "0{}")),
)  # fmt: skip
