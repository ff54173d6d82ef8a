"""Engine.IO and Socket.IO packets that no server should send, at moments at which none should."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass

DEEP = 20_000
MANY_KEYS = 200_000


@dataclass(frozen=True)
class Case:
    """``packets``: texts or bytes, sent one behind the other in a session that is open and joined."""

    name: str
    packets: tuple[str | bytes, ...]


def payload(version: int, *packets: str | bytes) -> str:
    """The body of an answer to polling that holds these packets; ``version`` of Engine.IO."""
    in_base64 = "b4" if version == 3 else "b"
    texts = [packet if isinstance(packet, str) else in_base64 + base64.b64encode(packet).decode() for packet in packets]
    if version == 4:
        return "\x1e".join(texts)
    return "".join(f"{len(text.encode('utf-16-le', 'surrogatepass')) // 2}:{text}" for text in texts)


def engine_packets() -> Iterator[Case]:
    """Every type at a moment that is not its own, and types that there are not."""
    for name, packet in (
        ("a second open", '0{"sid":"again","upgrades":["websocket"],"pingInterval":1,"pingTimeout":1}'),
        ("an open of nonsense", "0nonsense"), ("a close with data", "1data"), ("a ping with data", "2data"),
        ("a probe for nobody", "2probe"), ("a pong that nobody asked for", "3"), ("an answer to no probe", "3probe"),
        ("an upgrade from the server", "5"), ("a noop", "6"), ("a noop with data", "6data"), ("type 7", "7"),
        ("type 9", "9"), ("a letter", "x"), ("a space", " "), ("a minus", "-4"), ("a line break", "\n4"),
        ("a zero byte", "\0"),
        ("base64 in a frame", "bAAEC"), ("base64 that is none", "b!!!"), ("an empty message", "4"), ("nothing", ""),
    ):  # fmt: skip
        yield Case(f"engine: {name}", (packet,))
    yield Case("engine: a thousand noops", ("6",) * 1000)
    yield Case("engine: a thousand pings", ("2",) * 1000)
    yield Case("engine: binary that belongs to nothing", (b"\x00\x01",))
    yield Case("engine: empty binary", (b"",))


def types() -> Iterator[Case]:
    for name, packet in (
        ("type 7", "47"), ("type 9", "49[1]"), ("a letter", "4x"), ("joined twice", '40{"sid":"again"}'),
        ("joined without a sid", "40"), ("joined without JSON", "40nonsense"), ("a sid that is null", '40{"sid":null}'),
        ("joined elsewhere", '40/nobody,{"sid":"x"}'), ("refused what is joined", '44{"message":"no"}'),
        ("refused without JSON", "44"), ("refused elsewhere", '44/nobody,{"message":"no"}'),
        ("refused with a number", "44 17"), ("an event elsewhere", '42/nobody,["a"]'), ("left elsewhere", "41/nobody,"),
        ("a namespace without an end", "42/" + "n" * 1000), ("a namespace of 10 KB", "42/" + "n" * 10_000 + ',["a"]'),
        ("a namespace with a query", '42/admin?token=x,["a"]'), ("a namespace of dots", '42/../../etc,["a"]'),
    ):  # fmt: skip
        yield Case(f"socket: {name}", (packet,))


def events() -> Iterator[Case]:
    for name, text in (
        ("no array", "{}"), ("an empty array", "[]"), ("a number for a name", "[1]"), ("null for a name", "[null]"),
        ("an object for a name", "[{}]"), ("an empty name", '[""]'), ("connect", '["connect"]'),
        ("connect_error", '["connect_error",{}]'), ("disconnect", '["disconnect"]'), ("newListener", '["newListener"]'),
        ("__proto__", '["__proto__",{"__proto__":{"polluted":1}}]'), ("constructor", '["constructor"]'),
        ("toString", '["toString"]'), ("hasOwnProperty", '["hasOwnProperty"]'),
        ("a name of 100 KB", json.dumps(["n" * 100_000])), ("a name of line breaks", '["a\\r\\nFAKE LINE"]'),
        ("a name of escapes", '["\\u001b[31mred"]'), ("a name of zero width", '["\\u200b\\u2060"]'),
        ("a name that runs backwards", '["\\u202egnp.exe"]'), ("a name of HTML", '["<img src=x onerror=alert(1)>"]'),
        ("a lone surrogate", '["\\ud800"]'), ("half JSON", '["a",'), ("two arrays", '["a"]["b"]'),
        ("a comma behind", '["a",]'), ("NaN", '["a",NaN]'), ("Infinity", '["a",-Infinity]'),
        ("a number too large", '["a",1e999]'), ("a number of 10,000 digits", f'["a",{"9" * 10_000}]'),
        ("a fraction of 10,000 digits", f'["a",0.{"3" * 10_000}]'), ("minus zero", '["a",-0]'),
        ("a number with a zero before", '["a",01]'), ("a plus", '["a",+1]'), ("hex", '["a",0x10]'),
        ("single quotes", "['a']"), ("a comment", '["a"/*c*/]'), ("an unknown escape", '["\\x41"]'),
        ("half an escape", '["\\u12"]'), ("a bare control character", '["a\tb"]'), ("a byte order mark", '\ufeff["a"]'),
        ("deep arrays", '["a",' + "[" * DEEP + "]" * DEEP + "]"),
        ("deep objects", '["a",' + '{"a":' * DEEP + "1" + "}" * DEEP + "]"),
        ("deep without an end", '["a",' + "[" * DEEP),
        ("many keys", json.dumps(["a", {str(number): number for number in range(MANY_KEYS)}])),
        ("the same key a thousand times", '["a",{' + ",".join(['"k":1'] * 1000) + "}]"),
        ("an array of a million", '["a",[' + ",".join(["0"] * 1_000_000) + "]]"),
        ("a text of 5 MB", json.dumps(["a", "x" * 5_000_000])),
    ):  # fmt: skip
        yield Case(f"event: {name}", (f"42{text}",))


def acknowledgements() -> Iterator[Case]:
    for name, packet in (
        ("nobody asked for", "4317[1]"), ("without an id", "43[1]"), ("of no array", "430{}"), ("of nothing", "430"),
        ("of 30 digits", f"43{'9' * 30}[]"), ("of a negative id", "43-1[]"), ("of a fraction", "431.5[]"),
        ("asked with 10,000 digits", f'42{"7" * 10_000}["a"]'), ("elsewhere", "43/nobody,0[]"),
    ):  # fmt: skip
        yield Case(f"ack: {name}", (packet,))
    yield Case("ack: asked a thousand times with one id", ('420["a"]',) * 1000)


def attachments() -> Iterator[Case]:
    file, one = '["f",{"_placeholder":true,"num":%s}]', b"\x01\x02\x03"
    yield Case("binary: one that comes", (f"451-{file % 0}", one))
    yield Case("binary: one that never comes", (f"451-{file % 0}", '42["instead"]'))
    yield Case("binary: one too many", (f"451-{file % 0}", one, one))
    yield Case("binary: none announced", (f"450-{file % 0}",))
    yield Case("binary: a million announced", (f"451000000-{file % 0}", one))
    yield Case("binary: without a number", (f"45-{file % 0}", one))
    yield Case("binary: a negative number", (f"45-1-{file % 0}", one))
    for name, number in (
        ("beyond the last", 1),
        ("negative", -1),
        ("a fraction", 0.5),
        ("a text", '"0"'),
        ("null", "null"),
    ):
        yield Case(f"binary: a placeholder {name}", (f"451-{file % number}", one))
    yield Case(
        "binary: the same placeholder twice",
        ('451-["f",{"_placeholder":true,"num":0},{"_placeholder":true,"num":0}]', one),
    )
    yield Case("binary: a placeholder in plain JSON", (f"42{file % 0}",))
    yield Case("binary: a placeholder that is false", ('451-["f",{"_placeholder":false,"num":0}]', one))
    yield Case("binary: a placeholder for a name", ('451-[{"_placeholder":true,"num":0}]', one))
    yield Case("binary: joined with an attachment", ('401-{"sid":{"_placeholder":true,"num":0}}', one))
    yield Case("binary: an ack nobody asked for", (f"461-7[{file % 0}]", one))
    yield Case("binary: a text between", (f"452-{file % 0}", one, '42["between"]', one))
    yield Case("binary: an engine packet between", (f"451-{file % 0}", "2", one))


CASES = (*engine_packets(), *types(), *events(), *acknowledgements(), *attachments())
