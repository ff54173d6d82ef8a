"""Two upgrade handlers on one HTTP server: the lab's faults are the real thing, byte for byte."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

import pytest

from tests.interop.node_server import NodeServer
from tests.lab.faults.probe import dial, masked, upgrade
from wsgui.lab.catalogue import faults

FAULTS = faults()
CLOSE, TEXT = masked(8, b"\x03\xe8"), b"\x81\x84\xff\xff\xff\xff" + bytes(byte ^ 0xFF for byte in b"40{}")
SECOND_CLOSE = b"\x88\x02\x0d\xa9"
"""The code 1000, unmasked a second time."""
SID = rb'"sid":"[\w-]{20}"'
END = rb".*\}"


async def heard(url: str, then: bytes) -> bytes:
    """All that comes to a handshake, and to what is sent after the open packet, if there is one."""
    async with dial(url) as line:
        await line.say(upgrade())
        if not then:
            return await line.rest()
        opened = await line.until(END)
        await line.say(then)
        return re.sub(SID, b"", opened[0]) + await line.rest()


@pytest.mark.parametrize(
    ("fault", "options", "then"),
    [
        pytest.param("second-upgrade-handler", {}, CLOSE, id="twice, and a close frame"),
        pytest.param("second-upgrade-handler", {}, TEXT, id="twice, and text"),
        pytest.param("second-upgrade-handler-path", {"second": {"path": "/chat"}}, b"", id="another path"),
        pytest.param(
            "second-upgrade-handler-instead",
            {"second": {"path": "/chat"}, "cors": {"origin": "*"}},
            b"",
            id="another path, and cors",
        ),
    ],
)
async def test_the_bytes_are_the_same(
    node_server: Callable[..., NodeServer], fault: str, options: dict[str, object], then: bytes
) -> None:
    real = node_server(script="two-handlers.js", **options)
    async with FAULTS[fault].serve(0) as url:
        ours, theirs = await heard(url, then), await heard(real.url, then)
    assert theirs.startswith(ours)
    # Both receivers of Node answer a close frame; whether the second is quick enough before the first ends is chance.
    assert theirs.removeprefix(ours) in ((b"", SECOND_CLOSE) if then == CLOSE else (b"",))


async def test_the_second_receiver_has_the_same_to_say(
    node_server: Callable[..., NodeServer], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "wsgui.lab")
    real = node_server(script="two-handlers.js")
    async with FAULTS["second-upgrade-handler"].serve(0) as url:
        for one in (url, real.url):
            await heard(one, TEXT)
            await heard(one, b"\x88\x82\xff\x00\xff\x00\xfc\xe8")  # masked with ff 00 ff 00, which it remains: 64744
    said = [await asyncio.to_thread(real.next_line) for _line in range(2)]
    assert said == caplog.messages
    assert said[1].endswith("invalid status code 64744")
