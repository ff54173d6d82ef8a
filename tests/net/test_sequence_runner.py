"""Sequences against the lab: what passes, what fails and why, and what the log says of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.net.session_log import SessionLog
from wsgui.core.address import read_address
from wsgui.core.connection_plan import Check, Pause, Plan, Send, Step, Wait
from wsgui.core.protocol import Protocol
from wsgui.core.records import Direction, Kind
from wsgui.core.value_check import Test
from wsgui.lab.raw.plain import serve_plain
from wsgui.lab.server import serve
from wsgui.net.sequence_runner import Outcome, SequenceRunner, StepResult
from wsgui.net.session import EventSession, MessageSession, Target
from wsgui.net.socketio_session import SocketioSession
from wsgui.net.websocket_session import WebSocketSession

PASSED, FAILED, NOT_RUN = Outcome.PASSED, Outcome.FAILED, Outcome.NOT_RUN
ROUND = (
    Send("sum", [1, 2.5], ack=True),
    Check("0", Test.EQUALS, 3.5),
    Send("echo", ["it's", {"a": {"$hex": "00 ff"}}]),
    Wait("echo"),
    Check("0", Test.MATCHES, "^it.s$"),
    Check("1.a"),
    Pause(0.001),
)


@asynccontextmanager
async def joined() -> AsyncIterator[tuple[SocketioSession, SessionLog]]:
    """A session that is connected to the lab."""
    async with serve() as url:
        log = SessionLog()
        running = SocketioSession(Target(read_address(url)), log.tap, log.changed)
        running.open()
        try:
            await log.until(Kind.CONNECT)
            yield running, log
        finally:
            await running.close()


async def done(
    running: EventSession | MessageSession, log: SessionLog, *steps: Step, times: int = 1, plain: bool = False
) -> tuple[bool, list[StepResult]]:
    """Whether the steps passed, and what came of each."""
    results: list[StepResult] = []
    plan = Plan("", Protocol.WEBSOCKET if plain else Protocol.SOCKETIO, steps=steps, times=times, name="all")
    runner = SequenceRunner(plan, running, log.tap, "/", results.append)
    log.on_record = lambda record: runner.take((record,))
    return await runner.run(), results


async def test_all_steps_pass_several_times() -> None:
    async with joined() as (running, log):
        passed, results = await done(running, log, *ROUND, times=2)
        assert passed
        assert [result.outcome for result in results] == [PASSED] * 14
        assert [(result.run, result.number) for result in results[6:8]] == [(1, 7), (2, 1)]
        assert (results[1].expected, results[1].got) == ("0 is 3.5", "3.5")
        row = next(record for record in log.records if record.seq == results[8].seq)
        assert row.kind is Kind.NOTE
        assert row.fact("text") == "Run 2, step 2 of 7, check: 0 is 3.5: passed"
        assert log.notes()[-1] == "The sequence “all” passed."
        sent = log.all(Kind.EVENT, Direction.OUT)
        assert "AP8=" in str(sent[1].data)


async def test_a_check_that_fails_ends_the_run_and_is_said_clearly() -> None:
    async with joined() as (running, log):
        steps = (Send("sum", [1, 2], ack=True), Check("0", Test.EQUALS, True), Send("echo", [1]))
        passed, results = await done(running, log, *steps, times=3)
        assert not passed
        assert [result.outcome for result in results] == [PASSED, FAILED, NOT_RUN]
        assert (results[1].expected, results[1].got) == ("0 is true", "3")
        (row, end) = log.all(Kind.ERROR)
        assert row.seq == results[1].seq
        assert row.fact("text") == "Run 1, step 2 of 3, check: 0 is true: failed. Expected: 0 is true. Got: 3"
        assert end.fact("text") == "The sequence “all” failed."


@pytest.mark.parametrize(
    ("step", "got"),
    [
        (Wait("never", seconds=0.05), "it did not come"),
        (Send("silent", ack=True, seconds=0.05), "No acknowledgement of “silent”: operation has timed out."),
        (Check("0"), "no step before it waited for something"),
        (Send("echo", [{"$file": "/nowhere/at/all"}]), "/nowhere/at/all cannot be read: No such file or directory."),
        (Send("connect"), "Not sent: “connect” is a reserved event name."),
        (Send("x", namespace="/other"), "/other is not joined. Join it first."),
    ],
)
async def test_a_step_that_cannot_pass_says_why(step: Step, got: str) -> None:
    async with joined() as (running, log):
        passed, results = await done(running, log, step)
        assert not passed
        assert results[0].got == got


async def test_the_end_of_the_connection_ends_the_run() -> None:
    async with joined() as (running, log):
        passed, results = await done(running, log, Send("fail"), Wait("never"), Send("echo"))
        assert not passed
        assert results[1].got.startswith("the connection ended")
        passed, results = await done(running, log, Send("echo"))
        assert not passed
        assert results[0].got == "/ is not joined. Join it first."


async def test_plain_messages() -> None:
    async with serve_plain() as url:
        log = SessionLog()
        running = WebSocketSession(Target(read_address(url, Protocol.WEBSOCKET)), log.tap, log.changed)
        running.open()
        try:
            await log.until(Kind.CONNECT)
            steps = (
                Send("", ['{"a": [1, 2]}']),
                Wait(),
                Check("0.a[1]", Test.EQUALS, 2),
                Check("0", Test.CONTAINS, "[1"),
                Send("", [{"$hex": "0102"}]),
                Wait(seconds=2),
            )
            passed, results = await done(running, log, *steps, plain=True)
            assert passed, results
            assert results[-1].got == '"(2 bytes)"'
        finally:
            await running.close()
