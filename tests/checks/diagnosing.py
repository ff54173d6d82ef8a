"""How the tests diagnose: with the time limits of a machine on which nothing is far away."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from wsgui.checks.diagnosis import Diagnosis, Question
from wsgui.checks.probe.limits import Limits
from wsgui.core.findings import Finding, Report
from wsgui.core.option_types import Protocol
from wsgui.core.options import OptionValues
from wsgui.lab.offer import Offer

NEAR = Limits(connect=1.5, tls=1.5, first_byte=3.0, answer=3.5, join=2.5, watch=0.6, goodbye=0.3)
"""Still longer than the waits that tell causes apart: a second until an upgrade is given up, two of a proxy."""

LONGEST = 60.0
"""Seconds, after which something hangs."""


async def report_on(
    url: str,
    values: OptionValues | None = None,
    protocol: Protocol = Protocol.SOCKETIO,
    *,
    namespaces: tuple[str, ...] = (),
    origin: str = "",
    slow: bool = False,
    limits: Limits = NEAR,
) -> Report:
    """Diagnose a URL. No task is left behind."""
    before = asyncio.all_tasks()
    question = Question(
        url=url, values=values or {}, protocol=protocol, namespaces=namespaces, origin=origin, slow=slow
    )
    diagnosis = Diagnosis(question, limits=limits)
    told: list[Finding] = []
    async with asyncio.timeout(LONGEST):
        report = await diagnosis.run(told.append)
    assert {each.id for each in told} == {each.id for each in report.findings}
    assert {
        task for task in asyncio.all_tasks() - before if task.get_name().startswith(("probe", "diagnosis"))
    } == set()
    return report


async def report_of(offer: Offer, *, slow: bool = False) -> Report:
    """Serve one of the lab's servers and diagnose it, with the options that go with it."""
    async with offer.serve(0) as url:
        return await report_on(url, offer.options(url), offer.protocol, origin=offer.page(url), slow=slow)


def told(report: Report) -> str:
    """What a test that fails should show."""
    rows = [
        f"{each.status} {each.id} {each.cause or ''}: {each.summary}" for each in report.findings if each.is_problem
    ]
    return "\n".join([f"{report.verdict} {report.level} {report.causes}", *rows])


def finding(report: Report, key: str) -> Finding:
    """The finding of a check."""
    return next(each for each in report.findings if each.id == key)


def patient(seconds: float) -> Limits:
    """The limits with another patience for the first byte and the whole answer."""
    return replace(NEAR, first_byte=seconds, answer=seconds)
