"""Says how long a night was held, in hours of a busy day."""

from __future__ import annotations

import pytest

from tests.soak.test_soak import DEATHS, SHORT

HERE = "tests/soak/test_soak.py::"
EACH_HOUR = {"reconnections": 50, "events": 100_000, "tabs": 10}
"""What a busy hour may have of each."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    passed = {report.nodeid.removeprefix(HERE) for report in terminalreporter.stats.get("passed", ())}
    held = {work: times for work, times in SHORT.items() if f"test_nothing_grows[{work}]" in passed}
    if held:
        hours = sum(times / EACH_HOUR[work] for work, times in held.items())
        told = ", ".join(f"{times:,} {work}" for work, times in held.items())
        terminalreporter.write_line(f"long nights: {hours:.0f} busy hours held: {told}")
    if "test_every_recording_of_a_program_that_died_opens" in passed:
        terminalreporter.write_line(f"deaths: {DEATHS} recordings of a program that died open")
