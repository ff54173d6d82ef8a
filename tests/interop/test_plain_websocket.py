"""Plain WebSocket against the real servers: ``ws`` of npm, which tells what it saw, and ``websockets`` of Python."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import cast

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosedError

from tests.interop.node_server import NodeServer
from tests.net.proxy_server import HttpProxy
from tests.net.raw_server import raw_server
from tests.net.session_log import SessionLog
from tests.net.websocket_log import websocket
from wsgui.core.close_codes import is_valid
from wsgui.core.describe import frames_of
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.ws_close import close_body

Start = Callable[..., NodeServer]
PATIENCE_SECONDS = 30


async def said(server: NodeServer, name: str) -> object:
    """What the server says next of that name; what it says before is passed over."""
    while line := await asyncio.to_thread(server.next_line):
        news = json.loads(line)
        if name in news:
            return news[name]
    raise AssertionError(f"the server ended without a word of {name}")


def packed(log: SessionLog, direction: Direction) -> list[Record]:
    """The messages that were compressed on the wire."""
    messages = log.all(Kind.WS_MESSAGE, direction)
    return [message for message in messages if any(head.rsv & 4 for head in frames_of(message))]


@pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535])
async def test_ws_reports_each_illegal_code(node_server: Start, code: int) -> None:
    server = node_server("ws.js")
    async with websocket(server.url) as (running, log):
        await log.until(Kind.CONNECT)
        running.close_with(close_body(code))
        assert await said(server, "error") == "WS_ERR_INVALID_CLOSE_CODE"
        assert await said(server, "close") == 1006
        await log.until(Kind.STATE, state="closed")
        sent, answered = log.all(Kind.WS_CLOSE)
        assert (sent.fact("code"), sent.fact("valid"), sent.fact("by")) == (code, False, "client")
        assert sent.fact("name") == "WS_ERR_INVALID_CLOSE_CODE"
        assert (answered.fact("code"), answered.fact("by")) == (1002, "server")


@pytest.mark.parametrize(
    ("body", "name", "code"),
    [
        (b"\x03", "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH", 1002),
        (b"\x03\xe8\xff", "WS_ERR_INVALID_UTF8", 1007),
        (close_body(1000, "x" * 124), "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH", 1002),
    ],
    ids=["one byte", "not UTF-8", "too long"],
)
async def test_ws_reports_each_broken_close_frame(node_server: Start, body: bytes, name: str, code: int) -> None:
    server = node_server("ws.js")
    async with websocket(server.url) as (running, log):
        await log.until(Kind.CONNECT)
        running.close_with(body)
        assert await said(server, "error") == name
        await log.until(Kind.STATE, state="closed")
        sent, answered = log.all(Kind.WS_CLOSE)
        assert (sent.fact("name"), sent.data, sent.fact("valid")) == (name, body, False)
        assert answered.fact("code") == code


@pytest.mark.parametrize("code", [1000, 1001, 1003, 1014, 3000, 4999, None])
async def test_ws_takes_each_legal_code(node_server: Start, code: int | None) -> None:
    server = node_server("ws.js")
    async with websocket(server.url) as (running, log):
        await log.until(Kind.CONNECT)
        running.close_with(close_body(code, "so"))
        assert await said(server, "close") == (code or 1005)
        await log.until(Kind.STATE, state="closed")
        assert [record.fact("code") for record in log.all(Kind.WS_CLOSE)] == [code or 1005] * 2
        assert all(record.fact("valid") for record in log.all(Kind.WS_CLOSE))
        assert log.all(Kind.WS_CLOSE)[0].fact("reason") == ("so" if code else "")
        assert not running.status.failed
    assert code is None or is_valid(code)


@pytest.mark.parametrize(
    ("on_server", "options", "agreed"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"perMessageDeflate": False}, False),
        ({"serverNoContextTakeover": True, "clientNoContextTakeover": True}, {}, True),
        ({"clientMaxWindowBits": 9, "serverMaxWindowBits": 9}, {"perMessageDeflate": {"serverMaxWindowBits": 9}}, True),
    ],
    ids=["on", "off at the server", "off at the client", "without takeover", "small windows"],
)
async def test_messages_come_back_with_and_without_compression(
    node_server: Start, on_server: object, options: dict[str, object], agreed: bool
) -> None:
    server = node_server("ws.js", perMessageDeflate=on_server)
    messages: list[str | bytes] = ["", "ж", "same " * 1000, "same " * 1000, b"", bytes(range(256)) * 300]
    async with websocket(server.url, **options) as (running, log):
        assert (await log.until(Kind.CONNECT)).fact("compression") is agreed
        for message in messages:
            running.send_message(message)
        await log.until(Kind.WS_MESSAGE, Direction.IN, len(messages))
        assert [record.data for record in log.all(Kind.WS_MESSAGE, Direction.IN)] == messages
        assert bool(packed(log, Direction.OUT)) is agreed
        assert bool(packed(log, Direction.IN)) is agreed
        assert log.all(Kind.ERROR) == []


@pytest.mark.parametrize(("forgotten", "compressed"), [(True, ["x" * 10]), (False, ["x" * 9, "x" * 10])])
async def test_a_short_message_stays_as_it_is_only_where_each_must_be_forgotten(
    node_server: Start, forgotten: bool, compressed: list[str]
) -> None:
    server = node_server("ws.js", perMessageDeflate={"clientNoContextTakeover": forgotten})
    async with websocket(server.url, perMessageDeflate={"threshold": 10}) as (running, log):
        await log.until(Kind.CONNECT)
        for message in ("x" * 9, "x" * 10):
            running.send_message(message)
        await log.until(Kind.WS_MESSAGE, Direction.IN, 2)
        assert [record.data for record in packed(log, Direction.OUT)] == compressed


@pytest.mark.parametrize("compressed", [True, False])
async def test_a_message_larger_than_max_payload(node_server: Start, compressed: bool) -> None:
    server = node_server("ws.js", perMessageDeflate=compressed)
    async with websocket(server.url, maxPayload=1000) as (running, log):
        await log.until(Kind.CONNECT)
        running.send_message("/size 1000")
        running.send_message("/size 1001")
        assert (await log.until(Kind.ERROR)).fact("description") == "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH"
        assert await said(server, "close") == 1009
        assert [len(record.data or "") for record in log.all(Kind.WS_MESSAGE, Direction.IN)] == [1000]


async def test_the_server_takes_no_more_than_its_own_limit(node_server: Start) -> None:
    server = node_server("ws.js", maxPayload=100)
    async with websocket(server.url) as (running, log):
        await log.until(Kind.CONNECT)
        running.send_message("x" * 101)
        close = await log.until(Kind.WS_CLOSE, Direction.IN)
        assert close.fact("code") == 1009
        await log.until(Kind.STATE, state="closed")
        assert running.status.failed


async def test_fragments_and_pings(node_server: Start) -> None:
    server = node_server("ws.js", perMessageDeflate=True)
    async with websocket(server.url) as (running, log):
        await log.until(Kind.CONNECT)
        running.ping(b"mine")
        assert await said(server, "ping") == "mine"
        pong = await log.until(Kind.WS_PONG, Direction.IN)
        assert pong.data == b"mine"
        assert isinstance(pong.fact("rtt"), float)
        running.send_message("/fragments one two three")
        assert (await log.until(Kind.WS_MESSAGE, Direction.IN)).data == "onetwothree"
        assert log.all(Kind.WS_MESSAGE, Direction.IN)[0].fact("frames") == [
            [1, 0, 4, 9],
            [0, 0, 0, 9],
            [0, 1, 0, 7],
        ]
        running.send_message("/ping theirs")
        assert await said(server, "pong") == "theirs"


async def test_the_path_the_query_and_the_subprotocol(node_server: Start) -> None:
    server = node_server("ws.js", protocol="v2")
    async with websocket(f"{server.url}/chat/?room=a b", protocols=["v1", "v2"], origin="http://o") as (_running, log):
        assert (await log.until(Kind.CONNECT)).fact("protocol") == "v2"
        assert await said(server, "open") == "/chat/?room=a%20b"


async def test_another_subprotocol_than_offered(node_server: Start) -> None:
    server = node_server("ws.js", protocol="v3")
    async with websocket(server.url, protocols=["v1", "v2"]) as (_running, log):
        await log.until(Kind.STATE, state="closed")
        assert log.all(Kind.CONNECT_ERROR)[0].fact("text") == "Server sent an invalid subprotocol"


async def test_a_refusal_with_its_headers_and_body(node_server: Start) -> None:
    refusal = {"status": 401, "headers": {"WWW-Authenticate": "Basic"}, "body": "who are you?"}
    server = node_server("ws.js", refuse=refusal)
    async with websocket(server.url) as (_running, log):
        await log.until(Kind.STATE, state="closed")
        record = log.all(Kind.WS_OPEN)[0]
        assert (record.fact("status"), record.data) == (401, "who are you?")
        assert ["WWW-Authenticate", "Basic"] in cast("list[list[str]]", record.fact("headers"))
        assert log.all(Kind.CONNECT_ERROR)[0].fact("text") == "Unexpected server response: 401"


async def test_a_server_that_dies(node_server: Start) -> None:
    server = node_server("ws.js")
    async with websocket(server.url) as (running, log):
        await log.until(Kind.CONNECT)
        await asyncio.to_thread(server.stop)
        await log.until(Kind.STATE, state="closed")
        assert log.all(Kind.WS_CLOSE)[0].fact("code") == 1006
        assert running.status.failed


@asynccontextmanager
async def python_server(handler: Callable[[ServerConnection], Awaitable[None]]) -> AsyncIterator[str]:
    async def run(connection: ServerConnection) -> None:
        with contextlib.suppress(ConnectionClosedError):  # what the client did to it is the client's test to judge
            await handler(connection)

    server = await serve(run, "127.0.0.1", 0)
    try:
        yield f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
    finally:
        server.close()
        await server.wait_closed()


async def echo(connection: ServerConnection) -> None:
    async for message in connection:
        await connection.send(message)


async def test_the_python_server_and_its_compression() -> None:
    async with python_server(echo) as url, websocket(url) as (running, log):
        assert (await log.until(Kind.CONNECT)).fact("compression") is True
        for message in ("hello " * 500, b"\x00" * 5000, "hello " * 500):
            running.send_message(message)
        await log.until(Kind.WS_MESSAGE, Direction.IN, 3)
        assert [record.data for record in log.all(Kind.WS_MESSAGE, Direction.IN)] == [
            "hello " * 500,
            b"\x00" * 5000,
            "hello " * 500,
        ]
        running.close_with(close_body(4000, "done"))
        await log.until(Kind.STATE, state="closed")
        answered = log.all(Kind.WS_CLOSE)[1]
        assert (answered.fact("code"), answered.fact("reason")) == (4000, "done")


async def test_the_python_server_refuses_an_illegal_code() -> None:
    async with python_server(echo) as url, websocket(url) as (running, log):
        await log.until(Kind.CONNECT)
        running.close_with(close_body(999))
        await log.until(Kind.STATE, state="closed")
        assert log.all(Kind.WS_CLOSE)[1].fact("code") == 1002


async def test_a_message_in_pieces_from_the_python_server() -> None:
    async def pieces(connection: ServerConnection) -> None:
        await connection.send(["a", "b", "c"])
        await connection.wait_closed()

    async with python_server(pieces) as url, websocket(url) as (_running, log):
        message = await log.until(Kind.WS_MESSAGE, Direction.IN)
        assert message.data == "abc"
        assert len(frames_of(message)) >= 3


async def wsgui(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wsgui", "connect", *arguments, "--protocol", "websocket"]
    return await asyncio.to_thread(
        subprocess.run, command, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )


async def test_the_command_line_sends_and_prints(node_server: Start) -> None:
    server = node_server("ws.js")
    done = await wsgui(f"{server.url}/p?q=1", "--send", "one", "--send", "/close 4001 enough", "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.stderr == ""
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    by_kind = {line["kind"]: line for line in reversed(lines)}
    assert by_kind["connect"]["transport"] == "websocket"
    assert by_kind["connect"]["url"].endswith("/p?q=1")
    assert by_kind["ws_open"]["status"] == 101
    assert ("in", "one") in [(line["direction"], line["data"]) for line in lines if line["kind"] == "ws_message"]
    close = by_kind["ws_close"]
    assert (close["code"], close["reason"], close["valid"], close["by"]) == (4001, "enough", True, "server")
    assert done.returncode == 1  # the server ended it, and not with 1000


@pytest.mark.parametrize(("last", "status"), [("/close 1000", 0), ("/close", 0), ("/terminate", 1)])
async def test_the_exit_status_follows_the_end(node_server: Start, last: str, status: int) -> None:
    done = await wsgui(node_server("ws.js").url, "--send", last)
    assert done.returncode == status, done.stdout
    assert "WebSocket open" in done.stdout


async def test_after_the_time_the_command_line_closes_with_1000(node_server: Start) -> None:
    server = node_server("ws.js")
    done = await wsgui(server.url, "--for", "0.3")
    assert done.returncode == 0
    assert await said(server, "close") == 1000


async def test_the_command_line_says_a_refusal(node_server: Start) -> None:
    done = await wsgui(node_server("ws.js", refuse={"status": 503}).url)
    assert done.returncode == 1
    assert "Unexpected server response: 503" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["ws://x", "--emit", "e", "[]"], "--emit: a plain WebSocket has no events"),
        (["ws://x", "--namespace", "a"], "--namespace: a plain WebSocket has none"),
        (["ws://x/#part"], "after #"),
    ],
)
async def test_what_means_nothing_is_refused(arguments: list[str], sentence: str) -> None:
    done = await wsgui(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr


async def test_through_a_proxy_it_asks_for_a_tunnel(node_server: Start) -> None:
    server = node_server("ws.js")
    proxy = HttpProxy("me:word")
    async with raw_server(proxy) as place, websocket(server.url, proxy=f"http://me:word@{place[7:]}") as (running, log):
        await log.until(Kind.CONNECT)
        running.send_message("hello")
        assert (await log.until(Kind.WS_MESSAGE, Direction.IN)).data == "hello"
    assert [(request.method, request.target) for request in proxy.requests] == [("CONNECT", f"127.0.0.1:{server.port}")]
