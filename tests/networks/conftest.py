"""Each test has two machines and a cable of its own; where they cannot be had, the tests are skipped aloud."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.interop.node_server import missing as missing_node
from tests.networks.machines import Pair, missing, two_machines

HERE = "tests/networks"


@pytest.fixture
def pair() -> Iterator[Pair]:
    """The near machine, where the tester runs; the far one, where the server does; and what is between them."""
    if reason := missing() or missing_node():
        if os.environ.get("CI"):
            pytest.fail(f"Nothing may be skipped here: {reason}", pytrace=False)
        pytest.skip(reason)
    with two_machines() as pair:
        yield pair


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many cases of bad networks were held, or why they were not tried."""
    counts = {
        word: sum(HERE in report.nodeid for report in terminalreporter.stats.get(word, ()))
        for word in ("passed", "skipped")
    }
    if counts["passed"]:
        terminalreporter.write_line(f"networks: {counts['passed']} cases held")
    if counts["skipped"]:
        reason = missing() or missing_node()
        terminalreporter.write_line(f"networks: {counts['skipped']} cases not tried: {reason}", yellow=True)
