"""What is checked only when asked for, because it takes time or sends much."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.checks.diagnosing import NEAR, finding, report_on, told
from tests.checks.odd_servers import Habit, serving
from wsgui.core.findings import Status, Verdict
from wsgui.core.option_types import Protocol
from wsgui.core.options import OptionValues
from wsgui.lab.raw.engine import Settings
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, nginx_page
from wsgui.lab.raw.plain import serve_plain
from wsgui.lab.raw.serving import serve_behind

QUICK = Settings(ping_interval=0.3, ping_timeout=0.6)


@pytest.mark.parametrize(
    ("values", "protocol"),
    [
        ({}, Protocol.SOCKETIO),
        ({"transports": ["polling"]}, Protocol.SOCKETIO),
        ({"transports": ["websocket"]}, Protocol.SOCKETIO_V2),
    ],
    ids=["websocket", "polling", "version 2"],
)
async def test_a_heartbeat_that_goes_on_is_no_problem(values: OptionValues, protocol: Protocol) -> None:
    settings = replace(QUICK, protocols=frozenset({3})) if protocol is Protocol.SOCKETIO_V2 else QUICK
    async with serving(Habit(settings=settings)) as url:
        report = await report_on(url, values, protocol, slow=True)
    assert (report.verdict, report.causes) == (Verdict.OK, ()), told(report)
    assert finding(report, "heartbeat-kept").status is Status.PASS
    assert finding(report, "idle-connection-kept").status is Status.PASS


async def test_an_idle_plain_websocket_that_stays_is_no_problem() -> None:
    async with serve_plain() as url:
        report = await report_on(url, None, Protocol.WEBSOCKET, slow=True, limits=replace(NEAR, idle=0.5))
    assert report.verdict is Verdict.OK
    assert finding(report, "idle-connection-kept").status is Status.PASS


class SmallBodies(Front):
    """nginx with its own limit for the size of a body."""

    async def intercept(self, request: Request) -> Response | None:
        return nginx_page(413) if len(request.body) > 1 << 20 else None


async def test_a_proxy_that_takes_less_than_the_server_is_found() -> None:
    settings = replace(QUICK, max_payload=100_000_000)
    async with serve_behind(SmallBodies, engine=Habit(settings=settings)) as url:
        report = await report_on(url, slow=True)
    assert report.causes == ("payload-too-large",), told(report)
    assert "413" in finding(report, "large-messages-pass").summary


async def test_a_proxy_that_takes_as_much_is_not() -> None:
    settings = replace(QUICK, max_payload=100_000_000)
    async with serving(Habit(settings=settings)) as url:
        report = await report_on(url, slow=True)
    assert report.causes == (), told(report)
    assert finding(report, "large-messages-pass").status is Status.PASS
