"""Counts what was held: each test module says of which layer its cases are, the last lines of the run how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

LAYERS = (
    "TCP", "TLS", "HTTP", "WebSocket", "Engine.IO and Socket.IO", "mutations of captures", "display",
)  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "layer(name): of which layer of a connection the hostile cases of a module are")


@pytest.fixture(autouse=True)
def layer(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> str:
    """The layer of the case, which the terminal summary counts."""
    marker = request.node.get_closest_marker("layer")
    assert marker is not None, "a module of hostile cases says its layer: pytestmark = pytest.mark.layer(…)"
    (name,) = marker.args
    assert name in LAYERS
    record_property("layer", name)
    return str(name)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    held = Counter(
        value
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
        if name == "layer"
    )
    if held:
        terminalreporter.section("hostile cases held")
        for name in LAYERS:
            if held[name]:
                terminalreporter.write_line(f"{held[name]:6,}  {name}")
        terminalreporter.write_line(f"{held.total():6,}  together")
