"""Names are looked up beside the loop."""

import asyncio
import socket

import pytest

from wsgui.net.resolver import DaemonResolver


async def test_a_name_has_addresses() -> None:
    resolver = DaemonResolver()
    found = await resolver.resolve("localhost", 80, socket.AF_UNSPEC)
    assert {result["host"] for result in found} & {"127.0.0.1", "::1"}
    assert {(result["hostname"], result["port"]) for result in found} == {("localhost", 80)}
    await resolver.close()


@pytest.mark.parametrize("name", ["no.such.name.invalid", "x" * 64 + ".invalid", "a..b.localhost"])
async def test_a_name_without_an_address_is_an_os_error(name: str) -> None:
    with pytest.raises(OSError):
        await DaemonResolver().resolve(name)


async def test_nobody_has_to_wait_for_the_answer() -> None:
    waiting = asyncio.get_running_loop().create_task(DaemonResolver().resolve("localhost"))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await DaemonResolver().resolve("localhost")  # the answer of the first finds nobody, and that is fine
