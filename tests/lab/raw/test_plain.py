"""The plain WebSocket server, with frames written by hand."""

from __future__ import annotations

from contextlib import AsyncExitStack

from tests.lab.faults.probe import ask, dial, get, masked, upgrade
from wsgui.lab.raw.listener import MOST_CONNECTIONS
from wsgui.lab.raw.plain import serve_plain

SWITCHED = rb"HTTP/1\.1 101 .*?\r\n\r\n"


async def test_text_and_bytes_come_back() -> None:
    async with serve_plain() as url, dial(url) as line:
        assert url.startswith("ws://127.0.0.1:")
        await line.say(upgrade("/any/path"))
        await line.until(SWITCHED)
        await line.say(masked(1, "да".encode()) + masked(2, b"\x00\xff"))
        await line.until(rb"\x81\x04\xd0\xb4\xd0\xb0\x82\x02\x00\xff")


async def test_ping_and_close_on_demand() -> None:
    async with serve_plain() as url, dial(url) as line:
        await line.say(upgrade() + masked(1, b"ping") + masked(10, b"wsgui") + masked(1, b"close"))
        await line.until(SWITCHED + rb"\x89\x05wsgui\x81\x04ping\x81\x05close\x88\x0d\x03\xe8as you wish")
        await line.say(masked(8, b"\x03\xe8"))
        await line.until(rb"\x88\x02\x03\xe8")


async def test_the_first_subprotocol_is_chosen() -> None:
    async with serve_plain() as url:
        answer = await ask(url, upgrade("/", "Sec-WebSocket-Protocol: chat, superchat"))
        assert answer.all("sec-websocket-protocol") == ["chat"]
        assert (await ask(url, upgrade("/"))).all("sec-websocket-protocol") == []


async def test_http_is_told_to_upgrade() -> None:
    async with serve_plain() as url:
        assert (await ask(url, get("/"))).status == 426


async def test_more_clients_than_it_takes_are_turned_away() -> None:
    async with serve_plain() as url, AsyncExitStack() as clients:
        lines = [await clients.enter_async_context(dial(url)) for _client in range(MOST_CONNECTIONS + 2)]
        for one_too_many in lines[MOST_CONNECTIONS:]:
            assert await one_too_many.rest() in (b"<RST>", b"")
        for taken in (lines[0], lines[MOST_CONNECTIONS - 1]):
            await taken.say(get("/"))
            assert (await taken.answer()).status == 426
