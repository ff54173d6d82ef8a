"""What is written as JavaScript reads well, and reads back as the same."""

import math
import string

from hypothesis import given, settings
from hypothesis import strategies as st

from wsgui.core import snippet, snippet_reader
from wsgui.core.option_types import Option, OptionType
from wsgui.core.option_values import OptionValue, OptionValues, same_value
from wsgui.core.options import OPTIONS, check_values

_TOKEN = st.text(string.ascii_letters + string.digits + "-_.", min_size=1)
_JSON = st.recursive(
    st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
_BY_TYPE: dict[OptionType, st.SearchStrategy[OptionValue]] = {
    OptionType.BOOLEAN: st.booleans(),
    OptionType.TEXT: st.text(st.characters(exclude_categories=["Cc", "Cs"])),
    OptionType.PATH: st.sampled_from(["/", "/a", "/a b/ж"]),
    OptionType.IP_ADDRESS: st.ip_addresses().map(str),
    OptionType.PROXY: st.sampled_from(["http://me:word@proxy:3128", "socks5h://[::1]:1080"]),
    OptionType.TRANSPORTS: st.permutations(["polling", "websocket", "webtransport"]),
    OptionType.TOKENS: st.lists(_TOKEN, unique=True),
    OptionType.QUERY: st.dictionaries(st.text(), st.text()),
    OptionType.HEADERS: st.dictionaries(_TOKEN, st.text(string.printable.strip())),
    OptionType.OBJECT: st.dictionaries(st.text(), _JSON),
    OptionType.OBJECT_OR_BOOLEAN: st.booleans() | st.dictionaries(st.text(), _JSON),
    OptionType.TRANSPORT_OPTIONS: st.dictionaries(
        st.sampled_from(["polling", "websocket"]), st.dictionaries(st.sampled_from(["path", "upgrade"]), _JSON)
    ),
    OptionType.FILE: st.sampled_from(["a.pem", "C:\\keys\\a b.pem", "-----BEGIN KEY-----\nQQ==\n-----END KEY-----\n"]),
    OptionType.FILES: st.lists(st.sampled_from(["a.pem", "-----BEGIN KEY-----\nQQ=="]), min_size=1),
    OptionType.OPAQUE: _JSON,
}


def _values_of(option: Option) -> st.SearchStrategy[OptionValue]:
    if option.type is OptionType.CHOICE:
        return st.sampled_from(option.choices)
    if option.type is not OptionType.NUMBER:
        return _BY_TYPE[option.type]
    top = int(option.maximum) if option.maximum is not None else 2**53
    numbers: st.SearchStrategy[OptionValue] = st.integers(int(option.minimum or 0), top)
    numbers = numbers if option.whole else numbers | st.floats(0, 1)
    numbers = numbers | st.just(math.inf) if option.allows_infinity else numbers
    return numbers | st.just(False) if option.allows_false else numbers


_ANY_VALUES = st.fixed_dictionaries(
    {}, optional={option.name: _values_of(option) for option in OPTIONS if option.name != "transportImplementations"}
)


@settings(deadline=None)
@given(st.text(min_size=1), _ANY_VALUES)
def test_what_is_written_reads_back_as_the_same(url: str, given_values: OptionValues) -> None:
    values = check_values(given_values)
    read = snippet_reader.read(snippet.write(url, values))
    assert read.url == url
    assert read.left_out == ()
    assert same_value(check_values(read.values), values)
    assert list(read.values) == list(values)


def test_only_the_url_where_nothing_differs() -> None:
    assert snippet.write("https://a.example", {}) == 'io("https://a.example")'
    assert snippet.write("", {}) == "io()"


def test_a_snippet_reads_well() -> None:
    values: OptionValues = {
        "transports": ["websocket", "polling"],
        "ca": "ca.pem",
        "reconnectionAttempts": math.inf,
        "auth": {"token": "a" * 40, "user-name": "b" * 40},
        "parser": "msgpack",
        "timeout": False,
    }
    assert snippet.write("http://localhost:3000/chat", values) == (
        'io("http://localhost:3000/chat", {\n'
        '  transports: ["websocket", "polling"],\n'
        '  ca: fs.readFileSync("ca.pem"),\n'
        "  reconnectionAttempts: Infinity,\n"
        "  auth: {\n"
        f'    token: "{"a" * 40}",\n'
        f'    "user-name": "{"b" * 40}",\n'
        "  },\n"
        '  parser: require("socket.io-msgpack-parser"),\n'
        "  timeout: false,\n"
        "})"
    )


def test_a_plain_websocket_is_written_for_ws() -> None:
    values: OptionValues = {"timeout": 5, "reconnection": False, "extraHeaders": {"A": "b"}, "origin": "http://a"}
    assert snippet.write_websocket("ws://a", {}) == 'new WebSocket("ws://a")'
    assert snippet.write_websocket("ws://a", values) == (
        'new WebSocket("ws://a", [], {\n  handshakeTimeout: 5,\n  headers: { A: "b" },\n  origin: "http://a",\n})'
    )


def test_what_javascript_ignores_is_said() -> None:
    values: OptionValues = {"servername": "a", "proxy": "http://p:1"}
    members = '  servername: "a", // ignored in JavaScript\n  proxy: "http://p:1", // ignored in JavaScript\n'
    assert snippet.write("http://h", values) == f'io("http://h", {{\n{members}}})'
    members = '  servername: "a",\n  proxy: "http://p:1", // ignored in JavaScript\n'
    assert snippet.write_websocket("ws://h", values) == f'new WebSocket("ws://h", [], {{\n{members}}})'
