"""The server that answers as Node's does: its refusals, to the byte, and what it does with clients that misbehave."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from tests.lab.faults.probe import (
    LIMIT,
    POLLING,
    WEBSOCKET,
    ask,
    dial,
    get,
    masked,
    new_session,
    options,
    post,
    upgrade,
)
from wsgui.lab.raw.engine import Settings
from wsgui.lab.raw.serving import node, serve_engine

SWITCHED = rb"HTTP/1\.1 101 .*?\r\n\r\n"
V3 = POLLING.replace("EIO=4", "EIO=3")


@pytest.fixture
async def url() -> AsyncIterator[str]:
    async with serve_engine(node()) as url:
        yield url


@pytest.mark.parametrize(
    ("request_", "status", "body"),
    [
        (get("/socket.io/?EIO=4"), 400, b'{"code":0,"message":"Transport unknown"}'),
        (get(f"{POLLING}&sid=gone"), 400, b'{"code":1,"message":"Session ID unknown"}'),
        (get(POLLING, method="PUT"), 400, b'{"code":2,"message":"Bad handshake method"}'),
        (get(WEBSOCKET), 400, b'{"code":3,"message":"Bad request"}'),
        (get(V3), 400, b'{"code":5,"message":"Unsupported protocol version"}'),
        (get("/health"), 200, b'{"status":"ok"}'),
        (b"\x16\x03\x01\x02\x00\x01", 400, b""),
        (b"GET /\r\n\r\n", 400, b""),
    ],
)
async def test_its_answers(url: str, request_: bytes, status: int, body: bytes) -> None:
    answer = await ask(url, request_)
    assert (answer.status, answer.body) == (status, body)


async def test_a_page_on_any_origin_may_use_it(url: str) -> None:
    page = "Origin: http://page.example"
    answer = await ask(url, get(POLLING, page))
    assert answer.all("access-control-allow-origin") == ["http://page.example"]
    assert answer.all("access-control-allow-credentials") == ["true"]
    preflight = await ask(url, options(POLLING, page))
    assert (preflight.status, preflight.all("access-control-allow-headers")) == (204, ["x-client-version"])


async def test_a_second_poll_ends_the_session(url: str) -> None:
    sid = await new_session(url)
    async with dial(url) as first:
        await first.say(get(f"{POLLING}&sid={sid}"))
        assert (await ask(url, get(f"{POLLING}&sid={sid}"))).status == 400
        assert (await first.answer()).body == b"1"


@pytest.mark.parametrize("packet", [b"2", b"4junk", b'42["before","CONNECT"]', b"9", b"bAQ=="])
async def test_a_packet_out_of_order_ends_the_session(url: str, packet: bytes) -> None:
    sid = await new_session(url)
    assert (await ask(url, post(sid, packet))).status == 200
    assert (await ask(url, get(f"{POLLING}&sid={sid}"))).status == 400


async def test_the_poll_ends_when_the_upgrade_begins(url: str) -> None:
    sid = await new_session(url)
    async with dial(url) as poll, dial(url) as socket:
        await poll.say(get(f"{POLLING}&sid={sid}"))
        await socket.say(upgrade(f"{WEBSOCKET}&sid={sid}") + masked(1, b"2probe"))
        await socket.until(SWITCHED + rb"\x81\x063probe")
        assert (await poll.answer()).body == b"6"
        await socket.say(masked(1, b"5") + masked(1, b"40"))
        await socket.until(rb'\x81.40\{"sid"')
        assert (await ask(url, get(f"{POLLING}&sid={sid}"))).body == b'{"code":3,"message":"Bad request"}'
        async with dial(url) as second:
            await second.say(upgrade(f"{WEBSOCKET}&sid={sid}"))
            await second.until(SWITCHED + rb"\x88\x00")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"\x81\x01x", 1002),  # not masked
        (b"\xc1\x80\x00\x00\x00\x00", 1002),  # compressed, and that was not agreed on
        (b"\x80\x80\x00\x00\x00\x00", 1002),  # continues nothing
        (masked(1, b"\xff"), 1007),
        (b"\x82\xff\x00\x00\x00\x00\xff\xff\xff\xff\x00\x00\x00\x00", 1009),
    ],
)
async def test_a_broken_frame_ends_the_websocket(url: str, sent: bytes, code: int) -> None:
    async with dial(url) as line:
        await line.say(upgrade() + sent)
        assert (await line.rest()).endswith(b"\x88\x02" + code.to_bytes(2, "big"))


async def test_pings_and_fragments_are_understood(url: str) -> None:
    async with dial(url) as line:
        await line.say(upgrade())
        await line.until(SWITCHED + rb".*?\}")
        first, rest = bytearray(masked(1, b"4")), bytearray(masked(0, b"0"))
        first[0] &= 0x7F
        await line.say(bytes(first) + masked(9, b"hello") + bytes(rest))
        await line.until(rb'\x8a\x05hello\x81.40\{"sid"')
        await line.say(masked(8, b"\x03\xe8bye"))
        await line.until(rb".*\x88\x02\x03\xe8")


async def test_protocol_3_lives_by_the_pings_of_its_client() -> None:
    v2 = Settings(protocols=frozenset({3}), ping_interval=0.2, ping_timeout=0.2)
    async with serve_engine(node(v2)) as url, dial(url) as line:
        await line.say(upgrade(WEBSOCKET.replace("EIO=4", "EIO=3")))
        await line.until(SWITCHED + rb'\x81.0\{"sid".*?\}\x81\x0240')
        for _turn in range(3):
            await asyncio.sleep(0.2)
            await line.say(masked(1, b"2"))
            await line.until(rb".*\x81\x013")
        assert await line.rest() == b"\x88\x00"


async def test_a_server_may_speak_both_protocols() -> None:
    async with serve_engine(node(Settings(protocols=frozenset({3, 4})))) as url:
        assert (await ask(url, get(V3))).body.startswith(b"97:0{")
        assert (await ask(url, get(POLLING))).body.startswith(b"0{")


async def test_it_takes_leave_of_its_clients_when_it_stops() -> None:
    async with AsyncExitStack() as clients:
        async with serve_engine(node()) as url:
            sid = await new_session(url)
            poll, socket = [await clients.enter_async_context(dial(url)) for _client in range(2)]
            await socket.say(upgrade() + masked(1, b"40"))
            await poll.say(get(f"{POLLING}&sid={sid}"))
            await socket.until(SWITCHED + rb'.*40\{"sid"')
            await ask(url, get("/health"))
        assert (await socket.rest()).endswith(b"\x88\x00")
        assert (await poll.answer()).body == b"1"


async def test_it_does_not_wait_for_a_client_that_reads_nothing() -> None:
    async with AsyncExitStack() as clients, asyncio.timeout(LIMIT), serve_engine(node()) as url:
        line = await clients.enter_async_context(dial(url))
        line.writer.transport.pause_reading()  # type: ignore[attr-defined] # of a socket it can be
        await line.say(upgrade() + masked(1, b"40") + masked(1, b'42["binary"]') * 20_000)


async def test_a_client_may_close_its_session() -> None:
    async with serve_engine(node()) as url:
        sid = await new_session(url)
        async with dial(url) as line:
            await line.say(get(f"{POLLING}&sid={sid}"))
            assert (await ask(url, post(sid, b"1"))).status == 200
            assert (await line.answer()).body == b"1"
