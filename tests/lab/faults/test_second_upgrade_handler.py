"""Two receivers that unmask in place: whatever close code the client sends, the second one sees a random code."""

from __future__ import annotations

import logging

import pytest

from tests.lab.faults.probe import ACCEPT, OPEN, dial, masked, upgrade
from wsgui.lab.catalogue import faults

TWICE = (
    rb"(?:HTTP/1\.1 101 Switching Protocols\r\n[^\x81]*?Sec-WebSocket-Accept: %s\r\n\r\n){2}"
    % ACCEPT.replace("+", r"\+").encode()
)


async def close_codes_seen(caplog: pytest.LogCaptureFixture, times: int) -> set[int]:
    """What the second receiver made of so many close frames with 1000."""
    with caplog.at_level(logging.INFO, "wsgui.lab"):
        async with faults()["second-upgrade-handler"].serve(0) as url:
            for _turn in range(times):
                async with dial(url) as line:
                    await line.say(upgrade())
                    await line.until(TWICE + rb"(?:" + OPEN + rb")")
                    await line.say(masked(8, b"\x03\xe8"))
                    assert await line.rest() == b"\x88\x02\x03\xe8"  # the first receiver is content
    said = "WS_ERR_INVALID_CLOSE_CODE Invalid WebSocket frame: invalid status code "
    return {int(text.removeprefix(said)) for text in caplog.messages if text.startswith(said)}


async def test_the_close_code_is_random(caplog: pytest.LogCaptureFixture) -> None:
    codes = await close_codes_seen(caplog, 12)
    # One in thirty is a code that may be sent, and then nobody complains.
    assert len(codes) > 6


async def test_text_is_no_text_to_the_second_receiver() -> None:
    async with faults()["second-upgrade-handler"].serve(0) as url, dial(url) as line:
        await line.say(upgrade())
        await line.until(TWICE + rb"(?:" + OPEN + rb")")
        await line.say(b"\x81\x84\xff\xff\xff\xff" + bytes(byte ^ 0xFF for byte in b"40{}"))
        assert await line.rest() == b"\x88\x02\x03\xef"
