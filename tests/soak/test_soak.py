"""A short night of ``make soak``: the same work, some hundredth of it, and what can be counted must not grow at all."""

from __future__ import annotations

import os

import pytest

from benchmarks import crashes, soak
from benchmarks.growth import Sample, growth, judged, slope
from benchmarks.processes import surroundings
from tests.interop.node_server import missing

SHORT = {"reconnections": 90, "events": 240_000, "tabs": 12}
SAMPLES = 6
DEATHS = 16
SEED = 8


@pytest.fixture
def node() -> None:
    if reason := missing():
        if os.environ.get("CI"):
            pytest.fail(f"Nothing may be skipped here. {reason}", pytrace=False)
        pytest.skip(reason)


@pytest.mark.usefixtures("node")
@pytest.mark.parametrize("work", soak.WORK)
def test_nothing_grows(work: str) -> None:
    with surroundings() as environment:
        assert soak.hold(work, SHORT[work], SAMPLES, environment)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no such limits, and no SIGKILL")
def test_every_recording_of_a_program_that_died_opens() -> None:
    assert crashes.judge(crashes.crash(DEATHS, SEED))


def test_growth_is_the_line_after_the_warm_up() -> None:
    samples = [Sample(n, 500.0 + (1000 if n < 3 else 10 * n), 5, 1, 0, 2, 100 + n, 9) for n in range(9)]
    assert [each.done for each in judged(samples)] == [3, 4, 5, 6, 7, 8]
    assert slope(samples, "memory") == pytest.approx(10)
    assert growth(samples, "memory") == pytest.approx(50)
    assert growth(samples, "descriptors") == 0
    assert not soak.judge("work", samples)  # for the widgets: one more each time
    assert soak.judge("work", [each._replace(widgets=100) for each in samples])
