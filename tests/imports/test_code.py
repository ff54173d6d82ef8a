"""Snippets and curl commands: what they say of the connection, and what of them is told instead."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.imports.reading import connection, connections
from wsgui.core.option_values import OptionValue
from wsgui.core.protocol import Protocol


def test_a_snippet() -> None:
    found = connection(
        'const s = io("https://a.example/admin", {\n  path: "/io/", // ours\n  auth: { token: getToken(), id: 1 },\n'
        '  timout: 5,\n  timeout: "soon",\n  ca: fs.readFileSync("../../etc/passwd"),\n});'
    )
    assert (found.url, found.protocol) == ("https://a.example/admin", Protocol.SOCKETIO)
    assert found.options == {"path": "/io", "auth": {"id": 1}}
    assert [sentence.split()[0] for sentence in found.left] == ["timout", "timeout", "ca", "auth.token"]
    assert "did you mean timeout?" in found.left[0]
    assert "leads out of its folder" in found.left[2]
    assert "Only the running program knows getToken()." in found.left[3]


def test_several_calls_are_several_connections() -> None:
    first, second = connections('io("https://a.example"); new WebSocket("wss://b.example/x", ["chat"]);', "app.ts")
    assert (first.url, first.protocol) == ("https://a.example", Protocol.SOCKETIO)
    assert (second.url, second.protocol, second.options) == (
        "wss://b.example/x",
        Protocol.WEBSOCKET,
        {"protocols": ["chat"]},
    )


def test_a_call_without_a_url_says_so() -> None:
    found = connection("io({ upgrade: false })")
    assert found.url == ""
    assert "takes the address of the page" in found.warnings[0]


@pytest.mark.parametrize(
    ("command", "url", "options"),
    [
        ("curl https://a.example", "https://a.example", {}),
        ("$ curl a.example", "http://a.example", {}),
        (
            "curl 'https://a.example/socket.io/?EIO=4&transport=polling&t=x1&token=7' --compressed -s \\\n -k",
            "https://a.example",
            {"query": {"token": "7"}, "rejectUnauthorized": False},
        ),
        (
            "curl --url 'wss://a.example/io/?EIO=4&transport=websocket' -H 'Origin: https://b.example' -i -N",
            "https://a.example",
            {"path": "/io", "transports": ["websocket"], "origin": "https://b.example"},
        ),
        (
            "curl https://a.example -H 'A: 1' -H 'Host: b' -H 'Accept-Encoding: gzip' -b 'c=d' -A me -u u:p",
            "https://a.example",
            {"extraHeaders": {"A": "1", "Cookie": "c=d", "User-Agent": "me", "Authorization": "Basic dTpw"}},
        ),
        (
            "curl -xproxy.example:3128 --connect-timeout 2.5 http://y",
            "http://y",
            {"proxy": "http://proxy.example:3128", "timeout": 2500},
        ),
        (
            "curl $'https://a.example' -H $'X-A: it\\'s \\x41\\u0042\\103'",
            "https://a.example",
            {"extraHeaders": {"X-A": "it's ABC"}},
        ),
        (
            "curl ^\"https://a.example/?a=1^&b=2^\" ^\r\n -H ^\"X-A: say \\^\"hi\\^\"^\" ^\r\n --insecure",
            "https://a.example/?a=1&b=2",
            {"rejectUnauthorized": False, "extraHeaders": {"X-A": 'say "hi"'}},
        ),
    ],
)  # fmt: skip
def test_a_curl_command(command: str, url: str, options: Mapping[str, OptionValue]) -> None:
    found = connection(command)
    assert (found.url, found.protocol, found.options) == (url, Protocol.SOCKETIO, options)


def test_curl_of_a_plain_websocket() -> None:
    found = connection(
        "curl -i -N https://a.example/live?x=1 -H 'Upgrade: websocket' -H 'Sec-WebSocket-Protocol: a, b'"
    )
    assert (found.url, found.protocol) == ("wss://a.example/live?x=1", Protocol.WEBSOCKET)
    assert found.options == {"protocols": ["a", "b"]}


def test_curl_of_the_packet_that_joins() -> None:
    url = "'https://a.example/socket.io/?EIO=3&transport=polling&sid=1'"
    found = connection(f"""curl {url} --data-raw '40/admin,{{"token":"x"}}'""")
    assert (found.protocol, found.namespaces) == (Protocol.SOCKETIO_V2, {"/admin": {"token": "x"}})
    found = connection(f"""curl {url.replace("=3", "=4")} --data-raw '40{{"token":"x"}}'""")
    assert found.options == {"auth": {"token": "x"}}


def test_what_curl_would_do_on_this_computer_is_left() -> None:
    found = connection(
        "curl https://a.example -o /etc/passwd -d @/etc/shadow -b jar.txt -H @headers -K conf -T up --cacert ~/ca.pem "
        '-H "X: $(id)"; rm -rf / | sh'
    )
    assert found.options == {"extraHeaders": {"X": "$(id)"}}
    left = " ".join(found.left)
    for word in ("--output", "-d @/etc/shadow", "-b jar.txt", "-H @headers", "--config", "--upload-file", "ca was"):
        assert f"{word} was left out" in left or word == "ca was"
    assert "ca was left out" in left
    assert any("A shell would have filled something in" in sentence for sentence in found.warnings)
    assert "rm" not in repr(found)
