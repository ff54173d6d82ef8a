"""What TCP had to send again is counted, and judged after all else."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter

import pytest

from tests.checks.diagnosing import NEAR, report_on
from tests.checks.odd_servers import Habit, serving
from wsgui.checks.diagnosis import Diagnosis, Question
from wsgui.checks.packets_arrive import CHECK
from wsgui.checks.probe.line import dial
from wsgui.checks.probe.probe import Probe
from wsgui.checks.probe.traffic import Traffic, traffic_of
from wsgui.checks.probe.websocket import pinging
from wsgui.core.address import read_address
from wsgui.core.findings import Finding, Status
from wsgui.core.records import Kind, Record
from wsgui.net.session import Target
from wsgui.net.tap import Tap

IS_TOLD = sys.platform == "linux"


async def test_what_is_sent_is_counted() -> None:
    async with serving(Habit()) as url:
        stream = await dial("127.0.0.1", int(url.rpartition(":")[2]), NEAR)
        first = traffic_of(stream)
        stream.write(b"GET / HTTP/1.1\r\n")
        await asyncio.sleep(0)
        second = traffic_of(stream)
        stream.close()
        await stream.wait_closed()
    assert (0 < first.sent < second.sent) is IS_TOLD
    assert second.again == 0
    assert traffic_of(stream) == Traffic()


def test_traffic_is_added_up() -> None:
    assert Traffic(5, 1) + Traffic(7, 2) == Traffic(12, 3)


@pytest.mark.parametrize(
    ("before", "status", "cause", "said"),
    [
        (Traffic(0, 0), *((Status.PASS, None, "none of ") if IS_TOLD else (Status.SKIP, None, "Nothing tells"))),
        (Traffic(100, 0), Status.PASS, None, "none of 1"),
        (Traffic(100, 3), Status.PASS, None, "TCP sent 3 of "),
        (Traffic(1000, 9), Status.PASS, None, " again, as happens in any network."),
        (Traffic(100, 9), Status.WARN, "packets-lost", " again, because nothing had confirmed them"),
    ],
)
async def test_a_few_are_as_in_any_network(before: Traffic, status: Status, cause: str | None, said: str) -> None:
    async with serving(Habit()) as url:
        probe = Probe(Target(read_address(url), {}), limits=NEAR)
        probe.traffic = before
        outcome = await CHECK.run(probe)
        await probe.close()
    assert (outcome.status, outcome.cause) == (status, cause)
    assert said in outcome.summary
    assert [f"tcpi_total_retrans {before.again:>6}" in each.text for each in outcome.evidence] == [True] * (
        outcome.status is not Status.SKIP
    )


async def test_a_series_of_pings_is_answered_and_counted() -> None:
    async with serving(Habit()) as url:
        records: list[Record] = []
        probe = Probe(Target(read_address(url), {}), limits=NEAR, tap=Tap(records.extend))
        await pinging(probe)
        await probe.close()
    kinds = Counter(record.kind for record in records)
    assert (kinds[Kind.WS_PING], kinds[Kind.WS_PONG]) == (80, 80)
    assert (probe.traffic.sent > 80) is IS_TOLD


async def test_it_comes_after_all_others() -> None:
    told: list[Finding] = []
    async with serving(Habit()) as url:
        report = await Diagnosis(Question(url=url, values={}), limits=NEAR).run(told.append)
    assert told[-1].id == "packets-arrive"
    assert told[-1].status is (Status.PASS if IS_TOLD else Status.SKIP)
    assert [each.id for each in report.findings].index("packets-arrive") < len(told) - 1  # there at its stage


async def test_without_a_connection_nothing_is_said_of_packets() -> None:
    report = await report_on("http://127.0.0.1:9")
    found = next(each for each in report.findings if each.id == "packets-arrive")
    assert (found.status, found.summary) == (Status.SKIP, "There is no TCP connection.")
