"""The upgrade runs beside a connection that works, and whatever becomes of it, the connection goes on."""

import asyncio

import pytest

from tests.net.raw_server import EngineServer, RawWebSocket, Script, raw_server, until_closed
from tests.net.session_log import SessionLog, session
from wsgui.core.records import Direction, Kind
from wsgui.net.socketio_session import SocketioSession

UPGRADABLE = {"upgrades": ["websocket"]}


async def forever(_socket: RawWebSocket) -> None:
    await asyncio.Event().wait()


async def works_over_polling(server: EngineServer, running: SocketioSession, log: SessionLog) -> None:
    """Prove that packets go both ways over polling."""
    running.send("still", ["here"])
    server.say('42["yes"]')
    await log.until(Kind.EVENT, Direction.IN)
    running.send("again", [])
    server.say('42["yes again"]')
    await log.until(Kind.EVENT, Direction.IN, count=2)
    await log.until_true(lambda: any('42["again"]' in post for post in server.posts))
    assert '42["still","here"]' in "".join(server.posts)
    assert running.status.transport == "polling"


async def answer_wrongly(socket: RawWebSocket) -> None:
    await socket.expect("2probe")
    socket.send("3wrong")
    await until_closed(socket)


async def answer_with_a_message(socket: RawWebSocket) -> None:
    await socket.expect("2probe")
    socket.send('42["too early"]')
    await until_closed(socket)


async def close_at_the_probe(socket: RawWebSocket) -> None:
    await socket.expect("2probe")
    socket.close(1011, "no upgrade")


async def hang_up_at_the_probe(socket: RawWebSocket) -> None:
    await socket.expect("2probe")


@pytest.mark.parametrize(
    ("script", "text", "why"),
    [
        (None, "probe error: Error: websocket error", "403"),
        (answer_wrongly, "probe error", "wrong"),
        (answer_with_a_message, "probe error", "a message"),
        (close_at_the_probe, "probe error: transport closed", "1011 (no upgrade)"),
        (hang_up_at_the_probe, "probe error: transport closed", "1006"),
    ],
)
async def test_a_failed_upgrade_is_said_and_the_connection_goes_on(script: Script | None, text: str, why: str) -> None:
    server = EngineServer(UPGRADABLE, script)
    async with raw_server(server) as url, session(url) as (running, log):
        error = await log.until(Kind.UPGRADE_ERROR)
        assert (error.fact("transport"), error.fact("text")) == ("websocket", text)
        assert why in str(error.fact("description"))
        await log.until(Kind.CONNECT)
        await works_over_polling(server, running, log)
        assert log.all(Kind.UPGRADE) == log.all(Kind.DISCONNECT) == []


async def test_an_upgrade_that_hangs_does_not_keep_the_connection_from_working() -> None:
    server = EngineServer(UPGRADABLE, forever)
    async with raw_server(server) as url, session(url) as (running, log):
        await log.until(Kind.WS_OPEN)
        await log.until(Kind.CONNECT)
        await works_over_polling(server, running, log)
        assert log.all(Kind.UPGRADE_ERROR) == []


async def test_the_order_of_an_upgrade() -> None:
    heard: list[str] = []

    async def script(socket: RawWebSocket) -> None:
        heard.append((await socket.receive())[1].decode())
        socket.send("3probe")
        server.say("6")
        heard.append((await socket.receive())[1].decode())
        socket.send('42["over","websocket"]')
        heard.append((await socket.receive())[1].decode())
        await until_closed(socket)

    server = EngineServer(UPGRADABLE, script)
    async with raw_server(server) as url, session(url) as (running, log):
        upgrade = await log.until(Kind.UPGRADE)
        assert str(upgrade.fact("url")).startswith("ws://")
        assert "transport=websocket" in str(upgrade.fact("url"))
        await log.until(Kind.CONNECT)
        await log.until(Kind.EVENT, Direction.IN)
        running.send("mine", [])
        await log.until_true(lambda: running.status.transport == "websocket")
        await running.close()
    assert heard == ["2probe", "5", '42["mine"]']
    (handshake,) = [request for request in server.requests if "transport=websocket" in request.target]
    assert "sid=S" in handshake.target
    assert all("sid=" in request.target for request in server.requests[1:])


async def test_upgrade_false_asks_for_no_websocket() -> None:
    server = EngineServer(UPGRADABLE)
    async with raw_server(server) as url, session(url, upgrade=False) as (running, log):
        await log.until(Kind.CONNECT)
        await works_over_polling(server, running, log)
        assert log.all(Kind.WS_OPEN) == []
