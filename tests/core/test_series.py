"""A series keeps all values and stays small."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core.series import MOST_SLOTS, Series

VALUES = st.lists(st.tuples(st.floats(0, 1e9), st.floats(-1e6, 1e6)), max_size=50)


def test_a_slot_knows_number_sum_and_range() -> None:
    series = Series(1.0)
    for t, value in ((3.1, 4.0), (3.9, 2.0), (5.0, 1.0)):
        series.add(t, value)
    first, second = series.between(0, 10, 100)
    assert first == (3.0, 1.0, 2, 6.0, 2.0, 4.0)
    assert (first.mean, first.per_second, first.total_per_second) == (3.0, 2.0, 6.0)
    assert second == series.last == (5.0, 1.0, 1, 1.0, 1.0, 1.0)


def test_neighbours_are_taken_together_when_few_points_are_wanted() -> None:
    series = Series(1.0)
    for second in range(100):
        series.add_many(second, 2, 10)
    points = series.between(0, 100, 30)
    assert len(points) <= 30
    assert {point.width for point in points} == {4.0}
    assert {point.per_second for point in points} == {2.0}
    assert len(series.between(1, 3, 1)) == 1  # 1 and 2 are no pair, but both are in the first four
    assert [point.begin for point in series.between(10, 14, 30)] == [10, 11, 12, 13]
    assert series.between(200, 300, 30) == []


def test_stays_small_however_long_it_gets() -> None:
    series = Series(1.0)
    for second in range(MOST_SLOTS * 3):
        series.add_many(second, 1, 5)
    points = series.between(0, MOST_SLOTS * 3, MOST_SLOTS * 3)
    assert series.width == 4.0
    assert len(points) == MOST_SLOTS * 3 / 4
    assert sum(point.number for point in points) == MOST_SLOTS * 3
    assert {point.total_per_second for point in points} == {5.0}


def test_finds_the_slot_of_a_time_and_the_nearest() -> None:
    series = Series(1.0)
    series.add(3.5, 7.0)
    assert series.at(3.99) == series.last
    assert series.at(4.0) is None
    assert series.nearest(5.0, reach=1.0) == series.last
    assert series.nearest(5.1, reach=1.0) is None
    assert Series(1.0).nearest(1.0, reach=1.0) is None


@pytest.mark.parametrize("t", [-1.0, math.nan, math.inf, 1e300])
def test_leaves_out_what_has_no_time(t: float) -> None:
    series = Series(1.0)
    series.add(t, 1.0)
    assert series.last is None


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_leaves_out_what_is_no_number(value: float) -> None:
    series = Series(1.0)
    series.add(1.0, value)
    assert series.last is None


@given(VALUES, st.integers(1, 20))
def test_loses_nothing_in_whatever_order(values: list[tuple[float, float]], most: int) -> None:
    series = Series(1 / 16)
    for t, value in values:
        series.add(t, value)
    points = series.between(0, 2e9, most)
    assert len(points) <= most
    assert sum(point.number for point in points) == len(values)
    assert [point.begin for point in points] == sorted(point.begin for point in points)
    if values:
        assert min(point.low for point in points) == min(value for _t, value in values)
        assert max(point.high for point in points) == max(value for _t, value in values)
