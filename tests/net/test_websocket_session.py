"""A plain WebSocket against servers of bare sockets, which break every rule that a library would keep."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct

import pytest
import trustme

from tests.net.raw_server import (
    BINARY,
    CLOSE,
    TEXT,
    Handler,
    RawWebSocket,
    Script,
    agrees,
    always,
    answer,
    hangs_up,
    raw_server,
    says,
    silent,
)
from tests.net.websocket_log import websocket
from wsgui.core.records import Direction, Kind
from wsgui.core.ws_close import close_body
from wsgui.core.ws_frames import Frame, Opcode
from wsgui.net.session import NotConnectedError
from wsgui.net.state import State

ILLEGAL = "Invalid WebSocket frame: "


def sends(*frames: Frame) -> Script:
    """Send these frames, take what comes up to the client's close frame, and hang up."""

    async def script(peer: RawWebSocket) -> None:
        peer.writer.write(b"".join(frame.encode() for frame in frames))
        while (await peer.receive())[0] != CLOSE:
            pass

    return script


async def answers_the_close(peer: RawWebSocket) -> None:
    """Take whatever comes, up to a close frame, and send that back."""
    opcode, payload = await peer.receive()
    while opcode != CLOSE:
        opcode, payload = await peer.receive()
    peer.frame(CLOSE, payload)


@pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535])
async def test_an_illegal_code_of_the_server_is_shown_as_it_is(code: int) -> None:
    handler = agrees(sends(Frame(Opcode.CLOSE, close_body(code, "why"))))
    async with raw_server(handler) as url, websocket(url) as (running, log):
        close = await log.until(Kind.WS_CLOSE, Direction.IN)
        assert (close.fact("code"), close.fact("valid"), close.fact("by")) == (code, False, "server")
        assert close.fact("reason") == "why"
        assert close.data == close_body(code, "why")
        error = await log.until(Kind.ERROR)
        assert error.fact("text") == f"{ILLEGAL}invalid status code {code}"
        assert error.fact("description") == "WS_ERR_INVALID_CLOSE_CODE"
        answer_ = await log.until(Kind.WS_CLOSE, Direction.OUT)
        assert answer_.fact("code") == 1002
        await log.until(Kind.STATE, state="closed")
        assert running.status.failed


BROKEN = [
    (Frame(Opcode.CLOSE, b"\x03"), "invalid payload length 1", "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH", 1002),
    (Frame(Opcode.CLOSE, b"\x03\xe8\xff"), "invalid UTF-8 sequence", "WS_ERR_INVALID_UTF8", 1007),
    (Frame(Opcode.TEXT, b"\xff"), "invalid UTF-8 sequence", "WS_ERR_INVALID_UTF8", 1007),
    (Frame(Opcode.TEXT, b"a", rsv=4), "RSV1 must be clear", "WS_ERR_UNEXPECTED_RSV_1", 1002),
    (Frame(Opcode.TEXT, b"a", rsv=2), "RSV2 and RSV3 must be clear", "WS_ERR_UNEXPECTED_RSV_2_3", 1002),
    (Frame(3), "invalid opcode 3", "WS_ERR_INVALID_OPCODE", 1002),
    (Frame(Opcode.CONTINUATION, b"a"), "invalid opcode 0", "WS_ERR_INVALID_OPCODE", 1002),
    (Frame(Opcode.PING, fin=False), "FIN must be set", "WS_ERR_EXPECTED_FIN", 1002),
    (Frame(Opcode.TEXT, b"a", mask=b"1234"), "MASK must be clear", "WS_ERR_UNEXPECTED_MASK", 1002),
]


@pytest.mark.parametrize(("frame", "problem", "name", "code"), BROKEN, ids=[row[2] for row in BROKEN])
async def test_a_broken_frame_ends_it_with_the_words_of_ws(frame: Frame, problem: str, name: str, code: int) -> None:
    handler = agrees(sends(Frame(Opcode.TEXT, b"good"), frame))
    async with raw_server(handler) as url, websocket(url, perMessageDeflate=False) as (running, log):
        error = await log.until(Kind.ERROR)
        assert (error.fact("text"), error.fact("description")) == (ILLEGAL + problem, name)
        assert [record.data for record in log.all(Kind.WS_MESSAGE)] == ["good"]
        close = await log.until(Kind.WS_CLOSE, Direction.OUT)
        assert close.fact("code") == code
        await log.until(Kind.STATE, state="closed")
        assert running.status.failed
        assert running.status.problem == ILLEGAL + problem


async def test_the_bytes_of_a_broken_frame_are_kept() -> None:
    async with raw_server(agrees(sends(Frame(3, b"abc")))) as url, websocket(url) as (_running, log):
        assert (await log.until(Kind.ERROR)).raw == Frame(3, b"abc").encode()


async def test_a_message_larger_than_max_payload_is_refused_before_it_has_come() -> None:
    async def script(peer: RawWebSocket) -> None:
        peer.writer.write(Frame(Opcode.BINARY, b"x" * 11).encode()[:2])  # announced, not sent
        assert await peer.receive() == (CLOSE, close_body(1009))

    async with raw_server(agrees(script)) as url, websocket(url, maxPayload=10) as (_running, log):
        assert (await log.until(Kind.ERROR)).fact("text") == "Max payload size exceeded"
        await log.until(Kind.STATE, state="closed")
        assert log.all(Kind.WS_MESSAGE) == []


async def test_fragments_are_one_message_and_a_ping_may_come_between_them() -> None:
    frames = (
        Frame(Opcode.TEXT, "ж".encode()[:1], fin=False),
        Frame(Opcode.PING, b"now"),
        Frame(Opcode.CONTINUATION, "ж".encode()[1:], fin=False),
        Frame(Opcode.CONTINUATION, b""),
    )
    async with raw_server(agrees(sends(*frames))) as url, websocket(url) as (_running, log):
        message = await log.until(Kind.WS_MESSAGE)
        assert (message.data, message.fact("frames")) == ("ж", [[1, 0, 0, 1], [0, 0, 0, 1], [0, 1, 0, 0]])
        assert log.order(Kind.WS_PING, Kind.WS_PONG, Kind.WS_MESSAGE) == [Kind.WS_PING, Kind.WS_PONG, Kind.WS_MESSAGE]
        assert log.all(Kind.WS_PONG, Direction.OUT)[0].data == b"now"


async def test_with_automatic_pong_off_a_ping_stays_without_answer() -> None:
    heard: list[tuple[int, bytes]] = []

    async def script(peer: RawWebSocket) -> None:
        peer.frame(Opcode.PING, b"one")
        peer.send("after")
        heard.append(await peer.receive())
        peer.frame(CLOSE, close_body(1000))
        heard.append(await peer.receive())

    async with raw_server(agrees(script)) as url, websocket(url, autoPong=False) as (running, log):
        await log.until(Kind.WS_MESSAGE, Direction.IN)
        running.send_message("mine")
        await log.until(Kind.STATE, state="closed")
        assert (await log.until(Kind.WS_PING)).data == b"one"
        assert log.all(Kind.WS_PONG) == []
    assert heard == [(TEXT, b"mine"), (CLOSE, close_body(1000))]


async def test_a_pong_is_told_with_its_round_trip_and_one_that_nobody_asked_for_without() -> None:
    async def script(peer: RawWebSocket) -> None:
        peer.frame(Opcode.PONG, b"unasked")
        opcode, payload = await peer.receive()
        assert opcode == Opcode.PING
        peer.frame(Opcode.PONG, payload)
        await answers_the_close(peer)

    async with raw_server(agrees(script)) as url, websocket(url) as (running, log):
        await log.until(Kind.CONNECT)
        running.ping(b"\x00mine")
        unasked, mine = await log.until(Kind.WS_PONG), await log.until(Kind.WS_PONG, count=2)
        assert (unasked.data, unasked.fact("rtt")) == (b"unasked", None)
        assert mine.data == b"\x00mine"
        assert mine.fact("rtt") == running.status.round_trip
        assert isinstance(running.status.round_trip, float)


async def test_what_is_sent_is_on_the_wire_masked() -> None:
    heard: list[tuple[int, bytes]] = []

    async def script(peer: RawWebSocket) -> None:
        heard.extend([await peer.receive() for _each in range(4)])
        peer.frame(CLOSE, heard[-1][1])

    async with raw_server(agrees(script)) as url, websocket(url) as (running, log):
        await log.until(Kind.CONNECT)
        running.send_message("text ж \ud800")
        running.send_message(b"\x00\xff" * 40_000)
        running.send_message("")
        running.close_with(close_body(4999, "bye"))
        await log.until(Kind.STATE, state="closed")
    assert [opcode for opcode, _payload in heard] == [TEXT, BINARY, TEXT, CLOSE]
    assert heard[0][1].decode() == "text ж \ufffd"
    assert heard[1][1] == b"\x00\xff" * 40_000
    assert heard[3][1] == close_body(4999, "bye")
    assert [record.fact("answer") for record in log.all(Kind.WS_CLOSE)] == [None, True]


async def test_the_end_without_a_close_frame_is_1006_and_it_does_not_reconnect() -> None:
    opened: list[RawWebSocket] = []

    async def script(peer: RawWebSocket) -> None:
        opened.append(peer)

    async with raw_server(agrees(script)) as url, websocket(url) as (running, log):
        await log.until(Kind.STATE, state="closed")
        close = log.all(Kind.WS_CLOSE)[0]
        assert (close.fact("code"), close.fact("valid"), close.data) == (1006, True, None)
        assert running.status.failed
        assert "does not reconnect" in str(log.all(Kind.NOTE)[-1].fact("text"))
    assert len(opened) == 1


async def test_a_reset_connection_says_so() -> None:
    async def script(peer: RawWebSocket) -> None:
        await peer.receive()
        raw = peer.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    async with raw_server(agrees(script)) as url, websocket(url) as (running, log):
        await log.until(Kind.CONNECT)
        running.send_message("go")
        await log.until(Kind.STATE, state="closed")
        assert running.status.problem == "The server reset the connection."


async def test_a_quiet_end_by_the_server_is_no_failure() -> None:
    async with raw_server(agrees(sends(Frame(Opcode.CLOSE)))) as url, websocket(url) as (running, log):
        await log.until(Kind.STATE, state="closed")
        assert [record.fact("code") for record in log.all(Kind.WS_CLOSE)] == [1005, 1005]
        assert not running.status.failed


async def test_disconnecting_is_bounded_where_the_server_never_answers() -> None:
    async def script(peer: RawWebSocket) -> None:
        await peer.reader.read()

    async with raw_server(agrees(script)) as url, websocket(url) as (running, log):
        await log.until(Kind.CONNECT)
        await running.close()
        await running.close()
        assert running.status.state is State.CLOSED
        assert [record.fact("code") for record in log.all(Kind.WS_CLOSE)] == [1000]
        with pytest.raises(NotConnectedError, match="not open"):
            running.send_message("too late")


REFUSALS = [
    (always("403 Forbidden", "not you", "X-Why: policy"), 403, "Unexpected server response: 403"),
    (always("302 Found", "", "Location: ws://elsewhere/"), 302, "Unexpected server response: 302"),
    (always("200 OK", "<html>"), 200, "Unexpected server response: 200"),
    (always("101 Switching Protocols", "", "Upgrade: h2c", "Connection: Upgrade"), 101, "Invalid Upgrade header"),
    (
        always("101 Switching Protocols", "", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Accept: no"),
        101,
        "Invalid Sec-WebSocket-Accept header",
    ),
]


@pytest.mark.parametrize(("handler", "status", "text"), REFUSALS, ids=[row[2] for row in REFUSALS])
async def test_a_refused_handshake_is_kept_whole(handler: Handler, status: int, text: str) -> None:
    async with raw_server(handler) as url, websocket(url) as (running, log):
        await log.until(Kind.STATE, state="closed")
        error = log.all(Kind.CONNECT_ERROR)[0]
        assert (error.fact("text"), error.fact("status")) == (text, status)
        opened = log.all(Kind.WS_OPEN)
        assert [record.fact("status") for record in opened] == [status]
        if status == 403:
            assert opened[0].data == "not you"
            assert ["X-Why", "policy"] in list(opened[0].fact("headers") or ())  # type: ignore[call-overload]
        if status == 302:
            assert "ws://elsewhere/" in str(error.fact("description"))
        assert running.status.failed


@pytest.mark.parametrize(
    ("headers", "options", "text"),
    [
        (["Sec-WebSocket-Protocol: b"], {"protocols": ["a"]}, "Server sent an invalid subprotocol"),
        (["Sec-WebSocket-Protocol: b"], {}, "Server sent a subprotocol but none was requested"),
        ([], {"protocols": ["a"]}, "Server sent no subprotocol"),
        (
            ["Sec-WebSocket-Extensions: permessage-deflate"],
            {"perMessageDeflate": False},
            "Server sent a Sec-WebSocket-Extensions header but no extension was requested",
        ),
        (["Sec-WebSocket-Extensions: x"], {}, "Server indicated an extension that was not requested"),
        (["Sec-WebSocket-Extensions: permessage-deflate; x"], {}, "Invalid Sec-WebSocket-Extensions header"),
    ],
)
async def test_an_answer_that_ws_does_not_accept(headers: list[str], options: dict[str, object], text: str) -> None:
    async with raw_server(agrees(answers_the_close, *headers)) as url, websocket(url, **options) as (_running, log):
        await log.until(Kind.STATE, state="closed")
        assert log.all(Kind.CONNECT_ERROR)[0].fact("text") == text
        assert log.all(Kind.CONNECT) == []


@pytest.mark.parametrize(
    ("handler", "said"),
    [(hangs_up, "closed the connection without an answer"), (says(b"SSH-2.0\r\n\r\n"), "not HTTP")],
    ids=["hangs up", "is no web server"],
)
async def test_what_is_no_web_server(handler: Handler, said: str) -> None:
    async with raw_server(handler) as url, websocket(url) as (_running, log):
        await log.until(Kind.STATE, state="closed")
        assert said in str(log.all(Kind.CONNECT_ERROR)[0].fact("description"))


async def test_the_handshake_has_a_time_limit() -> None:
    async with raw_server(silent) as url, websocket(url, timeout=50) as (_running, log):
        await log.until(Kind.STATE, state="closed")
        error = log.all(Kind.CONNECT_ERROR)[0]
        assert error.fact("text") == "Opening handshake has timed out"
        assert "0.05 s" in str(error.fact("description"))


async def test_an_attempt_can_be_given_up() -> None:
    async with raw_server(silent) as url, websocket(url) as (running, log):
        await log.until(Kind.STATE)
        await running.close()
        assert running.status.state is State.CLOSED
        assert not running.status.failed


async def test_the_handshake_is_the_one_of_ws() -> None:
    heard: list[str] = []

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(answer("403 Forbidden"))

    async with raw_server(handler) as url:
        address = url.replace("http://", "ws://user:p%40ss@") + "/a b/?x=1&x=2"
        options = {"extraHeaders": {"X-A": "b"}, "origin": "https://o.example", "protocols": ["v1", "v2"]}
        async with websocket(address, **options, perMessageDeflate={"clientNoContextTakeover": True}) as (
            _running,
            log,
        ):
            await log.until(Kind.STATE, state="closed")
    first, *lines = heard[0].rstrip().split("\r\n")
    assert first == "GET /a%20b/?x=1&x=2 HTTP/1.1"
    headers = dict(line.split(": ", 1) for line in lines)
    assert len(headers.pop("Sec-WebSocket-Key")) == 24
    assert headers.pop("Host") in url
    assert headers == {
        "X-A": "b",
        "Sec-WebSocket-Version": "13",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Extensions": "permessage-deflate; client_no_context_takeover; client_max_window_bits",
        "Sec-WebSocket-Protocol": "v1,v2",
        "Origin": "https://o.example",
        "Authorization": "Basic dXNlcjpwJTQwc3M=",
    }


async def test_options_of_socketio_mean_nothing_and_are_named() -> None:
    async with raw_server(hangs_up) as url, websocket(url, reconnection=False) as (_running, log):
        await log.until(Kind.STATE, state="closed")
        assert "reconnection: means nothing for a plain WebSocket." in [
            note.fact("text") for note in log.all(Kind.NOTE)
        ]


async def test_over_tls() -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    pem = authority.cert_pem.bytes().decode()
    async with raw_server(agrees(sends(Frame(Opcode.TEXT, b"secret"))), context) as url:
        async with websocket(url.replace("https", "wss"), ca=pem) as (_running, log):
            assert (await log.until(Kind.WS_MESSAGE)).data == "secret"
        async with websocket(url) as (_running, log):
            await log.until(Kind.STATE, state="closed")
            assert "certificate" in str(log.all(Kind.CONNECT_ERROR)[0].fact("description"))


async def test_an_option_that_cannot_be_used_is_named() -> None:
    async with websocket("wss://127.0.0.1:9", ca="-----BEGIN CERTIFICATE-----\nbroken") as (running, log):
        await log.until(Kind.STATE, state="closed")
        assert log.all(Kind.CONNECT_ERROR)[0].fact("option") == "ca"
        assert running.status.failed
