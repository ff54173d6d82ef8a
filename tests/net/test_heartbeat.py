"""The heartbeat against clocks that the test sets."""

import asyncio

import pytest

from wsgui.net.heartbeat import Heartbeat


class Clocks:
    """The loop's clock, which stands still while the computer sleeps, and the wall's, which does not."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        self.wall = 1_700_000_000.0
        self.said: list[object] = []
        monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: self.now)

    def heartbeat(self, seconds: float) -> Heartbeat:
        return Heartbeat(seconds, lambda: self.said.append("expired"), self.said.append, lambda: self.wall)

    async def pass_time(self, seconds: float, *, asleep: float = 0.0) -> None:
        """Let time pass, of which the computer sleeps some; what falls due is done."""
        self.wall += seconds + asleep
        self.now += seconds
        for _turn in range(3):
            await asyncio.sleep(0)


@pytest.fixture
async def clocks(monkeypatch: pytest.MonkeyPatch) -> Clocks:
    return Clocks(monkeypatch)


async def test_silence_expires_it_once(clocks: Clocks) -> None:
    clocks.heartbeat(45)
    await clocks.pass_time(44.9)
    assert clocks.said == []
    await clocks.pass_time(0.2)
    assert clocks.said == ["expired"]
    await clocks.pass_time(100)
    assert clocks.said == ["expired"]


async def test_a_beat_gives_it_the_whole_time_again(clocks: Clocks) -> None:
    heartbeat = clocks.heartbeat(45)
    for _ping in range(5):
        await clocks.pass_time(44)
        heartbeat.beat()
    assert clocks.said == []
    await clocks.pass_time(46)
    assert clocks.said == ["expired"]


async def test_a_stopped_one_says_nothing(clocks: Clocks) -> None:
    heartbeat = clocks.heartbeat(45)
    heartbeat.stop()
    heartbeat.stop()
    await clocks.pass_time(100, asleep=100)
    assert clocks.said == []


async def test_a_long_sleep_is_noticed_and_ends_it_at_once(clocks: Clocks) -> None:
    clocks.heartbeat(45)
    await clocks.pass_time(5, asleep=3600)
    assert clocks.said == [3600, "expired"]


async def test_a_nap_is_noticed_and_the_pings_may_go_on(clocks: Clocks) -> None:
    heartbeat = clocks.heartbeat(45)
    await clocks.pass_time(5, asleep=20)
    assert clocks.said == [20]
    heartbeat.beat()
    await clocks.pass_time(44)
    assert clocks.said == [20]
    await clocks.pass_time(2)
    assert clocks.said == [20, "expired"]


async def test_a_clock_that_is_set_back_ends_nothing(clocks: Clocks) -> None:
    heartbeat = clocks.heartbeat(45)
    await clocks.pass_time(5, asleep=-3600)
    assert clocks.said == [-3600]
    heartbeat.stop()


async def test_small_drift_is_no_jump(clocks: Clocks) -> None:
    heartbeat = clocks.heartbeat(1000)
    for _look in range(20):
        await clocks.pass_time(5, asleep=2)
    assert clocks.said == []
    heartbeat.stop()
