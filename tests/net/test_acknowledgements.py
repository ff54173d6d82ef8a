"""Asking for an acknowledgement: the answer, the late one, and the one that never comes."""

import asyncio

import pytest

from tests.net.raw_server import EngineServer, RawWebSocket, raw_server, until_closed
from tests.net.session_log import ACK, session
from wsgui.core.records import Kind
from wsgui.net.session import NotConnectedError


async def test_an_emit_that_is_never_acknowledged_is_said_when_the_connection_ends() -> None:
    async def script(socket: RawWebSocket) -> None:
        await socket.expect('420["ask"]')
        socket.send("41")
        await until_closed(socket)

    async with (
        raw_server(EngineServer(websocket=script)) as url,
        session(url, transports=["websocket"]) as (running, log),
    ):
        await log.until(Kind.CONNECT)
        seq = running.send("ask", [], options=ACK)
        await running.wait()
        assert log.all(Kind.DISCONNECT)[0].fact("reason") == "io server disconnect"
        error = log.all(Kind.ERROR)[0]
        assert error.fact("emit") == seq
        assert "“ask”" in str(error.fact("text"))
        assert "disconnect" in str(error.fact("text"))
        with pytest.raises(NotConnectedError):
            running.send("more", [])


async def test_a_late_answer_says_that_it_is_late() -> None:
    async def script(socket: RawWebSocket) -> None:
        await socket.expect('420["ask"]')
        await timed_out.wait()
        socket.send('430["here"]')
        await until_closed(socket)

    timed_out = asyncio.Event()
    async with (
        raw_server(EngineServer(websocket=script)) as url,
        session(url, transports=["websocket"], ackTimeout=10) as (running, log),
    ):
        await log.until(Kind.CONNECT)
        running.send("ask", [], options=ACK)
        assert "“ask”" in str((await log.until(Kind.ERROR)).fact("text"))
        timed_out.set()
        assert (await log.until(Kind.ACK)).fact("late") is True
