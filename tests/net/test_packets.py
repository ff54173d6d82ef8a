"""Packets that a server may send and ours: the strange ones break nothing, the emits are those of JavaScript."""

import asyncio

import pytest

from tests.net.raw_server import EngineServer, RawWebSocket, raw_server, until_closed
from tests.net.session_log import session
from wsgui.core.describe import describe, packet_of
from wsgui.core.json_line import as_json
from wsgui.core.record_details import details
from wsgui.core.records import Direction, Kind
from wsgui.net.state import State

STRANGE = [
    "42",
    "43",
    "43[1]",
    "431[]",
    "43/other,999999999999999999999[]",
    "41/nobody,",
    "42/nobody,[1]",
    '42["a",1e999,"\\ud800"]',
    '42["a\\nb\\u202e"]',
    '42["a",' + "[" * 400 + "]" * 400 + "]",
    "6",
    "3",
    "5",
    "1",
    "2probe",
    '0{"sid":"again"}',
    '40/nobody,{"sid":["no","text"]}',
]


@pytest.mark.parametrize("packet", STRANGE)
async def test_a_strange_packet_breaks_nothing(packet: str) -> None:
    async def script(socket: RawWebSocket) -> None:
        socket.send(packet)
        socket.send('42["after it"]')
        await until_closed(socket)

    async with (
        raw_server(EngineServer(websocket=script)) as url,
        session(url, transports=["websocket"]) as (running, log),
    ):
        await log.until_true(lambda: any(record.data == '2["after it"]' for record in log.records))
        assert running.status.state is State.CONNECTED
        for record in log.records:
            assert describe(record).summary is not None
            assert as_json(record)
            assert details(record) is not None


@pytest.mark.parametrize("transport", ["polling", "websocket"])
async def test_a_ping_is_answered_with_a_pong(transport: str) -> None:
    async def script(socket: RawWebSocket) -> None:
        socket.send("2")
        await socket.expect("3")
        await until_closed(socket)

    server = EngineServer(websocket=script)
    async with raw_server(server) as url, session(url, transports=[transport]) as (_running, log):
        await log.until(Kind.CONNECT)
        if transport == "polling":
            server.say("2")
        await log.until(Kind.ENGINE, Direction.OUT, packet="pong")
        await log.until_true(lambda: transport == "websocket" or "3" in server.posts)


@pytest.mark.parametrize(
    ("event", "args", "wire"),
    [
        ("a", [], ['42["a"]']),
        ("a", [1, "ж", {"b": None}], ['42["a",1,"ж",{"b":null}]']),
        ("a", ["\ud800"], ['42["a","\\ud800"]']),
        ("a", [b"\x01", {"b": b"\x02"}], None),
    ],
)
async def test_an_emit_on_the_wire(event: str, args: list[object], wire: list[str] | None) -> None:
    heard: list[tuple[int, bytes]] = []
    enough = asyncio.Event()

    async def script(socket: RawWebSocket) -> None:
        while len(heard) < (len(wire) if wire else 3):
            heard.append(await socket.receive())
        enough.set()
        await until_closed(socket)

    async with (
        raw_server(EngineServer(websocket=script)) as url,
        session(url, transports=["websocket"]) as (running, log),
    ):
        await log.until(Kind.CONNECT)
        running.send(event, args)
        await enough.wait()
        if wire:
            assert heard == [(1, text.encode()) for text in wire]
        else:
            assert heard[0][1].startswith(
                b'452-["a",{"_placeholder":true,"num":0},{"b":{"_placeholder":true,"num":1}}]'
            )
            assert heard[1:] == [(2, b"\x01"), (2, b"\x02")]
        sent = packet_of(log.all(Kind.EVENT, Direction.OUT)[0])
        assert sent is not None
        assert (sent.event, sent.args) == (event, args)


async def test_polling_without_binary_and_timestamps() -> None:
    server = EngineServer()
    async with (
        raw_server(server) as url,
        session(url, transports=["polling"], forceBase64=True, timestampRequests=False, path="/my") as (_run, log),
    ):
        await log.until(Kind.CONNECT)
    assert server.requests[0].target == "/my/?EIO=4&transport=polling&b64=1"
    assert server.requests[1].target == "/my/?EIO=4&transport=polling&b64=1&sid=S1"
    assert {request.headers.get("content-type") for request in server.requests if request.method == "POST"} == {
        "text/plain;charset=UTF-8"
    }


async def test_a_payload_stays_under_what_the_server_takes() -> None:
    server = EngineServer({"maxPayload": 60})
    async with raw_server(server) as url, session(url, transports=["polling"]) as (running, log):
        await log.until(Kind.CONNECT)
        for number in range(6):
            running.send("twenty letters of it", [number])
        await log.until_true(lambda: sum(post.count("42[") for post in server.posts) == 6)
        assert max(len(post.encode()) for post in server.posts) <= 60
        assert max(post.count("42[") for post in server.posts) == 2
