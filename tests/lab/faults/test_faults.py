"""All faults: they start and stop, side by side, bind to loopback only, and none goes untested or unexplained."""

from __future__ import annotations

import asyncio
import re
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.lab.faults.probe import LIMIT, dial, get
from wsgui.core.options import OPTION
from wsgui.lab.catalogue import FAULTS as PACKAGE
from wsgui.lab.catalogue import HEALTHY_OFFERS, faults, offer, offers
from wsgui.lab.offer import Offer

FAULTS = faults()
NOT_SERVED = {"url-undefined", "name-not-resolved"}
"""They consist in a URL that leads nowhere."""
NOT_CONNECTED = {"connection-refused", "connection-timeout", "localhost-ipv4-only", "localhost-ipv6-only"}


@pytest.mark.parametrize("one", offers().values(), ids=lambda one: one.id)
async def test_serves_twice_and_stops_whatever_a_client_does(one: Offer) -> None:
    before = asyncio.all_tasks()
    async with asyncio.timeout(LIMIT), AsyncExitStack() as clients, one.serve(0) as url, one.serve(0) as other:
        assert url != other or one.id in NOT_SERVED
        if one.id not in NOT_SERVED:
            assert urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1", "0.0.0.0")
        check_hints(one, url)
        if not (one.id in NOT_SERVED or one.id in NOT_CONNECTED):
            line = await clients.enter_async_context(dial(url))
            await line.say(get().replace(b"Connection: close\r\n", b""))
    await all_have_ended(before)


def check_hints(one: Offer, url: str) -> None:
    """What it tells the client are options that there are."""
    for name, value in one.options(url).items():
        assert one.protocol in OPTION[name].protocols
        assert "{port}" not in str(value)
        if name != "path":  # the one without a slash, which is refused here as by a browser
            OPTION[name].check(value)
    assert re.fullmatch(r"(https?://[\w.]+(:\d+)?)?", one.page(url))


async def all_have_ended(before: set[asyncio.Task[object]]) -> None:
    """asyncio itself has a task for a connection that it is about to accept, and nothing to wait for."""
    async with asyncio.timeout(LIMIT):
        while asyncio.all_tasks() != before:  # noqa: ASYNC110
            await asyncio.sleep(0)


def test_its_id_is_the_name_of_its_file() -> None:
    for name, fault in FAULTS.items():
        assert sys.modules[f"{PACKAGE}.{name.replace('-', '_')}"].__dict__["FAULT"] is fault
        assert offer(name) is fault
    assert [offer(one.id) for one in HEALTHY_OFFERS] == list(HEALTHY_OFFERS)


@pytest.mark.parametrize("name", ["no-such", "", "..", "a.b", "../catalogue", "Ф"])
def test_there_is_no_other(name: str) -> None:
    assert offer(name) is None


def test_titles_are_sentences_and_no_two_alike() -> None:
    titles = [fault.title for fault in FAULTS.values()]
    assert len(set(titles)) == len(titles)
    assert [title for title in titles if not re.fullmatch(r"[A-Za-z].*[.)]", title)] == []


def test_there_are_many_and_each_is_probed() -> None:
    assert len(FAULTS) >= 45
    tests = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("*.py"))
    assert [name for name in FAULTS if f'"{name}"' not in tests] == []
