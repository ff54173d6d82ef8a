"""Names are looked up beside the loop."""

import asyncio
import socket

import pytest

from wsgui.net.resolver import Place, resolve


async def test_a_name_has_addresses() -> None:
    found = await resolve("localhost", 80)
    assert {place.text for place in found} & {"127.0.0.1", "::1"}
    assert {place.address[1] for place in found} == {80}


async def test_one_family_only() -> None:
    assert {place.text for place in await resolve("localhost", 80, socket.AF_INET)} == {"127.0.0.1"}


@pytest.mark.parametrize("family", [socket.AF_UNSPEC, socket.AF_INET, socket.AF_INET6])
async def test_an_address_stands_for_itself_whatever_the_family(family: socket.AddressFamily) -> None:
    assert await resolve("127.0.0.1", 80, family) == [Place(socket.AF_INET, ("127.0.0.1", 80))]
    assert await resolve("::1", 80, family) == [Place(socket.AF_INET6, ("::1", 80, 0, 0))]


@pytest.mark.parametrize("name", ["no.such.name.invalid", "x" * 64 + ".invalid", "a..b.localhost"])
async def test_a_name_without_an_address_is_an_os_error(name: str) -> None:
    with pytest.raises(OSError):
        await resolve(name, 80)


async def test_nobody_has_to_wait_for_the_answer() -> None:
    waiting = asyncio.get_running_loop().create_task(resolve("localhost", 80))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await resolve("localhost", 80)  # the answer of the first finds nobody, and that is fine
