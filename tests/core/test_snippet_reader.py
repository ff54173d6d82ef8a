"""JavaScript as people write it is read, never run."""

import math

import pytest

from wsgui.core import snippet_reader
from wsgui.core.option_values import OptionValues
from wsgui.core.snippet_reader import SnippetError


@pytest.mark.parametrize(
    ("text", "url", "values"),
    [
        ('io("http://a")', "http://a", {}),
        ("io()", None, {}),
        ("io({timeout: 5})", None, {"timeout": 5}),
        ("{timeout: 5}", None, {"timeout": 5}),
        ('{ "timeout": 5, // a comment\n };', None, {"timeout": 5}),
        ('const m = new Manager("http://a", {upgrade: false});', "http://a", {"upgrade": False}),
        ("io.connect(`http://a`, {})", "http://a", {}),
        (
            'import { io } from "socket.io-client";\nconst s: Socket = io("http://a", {path: "/x",});',
            "http://a",
            {"path": "/x"},
        ),
        (
            'io("a" + "b", {timeout: 5 * 1000, port: 3_000, maxPayload: 0x10})',
            "ab",
            {"timeout": 5000, "port": 3000, "maxPayload": 16},
        ),
        (
            "io({retries: Infinity, timeout: -1, upgrade: !1, randomizationFactor: .5})",
            None,
            {"retries": math.inf, "timeout": -1, "upgrade": False, "randomizationFactor": 0.5},
        ),
        ("io({auth: undefined, timeout: null, port: (10 / 4)})", None, {"port": 2.5}),
        (
            'const o = {timeout: 5}; const U = "http://a"; io(U, {...o, upgrade: !0})',
            "http://a",
            {"timeout": 5, "upgrade": True},
        ),
        ("const timeout = 5; io({timeout})", None, {"timeout": 5}),
        ("io({['pa' + 'th']: '/x', 'timeout': 1})", None, {"path": "/x", "timeout": 1}),
        ('io("\\x41\\u0042\\u{43}\\ud83d\\ude00\\n\\\'\\\n.")', "ABC😀\n'.", {}),
        ('io({ca: [fs.readFileSync("a.pem"), readFileSync("b.pem")]})', None, {"ca": ["a.pem", "b.pem"]}),
    ],
)
def test_javascript_as_people_write_it(text: str, url: str | None, values: OptionValues) -> None:
    read = snippet_reader.read(text)
    assert (read.url, read.values, read.left_out) == (url, values, ())


@pytest.mark.parametrize(
    ("text", "left_out", "values"),
    [
        ("io(process.env.URL, {timeout: 5})", ["url"], {"timeout": 5}),
        ("io('a', options)", ["options"], {}),
        ("io('a', 5)", ["options"], {}),
        ("io({auth: {token: getToken(), user: 'u'}})", ["auth.token"], {"auth": {"user": "u"}}),
        ("io({auth: (cb) => cb({})})", ["auth"], {}),
        ("io({auth(cb) { cb({}) }, timeout: 5})", ["auth"], {"timeout": 5}),
        ("io({transports: [WebSocket]})", ["transports"], {}),
        ("io({...defaults, token})", ["...defaults", "token"], {}),
        ("io({timeout: 5, timeout: soon})", ["timeout"], {}),
        ("io({timeout: 1 / 0, port: 10n, path: -'a', query: 'a' * 2})", ["timeout", "port", "path", "query"], {}),
        ("const a = b; const b = a; io(a)", ["url"], {}),
        ("const a = 1; { let a = 2 }; io({timeout: a})", ["timeout"], {}),
        ("let a = 1; io({timeout: a, path: `/${a}`, [a]: 1})", ["timeout", "path", "[a]"], {}),
    ],
)
def test_what_only_the_program_knows_is_left_out_by_name(text: str, left_out: list[str], values: OptionValues) -> None:
    read = snippet_reader.read(text)
    assert [name for name, _reason in read.left_out] == left_out
    assert all(reason.endswith(".") for _name, reason in read.left_out)
    assert read.values == values


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("", 1, 1),
        ("hello", 1, 1),
        ("io(url as as string, {timeout: 1})", 1, 11),
        ("{timeout: 5,\n é: , upgrade: true}", 2, 4),
        ("{é: 5 upgrade: true}", 1, 5),
        ('io("x", {timeout: 1', 1, 20),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(SnippetError) as refused:
        snippet_reader.read(text)
    assert (refused.value.line, refused.value.column) == (line, column)


def test_nesting_without_end_is_left_out() -> None:
    read = snippet_reader.read("io({auth: " + "[" * 500 + "]" * 500 + "})")
    assert read.left_out == (("auth", "It is nested too deeply."),)


def test_a_literal_alone_is_read_as_its_value() -> None:
    assert snippet_reader.read_value("{token: 'abc', n: [1,],}") == {"token": "abc", "n": [1]}
    with pytest.raises(SnippetError, match=r"token: Only the running program knows x\."):
        snippet_reader.read_value("{token: x}")
    with pytest.raises(SnippetError, match="function"):
        snippet_reader.read_value("() => 1")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('new WebSocket("wss://h/path")', {}),
        ('const ws = new WebSocket("wss://h/path", "chat");', {"protocols": ["chat"]}),
        ('new WebSocket("wss://h/path", ["a", "b"])', {"protocols": ["a", "b"]}),
        (
            'new WebSocket("wss://h/path", [], { headers: { "X-A": "1" }, handshakeTimeout: 500, origin: "http://o" })',
            {"extraHeaders": {"X-A": "1"}, "timeout": 500, "origin": "http://o"},
        ),
        ('new WebSocket("wss://h/path", { perMessageDeflate: false })', {"perMessageDeflate": False}),
    ],
)
def test_a_plain_websocket(text: str, values: OptionValues) -> None:
    assert snippet_reader.read(text) == snippet_reader.Snippet("wss://h/path", values, is_websocket=True)


def test_the_protocols_that_only_the_program_knows_are_named() -> None:
    (left_out,) = snippet_reader.read('new WebSocket("wss://h", names())').left_out
    assert left_out[0] == "protocols"


@pytest.mark.parametrize(
    ("text", "url", "values"),
    [
        (
            'const s: Socket<In, Out> = io<In>("http://a" as const, { timeout: 5 } satisfies Options);',
            "http://a",
            {"timeout": 5},
        ),
        ('const URL: string = "http://a"; io(URL!, <Options>{ upgrade: !1 })', "http://a", {"upgrade": False}),
        (
            'export function App(): JSX.Element { const s = io("http://a", { path: "/x" }); return <p>{s.id}</p>; }',
            "http://a",
            {"path": "/x"},
        ),
        (
            'const a = <List<Item> of={(i: Item) => io("http://a", { timeout: 5 as number })} />;',
            "http://a",
            {"timeout": 5},
        ),
        ("enum E { A }\nabstract class C { private s = io({ timeout: 5 as number }); }", None, {"timeout": 5}),
    ],
)
def test_typescript_as_people_write_it(text: str, url: str | None, values: OptionValues) -> None:
    read = snippet_reader.read(text)
    assert (read.url, read.values, read.left_out) == (url, values, ())


def test_every_call_is_read_with_its_line() -> None:
    first, second = snippet_reader.read_all('io("http://a");\n\nconst w = new WebSocket("ws://b");')
    assert (first.url, first.line, first.is_websocket) == ("http://a", 1, False)
    assert (second.url, second.line, second.is_websocket) == ("ws://b", 3, True)


def test_the_namespaces_of_a_manager_are_read() -> None:
    text = 'new Manager("http://a"); m.socket("/"); m.socket("/b", {auth: {t: 1}}); m.socket("/c"); m.socket(name)'
    read = snippet_reader.read(text)
    assert read.namespaces == {"/b": {"t": 1}, "/c": None}
    assert [name for name, _reason in read.left_out] == ["namespace"]
