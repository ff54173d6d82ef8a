"""TCP that ends, stops or crawls at every step of every conversation: each byte is told, and how it ended."""

from __future__ import annotations

import asyncio

import pytest

from tests.hostile.conversations import CONVERSATIONS, Conversation
from tests.hostile.holding import holding, readable, settled, told_bytes, turns, until
from tests.hostile.scissors import Cut, Ending, Line, Part
from tests.net.raw_server import (
    EngineServer,
    Handler,
    RawWebSocket,
    Request,
    agrees,
    answer,
    raw_server,
    read_request,
    until_closed,
)
from tests.net.session_log import SessionLog, session
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.ws_frames import Frame, Opcode
from wsgui.net.socketio_session import SocketioSession
from wsgui.net.state import State
from wsgui.net.websocket_session import WebSocketSession

pytestmark = pytest.mark.layer("TCP")

CUTS = [
    Cut(step, part, ending)
    for step in range(9)
    for ending in Ending
    for part in Part
    if ending is not Ending.SILENCE or part is Part.HALF
]
TALKS = pytest.mark.parametrize("talk", CONVERSATIONS, ids=lambda talk: talk.name)
MEGABYTE = 1 << 20
ENDS = (Kind.CONNECT_ERROR, Kind.DISCONNECT, Kind.UPGRADE_ERROR, Kind.WS_CLOSE)


def cases() -> list[object]:
    return [
        pytest.param(talk, cut, id=f"{talk.name}: {cut.ending.value} at step {cut.step}, {cut.part.name.lower()} said")
        for talk in CONVERSATIONS
        for cut in CUTS
        if cut.step < talk.steps
    ]


@pytest.mark.parametrize(("talk", "cut"), cases())
async def test_ends_at_a_step(talk: Conversation, cut: Cut) -> None:
    line = Line(cut)
    async with (
        holding(),
        raw_server(line.through(talk.serve())) as url,
        talk.open(url, reconnection=False, **talk.options) as (running, log),
    ):
        silent = cut.ending is Ending.SILENCE
        await until(lambda: bool(settled(log)) or talk.is_said(log) or (silent and line.happened.is_set()))
        await turns()  # of what was said before the silence, all is here by now
        ended, was_said = settled(log), talk.is_said(log)
        if ended and ended[0].kind is not Kind.UPGRADE_ERROR:
            await running.wait()
    assert running.status.state is State.CLOSED, "Cancel works"
    readable(log.records)
    told = told_bytes(log.records)
    assert told <= len(line.said), "nothing is told that was not said"
    if not was_said and cut.ending is not Ending.RESET:  # a reset takes along what was not read yet
        assert told >= len(line.cut_short), "each byte is told"
    if not ended:
        return
    (how,) = ended
    words = " ".join(str(record.facts) for record in log.records if record.kind in {*ENDS, Kind.HTTP, Kind.WS_OPEN})
    if cut.ending is Ending.RESET:
        assert "reset" in words
    else:
        assert "reset" not in words
    if how.kind is Kind.CONNECT_ERROR:
        assert running.status.failed
        assert how.fact("description")
    if how.kind is Kind.DISCONNECT:
        assert how.fact("reason") in ("transport close", "transport error")


@TALKS
async def test_a_byte_at_a_time(talk: Conversation) -> None:
    line = Line(dribbles=True)
    async with (
        holding(),
        raw_server(line.through(talk.serve())) as url,
        talk.open(url, reconnection=False, **talk.options) as (running, log),
    ):
        await until(lambda: talk.is_said(log))
        assert running.status.state is State.CONNECTED
    assert told_bytes(log.records) <= len(line.said)
    readable(log.records)


@pytest.mark.parametrize("name", ["websocket", "socketio websocket", "socketio polling"])
async def test_ten_thousand_tiny_writes(name: str) -> None:
    """One message, in as many segments."""
    text = "x" * 10_000
    event = f'42["large","{text}"]'

    async def tell_in_pieces(writer: asyncio.StreamWriter, data: bytes) -> None:
        for place in range(len(data)):
            writer.write(data[place : place + 1])
            await writer.drain()
            if not place % 10:
                await asyncio.sleep(0)

    async def play(socket: RawWebSocket) -> None:
        data = (event if name == "socketio websocket" else text).encode()
        await tell_in_pieces(socket.writer, b"\x81\x7e" + len(data).to_bytes(2, "big") + data)
        await until_closed(socket)

    class Crawling(EngineServer):
        async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while True:
                request = await read_request(reader)
                await tell_in_pieces(writer, answer("200 OK", await self._polled(request)))

    servers: dict[str, Handler] = {
        "websocket": agrees(play),
        "socketio websocket": EngineServer(websocket=play),
        "socketio polling": Crawling(connect_answer='40{"sid":"N"}\x1e' + event),
    }
    talk = next(each for each in CONVERSATIONS if each.name == name)
    async with holding(), raw_server(servers[name]) as url, talk.open(url, **talk.options) as (_run, log):
        kind = Kind.WS_MESSAGE if name == "websocket" else Kind.EVENT
        came = await log.until(kind, Direction.IN)
    assert came.data == (text if name == "websocket" else event[1:])


async def _reads_nothing(socket: RawWebSocket, packet: bytes) -> None:
    """Send ``packet`` for as long as the client takes it."""
    socket.reader._transport.pause_reading()  # type: ignore[attr-defined] # a reader of asyncio reads even if nobody asks
    while True:
        socket.writer.write(packet * 100)
        await socket.writer.drain()


class Tally:
    """Counts pings while they come: to go through a long log again and again would keep the loop."""

    def __init__(self, log: SessionLog) -> None:
        self.asked = self.answered = self.notes = 0
        log.on_record = self._count

    @property
    def is_limited(self) -> bool:
        return self.notes > 0

    def _count(self, record: Record) -> None:
        self.asked += record.kind is Kind.WS_PING or record.fact("packet") == "ping"
        self.answered += record.kind is Kind.WS_PONG or record.fact("packet") == "pong"
        self.notes += "reads nothing" in str(record.fact("text"))


PING, ENGINE_PING = Frame(Opcode.PING, b"p" * 125).encode(), Frame(Opcode.TEXT, b"2").encode()


@pytest.mark.parametrize(
    ("name", "packet"),
    [("websocket", PING), ("socketio websocket", PING), ("socketio websocket", ENGINE_PING)],
    ids=["websocket: pings", "socketio: pings of WebSocket", "socketio: pings of Engine.IO"],
)
async def test_pings_of_a_server_that_never_reads(name: str, packet: bytes) -> None:
    """Its pings are told, all of them; answers are kept for it up to a limit, and the log says so."""
    talk = next(each for each in CONVERSATIONS if each.name == name)

    async def play(socket: RawWebSocket) -> None:
        await _reads_nothing(socket, packet)

    server = agrees(play) if name == "websocket" else EngineServer(websocket=play)
    async with holding(), raw_server(server) as url, talk.open(url, reconnection=False, **talk.options) as (run, log):
        await log.until(Kind.CONNECT)
        tally = Tally(log)
        await send_megabytes(run)
        await until(lambda: tally.is_limited)
        answered, asked = tally.answered, tally.asked
        await until(lambda: tally.asked > asked + 1000)
        assert (tally.answered, tally.notes) == (answered, 1)
    assert run.status.state is State.CLOSED


async def test_pings_of_a_server_that_answers_no_post() -> None:
    """The same over polling, where the answers wait for the request before them."""

    class Deaf(EngineServer):
        async def _polled(self, request: Request) -> str:
            if request.method == "POST" and self.posts:
                await asyncio.Event().wait()
            if request.method == "GET" and self.posts and self.sessions[-1].empty():
                return "\x1e".join(["2"] * 500)
            return await super()._polled(request)

    options: dict[str, object] = {"transports": ["polling"], "reconnection": False}
    async with holding(), raw_server(Deaf()) as url, session(url, **options) as (running, log):
        tally = Tally(log)
        await until(lambda: tally.asked > 5000)
        assert tally.answered < 1500
        assert tally.notes == 1
    assert running.status.state is State.CLOSED


@pytest.mark.parametrize(
    "talk", [talk for talk in CONVERSATIONS if "upgrade" not in talk.name], ids=lambda talk: talk.name
)
async def test_what_we_send_to_a_server_that_never_reads(talk: Conversation) -> None:
    """More than the buffers of the system hold: it waits, the loop lives, and Cancel does not wait for it."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await server(Narrow(reader), writer)

    class Narrow(asyncio.StreamReader):
        """Gives what comes until a message is large."""

        def __init__(self, under: asyncio.StreamReader) -> None:
            super().__init__()
            self.readuntil = under.readuntil  # type: ignore[method-assign]
            self._under = under

        async def readexactly(self, n: int) -> bytes:
            if n >= MEGABYTE:
                self._under._transport.pause_reading()  # type: ignore[attr-defined] # else asyncio reads on
                large.set()
                await asyncio.Event().wait()
            return await self._under.readexactly(n)

    server, large = talk.serve(), asyncio.Event()
    async with (
        holding(),
        raw_server(handler) as url,
        talk.open(url, reconnection=False, **talk.options) as (running, log),
    ):
        await until(lambda: talk.is_said(log))
        await send_megabytes(running)
        await large.wait()
    assert running.status.state is State.CLOSED
    kind = Kind.WS_MESSAGE if isinstance(running, WebSocketSession) else Kind.EVENT
    assert len(log.all(kind, Direction.OUT)) == 30
    assert any("in time" in note for note in log.notes())


async def send_megabytes(running: SocketioSession | WebSocketSession) -> None:
    """More than the buffers of the system hold."""
    for _time in range(30):
        if isinstance(running, WebSocketSession):
            running.send_message("x" * MEGABYTE)
        else:
            running.send("large", ["x" * MEGABYTE])
        await asyncio.sleep(0)
