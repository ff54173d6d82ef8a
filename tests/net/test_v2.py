"""Socket.IO 2 against servers that say what no library would say."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from tests.net.raw_server import EngineServer, RawWebSocket, Request, always, answer, raw_server, read_request
from tests.net.raw_server import until_closed as stay
from tests.net.session_log import ACK, FAST, session
from tests.net.session_log import v2_session as v2
from wsgui.core.describe import describe, packet_of
from wsgui.core.json_line import as_json
from wsgui.core.option_types import Protocol
from wsgui.core.options import OptionValues
from wsgui.core.record_details import details
from wsgui.core.records import Direction, Kind
from wsgui.net.dialect import V2, V4, values_for
from wsgui.net.session import NotConnectedError
from wsgui.net.state import State

POLLING = {"transports": ["polling"]}
WEBSOCKET = {"transports": ["websocket"]}


@dataclass
class V2Server(EngineServer):
    """An Engine.IO 3 server on bare sockets; ``connect_answer`` is what it greets with, unasked."""

    connect_answer: str = "40"

    async def _polled(self, request: Request) -> str:
        if request.method == "POST":
            self.posts.append(request.body)
            return "ok"
        if "sid=" in request.target:
            return await self.sessions[-1].get()
        self.sessions.append(asyncio.Queue())
        greeting = [self.open_packet, self.connect_answer] if self.connect_answer else [self.open_packet]
        return "".join(f"{len(packet)}:{packet}" for packet in greeting)

    async def _websocket(self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert self.websocket is not None
        socket = RawWebSocket(reader, writer)
        socket.accept(request)
        socket.send(self.open_packet)
        if self.connect_answer:
            socket.send(self.connect_answer)
        await self.websocket(socket)
        await writer.drain()


QUICK = {"pingInterval": 20, "pingTimeout": 10_000}
MORTAL = {"pingInterval": 20, "pingTimeout": 20}


async def test_without_a_pong_the_connection_is_given_up() -> None:
    async with raw_server(V2Server(MORTAL, websocket=stay)) as url, v2(url, **WEBSOCKET) as (_running, log):
        ended = await log.until(Kind.DISCONNECT)
        assert ended.fact("reason") == "ping timeout"
        assert "within pingTimeout of a ping" in str(ended.fact("details"))
        assert log.all(Kind.ENGINE, Direction.OUT, packet="ping")


async def test_each_pong_brings_the_next_ping() -> None:
    async def script(socket: RawWebSocket) -> None:
        for _ping in range(3):
            await socket.expect("2")
            socket.send("3")
        await stay(socket)

    async with raw_server(V2Server(QUICK, websocket=script)) as url, v2(url, **WEBSOCKET) as (running, log):
        await log.until(Kind.ENGINE, Direction.IN, packet="pong", count=3)
        await log.until(Kind.ENGINE, Direction.OUT, packet="ping", count=4)
        assert running.status.state is State.CONNECTED


@pytest.mark.parametrize("packet", ['42["still here"]', "6"])
async def test_whatever_comes_prolongs_the_connection(packet: str) -> None:
    async def script(socket: RawWebSocket) -> None:
        for _time in range(30):  # for longer than the connection lives in silence
            socket.send(packet)
            await asyncio.sleep(0.05)
        socket.send('42["the last"]')
        await stay(socket)

    server = V2Server({"pingInterval": 500, "pingTimeout": 500}, websocket=script)
    async with raw_server(server) as url, v2(url, **WEBSOCKET, reconnection=False) as (_running, log):
        await log.until_true(lambda: any(record.data == '2["the last"]' for record in log.records))
        assert (await log.until(Kind.DISCONNECT)).fact("reason") == "ping timeout"


async def test_a_ping_of_the_server_is_not_answered() -> None:
    async def script(socket: RawWebSocket) -> None:
        socket.send("2")
        socket.send('42["after it"]')
        await stay(socket)

    async with raw_server(V2Server(websocket=script)) as url, v2(url, **WEBSOCKET) as (_running, log):
        await log.until(Kind.EVENT)
        assert log.all(Kind.ENGINE, Direction.IN, packet="ping")
        assert log.all(Kind.ENGINE, Direction.OUT) == []


async def test_a_binary_payload_is_read() -> None:
    greeting = '0{"sid":"S","upgrades":[],"pingInterval":25000,"pingTimeout":5000}'
    event = '451-["file",{"_placeholder":true,"num":0}]'
    payload = b"".join(
        bytes([binary, *map(int, str(len(data))), 255]) + data
        for binary, data in ((0, greeting.encode()), (0, b"40"), (0, event.encode()), (1, b"\x04\x01\x02\x03"))
    )

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        head = answer("200 OK", "", "Content-Type: application/octet-stream").replace(
            b"Content-Length: 0", f"Content-Length: {len(payload)}".encode()
        )
        writer.write(head + payload)
        await reader.read()

    async with raw_server(handler) as url, v2(url, **POLLING) as (_running, log):
        packet = packet_of(await log.until(Kind.EVENT))
        assert packet is not None
        assert (packet.event, packet.args) == ("file", [b"\x01\x02\x03"])


async def test_max_payload_splits_nothing() -> None:
    server = V2Server({"maxPayload": 10}, connect_answer="")
    async with raw_server(server) as url, v2(url, **POLLING) as (running, log):
        await log.until(Kind.TRANSPORT)
        for number in range(3):
            running.send("x" * 20, [number])
        server.say("2:40")
        await log.until_true(lambda: len(server.posts) == 2)
        assert server.posts[1].count("42[") == 2


@pytest.mark.parametrize(
    ("packet", "text", "data"),
    [
        ('4"in words"', "in words", None),
        ('4{"code":1}', '{"code":1}', {"code": 1}),
        ("4", "None", None),
        ('4""', "", None),
    ],
)
async def test_an_error_before_joining_is_a_refusal(packet: str, text: str, data: object) -> None:
    async with (
        raw_server(V2Server(connect_answer="4" + packet, websocket=stay)) as url,
        v2(url, **WEBSOCKET) as (
            running,
            log,
        ),
    ):
        error = await log.until(Kind.CONNECT_ERROR)
        assert (error.fact("text"), error.fact("data"), error.data) == (text, data, packet)
        assert running.status.state is State.CONNECTING
        assert describe(error).summary


async def test_an_error_for_a_namespace_that_nobody_asked_for_is_shown() -> None:
    async def script(socket: RawWebSocket) -> None:
        socket.send('44/other,"no"')
        await stay(socket)

    async with raw_server(V2Server(websocket=script)) as url, v2(url, **WEBSOCKET) as (_running, log):
        await log.until_true(lambda: any(record.data == '4/other,"no"' for record in log.records))
        assert log.all(Kind.CONNECT_ERROR) == []


@pytest.mark.parametrize("broken", ["47", '42{"a":1}', "451-x", '4["a"]', '42["connect_error"]', b"\x04\x01"])
async def test_what_cannot_be_read_is_shown_and_ends_nothing(broken: str | bytes) -> None:
    async def script(socket: RawWebSocket) -> None:
        socket.send(broken)
        socket.send('42["after it"]')
        await stay(socket)

    async with raw_server(V2Server(websocket=script)) as url, v2(url, **WEBSOCKET) as (running, log):
        await log.until(Kind.EVENT)
        assert log.all(Kind.DISCONNECT) == []
        assert running.status.state is State.CONNECTED
        for record in log.records:
            assert describe(record).summary is not None
            assert details(record) is not None
            assert as_json(record)


async def test_no_engine_packet_is_a_server_error() -> None:
    async def script(socket: RawWebSocket) -> None:
        socket.send(b"\x09nonsense")
        await stay(socket)

    async with raw_server(V2Server(websocket=script)) as url, v2(url, **WEBSOCKET) as (_running, log):
        assert (await log.until(Kind.DISCONNECT)).fact("reason") == "transport error"


async def test_an_unasked_root_is_no_news() -> None:
    async def script(socket: RawWebSocket) -> None:
        await socket.expect("40/chat,")
        socket.send("40/chat,")
        await stay(socket)

    async with raw_server(V2Server(websocket=script)) as url, v2(url + "/chat", **WEBSOCKET) as (running, log):
        assert (await log.until(Kind.CONNECT)).fact("namespace") == "/chat"
        assert running.status.namespaces == ("/chat",)
        assert not [record for record in log.all(Kind.NOTE) if record.data]


@pytest.mark.parametrize("event", ["reconnecting", "error", "ping"])
async def test_names_that_the_client_keeps_are_not_sent(event: str) -> None:
    async with raw_server(V2Server()) as url, v2(url, **POLLING) as (running, log):
        await log.until(Kind.CONNECT)
        with pytest.raises(NotConnectedError, match=event):
            running.send(event, [])
        running.send("disconnecting", [], options=ACK)  # it is reserved in version 4 only


async def test_credentials_of_a_namespace_are_left_out_and_said() -> None:
    async with raw_server(V2Server()) as url, v2(url, **POLLING) as (running, log):
        await log.until(Kind.CONNECT)
        running.join("/chat", {"token": "secret"})
        await log.until_true(lambda: any("auth" in str(record.fact("text")) for record in log.all(Kind.NOTE)))
        assert [record.data for record in log.all(Kind.ENGINE, Direction.OUT)] == ["0/chat,"]


# The other generation

SAYS_SO = [
    ('{"code":5,"message":"Unsupported protocol version"}', "400 Bad Request"),
    ('"The client is using an unsupported version of the Socket.IO or Engine.IO protocols"', "400 Bad Request"),
]


@pytest.mark.parametrize("transport", ["polling", "websocket"])
@pytest.mark.parametrize(("body", "status"), SAYS_SO)
async def test_a_server_that_refuses_version_2_is_named(transport: str, body: str, status: str) -> None:
    async with raw_server(always(status, body)) as url, v2(url, transports=[transport], **FAST) as (_running, log):
        error = await log.until(Kind.CONNECT_ERROR)
        assert error.fact("status") == 400
        assert "--protocol socketio)" in str(error.fact("description"))


@pytest.mark.parametrize("transport", ["polling", "websocket"])
async def test_any_other_refusal_is_no_matter_of_the_version(transport: str) -> None:
    async with raw_server(always("403 Forbidden", "go away")) as url, v2(url, transports=[transport]) as (_, log):
        assert "--protocol" not in str((await log.until(Kind.CONNECT_ERROR)).fact("description"))


async def test_a_server_that_speaks_version_4_to_everybody_is_named() -> None:
    async with raw_server(EngineServer()) as url, v2(url, **POLLING) as (_running, log):
        error = await log.until(Kind.CONNECT_ERROR)
        assert error.fact("text") == "server error"
        assert "--protocol socketio)" in str(error.fact("description"))


@pytest.mark.parametrize("padding", ["", "x" * 20, "x" * 1000])
async def test_version_2_is_named_whatever_the_length_of_its_greeting(padding: str) -> None:
    async with raw_server(V2Server({"padding": padding})) as url, session(url, **POLLING) as (_running, log):
        error = await log.until(Kind.CONNECT_ERROR)
        assert error.fact("text") == "server error"
        assert "--protocol socketio-v2" in str(error.fact("description"))


def test_advice_needs_evidence() -> None:
    for dialect in (V2, V4):
        assert [dialect.advice(text) for text in ("", "ok", "<html>", b"\x00", '{"code":1}')] == [""] * 5


def test_values_are_those_that_version_2_knows() -> None:
    given: OptionValues = {
        "randomizationFactor": 0,
        "auth": {"a": 1},
        "retries": 1,
        "query": {"a": "b"},
        "transportOptions": {"polling": {"query": {"a": "c"}, "extraHeaders": {"X": "1"}}},
    }
    assert values_for(Protocol.SOCKETIO_V2, given) == {
        "query": {"a": "b"},
        "transportOptions": {"polling": {"extraHeaders": {"X": "1"}}},
    }
    assert values_for(Protocol.SOCKETIO, given) == given
