"""The heartbeat of Engine.IO 3 against clocks that the test sets: pings every 25 s, and 2 s for what follows."""

from __future__ import annotations

import asyncio

import pytest

from wsgui.net.pinger import Pinger

INTERVAL, PATIENCE = 25.0, 2.0


class Clocks:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        self.said: list[object] = []
        monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: self.now)
        self.pinger = Pinger(
            INTERVAL,
            PATIENCE,
            lambda: self.said.append("ping"),
            lambda: self.said.append("expired"),
            self.said.append,
            lambda: 1_700_000_000.0 + self.now,
        )

    async def pass_time(self, seconds: float) -> None:
        self.now += seconds
        for _turn in range(3):
            await asyncio.sleep(0)


@pytest.fixture
async def clocks(monkeypatch: pytest.MonkeyPatch) -> Clocks:
    return Clocks(monkeypatch)


async def test_it_pings_after_the_interval_and_again_after_each_pong(clocks: Clocks) -> None:
    await clocks.pass_time(24)
    assert clocks.said == []
    await clocks.pass_time(2)
    assert clocks.said == ["ping"]
    clocks.pinger.beat()
    clocks.pinger.pong()
    await clocks.pass_time(24)
    assert clocks.said == ["ping"]
    await clocks.pass_time(2)
    assert clocks.said == ["ping", "ping"]


async def test_silence_after_a_ping_expires_it_within_the_patience(clocks: Clocks) -> None:
    await clocks.pass_time(10)
    clocks.pinger.beat()
    await clocks.pass_time(14)
    clocks.pinger.beat()
    await clocks.pass_time(1)
    await clocks.pass_time(1.9)
    assert clocks.said == ["ping"]
    await clocks.pass_time(0.2)
    assert clocks.said == ["ping", "expired"]
    await clocks.pass_time(100)
    assert clocks.said == ["ping", "expired"]


async def test_whatever_comes_prolongs_it_but_only_a_pong_brings_the_next_ping(clocks: Clocks) -> None:
    await clocks.pass_time(25)
    clocks.pinger.beat()
    await clocks.pass_time(26)
    assert clocks.said == ["ping"]
    await clocks.pass_time(2)
    assert clocks.said == ["ping", "expired"]


async def test_a_stopped_one_neither_pings_nor_expires(clocks: Clocks) -> None:
    await clocks.pass_time(25)
    clocks.pinger.pong()
    clocks.pinger.stop()
    clocks.pinger.stop()
    await clocks.pass_time(100)
    assert clocks.said == ["ping"]
