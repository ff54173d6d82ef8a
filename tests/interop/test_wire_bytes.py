"""The bytes that the wire pane puts together again, against those that a relay saw between us and real servers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
import websockets
from aiohttp import WSMsgType, web

from tests.interop.node_server import NodeServer
from tests.interop.parity.recorder import Recorder, recorder
from tests.net.session_log import ACK, SessionLog, session, v2_session
from tests.net.websocket_log import websocket
from wsgui.core.records import Direction, Kind
from wsgui.core.wire.exchange import request_bytes, response_bytes
from wsgui.core.wire.frame_parts import frame_parts
from wsgui.core.wire.frames import frames_on_wire, wire_size
from wsgui.core.wire.hex_parts import wire_bytes
from wsgui.core.wire.rows import is_wire_row, wire_row

Server = Callable[..., NodeServer]
WAYS = {"polling": ["polling"], "websocket": ["websocket"], "upgrade": ["polling", "websocket"]}

each_way = pytest.mark.parametrize("way", WAYS)


def said(log: SessionLog, version: int) -> dict[int, tuple[bytes, bytes]]:
    """What the records say was on each TCP connection: the bytes out, and the bytes in."""
    out: dict[int, bytes] = {}
    back: dict[int, bytes] = {}
    upgraded = 0
    for record in filter(is_wire_row, log.records):
        if record.kind in (Kind.HTTP, Kind.WS_OPEN):
            number = record.fact("socket")
            assert isinstance(number, int)
            out[number] = out.get(number, b"") + request_bytes(record)
            back[number] = back.get(number, b"") + response_bytes(record)
            if record.kind is Kind.WS_OPEN:
                upgraded = number
        else:
            shown = wire_bytes(record, version)
            assert shown.missing == ""
            assert len(shown.data) == wire_size(record, version)
            side = out if record.direction is Direction.OUT else back
            side[upgraded] = side.get(upgraded, b"") + shown.data
    return {number: (out[number], back[number]) for number in out}


async def compare(log: SessionLog, between: Recorder, version: int = 4) -> None:
    """Of a session that has ended: each connection's bytes, by us and by the relay."""
    async with asyncio.timeout(10):
        while not between.idle:  # noqa: ASYNC110 - the last bytes are still on their way through it
            await asyncio.sleep(0.005)
    relayed = [(bytes(each.out.data), bytes(each.back.data)) for each in between._connections]
    ours = said(log, version)
    assert len(ours) == len(relayed)
    assert sorted(ours.values()) == sorted(relayed)


@each_way
async def test_socketio_4(node_server: Server, way: str) -> None:
    async with recorder(node_server().port) as between:
        async with session(between.url, transports=WAYS[way], auth={"token": "секрет"}) as (running, log):
            await log.until(Kind.CONNECT)
            if way == "upgrade":
                await log.until(Kind.UPGRADE)
            running.send("ack", ["käthe", {"n": [1, 2]}], options=ACK)
            await log.until(Kind.ACK)
            running.send("ack", [b"\x00\xff", {"in": b"side"}], options=ACK)
            await log.until(Kind.ACK, count=2)
            running.send("binary", [40])
            await log.until(Kind.EVENT, Direction.IN)
            running.join("/admin", {"token": "wrong"})
            await log.until(Kind.CONNECT_ERROR)
        await compare(log, between)


@each_way
async def test_socketio_2(node_server: Server, way: str) -> None:
    async with recorder(node_server(script="socketio2.js").port) as between:
        async with v2_session(between.url, transports=WAYS[way]) as (running, log):
            await log.until(Kind.CONNECT)
            if way == "upgrade":
                await log.until(Kind.UPGRADE)
            running.send("echo", ["käthe"], options=ACK)
            await log.until(Kind.ACK)
            running.send("echo", [b"\x00\xff"], options=ACK)
            await log.until(Kind.ACK, count=2)
        await compare(log, between, version=3)


@pytest.mark.parametrize("deflate", [False, True])
async def test_ws(node_server: Server, deflate: bool) -> None:
    server = node_server(script="ws.js", perMessageDeflate={"threshold": 0} if deflate else False)
    async with recorder(server.port) as between:
        url = between.url.replace("http", "ws")
        async with websocket(url, perMessageDeflate={"threshold": 0} if deflate else False) as (running, log):
            await log.until(Kind.CONNECT)
            messages: tuple[str | bytes, ...] = ("käthe", bytes(range(256)), "x" * 70_000, "")
            for number, message in enumerate(messages, 1):
                running.send_message(message)
                await log.until(Kind.WS_MESSAGE, Direction.IN, count=number)
            running.send_message("/fragments one two three")
            running.ping(b"\x01\x02")
            await log.until(Kind.WS_PONG)
            running.send_message("/ping hello")
            await log.until(Kind.WS_PING, Direction.IN)
            await log.until(Kind.WS_MESSAGE, Direction.IN, count=5)
            running.close_with((4321).to_bytes(2, "big") + b"why")
            await log.until(Kind.WS_CLOSE, Direction.IN)
        await compare(log, between)
    fragments = log.all(Kind.WS_MESSAGE, Direction.IN)[-1]
    frames = frames_on_wire(fragments)
    assert [frame.parsed.fin for frame in frames if frame.parsed] == [False, False, True]
    for record in filter(is_wire_row, log.records):
        problems = [part.problem for frame in frames_on_wire(record) for part in frame_parts(frame, record.direction)]
        assert not any(problems)
        assert wire_row(record).size > 0


@asynccontextmanager
async def websockets_server() -> AsyncIterator[int]:
    async def echo(peer: websockets.ServerConnection) -> None:
        async for message in peer:
            await peer.send(message)

    async with websockets.serve(echo, "127.0.0.1", 0) as server:
        yield next(iter(server.sockets)).getsockname()[1]


@asynccontextmanager
async def aiohttp_server() -> AsyncIterator[int]:
    async def echo(request: web.Request) -> web.WebSocketResponse:
        peer = web.WebSocketResponse(compress=True)
        await peer.prepare(request)
        async for message in peer:
            if message.type is WSMsgType.TEXT:
                await peer.send_str(message.data)
            else:
                await peer.send_bytes(message.data)
        return peer

    application = web.Application()
    application.router.add_get("/", echo)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("server", [websockets_server, aiohttp_server])
async def test_servers_in_python(server: Callable[[], AbstractAsyncContextManager[int]]) -> None:
    async with server() as port, recorder(port) as between:
        async with websocket(between.url.replace("http", "ws"), perMessageDeflate={"threshold": 0}) as (running, log):
            await log.until(Kind.CONNECT)
            messages: tuple[str | bytes, ...] = ("käthe " * 100, bytes(range(256)), "x")
            for number, message in enumerate(messages, 1):
                running.send_message(message)
                await log.until(Kind.WS_MESSAGE, Direction.IN, count=number)
            running.close_with((1000).to_bytes(2, "big"))
            await log.until(Kind.WS_CLOSE, Direction.IN)
        await compare(log, between)
