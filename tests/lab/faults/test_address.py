"""Faults before HTTP: the URL, the name, TCP."""

from __future__ import annotations

import asyncio
import socket
from urllib.parse import urlsplit

import pytest

from tests.lab.faults.probe import ask, dial, get, upgrade
from wsgui.lab.catalogue import faults
from wsgui.lab.server import CannotListen

FAULTS = faults()


async def is_refused(host: str, port: int) -> bool:
    try:
        _reader, writer = await asyncio.open_connection(host, port)
    except ConnectionRefusedError:
        return True
    writer.transport.abort()
    return False


async def test_the_url_is_undefined() -> None:
    async with FAULTS["url-undefined"].serve(0) as url:
        assert url == "undefined"


async def test_the_name_has_no_address() -> None:
    async with FAULTS["name-not-resolved"].serve(0) as url:
        with pytest.raises(socket.gaierror):
            await asyncio.open_connection(urlsplit(url).hostname, urlsplit(url).port)


async def test_the_connection_is_refused() -> None:
    async with FAULTS["connection-refused"].serve(0) as url:
        assert await is_refused("127.0.0.1", urlsplit(url).port or 0)


@pytest.mark.parametrize(
    ("fault", "refusing", "answering"),
    [("localhost-ipv6-only", "127.0.0.1", "::1"), ("localhost-ipv4-only", "::1", "127.0.0.1")],
)
async def test_the_other_family_answers(fault: str, refusing: str, answering: str) -> None:
    async with FAULTS[fault].serve(0) as url:
        parts = urlsplit(url)
        assert parts.hostname == refusing
        assert await is_refused(refusing, parts.port or 0)
        assert not await is_refused(answering, parts.port or 0)


async def test_the_syn_gets_no_answer() -> None:
    async with FAULTS["connection-timeout"].serve(0) as url:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.open_connection("127.0.0.1", urlsplit(url).port), 0.3)


@pytest.mark.parametrize(("fault", "end"), [("connection-closed-at-once", b""), ("connection-reset-at-once", b"<RST>")])
async def test_the_connection_ends_without_a_byte(fault: str, end: bytes) -> None:
    async with FAULTS[fault].serve(0) as url, dial(url) as line:
        await line.say(get())
        assert await line.rest() == end


async def test_the_port_is_one_of_those_that_browsers_refuse() -> None:
    async with FAULTS["port-blocked-by-browser"].serve(0) as url, FAULTS["port-blocked-by-browser"].serve(0) as other:
        assert url != other
        for one in (url, other):
            assert urlsplit(one).port in (6000, 6566, *range(6665, 6670), 6697, 10080)
            assert (await ask(one, get())).status == 200


async def test_all_such_ports_in_use_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wsgui.lab.faults.port_blocked_by_browser.BLOCKED", (6000,))
    fault = FAULTS["port-blocked-by-browser"]
    async with fault.serve(0):
        with pytest.raises(CannotListen, match=r"^Port 6000 is in use"):
            async with fault.serve(0):
                pass


async def test_the_url_says_0_0_0_0_and_the_server_is_on_loopback() -> None:
    async with FAULTS["mixed-content"].serve(0) as url:
        assert urlsplit(url).hostname == "0.0.0.0"
        assert (await ask(url, get())).status == 200


@pytest.mark.parametrize("fault", ["http-timeout", "upgrade-unanswered"])
async def test_nothing_is_said(fault: str) -> None:
    async with FAULTS[fault].serve(0) as url, dial(url) as line:
        await line.say(upgrade())
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(line.reader.read(1), 0.3)


async def test_the_answer_trickles() -> None:
    async with FAULTS["http-timeout-trickle"].serve(0) as url, dial(url) as line:
        await line.say(get())
        assert [await line.reader.read(100) for _turn in range(2)] == [b"H", b"T"]
