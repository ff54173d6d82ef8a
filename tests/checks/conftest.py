"""What the tests of diagnoses have in common.

python-engineio says on its log what it thinks of the requests of a diagnosis, which is what they are for.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def server_says_nothing() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in ("engineio.server", "wsgui.lab")]
    for logger in loggers:
        logger.addFilter(_no_refusal)
    yield
    for logger in loggers:
        logger.removeFilter(_no_refusal)


def _no_refusal(record: logging.LogRecord) -> bool:
    return "further occurrences of this error" not in record.getMessage()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many faults were given their own cause."""
    test = "test_faults.py::test_a_fault_is_given_its_own_cause["
    if held := sum(test in report.nodeid for report in terminalreporter.stats.get("passed", ())):
        terminalreporter.write_line(f"faults: {held} given their own cause")
