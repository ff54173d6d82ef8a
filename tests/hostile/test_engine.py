"""Engine.IO at odds with its protocol, in both versions, over both transports: the log tells what came."""

from __future__ import annotations

import asyncio

import pytest

from tests.hostile.conversations import Server3, Server4
from tests.hostile.engine_cases import HANDSHAKES, MOMENTS, PACKETS, PROBES, USUAL, Handshake, Probe
from tests.hostile.holding import arrived, holding, readable, settled, turns, until
from tests.hostile.packet_cases import payload
from tests.net.raw_server import CLOSE, EngineServer, Handler, RawWebSocket, agrees, answer, raw_server, read_request
from tests.net.session_log import SessionLog, session, v2_session
from wsgui.core.records import Direction, Kind, Record
from wsgui.net.state import State

pytestmark = pytest.mark.layer("Engine.IO and Socket.IO")

OPEN = {4: session, 3: v2_session}
REASONS = {
    "parse error", "transport error", "transport close", "io server disconnect", "io client disconnect", "forced close",
    "ping timeout",
}  # fmt: skip
OPEN_PACKET = '0{"sid":"S","upgrades":[],"pingInterval":25000,"pingTimeout":20000}'
JOINED = {4: '40{"sid":"N"}', 3: "40"}
AFTER = '42["after"]'
VERSIONS = pytest.mark.parametrize("version", [4, 3], ids=["version 4", "version 3"])


def over_websocket(version: int, packet: str | bytes, moment: str) -> Handler:
    def said(socket: RawWebSocket, when: str) -> None:
        if when == moment:
            socket.send(packet)

    async def play(socket: RawWebSocket) -> None:
        said(socket, MOMENTS[0])
        socket.send(OPEN_PACKET)
        said(socket, MOMENTS[1])
        if version == 4:
            await socket.expect("40")
        socket.send(JOINED[version])
        said(socket, MOMENTS[2])
        socket.send(AFTER)
        opcode, body = await socket.receive()
        while opcode != CLOSE:
            opcode, body = await socket.receive()
        said(socket, MOMENTS[3])
        socket.frame(CLOSE, body)

    return agrees(play)


def over_polling(version: int, packet: str | bytes, moment: str) -> Handler:
    answers: asyncio.Queue[str] = asyncio.Queue()
    whole = [OPEN_PACKET] if moment != MOMENTS[0] else [packet, OPEN_PACKET]
    answers.put_nowait(payload(version, *whole))
    if moment == MOMENTS[1]:
        answers.put_nowait(payload(version, packet))
    answers.put_nowait(payload(version, JOINED[version]))
    if moment == MOMENTS[2]:
        answers.put_nowait(payload(version, packet))
    answers.put_nowait(payload(version, AFTER))

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            request = await read_request(reader)
            if request.method == "GET":
                body = await answers.get()
            else:
                body = payload(version, packet) if moment == MOMENTS[3] and "41" in request.body else "ok"
            writer.write(answer("200 OK", body))

    return handler


@VERSIONS
@pytest.mark.parametrize("transport", ["websocket", "polling"])
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("packet", PACKETS, ids=lambda packet: f"{packet!r}"[:30])
async def test_every_packet_at_every_moment(packet: str | bytes, moment: str, transport: str, version: int) -> None:
    serve = over_websocket if transport == "websocket" else over_polling
    options: dict[str, object] = {"transports": [transport], "reconnection": False, "timeout": 300}
    async with (
        holding(),
        raw_server(serve(version, packet, moment)) as url,
        OPEN[version](url, **options) as (running, log),
    ):
        await until(lambda: bool(settled(log) or log.all(Kind.ERROR)) or AFTER[1:] in events(log))
    assert running.status.state is State.CLOSED
    readable(log.records)
    assert {ended.fact("reason") for ended in log.all(Kind.DISCONNECT)} <= REASONS
    if moment in (MOMENTS[0], MOMENTS[2]) or transport == "websocket":
        assert is_told(log, packet, version)


def events(log: SessionLog) -> list[object]:
    return [event.data for event in log.all(Kind.EVENT, Direction.IN)]


def is_told(log: SessionLog, packet: str | bytes, version: int) -> bool:
    if exchanges := log.all(Kind.HTTP):
        return any(payload(version, packet) in str(exchange.data) for exchange in exchanges)
    whole = packet.encode() if isinstance(packet, str) else packet
    frame = bytes([0x81 if isinstance(packet, str) else 0x82, len(whole)]) + whole
    return frame in arrived(log.records, version)


@VERSIONS
@pytest.mark.parametrize("transport", ["websocket", "polling"])
@pytest.mark.parametrize("case", HANDSHAKES, ids=lambda case: case.name)
async def test_handshake(case: Handshake, transport: str, version: int) -> None:
    requests: list[str] = []
    text = ("0" + case.text).encode("utf-8", "surrogatepass")
    units = len(("0" + case.text).encode("utf-16-le", "surrogatepass")) // 2
    body = text if version == 4 else f"{units}:".encode() + text

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            request = await read_request(reader)
            requests.append(request.target)
            if "sec-websocket-key" in request.headers:
                socket = RawWebSocket(reader, writer)
                socket.accept(request)
                size = len(text)
                socket.writer.write(b"\x81\x7f" + size.to_bytes(8, "big") + text)
                socket.send(JOINED[version])
                await reader.read()
                return
            if request.method == "POST":
                writer.write(answer("200 OK", "ok"))
            elif "sid=" in request.target:
                await asyncio.Event().wait()
            else:
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    options: dict[str, object] = {"transports": [transport], "reconnection": False, "timeout": 5000}
    async with holding(), raw_server(handler) as url, OPEN[version](url, **options) as (running, log):
        await until(lambda: bool(settled(log)) or bool(log.all(Kind.TRANSPORT)))
        failed = log.all(Kind.CONNECT_ERROR)
        await turns()
    readable(log.records)
    assert bool(failed) == case.fails, "it works where it works in JavaScript, too"
    if failed:
        assert case.says in str(failed[0].fact("description"))
    assert all(target.startswith("/socket.io/?EIO=") and " " not in target for target in requests)
    assert all(target.count("transport=") == 1 for target in requests)
    assert running.status.state is State.CLOSED


@VERSIONS
@pytest.mark.parametrize("case", PROBES, ids=lambda case: case.name)
async def test_probe_answered_with(case: Probe, version: int) -> None:
    """The connection goes on over polling, or over the WebSocket if it was taken; nothing is lost in silence."""
    server: EngineServer = Server4() if version == 4 else Server3()

    async def play(socket: RawWebSocket) -> None:
        await socket.expect("2probe")
        for packet in case.packets:
            socket.send(packet)
        server.say(payload(version, "6"))
        while (await socket.receive())[0] != CLOSE:
            pass

    server.websocket = play
    server.handshake = USUAL | {"upgrades": ["websocket"]}
    async with holding(), raw_server(server) as url, OPEN[version](url, reconnection=False) as (running, log):
        await until(lambda: bool(log.all(Kind.UPGRADE_ERROR) + log.all(Kind.UPGRADE)))
        await turns()
    assert running.status.state is State.CLOSED
    readable(log.records)
    assert {ended.fact("reason") for ended in log.all(Kind.DISCONNECT)} <= REASONS
    told = arrived(log.records, version)
    for packet in case.packets:
        assert (packet.encode() if isinstance(packet, str) else packet) in told


async def opened_by(handler: Handler, until_so: str, kind: Kind, version: int, least: int) -> SessionLog:
    """A session over polling with this server, until so many records of a kind have come."""
    options: dict[str, object] = {"transports": ["polling"], "reconnection": False}
    count = 0

    def take(record: Record) -> None:
        nonlocal count
        count += record.kind is kind and until_so in str(record.data or record.fact("packet"))

    async with holding(), raw_server(handler) as url, OPEN[version](url, **options) as (running, log):
        log.on_record = take
        await until(lambda: count >= least)
    assert running.status.state is State.CLOSED
    return log


@VERSIONS
async def test_eighty_thousand_packets_in_one_answer(version: int) -> None:
    """The loop has its turns while they are read."""
    body = payload(version, OPEN_PACKET, JOINED[version], *["6"] * 40_000, *[AFTER] * 40_000)

    bodies = [body]

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        if bodies:
            writer.write(answer("200 OK", bodies.pop()))
        await reader.read()

    log = await opened_by(handler, "after", Kind.EVENT, version, 40_000)
    assert len(log.all(Kind.ENGINE, Direction.IN, packet="noop")) == 40_000


@VERSIONS
async def test_an_answer_of_nothing_at_once_and_for_ever(version: int) -> None:
    """Each request is answered with a noop, as by a proxy that keeps nothing open: it goes on until cancelled."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            request = await read_request(reader)
            first = "sid=" not in request.target
            packets = [OPEN_PACKET, JOINED[version]] if first else ["6"]
            writer.write(answer("200 OK", "ok" if request.method == "POST" else payload(version, *packets)))

    await opened_by(handler, "noop", Kind.ENGINE, version, 2000)


@VERSIONS
async def test_another_sid_in_every_answer(version: int) -> None:
    """A session keeps the sid that it was opened with, and says what came."""
    targets: list[str] = []

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            request = await read_request(reader)
            targets.append(request.target)
            again = OPEN_PACKET.replace('"S"', f'"T{len(targets)}"')
            packets = [again if "sid=" in request.target else OPEN_PACKET, JOINED[version]]
            writer.write(answer("200 OK", "ok" if request.method == "POST" else payload(version, *packets)))

    log = await opened_by(handler, "T", Kind.ENGINE, version, 5)
    assert all("sid=S" in target for target in targets[1:])
    assert len([note for note in log.notes() if "open already is ignored" in note]) >= 5
