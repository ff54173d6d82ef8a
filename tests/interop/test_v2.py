"""Sessions in the protocol of Socket.IO 2 against a real socket.io 2.5 server, and the meeting of the generations."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.interop.node_server import NodeServer
from tests.net.session_log import ACK, FAST, SessionLog, session
from tests.net.session_log import v2_session as v2
from tests.ui.running import recorded, run, until, window
from wsgui.core.describe import packet_of
from wsgui.core.option_types import Protocol
from wsgui.core.records import Direction, Kind, Record
from wsgui.net.session import NotConnectedError
from wsgui.net.state import State

Server = Callable[..., NodeServer]
WAYS = {"polling": ["polling"], "websocket": ["websocket"], "upgrade": ["polling", "websocket"]}

each_way = pytest.mark.parametrize("way", WAYS)


@pytest.fixture
def v2_server(node_server: Server) -> Server:
    return lambda **options: node_server("socketio2.js", **options)


async def settled(log: SessionLog, way: str) -> Record:
    """The record of joining, once the connection is on the transport where it stays."""
    if way == "upgrade":
        await log.until(Kind.UPGRADE)
    return await log.until(Kind.CONNECT)


def args_of(record: Record) -> list[object]:
    packet = packet_of(record)
    assert packet is not None
    return packet.args


@each_way
async def test_events_and_acknowledgements(v2_server: Server, way: str) -> None:
    async with v2(v2_server().url, transports=WAYS[way]) as (running, log):
        await settled(log, way)
        running.send("echo", ["é€😀\u2028", {"n": None, "x": [1, 2.5, True]}], options=ACK)
        expected = ["é€😀\u2028", {"n": None, "x": [1, 2.5, True]}]
        assert args_of(await log.until(Kind.EVENT, Direction.IN)) == expected
        assert args_of(await log.until(Kind.ACK, Direction.IN)) == expected


@each_way
async def test_bytes_travel_both_ways(v2_server: Server, way: str) -> None:
    async with v2(v2_server().url, transports=WAYS[way]) as (running, log):
        await settled(log, way)
        running.send("binary", [300])
        content = bytes(number % 256 for number in range(300))
        assert args_of(await log.until(Kind.EVENT, Direction.IN)) == [content, {"inside": content}]
        running.send("echo", [b"\x04\x00\xff", {"deep": [b""]}, "text"], options=ACK)
        assert args_of(await log.until(Kind.ACK)) == [b"\x04\x00\xff", {"deep": [b""]}, "text"]
        assert args_of(log.all(Kind.EVENT, Direction.OUT)[-1]) == [b"\x04\x00\xff", {"deep": [b""]}, "text"]


@each_way
async def test_force_base64_brings_the_same_bytes(v2_server: Server, way: str) -> None:
    async with v2(v2_server().url, transports=WAYS[way], forceBase64=True) as (running, log):
        await settled(log, way)
        running.send("echo", [b"\x00\x01"], options=ACK)
        assert args_of(await log.until(Kind.ACK)) == [b"\x00\x01"]
        assert all("b64=1" in str(record.fact("url")) for record in [*log.all(Kind.HTTP), *log.all(Kind.WS_OPEN)])


@each_way
async def test_the_server_is_answered(v2_server: Server, way: str) -> None:
    async with v2(v2_server().url, transports=WAYS[way]) as (running, log):
        await settled(log, way)
        running.send("ask", ["how many"])
        question = packet_of(await log.until(Kind.EVENT, Direction.IN))
        assert question is not None
        assert question.id is not None
        running.acknowledge(question.id, [3, b"\x03"])
        assert args_of(await log.until(Kind.EVENT, Direction.IN, count=2)) == [3, b"\x03"]


async def test_the_main_namespace_has_the_session_id_of_the_engine(v2_server: Server) -> None:
    async with v2(v2_server().url, "/", "/chat", transports=["polling"]) as (running, log):
        root = await log.until(Kind.CONNECT, namespace="/")
        chat = await log.until(Kind.CONNECT, namespace="/chat")
        running.send("whoami", [], options=ACK)
        answer = args_of(await log.until(Kind.ACK))[0]
        assert isinstance(answer, dict)
        assert answer["sid"] == root.fact("sid")
        assert chat.fact("sid") == f"/chat#{root.fact('sid')}"
        asked = [record.data for record in log.all(Kind.ENGINE, Direction.OUT, packet="message")]
        assert asked == ["0/chat,"]


async def test_only_the_namespace_of_the_url_is_joined(v2_server: Server) -> None:
    async with v2(v2_server().url + "/chat") as (running, log):
        await settled(log, "upgrade")
        running.send("echo", [1], namespace="/chat", options=ACK)
        assert args_of(await log.until(Kind.ACK)) == ["chat", 1]
        assert running.status.namespaces == ("/chat",)
        with pytest.raises(NotConnectedError):
            running.send("echo", [])


async def test_the_query_is_what_a_namespace_is_asked_for_with(v2_server: Server) -> None:
    query = {"token": "secret", "b": "ü &"}
    async with v2(v2_server().url, "/admin", query=query) as (running, log):
        await log.until(Kind.CONNECT, namespace="/admin")
        running.send("whoami", [], namespace="/admin", options=ACK)
        answer = args_of(await log.until(Kind.ACK))[0]
        assert isinstance(answer, dict)
        assert query.items() <= answer["query"].items()
        assert log.all(Kind.ENGINE, Direction.OUT)[0].data == "0/admin?token=secret&b=%C3%BC%20%26,"


async def test_auth_is_left_out_and_said(v2_server: Server) -> None:
    async with v2(v2_server().url, "/admin", auth={"token": "secret"}) as (_running, log):
        await log.until(Kind.CONNECT_ERROR)
        assert [record.fact("text") for record in log.all(Kind.NOTE) if "auth" in str(record.fact("text"))]


@pytest.mark.parametrize(
    ("query", "text", "data"),
    [({}, "not authorized", None), ({"why": "data"}, '{"code":"E_AUTH"}', {"code": "E_AUTH"})],
)
async def test_a_refused_namespace_leaves_the_others(
    v2_server: Server, query: dict[str, str], text: str, data: object
) -> None:
    async with v2(v2_server().url, "/", "/admin", query=query) as (running, log):
        refusal = await log.until(Kind.CONNECT_ERROR)
        assert (refusal.fact("namespace"), refusal.fact("text"), refusal.fact("data")) == ("/admin", text, data)
        running.send("echo", [1], options=ACK)
        await log.until(Kind.ACK)
        assert running.status.namespaces == ("/",)


async def test_an_unknown_namespace_is_refused(v2_server: Server) -> None:
    async with v2(v2_server().url, "/nowhere") as (running, log):
        assert (await log.until(Kind.CONNECT_ERROR)).fact("text") == "Invalid namespace"
        assert running.status.state is State.CONNECTING
        assert "Invalid namespace" in running.status.problem


async def test_a_refused_root_is_told_to_all_and_never_connected(v2_server: Server) -> None:
    async with v2(v2_server(root="refused").url, "/", "/chat") as (running, log):
        await log.until(Kind.CONNECT_ERROR, namespace="/", text="not today")
        await log.until(Kind.CONNECT_ERROR, namespace="/chat", text="not today")
        await log.until(Kind.UPGRADE)
        assert running.status.state is State.CONNECTING
        assert log.all(Kind.CONNECT) == []


async def test_an_error_of_a_joined_namespace_ends_nothing(v2_server: Server) -> None:
    async with v2(v2_server().url) as (running, log):
        await settled(log, "upgrade")
        running.send("forbidden", [])
        assert "that is forbidden" in str((await log.until(Kind.ERROR)).fact("text"))
        running.send("echo", [], options=ACK)
        await log.until(Kind.ACK)
        assert log.all(Kind.CONNECT_ERROR) == []


async def test_namespaces_come_and_go(v2_server: Server) -> None:
    async with v2(v2_server().url) as (running, log):
        await settled(log, "upgrade")
        running.join("/chat", None)
        await log.until(Kind.CONNECT, namespace="/chat")
        running.leave("/chat")
        assert (await log.until(Kind.DISCONNECT)).fact("reason") == "io client disconnect"
        running.join("/chat", None)
        await log.until(Kind.CONNECT, namespace="/chat", count=2)
        running.send("disconnect-me", [], namespace="/chat")
        assert (await log.until(Kind.DISCONNECT, count=2)).fact("reason") == "io server disconnect"
        running.send("echo", [], options=ACK)
        await log.until(Kind.ACK)


@each_way
async def test_the_client_pings_and_stays(v2_server: Server, way: str) -> None:
    async with v2(v2_server(pingInterval=50, pingTimeout=1000).url, transports=WAYS[way]) as (running, log):
        await settled(log, way)
        await log.until(Kind.ENGINE, Direction.IN, packet="pong", count=4)
        assert len(log.all(Kind.ENGINE, Direction.OUT, packet="ping")) >= 4
        assert log.all(Kind.ENGINE, Direction.IN, packet="ping") == []
        assert running.status.state is State.CONNECTED


@each_way
async def test_it_reconnects_when_the_server_is_back(v2_server: Server, way: str) -> None:
    server = v2_server()
    async with v2(server.url, "/", "/chat", transports=WAYS[way], **FAST) as (running, log):
        await log.until(Kind.CONNECT, namespace="/chat")
        await settled(log, way)
        server.stop()
        assert (await log.until(Kind.DISCONNECT)).fact("reason") in ("transport close", "transport error")
        await log.until(Kind.RECONNECT_ERROR)
        running.send("echo", ["kept"], options=ACK)
        server.start()
        await log.until(Kind.RECONNECT)
        await log.until(Kind.CONNECT, namespace="/chat", count=2)
        assert args_of(await log.until(Kind.ACK)) == ["kept"]


async def test_a_refused_namespace_is_asked_for_again_after_a_reconnection(v2_server: Server) -> None:
    server = v2_server()
    async with v2(server.url, "/", "/admin", **FAST) as (_running, log):
        await log.until(Kind.CONNECT_ERROR, namespace="/admin", text="not authorized")
        server.stop()
        await log.until(Kind.DISCONNECT)
        server.start()
        await log.until(Kind.CONNECT_ERROR, namespace="/admin", text="not authorized", count=2)


@each_way
async def test_the_server_disconnects_the_namespace(v2_server: Server, way: str) -> None:
    async with v2(v2_server().url, transports=WAYS[way], **FAST) as (running, log):
        await settled(log, way)
        running.send("disconnect-me", [])
        assert (await log.until(Kind.DISCONNECT)).fact("reason") == "io server disconnect"
        await running.wait()
        assert log.all(Kind.RECONNECT_ATTEMPT) == []


@each_way
async def test_the_goodbye_reaches_the_server(v2_server: Server, way: str) -> None:
    async with v2(v2_server().url, transports=WAYS[way]) as (running, log):
        await settled(log, way)
        await running.close()
        assert [record.fact("reason") for record in log.all(Kind.DISCONNECT)] == ["io client disconnect"]
        assert log.all(Kind.ENGINE, Direction.OUT)[-1].data == "1"
        if way == "polling":
            assert "1:1" in [record.fact("request_body") for record in log.all(Kind.HTTP)]
        else:
            assert log.all(Kind.WS_CLOSE)


# The generations


@pytest.mark.parametrize("transport", ["polling", "websocket"])
async def test_version_2_against_a_server_of_version_4(node_server: Server, transport: str) -> None:
    async with v2(node_server().url, transports=[transport], **FAST) as (running, log):
        error = await log.until(Kind.CONNECT_ERROR)
        assert error.fact("text") == ("xhr poll error" if transport == "polling" else "websocket error")
        assert "speaks Socket.IO 3 or 4" in str(error.fact("description"))
        assert "--protocol socketio)" in str(error.fact("description"))
        await log.until(Kind.CONNECT_ERROR, count=2)
        assert "--protocol socketio)" in running.status.problem
        assert log.all(Kind.CONNECT) == log.all(Kind.TRANSPORT) == []


@pytest.mark.parametrize("transport", ["polling", "websocket"])
async def test_version_4_against_a_server_of_version_2(v2_server: Server, transport: str) -> None:
    async with session(v2_server().url, transports=[transport], **FAST) as (running, log):
        error = await log.until(Kind.CONNECT_ERROR)
        assert ("server error" if transport == "polling" else "v2.x") in str(error.fact("text"))
        assert "speaks Socket.IO 2" in str(error.fact("description"))
        await log.until_true(lambda: "--protocol socketio-v2" in running.status.problem)
        assert log.all(Kind.CONNECT) == []
        assert State.CONNECTED not in [status.state for status in log.statuses]


@each_way
async def test_a_server_of_version_4_that_allows_version_2(node_server: Server, way: str) -> None:
    url = node_server(allowEIO3=True, pingInterval=50, pingTimeout=1000).url
    async with v2(url, "/", transports=WAYS[way]) as (running, log):
        await settled(log, way)
        running.send("echo", [b"\x00\x01\x02", "é😀"], options=ACK)
        assert args_of(await log.until(Kind.ACK)) == [b"\x00\x01\x02", "é😀"]
        await log.until(Kind.ENGINE, Direction.IN, packet="pong", count=2)
        running.send("disconnect-me", [])
        assert (await log.until(Kind.DISCONNECT)).fact("reason") == "io server disconnect"


# The ways to choose it


def test_it_is_chosen_in_the_window(qapp: QApplication, v2_server: Server) -> None:
    url = v2_server().url

    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            tab.address.protocol_box.setCurrentIndex(tab.address.protocol_box.findData(Protocol.SOCKETIO_V2.value))
            tab.connect_to(url)
            await until(lambda: tab.status.transport == "websocket", "the upgrade")
            QTest.keyClicks(tab.send.event_edit, "echo")
            QTest.mouseClick(tab.send.send_button, Qt.MouseButton.LeftButton)
            await until(lambda: bool(recorded(tab, Kind.EVENT, Direction.IN)), "the echo")
            assert "EIO=3" in str(recorded(tab, Kind.HTTP)[0].fact("url"))

    run(qapp, body)


def test_it_is_chosen_on_the_command_line(v2_server: Server) -> None:
    arguments = ("connect", v2_server().url, "--protocol", "socketio-v2", "--emit", "disconnect-me", "[]", "--json")
    done = subprocess.run(
        [sys.executable, "-m", "wsgui", *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert next(line for line in lines if line["kind"] == "connect")["sid"]
    assert next(line for line in lines if line["kind"] == "disconnect")["reason"] == "io server disconnect"
