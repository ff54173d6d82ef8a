"""Every fault of the lab is given its own cause, as the first one, and no wrong second one; health is given none."""

from __future__ import annotations

import pytest

from tests.checks.diagnosing import report_of, told
from wsgui.core.causes import CAUSES
from wsgui.core.findings import Level, Status, Verdict
from wsgui.lab.catalogue import HEALTHY_OFFERS, faults
from wsgui.lab.offer import Fault, Offer

FAULTS = faults()


@pytest.mark.parametrize("fault", FAULTS.values(), ids=lambda fault: fault.id)
async def test_a_fault_is_given_its_own_cause(fault: Fault) -> None:
    report = await report_of(fault, slow=fault.slow)
    assert report.causes == (fault.cause,), told(report)
    root = next(each for each in report.findings if each.cause == fault.cause)
    assert report.verdict is not Verdict.OK
    assert root.status in (Status.FAIL, Status.WARN)
    assert root.summary.endswith((".", "”", ")", "}")) or root.summary[-1:].isalnum() or "\n" not in root.summary
    assert root.evidence or fault.id == "url-undefined", "what was seen is quoted"
    assert root.fix


@pytest.mark.parametrize("offer", HEALTHY_OFFERS, ids=lambda offer: offer.id)
async def test_a_healthy_server_is_given_none(offer: Offer) -> None:
    report = await report_of(offer)
    assert (report.causes, report.level, report.verdict) == ((), Level.HEALTHY, Verdict.OK), told(report)
    assert [each for each in report.findings if each.status is Status.FAIL] == []
    assert all(row.outcome is Status.PASS for row in report.transports)


def test_every_cause_has_a_fault_or_says_why_not() -> None:
    shown = {fault.cause for fault in FAULTS.values()}
    assert [key for key, cause in CAUSES.items() if key not in shown and not cause.why_not_produced] == []
