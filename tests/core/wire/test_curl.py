"""The curl command line: what a shell makes of it, and what curl then sends."""

from __future__ import annotations

import subprocess

from hypothesis import example, given
from hypothesis import strategies as st

from tests.core.record_strategies import record
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.wire.curl import as_curl, quote

HANDSHAKE = record(
    Kind.WS_OPEN,
    None,
    Direction.OUT,
    method="GET",
    url="wss://example.org/socket.io/?EIO=4&transport=websocket&x=it's",
    request_headers=[
        ["Host", "example.org"],
        ["Connection", "Upgrade"],
        ["Upgrade", "websocket"],
        ["Sec-WebSocket-Version", "13"],
        ["Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="],
        ["Cookie", "token=geheim"],
        ["User-Agent", "x"],
        ["Accept", "*/*"],
    ],
)


def words(command: str) -> list[str]:
    """What bash makes of a command line."""
    done = subprocess.run(
        ["bash", "-c", f"printf '%s\\0' {command}"], capture_output=True, check=True, env={"LC_ALL": "C.UTF-8"}
    )
    return done.stdout.decode().split("\0")[:-1]


def post(body: str, *headers: list[str], url: str = "http://localhost:3000/socket.io/?EIO=4&sid=a") -> Record:
    return record(
        Kind.HTTP, "ok", Direction.OUT, method="POST", url=url, request_headers=list(headers), request_body=body
    )


def test_the_handshake() -> None:
    command = as_curl(HANDSHAKE)
    assert command.splitlines()[0].startswith("curl --http1.1 -i -N ")
    assert words(command) == [
        *("curl", "--http1.1", "-i", "-N"),
        "https://example.org/socket.io/?EIO=4&transport=websocket&x=it's",
        *("-H", "Connection: Upgrade"),
        *("-H", "Upgrade: websocket"),
        *("-H", "Sec-WebSocket-Version: 13"),
        *("-H", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
        *("-H", "Cookie: token=geheim"),
        *("-H", "User-Agent: x"),
        *("-H", "Accept: */*"),
    ]


def test_a_post_with_its_body() -> None:
    command = as_curl(
        post('40\x1e42["it\'s"]\n', ["Content-type", "text/plain;charset=UTF-8"], ["Content-Length", "9"])
    )
    assert "\x1e" not in command
    assert words(command)[3:] == [
        "http://localhost:3000/socket.io/?EIO=4&sid=a",
        *("-H", "Content-type: text/plain;charset=UTF-8"),
        *("-H", "User-Agent:"),  # curl would send one of its own
        *("-H", "Accept:"),
        *("--data-raw", '40\x1e42["it\'s"]\n'),
    ]


def test_headers_that_curl_must_be_told() -> None:
    said = words(as_curl(post("x", ["Host", "other"], ["X-Empty", ""], ["Accept-Encoding", "gzip"])))
    assert "Host: other" in said
    assert "X-Empty;" in said
    assert "Content-Type:" in said
    assert "--compressed" in said


def test_another_method_and_an_address_with_brackets() -> None:
    one = record(Kind.HTTP, None, Direction.OUT, method="DELETE", url="http://[::1]:80/")
    assert words(as_curl(one))[:7] == ["curl", "--http1.1", "-i", "-g", "-X", "DELETE", "http://[::1]:80/"]


def test_through_a_proxy() -> None:
    one = record(Kind.HTTP, None, Direction.OUT, method="GET", url="http://x/", proxy="http://127.0.0.1:3128")
    assert words(as_curl(one))[3:6] == ["-x", "http://127.0.0.1:3128", "http://x/"]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
@example("it's\x1e4 \\036 $HOME `id` !\n")
@example("\x011")
@example("")
def test_a_shell_gives_every_word_back(word: str) -> None:
    assert words(quote(word)) == [word]
