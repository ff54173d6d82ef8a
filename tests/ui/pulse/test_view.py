"""What of the time is shown: at first, after zooming and moving, and while it goes on."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.ui.pulse.span import NARROWEST, Span, clock, digits_for, live_span, round_times, round_top
from wsgui.ui.pulse.view import View


def view(now: float, *, live: bool = True) -> View:
    view = View()
    view.now, view.live = now, live
    return view


@pytest.mark.parametrize(
    ("now", "span"), [(0.0, (0.0, 15.0)), (15.1, (0.0, 30.0)), (100.0, (0.0, 120.0)), (500.0, (380.0, 500.0))]
)
def test_a_live_view_shows_the_last_two_minutes_or_what_there_is(now: float, span: tuple[float, float]) -> None:
    assert live_span(now) == span
    assert view(now).span == span


def test_a_finished_recording_is_shown_whole() -> None:
    assert view(500.0, live=False).span == (0.0, 500.0)
    assert view(0.0, live=False).span.length > 0


def test_zooming_while_following_keeps_the_newest_where_it_is() -> None:
    shown = view(500.0)
    shown.zoom(0.5, about=400.0)
    assert shown.span == (440.0, 500.0)
    shown.now = 510.0
    assert shown.span == (450.0, 510.0)


def test_zooming_elsewhere_keeps_the_time_under_the_pointer() -> None:
    shown = view(500.0, live=False)
    shown.zoom(0.5, about=100.0)
    assert shown.span == (50.0, 300.0)
    assert (100.0 - 50.0) / 250.0 == 100.0 / 500.0


def test_moving_ends_the_following_and_the_end_resumes_it() -> None:
    shown = view(500.0)
    shown.shift(-100.0)
    shown.now = 510.0
    assert (shown.span, shown.following) == (Span(280.0, 400.0), False)
    shown.follow()
    assert shown.span == (390.0, 510.0)


def test_all_stays_all() -> None:
    shown = view(500.0)
    shown.show_all()
    shown.now = 600.0
    assert shown.span == (0.0, 600.0)
    shown.zoom(0.5)
    assert shown.span == (300.0, 600.0)
    shown.reset()
    assert shown.span == (480.0, 600.0)


def test_holding_shows_what_is_shown() -> None:
    shown = view(500.0)
    shown.hold()
    shown.now = 600.0
    assert shown.span == (380.0, 500.0)


@given(st.floats(0, 1e9), st.lists(st.tuples(st.sampled_from(["zoom", "shift"]), st.floats(-50, 50)), max_size=20))
def test_is_never_lost(now: float, steps: list[tuple[str, float]]) -> None:
    shown = view(now, live=False)
    for what, number in steps:
        if what == "zoom":
            shown.zoom(max(0.01, abs(number)))
        else:
            shown.shift(number * shown.span.length)
    span = shown.span
    assert span.length >= NARROWEST * 0.9
    assert span.begin <= max(now, 1.0)
    assert span.end >= 0


@given(st.floats(0, 1e8), st.floats(0.1, 1e8), st.integers(1, 20))
def test_the_axis_has_round_times_inside_of_the_span(begin: float, length: float, most: int) -> None:
    span = Span(begin, begin + length)
    times, digits = round_times(span, 1.7e9, most)
    assert len(times) <= most + 1
    assert 0 <= digits <= 2
    assert all(span.begin - 1e-5 <= t <= span.end + 1e-5 for t in times)


def test_the_axis_is_round_by_the_clock() -> None:
    wall = 1_700_000_003.5
    times, digits = round_times(Span(0.0, 30.0), wall, 8)
    assert digits == 0
    assert [clock(t, wall)[-1] for t in times] == ["5", "0", "5", "0", "5", "0"]


@pytest.mark.parametrize(
    ("digits", "text"), [(0, ":04"), (1, ":03.9"), (3, ":03.999")], ids=["seconds", "tenths", "milliseconds"]
)
def test_the_clock_is_as_precise_as_it_has_to_be(digits: int, text: str) -> None:
    wall = 1_699_999_980.0
    assert (
        clock(3.9999996 if digits == 0 else 3.9994, wall, digits) == time.strftime("%H:%M", time.localtime(wall)) + text
    )


@pytest.mark.parametrize(("step", "digits"), [(5, 0), (1, 0), (0.5, 1), (0.1, 1), (0.05, 2), (1e-9, 3)])
def test_the_decimals_tell_the_times_apart(step: float, digits: int) -> None:
    assert digits_for(step) == digits


@pytest.mark.parametrize(("value", "top"), [(0, 1), (1, 1), (1.1, 2), (3, 3), (700, 800), (0.0031, 0.004)])
def test_the_scale_ends_at_a_round_number(value: float, top: float) -> None:
    assert round_top(value) == pytest.approx(top)
