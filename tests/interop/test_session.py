"""The session against a real socket.io 4 server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from tests.interop.node_server import NodeServer
from tests.net.session_log import ACK, FAST, session
from wsgui.core.address import read_address
from wsgui.core.describe import packet_of
from wsgui.core.records import Direction, Kind, Record
from wsgui.net.engine import PRIOR_WEBSOCKET
from wsgui.net.session import NotConnectedError
from wsgui.net.state import State

Server = Callable[..., NodeServer]


def args_of(record: Record) -> list[object]:
    packet = packet_of(record)
    assert packet is not None
    return packet.args


async def test_polling_only_stays_on_polling(node_server: Server) -> None:
    async with session(node_server().url, transports=["polling"]) as (_session, log):
        connected = await log.until(Kind.CONNECT)
        assert connected.fact("transport") == "polling"
        assert connected.fact("sid")
        assert log.all(Kind.WS_OPEN) == []
        statuses = [record.fact("status") for record in log.all(Kind.HTTP)]
        assert statuses == [200, 200, 200][: len(statuses)]


async def test_websocket_only_makes_no_http_request(node_server: Server) -> None:
    async with session(node_server().url, transports=["websocket"]) as (running, log):
        connected = await log.until(Kind.CONNECT)
        assert connected.fact("transport") == "websocket"
        assert log.all(Kind.HTTP) == []
        assert [record.fact("status") for record in log.all(Kind.WS_OPEN)] == [101]
        assert running.status.state is State.CONNECTED
        assert running.status.sid == connected.fact("sid")


async def test_default_options_connect_by_polling_and_upgrade(node_server: Server) -> None:
    async with session(node_server().url) as (running, log):
        await log.until(Kind.UPGRADE, transport="websocket")
        await log.until(Kind.CONNECT)
        assert log.order(Kind.TRANSPORT, Kind.UPGRADE) == [Kind.TRANSPORT, Kind.UPGRADE]
        assert log.all(Kind.TRANSPORT)[0].fact("transport") == "polling"
        await log.until_true(lambda: running.status.transport == "websocket")
        posts = [record for record in log.all(Kind.HTTP) if record.fact("method") == "POST"]
        assert [record.fact("request_body") for record in posts] == ["40"]


async def test_the_handshake_is_in_the_log(node_server: Server) -> None:
    server = node_server(pingInterval=300, pingTimeout=200, maxHttpBufferSize=12345)
    async with session(server.url) as (_session, log):
        record = await log.until(Kind.ENGINE, packet="open")
        assert isinstance(record.data, str)
        for said in ('"pingInterval":300', '"pingTimeout":200', '"maxPayload":12345', '"upgrades":["websocket"]'):
            assert said in record.data


@pytest.mark.parametrize("transport", ["polling", "websocket"])
async def test_emit_with_ack(node_server: Server, transport: str) -> None:
    async with session(node_server().url, transports=[transport]) as (running, log):
        await log.until(Kind.CONNECT)
        seq = running.send("ack", ["привет", {"n": 1.5}, None], options=ACK)
        answer = await log.until(Kind.ACK)
        assert args_of(answer) == ["ok", "привет", {"n": 1.5}, None]
        assert answer.fact("emit") == seq
        assert answer.fact("event") == "ack"
        assert isinstance(answer.fact("rtt"), float)
        sent = log.all(Kind.EVENT, Direction.OUT)[0]
        assert sent.data == '20["ack","привет",{"n":1.5},null]'


async def test_binary_arguments_both_ways(node_server: Server) -> None:
    async with session(node_server().url, transports=["polling"]) as (running, log):
        await log.until(Kind.CONNECT)
        running.send("echo", [b"\x00\xff", {"deep": [b"abc"]}])
        assert args_of(await log.until(Kind.EVENT, Direction.IN)) == [b"\x00\xff", {"deep": [b"abc"]}]


async def test_an_ack_that_the_server_asks_for_is_not_sent_by_itself(node_server: Server) -> None:
    async with session(node_server().url) as (running, log):
        await log.until(Kind.CONNECT)
        running.send("ask", ["how"])
        question = await log.until(Kind.EVENT, Direction.IN)
        packet = packet_of(question)
        assert packet is not None
        assert (packet.event, packet.id) == ("question", 0)
        running.send("echo", [])
        await log.until(Kind.EVENT, Direction.IN, count=2)
        assert log.all(Kind.ACK) == []


async def test_a_refused_namespace_shows_message_and_data(node_server: Server) -> None:
    async with session(node_server().url, "/admin") as (running, log):
        refusal = await log.until(Kind.CONNECT_ERROR, namespace="/admin")
        assert refusal.fact("text") == "not authorized"
        assert refusal.fact("data") == {"code": "E_AUTH"}
        await running.wait()
        assert running.status.failed
        assert log.all(Kind.RECONNECT_ATTEMPT) == []


async def test_auth_opens_the_namespace_and_the_url_path_names_it(node_server: Server) -> None:
    async with session(node_server().url + "/admin", auth={"token": "secret"}) as (running, log):
        assert (await log.until(Kind.CONNECT)).fact("namespace") == "/admin"
        running.send("ack", [], namespace="/admin", options=ACK)
        assert args_of(await log.until(Kind.ACK)) == ["admin"]
        assert "the Socket.IO namespace" in str(log.all(Kind.NOTE)[0].fact("text"))


async def test_a_refusal_keeps_the_other_namespaces(node_server: Server) -> None:
    async with session(node_server().url, "/", "/admin") as (running, log):
        await log.until(Kind.CONNECT_ERROR, namespace="/admin")
        await log.until(Kind.CONNECT, namespace="/")
        running.send("ack", [], options=ACK)
        assert args_of(await log.until(Kind.ACK)) == ["ok"]
        assert running.status.namespaces == ("/",)


async def test_the_server_restarts(node_server: Server) -> None:
    server = node_server()
    async with session(server.url, **FAST) as (running, log):
        first = await log.until(Kind.CONNECT)
        await asyncio.to_thread(server.stop)
        assert (await log.until(Kind.DISCONNECT)).fact("reason") in ("transport close", "transport error")
        await log.until(Kind.RECONNECT_ATTEMPT, n=2)
        assert log.all(Kind.RECONNECT_ERROR)[0].fact("text") == "xhr poll error"
        await asyncio.to_thread(server.start)
        await log.until(Kind.RECONNECT)
        second = await log.until(Kind.CONNECT, count=2)
        assert first.fact("sid") != second.fact("sid")
        running.send("ack", [], options=ACK)
        await log.until(Kind.ACK)


async def test_the_server_disconnects(node_server: Server) -> None:
    async with session(node_server().url, **FAST) as (running, log):
        await log.until(Kind.CONNECT)
        running.send("disconnect-me", [False])
        assert (await log.until(Kind.DISCONNECT)).fact("reason") == "io server disconnect"
        await running.wait()
        assert log.all(Kind.RECONNECT_ATTEMPT) == []


async def test_extra_headers_go_with_every_request(node_server: Server) -> None:
    async with session(node_server().url, extraHeaders={"X-Test": "yes"}, query={"a": "b c"}) as (running, log):
        await log.until(Kind.UPGRADE)
        running.send("whoami", [], options=ACK)
        answer = args_of(await log.until(Kind.ACK))[0]
        assert isinstance(answer, dict)
        assert answer["headers"]["x-test"] == "yes"
        assert answer["query"]["a"] == "b c"
        for record in [*log.all(Kind.HTTP), *log.all(Kind.WS_OPEN)]:
            assert ["X-Test", "yes"] in record.facts["request_headers"]  # type: ignore[index, operator]


async def test_a_server_without_polling_is_reached_with_try_all_transports(node_server: Server) -> None:
    url = node_server(transports=["websocket"]).url
    async with session(url, reconnection=False) as (running, log):
        error = await log.until(Kind.CONNECT_ERROR)
        assert error.fact("text") == "xhr poll error"
        assert error.fact("status") == 400
        assert "Transport unknown" in str(log.all(Kind.HTTP)[0].data)
        await running.wait()
    async with session(url, tryAllTransports=True) as (_running, log):
        assert (await log.until(Kind.CONNECT)).fact("transport") == "websocket"


async def test_no_upgrade_where_the_server_offers_none(node_server: Server) -> None:
    async with session(node_server(allowUpgrades=False).url) as (running, log):
        await log.until(Kind.CONNECT)
        running.send("ack", [], options=ACK)
        await log.until(Kind.ACK)
        assert log.all(Kind.WS_OPEN) == []


async def test_remember_upgrade_starts_with_websocket_the_second_time(node_server: Server) -> None:
    url = node_server().url
    PRIOR_WEBSOCKET.discard(read_address(url).url())  # another server may have had this port
    async with session(url, rememberUpgrade=True) as (_running, log):
        await log.until(Kind.UPGRADE)
    async with session(url, rememberUpgrade=True) as (_running, log):
        assert (await log.until(Kind.TRANSPORT)).fact("transport") == "websocket"


async def test_payloads_stay_under_the_servers_limit(node_server: Server) -> None:
    async with session(node_server(maxHttpBufferSize=300).url, transports=["polling"]) as (running, log):
        await log.until(Kind.CONNECT)
        for number in range(10):
            running.send("echo", ["x" * 90, number])
        await log.until(Kind.EVENT, Direction.IN, count=10)
        bodies = [str(record.fact("request_body")) for record in log.all(Kind.HTTP) if record.fact("request_body")]
        assert max(map(len, bodies)) <= 300
        assert max(body.count("\x1e") for body in bodies) >= 1


async def test_the_servers_pings_are_answered(node_server: Server) -> None:
    server = node_server(pingInterval=50, pingTimeout=200)
    async with session(server.url, transports=["websocket"]) as (running, log):
        await log.until(Kind.ENGINE, Direction.OUT, packet="pong", count=3)
        assert running.status.state is State.CONNECTED


async def test_sending_while_not_joined_is_refused(node_server: Server) -> None:
    async with session(node_server().url) as (running, log):
        await log.until(Kind.CONNECT)
        with pytest.raises(NotConnectedError, match="/other is not joined"):
            running.send("echo", [], namespace="/other")


async def test_an_ack_that_never_comes_is_said_in_time(node_server: Server) -> None:
    async with session(node_server().url, ackTimeout=30) as (running, log):
        await log.until(Kind.CONNECT)
        seq = running.send("silent", [], options=ACK)
        error = await log.until(Kind.ERROR)
        assert error.fact("emit") == seq
        assert "operation has timed out" in str(error.fact("text"))


async def test_closing_twice_is_one_goodbye(node_server: Server) -> None:
    async with session(node_server().url) as (running, log):
        await log.until(Kind.CONNECT)
        await asyncio.gather(running.close(), running.close())
        await running.close()
        assert [record.fact("reason") for record in log.all(Kind.DISCONNECT)] == ["io client disconnect"]
        assert running.status.state is State.CLOSED


@pytest.mark.parametrize("transport", ["polling", "websocket"])
async def test_the_msgpack_parser(node_server: Server, transport: str) -> None:
    url = node_server(parser="msgpack").url
    async with session(url, "/", "/admin", parser="msgpack", transports=[transport]) as (running, log):
        await log.until(Kind.CONNECT, namespace="/")
        assert (await log.until(Kind.CONNECT_ERROR)).fact("data") == {"code": "E_AUTH"}
        running.send("ack", ["привет", 1.5, b"\x00\xff", {"deep": [b"abc"]}], options=ACK)
        assert args_of(await log.until(Kind.ACK)) == ["ok", "привет", 1.5, b"\x00\xff", {"deep": [b"abc"]}]


async def test_the_wrong_parser_is_a_parse_error(node_server: Server) -> None:
    async with session(node_server().url, parser="msgpack", transports=["websocket"], **FAST) as (_running, log):
        reason = (await log.until(Kind.DISCONNECT)).fact("reason")
        assert reason in ("parse error", "transport close")
