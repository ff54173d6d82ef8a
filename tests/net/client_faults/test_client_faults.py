"""Each fault on purpose, by what a server of bare sockets or the lab sees of it; and that none happens unarmed."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import pytest

from tests.net.raw_server import CLOSE, TEXT, EngineServer, RawWebSocket, agrees, always, raw_server, until_closed
from tests.net.session_log import PATIENCE_SECONDS, session
from tests.net.websocket_log import websocket
from wsgui.core.records import Direction, Kind
from wsgui.core.ws_close import close_body
from wsgui.core.ws_frames import Opcode
from wsgui.net.arming import Arming, NotArmedError
from wsgui.net.client_fault import FaultValueError, client_faults
from wsgui.net.slow_transport import SlowTransport

FAULTS = client_faults()


def do(arming: Arming, id_: str, value: str | None = None) -> bytes:
    """Arm and do it; the bytes that were announced."""
    fault = FAULTS[id_]
    prepared = fault.prepare(value if value is not None else fault.field.value if fault.field else "")
    arming.arm()
    arming.commit(id_, fault, prepared)
    return prepared.sent


async def some_exchanges(url: str) -> None:
    """Ask a server something several times, which gives every other connection its turns."""
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(url).port)
    for _number in range(5):
        writer.write(b"GET / HTTP/1.1\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
    writer.close()
    await writer.wait_closed()


class Listening:
    """A server that keeps what it hears, and how it ended."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, bytes]] = []
        self.raw = b""
        self._news = asyncio.Event()
        self.end: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.peer: asyncio.Future[RawWebSocket] = asyncio.get_running_loop().create_future()

    async def hears(self, count: int) -> None:
        """Until it has heard so many frames."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len(self.heard) < count:
                self._news.clear()
                await self._news.wait()

    async def frames(self, peer: RawWebSocket) -> None:
        self.peer.set_result(peer)
        try:
            while True:
                self.heard.append(await peer.receive())
                self._news.set()
                if self.heard[-1][0] == CLOSE:
                    peer.frame(CLOSE, close_body(1002))
        except asyncio.IncompleteReadError:
            self.end.set_result("end")
        except ConnectionResetError:
            self.end.set_result("reset")

    async def bytes(self, peer: RawWebSocket) -> None:
        while data := await peer.reader.read(1 << 16):
            self.raw += data
        self.end.set_result("end")


@pytest.mark.parametrize("id_", FAULTS)
async def test_nothing_happens_unarmed(id_: str) -> None:
    server = Listening()
    async with raw_server(agrees(server.frames)) as url, websocket(url) as (running, log):
        await log.until(Kind.CONNECT)
        fault = FAULTS[id_]
        with pytest.raises(NotArmedError, match="not armed"):
            running.faults.commit(id_, fault, fault.prepare(fault.field.value if fault.field else ""))
        running.send_message("still here")
        await log.until(Kind.WS_MESSAGE, Direction.OUT)
        await server.hears(1)
        assert server.heard == [(TEXT, b"still here")]
        assert log.all(Kind.FAULT) == []


@pytest.mark.parametrize(("id_", "seen"), [("drop-connection", "end"), ("reset-connection", "reset")])
async def test_the_connection_ends_without_a_close_frame(id_: str, seen: str) -> None:
    server = Listening()
    async with raw_server(agrees(server.frames)) as url, websocket(url) as (running, log):
        await log.until(Kind.CONNECT)
        await server.peer
        do(running.faults, id_)
        assert await server.end == seen
        assert server.heard == []
        close = await log.until(Kind.WS_CLOSE, Direction.IN)
        assert close.fact("code") == 1006
        assert log.all(Kind.FAULT, fault=id_)


@pytest.mark.parametrize("code", [1000, 1002, 1005, 1006, 47746])
async def test_the_code_that_was_chosen_arrives(code: int) -> None:
    server = Listening()
    async with raw_server(agrees(server.frames)) as url, websocket(url) as (running, log):
        await log.until(Kind.CONNECT)
        do(running.faults, "close-with-code", str(code))
        await log.until(Kind.STATE, state="closed")
        assert server.heard == [(CLOSE, close_body(code))]


async def test_a_malformed_packet_goes_out_as_it_was_shown() -> None:
    field = FAULTS["malformed-packet"].field
    assert field is not None
    for value in field.choices:
        server = Listening()
        async with raw_server(agrees(server.bytes)) as url, websocket(url) as (running, log):
            await log.until(Kind.CONNECT)
            shown = do(running.faults, "malformed-packet", value)
            (record,) = log.all(Kind.FAULT, fault="malformed-packet")
            assert (record.raw, record.via) == (shown, record.seq)
            do(running.faults, "drop-connection")
            await server.end
            assert server.raw == shown


async def test_pings_stay_unanswered_until_it_ends() -> None:
    server = Listening()
    async with raw_server(agrees(server.frames)) as url, websocket(url) as (running, log):
        await log.until(Kind.CONNECT)
        peer = await server.peer
        do(running.faults, "silent-to-pings")
        peer.frame(Opcode.PING, b"1")
        await log.until(Kind.WS_PING, Direction.IN)
        running.faults.end("silent-to-pings")
        peer.frame(Opcode.PING, b"2")
        await log.until(Kind.WS_PONG, Direction.OUT)
        await server.hears(1)
        assert server.heard == [(Opcode.PONG, b"2")]


@pytest.mark.parametrize(("id_", "value"), [("delay", "600000"), ("throttle", "1")])
async def test_what_is_held_back_comes_in_order_when_the_fault_ends(id_: str, value: str) -> None:
    server = Listening()
    async with (
        raw_server(agrees(server.frames)) as url,
        raw_server(always("200 OK")) as other,
        websocket(url) as (running, log),
    ):
        await log.until(Kind.CONNECT)
        do(running.faults, id_, value)
        running.send_message("a")
        running.send_message("b")
        await some_exchanges(other)  # what is not held back has long arrived by then
        assert server.heard == []
        running.faults.disarm()
        await server.hears(2)
        assert server.heard == [(TEXT, b"a"), (TEXT, b"b")]
        assert not running.faults.running


async def test_a_fault_that_lasts_holds_for_the_next_connection_of_the_session() -> None:
    server = EngineServer(websocket=until_closed)
    options = {"transports": ["websocket"], "reconnectionDelay": 1, "reconnectionDelayMax": 1}
    async with raw_server(server) as url, session(url, **options) as (running, log):
        await log.until(Kind.CONNECT)
        do(running.faults, "delay", "1")
        do(running.faults, "drop-connection")
        await log.until(Kind.CONNECT, count=2)
        assert all(isinstance(stream.transport, SlowTransport) for stream in running.faults.streams())


async def test_throttled_frames_arrive_whole() -> None:
    server = Listening()
    async with raw_server(agrees(server.frames)) as url, websocket(url) as (running, log):
        await log.until(Kind.CONNECT)
        do(running.faults, "throttle", "2000")
        running.send_message("x" * 300)
        await server.hears(1)
        assert server.heard == [(TEXT, b"x" * 300)]


async def test_socketio_closes_beneath_itself_and_reconnects() -> None:
    closes: list[bytes] = []

    async def script(peer: RawWebSocket) -> None:
        opcode, payload = await peer.receive()
        while opcode != CLOSE:
            opcode, payload = await peer.receive()
        closes.append(payload)
        peer.frame(CLOSE, close_body(1002))

    server = EngineServer(websocket=script)
    options = {"transports": ["websocket"], "reconnectionDelay": 1, "reconnectionDelayMax": 1}
    async with raw_server(server) as url, session(url, **options) as (running, log):
        await log.until(Kind.CONNECT)
        do(running.faults, "close-with-code", "1006")
        lost = await log.until(Kind.DISCONNECT)
        assert lost.fact("reason") == "transport close"
        await log.until(Kind.CONNECT, count=2)
        assert closes == [close_body(1006)]


@pytest.mark.parametrize(
    ("id_", "value"), [("delay", "0"), ("throttle", "x"), ("close-with-code", "65536"), ("malformed-packet", "?")]
)
def test_a_value_that_means_nothing_is_refused_with_a_sentence(id_: str, value: str) -> None:
    with pytest.raises(FaultValueError, match=r"\.$"):
        FAULTS[id_].prepare(value)
