"""A connection that was open ends with the JavaScript reason, and the log has what was on the wire."""

import asyncio

import pytest

from tests.net.raw_server import CLOSE, EngineServer, RawWebSocket, raw_server, until_closed
from tests.net.session_log import FAST, PATIENCE_SECONDS, session
from tests.net.websocket_log import websocket
from wsgui.core.describe import packet_of
from wsgui.core.records import Direction, Kind, Record
from wsgui.net.state import State

ONCE = {"reconnection": False}


async def end_over_websocket(
    say: bytes | str | tuple[int, str] | None, opcode: int = 0, **handshake: object
) -> tuple[Record, list[Record]]:
    """Join over a WebSocket; the server says one thing more (or just hangs up). How it ends, and all records."""

    async def script(socket: RawWebSocket) -> None:
        if isinstance(say, tuple):
            socket.close(*say)
        elif opcode:
            assert isinstance(say, bytes)
            socket.frame(opcode, say)
        elif say is not None:
            socket.send(say)
            await until_closed(socket)

    server = EngineServer(handshake, script)
    async with raw_server(server) as url, session(url, transports=["websocket"], **ONCE) as (running, log):
        await running.wait()
        assert len(log.all(Kind.CONNECT)) == 1
        assert running.status.failed
        return log.all(Kind.DISCONNECT)[0], log.records


def the_close(records: list[Record]) -> Record:
    """The one close frame that came from the server, or its absence."""
    (close,) = [record for record in records if record.kind is Kind.WS_CLOSE and record.direction is Direction.IN]
    return close


@pytest.mark.parametrize(
    ("code", "why"), [(1000, "bye"), (1001, ""), (1008, "no"), (1011, "oops"), (3000, ""), (4000, "mine"), (4999, "")]
)
async def test_a_legal_close_is_a_transport_close(code: int, why: str) -> None:
    end, records = await end_over_websocket((code, why))
    assert end.fact("reason") == "transport close"
    assert f"code {code}" in str(end.fact("details"))
    close = the_close(records)
    assert (close.fact("code"), close.fact("reason"), close.fact("valid")) == (code, why, True)
    assert close.fact("by") == "server"


@pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 22373, 65535])
async def test_an_illegal_close_code_is_a_transport_error_and_is_kept(code: int) -> None:
    end, records = await end_over_websocket((code, "odd"))
    assert end.fact("reason") == "transport error"
    assert f"invalid status code {code} (WS_ERR_INVALID_CLOSE_CODE)" in str(end.fact("details"))
    close = the_close(records)
    assert (close.fact("code"), close.fact("valid"), close.fact("by")) == (code, False, "server")


async def test_no_close_frame_is_1006() -> None:
    end, records = await end_over_websocket(None)
    assert end.fact("reason") == "transport close"
    close = the_close(records)
    assert (close.fact("code"), close.fact("reason"), close.fact("valid")) == (1006, "", True)


async def test_a_close_frame_without_a_code_is_1005() -> None:
    end, records = await end_over_websocket(b"", CLOSE)
    assert end.fact("reason") == "transport close"
    assert (the_close(records).fact("code"), the_close(records).fact("valid")) == (1005, True)


@pytest.mark.parametrize(("opcode", "payload"), [(CLOSE, b"\x03"), (1, b"\xff\xfe"), (3, b"reserved opcode")])
async def test_a_frame_that_breaks_the_protocol_is_a_transport_error(opcode: int, payload: bytes) -> None:
    end, records = await end_over_websocket(payload, opcode)
    assert end.fact("reason") == "transport error"
    assert any(record.kind is Kind.WS_CLOSE and record.fact("by") == "client" for record in records)


@pytest.mark.parametrize(
    ("say", "why"),
    [
        ("42[", "JSON"),
        ("4", "no Socket.IO packet"),
        ("47", "no Socket.IO packet"),
        ("4hello", "no Socket.IO packet"),
        ('42["connect"]', "'connect' is no name"),
        ('42["disconnecting",1]', "'disconnecting' is no name"),
        ('42/a,["newListener"]', "'newListener' is no name"),
        ("42[null]", "None is no name"),
        ("42[]", "no name"),
        (b"\x01", "binary data when not reconstructing"),
        ('450-["a"]', "0 attachments"),
    ],
)
async def test_what_is_no_socket_io_packet_is_a_parse_error(say: str | bytes, why: str) -> None:
    end, records = await end_over_websocket(say)
    assert end.fact("reason") == "parse error"
    assert why in str(end.fact("details"))
    error = next(record for record in records if record.kind is Kind.ERROR)
    assert error.data == (say[1:] if isinstance(say, str) else say)


async def test_text_between_attachments_is_a_parse_error() -> None:
    async def script(socket: RawWebSocket) -> None:
        socket.send('452-["f",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]')
        socket.send(b"first")
        socket.send('42["too early"]')
        await until_closed(socket)

    async with (
        raw_server(EngineServer(websocket=script)) as url,
        session(url, transports=["websocket"], **ONCE) as (running, log),
    ):
        await running.wait()
        assert log.all(Kind.DISCONNECT)[0].fact("reason") == "parse error"
        assert log.all(Kind.EVENT) == []


async def test_attachments_come_after_their_packet_and_go_to_their_places() -> None:
    async def script(socket: RawWebSocket) -> None:
        socket.send('452-["f",{"_placeholder":true,"num":1},{"_placeholder":true,"num":0}]')
        socket.send(b"zero")
        socket.send(b"one")
        await until_closed(socket)

    async with (
        raw_server(EngineServer(websocket=script)) as url,
        session(url, transports=["websocket"]) as (_running, log),
    ):
        packet = packet_of(await log.until(Kind.EVENT))
        assert packet is not None
        assert packet.args == [b"one", b"zero"]


@pytest.mark.parametrize("say", ["9", "hello", "b!!!"])
async def test_what_is_no_engine_io_packet_is_a_transport_error(say: str) -> None:
    end, _records = await end_over_websocket(say)
    assert end.fact("reason") == "transport error"
    assert say in str(end.fact("details"))


async def test_a_server_that_pings_no_more() -> None:
    end, _records = await end_over_websocket('42["last"]', pingInterval=10, pingTimeout=10)
    assert end.fact("reason") == "ping timeout"


async def test_a_close_packet_over_polling_is_a_transport_close() -> None:
    server = EngineServer()
    async with raw_server(server) as url, session(url, transports=["polling"], **ONCE) as (running, log):
        await log.until(Kind.CONNECT)
        server.say("1")
        await running.wait()
        end = log.all(Kind.DISCONNECT)[0]
        assert end.fact("reason") == "transport close"
        assert "closed by the server" in str(end.fact("details"))
        assert server.posts == ["40"]


async def test_polling_that_is_cut_is_a_transport_error() -> None:
    server = EngineServer()
    async with raw_server(server) as url, session(url, transports=["polling"], **ONCE) as (running, log):
        await log.until(Kind.CONNECT)
        server.say("<html>a gateway's words")
        await running.wait()
        assert log.all(Kind.DISCONNECT)[0].fact("reason") == "transport error"


async def test_an_acknowledgement_that_nobody_asked_for_is_shown_as_such() -> None:
    async def script(socket: RawWebSocket) -> None:
        socket.send('437["?"]')
        await until_closed(socket)

    async with (
        raw_server(EngineServer(websocket=script)) as url,
        session(url, transports=["websocket"]) as (running, log),
    ):
        answer = await log.until(Kind.ACK)
        assert (answer.fact("id"), answer.fact("emit")) == (7, None)
        assert running.status.state is State.CONNECTED


async def test_a_v2_server_is_named() -> None:
    async with (
        raw_server(EngineServer(connect_answer="40")) as url,
        session(url, transports=["polling"]) as (running, log),
    ):
        error = await log.until(Kind.CONNECT_ERROR)
        assert "v2.x" in str(error.fact("text"))
        assert "--protocol socketio-v2" in str(error.fact("description"))
        assert "--protocol socketio-v2" in running.status.problem
        assert running.status.state is not State.CONNECTED


async def test_a_refusal_of_every_namespace_ends_it() -> None:
    server = EngineServer(connect_answer='44{"message":"no","data":{"code":1}}')
    async with raw_server(server) as url, session(url, transports=["polling"]) as (running, log):
        await running.wait()
        refusal = log.all(Kind.CONNECT_ERROR)[0]
        assert (refusal.fact("text"), refusal.fact("data")) == ("no", {"code": 1})
        assert running.status.failed
        assert log.all(Kind.RECONNECT_ATTEMPT) == []


@pytest.mark.parametrize("refusal", ["44", '44"in words"', '44{"message":{"deep":1}}'])
async def test_a_strange_refusal_breaks_nothing(refusal: str) -> None:
    async with (
        raw_server(EngineServer(connect_answer=refusal)) as url,
        session(url, transports=["polling"]) as (_running, log),
    ):
        assert (await log.until(Kind.CONNECT_ERROR)).data == refusal[1:]


async def test_lost_connections_are_made_again_and_the_attempts_counted_anew() -> None:
    async def hang_up(socket: RawWebSocket) -> None:
        if len(server.sessions) >= 3:
            await until_closed(socket)

    server = EngineServer(websocket=hang_up)

    async with raw_server(server) as url, session(url, transports=["websocket"], **FAST) as (running, log):
        await log.until(Kind.CONNECT, count=3)
        assert [record.fact("n") for record in log.all(Kind.RECONNECT)] == [1, 1]
        assert [record.fact("delay") for record in log.all(Kind.RECONNECT_ATTEMPT)] == [0.02, 0.02]
        await log.until_true(lambda: running.status.state is State.CONNECTED)


async def test_it_gives_up_after_the_attempts() -> None:
    visits = 0

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal visits
        visits += 1

    async with (
        raw_server(hang_up) as url,
        session(url, transports=["polling"], reconnectionAttempts=2, **FAST) as (running, log),
    ):
        await running.wait()
        kinds = log.order(
            Kind.CONNECT_ERROR, Kind.RECONNECT_ATTEMPT, Kind.RECONNECT_ERROR, Kind.RECONNECT_FAILED, Kind.RECONNECT
        )
        failed = [Kind.RECONNECT_ATTEMPT, Kind.CONNECT_ERROR]
        assert kinds == [
            *(Kind.CONNECT_ERROR, *failed, Kind.RECONNECT_ERROR),
            *(*failed, Kind.RECONNECT_FAILED, Kind.RECONNECT_ERROR),  # JavaScript gives up first and then says why
        ]
        assert [(r.fact("n"), r.fact("delay")) for r in log.all(Kind.RECONNECT_ATTEMPT)] == [(1, 0.02), (2, 0.04)]
        assert [record.fact("n") for record in log.all(Kind.RECONNECT_FAILED)] == [2]
        assert visits == 3
        assert running.status.failed


async def test_without_reconnection_one_failure_is_the_end() -> None:
    end, records = await end_over_websocket(None)
    assert end.fact("reason") == "transport close"
    assert not [record for record in records if "reconnect" in record.kind]


async def test_only_a_ping_gives_the_connection_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.get_running_loop()
    true_time, passed = loop.time, [0.0]
    monkeypatch.setattr(loop, "time", lambda: true_time() + passed[0])
    server = EngineServer()  # the usual handshake: 25 s and 20 s
    async with raw_server(server) as url, session(url, transports=["polling"], **ONCE) as (running, log):
        await log.until(Kind.CONNECT)
        for number in (1, 2, 3):
            passed[0] += 40
            server.say("2")
            await log.until(Kind.ENGINE, Direction.OUT, count=number, packet="pong")
        passed[0] += 40
        server.say('42["no ping"]')
        await log.until(Kind.EVENT)
        passed[0] += 6
        await running.wait()
        assert [record.fact("reason") for record in log.all(Kind.DISCONNECT)] == ["ping timeout"]


async def test_a_session_that_is_closed_in_one_breath_is_over() -> None:
    async with raw_server(EngineServer()) as url:
        for opened in (session(url), websocket(url.replace("http", "ws"))):
            async with opened as (running, log):
                await running.close()
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await running.wait()
                assert running.status.state is State.CLOSED
                assert log.all(Kind.HTTP) == log.all(Kind.WS_OPEN) == []
