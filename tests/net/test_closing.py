"""Any state can be left: closing ends every task, says goodbye where somebody listens, and can be done twice.

That no task is left is asserted by ``session``; that no socket is, by aiohttp's warnings, which fail a test.
"""

import asyncio

import pytest

from tests.net.raw_server import EngineServer, RawWebSocket, raw_server, until_closed
from tests.net.session_log import session
from wsgui.core.records import Kind
from wsgui.net import engine
from wsgui.net.state import State


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a server's goodbye for milliseconds only."""
    monkeypatch.setattr(engine, "GOODBYE_SECONDS", 0.04)


async def test_while_it_waits_for_the_next_attempt() -> None:
    async def hang_up(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        pass

    async with (
        raw_server(hang_up) as url,
        session(url, reconnectionDelay=60_000, reconnectionDelayMax=60_000) as (
            running,
            log,
        ),
    ):
        await log.until(Kind.STATE, state="waiting")
        await running.close()
        assert running.status.state is State.CLOSED
        assert not running.status.failed
        assert log.all(Kind.RECONNECT_ATTEMPT) == []


async def test_over_polling_it_says_goodbye() -> None:
    server = EngineServer()
    async with raw_server(server) as url, session(url, transports=["polling"]) as (running, log):
        await log.until(Kind.CONNECT)
        await asyncio.gather(running.close(), running.close())
        assert "".join(server.posts) in ("40411", "4041\x1e1")
        assert [record.fact("reason") for record in log.all(Kind.DISCONNECT)] == ["io client disconnect"]
        assert not running.status.failed


async def test_over_a_websocket_it_says_goodbye() -> None:
    heard: list[tuple[int, bytes]] = []

    async def script(socket: RawWebSocket) -> None:
        heard.append(await socket.receive())
        heard.append(await socket.receive())
        socket.frame(*heard[-1])

    async with (
        raw_server(EngineServer(websocket=script)) as url,
        session(url, transports=["websocket"]) as (running, log),
    ):
        await log.until(Kind.CONNECT)
        await running.close()
        assert heard == [(1, b"41"), (8, b"")]
        assert [(record.fact("by"), record.fact("code")) for record in log.all(Kind.WS_CLOSE)] == [
            ("client", 1005),
            ("server", 1005),
        ]


async def test_a_server_that_does_not_answer_the_goodbye(impatient: None) -> None:
    async def script(_socket: RawWebSocket) -> None:
        await asyncio.Event().wait()

    async with (
        raw_server(EngineServer(websocket=script)) as url,
        session(url, transports=["websocket"]) as (running, log),
    ):
        await log.until(Kind.CONNECT)
        await running.close()
        assert running.status.state is State.CLOSED
        assert [record.fact("reason") for record in log.all(Kind.DISCONNECT)] == ["io client disconnect"]


@pytest.mark.parametrize("moment", ["asked", "probed", "paused"])
async def test_while_it_upgrades(moment: str, impatient: None) -> None:
    reached = asyncio.Event()

    async def script(socket: RawWebSocket) -> None:
        if moment == "asked":
            reached.set()
        await socket.expect("2probe")
        if moment == "paused":
            socket.send("3probe")  # and the waiting GET is left waiting
        reached.set()
        await until_closed(socket)

    server = EngineServer({"upgrades": ["websocket"]}, script)
    async with raw_server(server) as url, session(url) as (running, log):
        await log.until(Kind.CONNECT)
        await reached.wait()
        await running.close()
        assert running.status.state is State.CLOSED
        assert log.all(Kind.UPGRADE) == []
        assert [record.fact("reason") for record in log.all(Kind.DISCONNECT)] == ["io client disconnect"]


async def test_before_it_has_begun() -> None:
    async with raw_server(EngineServer()) as url, session(url) as (running, _log):
        await running.close()
        assert running.status.state is State.CLOSED


@pytest.mark.parametrize("moment", [1, 3])
async def test_a_defect_of_ours_ends_the_connection_and_is_reported(moment: int) -> None:
    reported: list[BaseException] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: reported.append(context["exception"]))
    server = EngineServer()
    async with raw_server(server) as url, session(url, transports=["polling"], reconnection=False) as (running, log):

        def break_down(_record: object) -> None:
            if len(log.all(Kind.HTTP)) == moment:
                log.on_record = lambda record: None
                raise ZeroDivisionError("a defect")

        log.on_record = break_down
        await running.wait()
        assert [str(error) for error in reported] == ["a defect"]
        assert running.status.failed
        if moment == 1:
            assert log.all(Kind.CONNECT_ERROR)[0].fact("text") == "internal error"
        else:
            end = log.all(Kind.DISCONNECT)[0]
            assert (end.fact("reason"), end.fact("details")) == ("transport error", "internal error: a defect")
