"""TLS that stalls, lies, ends or crawls: the attempt ends in a sentence, or waits until it is cancelled."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest
import trustme

from tests.hostile.conversations import CONVERSATIONS, Conversation
from tests.hostile.holding import holding, readable, settled, turns, until
from tests.hostile.scissors import Cut, Ending, Line, Part
from tests.hostile.tls_cases import ANSWERS, CERTIFICATES, Case, Certificate, record
from tests.hostile.tls_peer import TlsWriter, over_tls
from tests.net.raw_server import EngineServer, Handler, RawWebSocket, raw_server
from tests.net.session_log import SessionLog, session
from wsgui.core.records import Direction, Kind
from wsgui.net.state import State

pytestmark = pytest.mark.layer("TLS")

AUTHORITY = trustme.CA()
CA = AUTHORITY.cert_pem.bytes().decode()
OURS = AUTHORITY.issue_cert("127.0.0.1")
VERSIONS = {"TLS 1.2": ssl.TLSVersion.TLSv1_2, "TLS 1.3": ssl.TLSVersion.TLSv1_3}
TALKS = [talk for talk in CONVERSATIONS if talk.name in ("websocket", "socketio polling")]


def context(version: str = "TLS 1.3") -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    OURS.configure_cert(made)
    made.minimum_version = made.maximum_version = VERSIONS[version]
    return made


def secure(url: str) -> str:
    return url.replace("http:", "https:", 1)


def cases() -> list[object]:
    return [
        pytest.param(
            talk, version, Cut(step, part, ending),
            id=f"{talk.name}, {version}: {ending.value} at flight {step}, {part.name.lower()} said",
        )
        for talk in TALKS
        for version in VERSIONS
        for step in range(4)
        for ending in Ending
        for part in Part
        if ending is not Ending.SILENCE or part is Part.HALF
    ]  # fmt: skip


@pytest.mark.parametrize(("talk", "version", "cut"), cases())
async def test_ends_at_a_flight(talk: Conversation, version: str, cut: Cut) -> None:
    line = Line(cut)
    async with (
        holding(),
        raw_server(line.through(over_tls(context(version), talk.serve()))) as url,
        talk.open(secure(url), reconnection=False, ca=CA, **talk.options) as (running, log),
    ):
        silent = cut.ending is Ending.SILENCE
        await until(lambda: bool(settled(log)) or talk.is_said(log) or (silent and line.happened.is_set()))
        await turns()
        ended = settled(log)
        if ended:
            await running.wait()
    assert running.status.state is State.CLOSED, "Cancel works"
    readable(log.records)
    if not ended:
        return
    words = " ".join(str(each.facts) for each in log.records)
    if cut.ending is Ending.RESET:
        assert "reset" in words
    elif cut.step < 2:  # later, who writes to a connection that was closed gets a reset
        assert "reset" not in words
    if log.all(Kind.CONNECT_ERROR):
        assert running.status.failed
        assert log.all(Kind.CONNECT_ERROR)[0].fact("description")


@pytest.mark.parametrize("case", ANSWERS, ids=lambda case: case.name)
async def test_answers_a_greeting_with(case: Case) -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1 << 16)
        writer.write(case.answer)
        await reader.read()

    failed = await refused(handler)
    assert failed
    assert "ssl.c" not in failed
    assert case.says in failed


async def refused(handler: Handler, **options: object) -> str:
    """The description of the failure to connect to a server that is no good."""
    values = {"transports": ["polling"], "reconnection": False, "timeout": 1000, "ca": CA} | options
    async with holding(), raw_server(handler) as url, session(secure(url), **values) as (running, log):
        await asyncio.wait_for(running.wait(), 30)
        assert running.status.failed
    readable(log.records)
    (failed,) = log.all(Kind.CONNECT_ERROR)
    assert [name for name, _text in chain_of(log)], "the exceptions are kept"
    return str(failed.fact("description"))


def chain_of(log: SessionLog) -> list[tuple[str, str]]:
    chain = log.all(Kind.CONNECT_ERROR)[0].fact("chain")
    return [(str(name), str(text)) for name, text in chain] if isinstance(chain, list) else []


@pytest.mark.parametrize("believed", [True, False], ids=["not verified", "verified"])
@pytest.mark.parametrize("certificate", CERTIFICATES, ids=lambda certificate: certificate.name)
async def test_certificate(certificate: Certificate, believed: bool, tmp_path: Path) -> None:
    """``believed``: with ``rejectUnauthorized: false`` anything is, and the log shows what."""
    file = tmp_path / "certificate.pem"
    file.write_bytes(certificate.pem())
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(file)
    talk = TALKS[0]
    async with (
        holding(),
        raw_server(over_tls(made, talk.serve())) as url,
        talk.open(secure(url), rejectUnauthorized=not believed, ca=CA) as (running, log),
    ):
        await until(lambda: bool(settled(log)) or talk.is_said(log))
        if believed and not certificate.too_large:
            assert talk.is_said(log)
        else:
            await running.wait()
            assert running.status.failed
    readable(log.records)
    shown = [each for each in log.all(Kind.NOTE) if each.fact("certificate")]
    if certificate.too_large:
        assert "excessive message size" in str(log.all(Kind.CONNECT_ERROR)[0].fact("description"))
        assert shown == []
    else:
        (note,) = shown
        assert len(str(note.fact("text"))) < 2000


@pytest.mark.parametrize("talk", CONVERSATIONS, ids=lambda talk: talk.name)
@pytest.mark.parametrize("version", VERSIONS)
async def test_a_record_for_each_byte(talk: Conversation, version: str) -> None:
    async with (
        holding(),
        raw_server(over_tls(context(version), talk.serve(), crawls=True)) as url,
        talk.open(secure(url), reconnection=False, ca=CA, **talk.options) as (running, log),
    ):
        await until(lambda: talk.is_said(log))
        assert running.status.state is State.CONNECTED
    (agreed,) = {note.fact("tls") for note in log.all(Kind.NOTE) if note.fact("peer")}
    assert agreed == version.replace(" ", "v")


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.name)
async def test_a_handshake_a_byte_at_a_time(talk: Conversation) -> None:
    line = Line(dribbles=True)
    async with (
        holding(),
        raw_server(line.through(over_tls(context(), talk.serve()))) as url,
        talk.open(secure(url), reconnection=False, ca=CA, **talk.options) as (_running, log),
    ):
        await until(lambda: talk.is_said(log))


@pytest.mark.parametrize("flight", [0, 1])
@pytest.mark.parametrize("part", [Part.NOTHING, Part.HALF], ids=lambda part: part.name.lower())
@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.name)
async def test_a_handshake_that_stalls_is_given_up(talk: Conversation, part: Part, flight: int) -> None:
    """After the time that the options give it."""
    line = Line(Cut(flight, part, Ending.SILENCE))
    async with (
        holding(),
        raw_server(line.through(over_tls(context("TLS 1.2"), talk.serve()))) as url,
        talk.open(secure(url), reconnection=False, ca=CA, timeout=200, **talk.options) as (running, log),
    ):
        await asyncio.wait_for(running.wait(), 30)
        assert running.status.failed
    (failed,) = log.all(Kind.CONNECT_ERROR)
    assert "timeout" in str(failed.facts)


LIES = {
    "an alert in the clear": record(21, b"\x02\x28"),
    "a goodbye in the clear": record(21, b"\x01\0"),
    "a record that nobody sealed": record(23, bytes(200)),
    "a record of 65,535 bytes": record(23, bytes(100), size=65535),
    "a record without content": record(23, b""),
    "a record of an unknown kind": record(77, b"hello"),
    "a wish to begin again": record(22, b"\0\0\0\0"),
    "a change of ciphers": record(20, b"\x01"),
    "a new key": record(22, b"\x18\0\0\x01\x01"),
    "HTTP in the clear": b"HTTP/1.1 200 OK\r\n\r\n",
}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("lie", LIES)
async def test_lies_behind_the_handshake(lie: str, version: str) -> None:
    """Records put between those of a WebSocket that works: what came before is told, and why it ended."""

    async def play(socket: RawWebSocket) -> None:
        socket.send('42["before"]')
        await turns()  # asyncio loses what it deciphers in one go with what cannot be deciphered
        assert isinstance(socket.writer, TlsWriter)
        socket.writer.under.write(LIES[lie])
        socket.send('42["after"]')
        await asyncio.Event().wait()

    options: dict[str, object] = {"transports": ["websocket"], "reconnection": False, "ca": CA}
    server = over_tls(context(version), EngineServer(websocket=play))
    async with holding(), raw_server(server) as url, session(secure(url), **options) as (running, log):
        await asyncio.wait_for(running.wait(), 30)
    readable(log.records)
    assert [event.data for event in log.all(Kind.EVENT, Direction.IN)] == ['2["before"]']
    (ended,) = log.all(Kind.DISCONNECT)
    assert ended.fact("reason") == "transport error"
    assert "TLS" in str(ended.fact("details"))


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.name)
async def test_plain_words_to_a_server_that_speaks_tls(talk: Conversation) -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await over_tls(context(), talk.serve())(reader, writer)

    async with holding(), raw_server(handler) as url, talk.open(url, reconnection=False, **talk.options) as (run, log):
        await asyncio.wait_for(run.wait(), 30)
        assert run.status.failed
    (failed,) = log.all(Kind.CONNECT_ERROR)
    assert "without an answer" in str(failed.fact("description"))
