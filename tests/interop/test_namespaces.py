"""Namespaces against a real socket.io 4 server: each on its own, across connections, with what is kept for later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from tests.interop.node_server import NodeServer
from tests.interop.test_session import args_of
from tests.net.session_log import ACK, FAST, session
from wsgui.core.records import Direction, Kind
from wsgui.net.session import EmitOptions, NotConnectedError
from wsgui.net.state import State

Server = Callable[..., NodeServer]


async def test_a_namespace_joins_later_with_auth_of_its_own_and_leaves(node_server: Server) -> None:
    async with session(node_server().url) as (running, log):
        await log.until(Kind.CONNECT, namespace="/")
        running.join("/admin", {"token": "wrong"})
        assert (await log.until(Kind.CONNECT_ERROR, namespace="/admin")).fact("text") == "not authorized"
        running.join("/admin", {"token": "secret"})
        await log.until(Kind.CONNECT, namespace="/admin")
        assert running.status.namespaces == ("/", "/admin")
        running.send("ack", [1], namespace="/admin", options=ACK)
        assert args_of(await log.until(Kind.ACK, namespace="/admin")) == ["admin", 1]
        running.leave("/admin")
        assert log.all(Kind.DISCONNECT, namespace="/admin")[0].fact("reason") == "io client disconnect"
        running.send("ack", [2], options=ACK)
        assert args_of(await log.until(Kind.ACK, namespace="/")) == ["ok", 2]
        with pytest.raises(NotConnectedError, match="/admin is not joined"):
            running.send("ack", [], namespace="/admin")


async def test_leaving_the_last_namespace_ends_the_session(node_server: Server) -> None:
    async with session(node_server().url, **FAST) as (running, log):
        await log.until(Kind.CONNECT)
        running.leave("/")
        await running.wait()
        assert not running.status.failed
        assert log.all(Kind.RECONNECT_ATTEMPT) == []


async def test_what_is_emitted_before_joining_is_sent_then(node_server: Server) -> None:
    async with session(node_server().url) as (running, log):
        running.send("echo", ["early"], options=ACK)
        assert log.notes()[0] == "“echo” is kept and sent when / is joined."
        assert args_of(await log.until(Kind.ACK)) == ["early"]
        order = log.order(Kind.CONNECT, Kind.ACK)
        assert order == [Kind.CONNECT, Kind.ACK]


async def test_what_is_emitted_while_the_server_is_away_is_sent_when_it_is_back(node_server: Server) -> None:
    server = node_server()
    async with session(server.url, **FAST) as (running, log):
        await log.until(Kind.CONNECT)
        await asyncio.to_thread(server.stop)
        await log.until(Kind.RECONNECT_ATTEMPT)
        running.send("ack", ["kept"], options=ACK)
        running.send("ack", ["dropped"], options=EmitOptions(volatile=True))
        await asyncio.to_thread(server.start)
        assert args_of(await log.until(Kind.ACK)) == ["ok", "kept"]
        assert [args_of(record) for record in log.all(Kind.EVENT, Direction.OUT)] == [["kept"]]
        assert "volatile" in log.notes()[-1]


async def test_a_volatile_event_is_sent_where_the_transport_takes_it(node_server: Server) -> None:
    async with session(node_server().url, transports=["websocket"]) as (running, log):
        await log.until(Kind.CONNECT)
        running.send("echo", ["now"], options=EmitOptions(volatile=True))
        assert args_of(await log.until(Kind.EVENT, Direction.IN)) == ["now"]


async def test_a_time_out_of_one_emit(node_server: Server) -> None:
    async with session(node_server().url) as (running, log):
        await log.until(Kind.CONNECT)
        seq = running.send("silent", [], options=EmitOptions(ack=True, timeout=0.02))
        error = await log.until(Kind.ERROR)
        assert (error.fact("emit"), error.fact("text")) == (
            seq,
            "No acknowledgement of “silent”: operation has timed out.",
        )


async def test_retries_repeat_in_order_until_given_up(node_server: Server) -> None:
    async with session(node_server().url, retries=2, ackTimeout=300) as (running, log):
        await log.until(Kind.CONNECT)
        running.send("silent", ["first"])
        running.send("ack", ["second"])
        assert args_of(await log.until(Kind.ACK)) == ["ok", "second"]
        sent = [args_of(record)[0] for record in log.all(Kind.EVENT, Direction.OUT)]
        assert sent == ["first", "first", "first", "second"]
        assert "given up after 3 tries" in str([record.fact("text") for record in log.all(Kind.NOTE)])


async def test_retries_go_on_after_a_reconnection(node_server: Server) -> None:
    server = node_server()
    async with session(server.url, retries=5, ackTimeout=60_000, **FAST) as (running, log):
        await log.until(Kind.CONNECT)
        running.send("silent", ["once"])
        await log.until(Kind.EVENT, Direction.OUT)
        await asyncio.to_thread(server.restart)
        await log.until(Kind.EVENT, Direction.OUT, count=2)
        await log.until_true(lambda: running.status.state is State.CONNECTED)


async def test_an_acknowledgement_by_hand(node_server: Server) -> None:
    async with session(node_server().url) as (running, log):
        await log.until(Kind.CONNECT)
        running.send("ask", ["how are you"])
        question = await log.until(Kind.EVENT, Direction.IN)
        running.acknowledge(0, ["fine", {"n": 1}])
        answer = await log.until(Kind.EVENT, Direction.IN, count=2)
        assert args_of(answer) == ["fine", {"n": 1}]
        assert log.all(Kind.ACK, Direction.OUT)[0].data == '30["fine",{"n":1}]'
        assert question.data == '20["question","how are you"]'


async def test_connection_state_recovery(node_server: Server) -> None:
    server = node_server(connectionStateRecovery={"maxDisconnectionDuration": 60_000}, pingInterval=100_000)
    async with session(server.url, transports=["websocket"], **FAST) as (running, log):
        first = await log.until(Kind.CONNECT)
        assert first.fact("recovered") is False
        running.send("echo", ["one"], options=ACK)
        await log.until(Kind.ACK)
        running.send("drop-me", [])
        second = await log.until(Kind.CONNECT, count=2)
        assert second.fact("recovered") is True
        assert second.fact("sid") == first.fact("sid")


async def test_a_question_is_answered_once(node_server: Server) -> None:
    async with session(node_server().url) as (running, log):
        await log.until(Kind.CONNECT)
        running.send("ask", ["how are you"])
        await log.until(Kind.EVENT, Direction.IN)
        running.acknowledge(0, [])
        with pytest.raises(NotConnectedError, match="does not wait for this answer"):
            running.acknowledge(0, [])
        assert [record.fact("event") for record in log.all(Kind.ACK, Direction.OUT)] == ["question"]


async def test_what_was_kept_and_never_sent_is_said(unused_tcp_port: int) -> None:
    async with session(f"http://127.0.0.1:{unused_tcp_port}", reconnectionDelay=60_000) as (running, log):
        await log.until(Kind.CONNECT_ERROR)
        running.send("hi", [])
        await running.close()
        assert log.all(Kind.NOTE)[-1].fact("text") == "“hi” was never sent: the session has ended."
