"""The probe: facts are fetched once, connections are few, and each exchange is told to the tap."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tests.checks.diagnosing import NEAR
from tests.checks.odd_servers import Habit, serving
from tests.net.raw_server import Request, answer, raw_server, read_request
from wsgui.checks.diagnosis import Diagnosis, Question
from wsgui.checks.probe.encryption import names_cover
from wsgui.checks.probe.limits import CONNECTIONS, Limits
from wsgui.checks.probe.probe import NotKnown, Probe, fact
from wsgui.core.address import read_address
from wsgui.core.findings import Finding
from wsgui.core.options import OptionValues
from wsgui.core.records import Kind, Record
from wsgui.net.session import Target
from wsgui.net.tap import Tap

fetched: list[str] = []


@fact
async def slow_fact(probe: Probe) -> str:
    fetched.append("slow")
    await asyncio.sleep(0)
    return "known"


@fact
async def unknown_fact(probe: Probe) -> str:
    fetched.append("unknown")
    raise NotKnown("Nobody knows.")


def probe(values: OptionValues | None = None, url: str = "http://127.0.0.1:9", limits: Limits = NEAR) -> Probe:
    return Probe(Target(read_address(url), values or {}), limits=limits)


async def test_a_fact_is_fetched_once_and_outlives_who_asked_first() -> None:
    fetched.clear()
    asked = probe()
    first = asyncio.create_task(slow_fact(asked))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    assert await asyncio.gather(*(slow_fact(asked) for _time in range(5))) == ["known"] * 5
    for _time in range(2):
        with pytest.raises(NotKnown, match="Nobody knows"):
            await unknown_fact(asked)
    assert fetched == ["slow", "unknown"]
    await asked.close()


async def test_few_connections_at_a_time() -> None:
    asked, now, most = probe(limits=Limits(spacing_nearby=0)), 0, 0

    async def connect() -> None:
        nonlocal now, most
        async with asked.turn():
            now += 1
            most = max(most, now)
            await asyncio.sleep(0.001)
            now -= 1

    async def alone() -> None:
        async with asked.alone(), asked.turn():
            assert now == 0

    await asyncio.gather(*(connect() for _time in range(20)), alone(), *(connect() for _time in range(5)), alone())
    assert most == CONNECTIONS
    assert asked.requests == 27


@pytest.mark.parametrize(
    ("values", "polls", "opens"),
    [
        ({}, True, True),
        ({"transports": ["websocket"]}, False, True),
        ({"transports": ["polling"]}, True, False),
        ({"upgrade": False}, True, False),
        ({"transports": ["websocket", "polling"]}, False, True),
        ({"transports": ["websocket", "polling"], "tryAllTransports": True}, True, True),
        ({"transports": ["polling", "websocket"], "upgrade": False, "tryAllTransports": True}, True, True),
    ],
)
def test_what_the_client_would_use(values: OptionValues, polls: bool, opens: bool) -> None:
    asked = probe(values)
    assert (asked.uses_polling, asked.uses_websocket) == (polls, opens)


@pytest.mark.parametrize(
    ("names", "host", "covered"),
    [
        (["example.com"], "example.com", True),
        (["Example.com"], "EXAMPLE.com.", True),
        (["*.example.com"], "api.example.com", True),
        (["*.example.com"], "example.com", False),
        (["*.example.com"], "a.b.example.com", False),
        (["127.0.0.1"], "127.0.0.1", True),
        (["localhost"], "127.0.0.1", False),
        ([], "localhost", False),
        (["::1"], "::1", True),
    ],
)
def test_the_names_of_a_certificate(names: list[str], host: str, covered: bool) -> None:
    assert names_cover(names, host) is covered


async def test_a_diagnosis_asks_little_and_tells_all() -> None:
    records: list[Record] = []
    told: list[Finding] = []
    async with serving(Habit()) as url:
        question = Question(url=url, values={"extraHeaders": {"X-Mine": "1"}}, origin="http://localhost:5173")
        diagnosis = Diagnosis(question, tap=Tap(records.extend), limits=NEAR)
        report = await diagnosis.run(told.append)
    assert diagnosis.requests <= 25
    exchanges = {record.seq: record for record in records if record.kind in (Kind.HTTP, Kind.WS_OPEN)}
    for finding in report.findings:
        for evidence in finding.evidence:
            if evidence.seq:
                assert url.partition("://")[2] in str(exchanges[evidence.seq].fact("url"))
    quoted = {evidence.seq for finding in report.findings for evidence in finding.evidence}
    assert len(quoted & exchanges.keys()) >= 6
    assert {finding.id for finding in told} == {check.id for check in diagnosis.checks}


async def test_only_what_was_chosen_is_run() -> None:
    async with serving(Habit()) as url:
        diagnosis = Diagnosis(Question(url=url, values={}), limits=NEAR)
        report = await diagnosis.run(only=["port-open", "name-resolves"])
    assert [finding.id for finding in report.findings] == ["name-resolves", "port-open"]


async def test_the_user_s_headers_query_and_cookies_go_with_every_request() -> None:
    seen: list[Request] = []

    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await read_request(reader))
        body = '0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000}'
        writer.write(answer("200 OK", body, "Set-Cookie: node=one; Path=/"))

    values: OptionValues = {
        "extraHeaders": {"X-Mine": "yes"}, "query": {"room": "a b"}, "withCredentials": True, "transports": ["polling"]
    }  # fmt: skip
    async with raw_server(server) as url:
        await Diagnosis(Question(url=url, values=values), limits=NEAR).run()
    assert all(request.headers["x-mine"] == "yes" for request in seen)
    own = [request for request in seen if request.target.startswith("/socket.io/")]
    assert all("room=a%20b" in request.target for request in own)
    posts = [request for request in seen if request.method == "POST"]
    assert posts
    assert all(request.headers["cookie"] == "node=one" for request in posts)


async def test_our_own_patience_is_not_held_against_the_server() -> None:
    async with serving(Habit()) as url:
        question = Question(url=url, values={"transports": ["polling"]})
        report = await Diagnosis(question, limits=replace(NEAR, spacing_nearby=0.3)).run()
    assert report.causes == ()
