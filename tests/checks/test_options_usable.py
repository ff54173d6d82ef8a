"""What is wrong with the options themselves is said once, and is never taken for health."""

from __future__ import annotations

import pytest

from tests.checks.diagnosing import finding, report_on, told
from tests.checks.odd_servers import Habit, serving
from wsgui.core.findings import Level, Status, Verdict
from wsgui.core.option_types import Protocol
from wsgui.core.options import OptionValues
from wsgui.lab.authority import authority
from wsgui.lab.raw.plain import serve_plain


@pytest.mark.parametrize(
    ("values", "saying"),
    [
        ({"ca": "/no/such/file.pem"}, "does not exist"),
        ({"cert": "/no/such/file.pem"}, "does not exist"),
        ({"ciphers": "NONSENSE"}, "No cipher in this list is known"),
        ({"extraHeaders": {"X-Name": "Имя"}}, "Latin letters only"),
        ({"extraHeaders": {"X-Name": "a\nb"}}, "line break"),
    ],
)
async def test_an_option_that_cannot_be_used_is_the_problem(values: OptionValues, saying: str) -> None:
    trusted: OptionValues = {"ca": str(authority().file), **values}
    async with serving(Habit(), secure=True) as url:
        report = await report_on(url, trusted)
    assert (report.verdict, report.level, report.causes) == (Verdict.FAILED, Level.CANNOT_CONNECT, ()), told(report)
    assert saying in finding(report, "options-usable").summary
    assert [each.id for each in report.findings if each.status is Status.FAIL] == ["options-usable"]


async def test_the_same_of_a_plain_websocket() -> None:
    async with serve_plain() as url:
        report = await report_on(url, {"extraHeaders": {"X-Name": "Имя"}}, Protocol.WEBSOCKET)
    assert report.verdict is Verdict.FAILED
