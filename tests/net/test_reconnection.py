"""The delays between attempts, as ``contrib/backo2.js`` of socket.io-client 4.8 gives them."""

import math

import pytest

from wsgui.core.option_values import OptionValue
from wsgui.core.options import check_values
from wsgui.net.reconnection import Backoff


def delays(count: int, chance: float = 0.0, **options: OptionValue) -> list[float | None]:
    backoff = Backoff(check_values(options), lambda: chance)
    return [backoff.next() for _attempt in range(count)]


def javascript(count: int, chance: float, least: float, limit: float, jitter: float) -> list[float]:
    """``duration()`` of backo2, line by line."""
    waits = []
    for attempt in range(count):
        ms = least * 2**attempt
        if jitter:
            deviation = math.floor(chance * jitter * ms)
            ms = ms - deviation if (math.floor(chance * 10) & 1) == 0 else ms + deviation
        waits.append(int(min(ms, limit)) / 1000)
    return waits


def test_it_doubles_up_to_the_limit() -> None:
    assert delays(5, randomizationFactor=0) == [1, 2, 4, 5, 5]
    assert delays(4, randomizationFactor=0, reconnectionDelay=100, reconnectionDelayMax=250) == [0.1, 0.2, 0.25, 0.25]


@pytest.mark.parametrize("chance", [0, 0.05, 0.13, 0.37, 0.5, 0.55, 0.76, 0.99])
@pytest.mark.parametrize("jitter", [0, 0.01, 0.5, 1])
def test_the_spread_is_that_of_javascript(chance: float, jitter: float) -> None:
    ours = delays(8, chance, randomizationFactor=jitter, reconnectionDelay=333, reconnectionDelayMax=7000)
    assert ours == javascript(8, chance, 333, 7000, jitter)


def test_examples_of_the_spread() -> None:
    assert delays(2, 0.37, randomizationFactor=0.5) == [1.185, 2.37]
    assert delays(2, 0.25, randomizationFactor=0.5) == [0.875, 1.75]


def test_zero_means_the_default() -> None:
    assert delays(4, randomizationFactor=0, reconnectionDelay=0, reconnectionDelayMax=0) == [1, 2, 4, 5]
    assert delays(3, randomizationFactor=0, reconnectionAttempts=0) == [1, 2, 4]


def test_the_attempts_are_counted_and_end() -> None:
    assert delays(3, randomizationFactor=0, reconnectionAttempts=2) == [1, 2, None]
    assert delays(1, reconnection=False) == [None]


def test_a_connection_begins_anew() -> None:
    backoff = Backoff(check_values({"reconnectionAttempts": 2, "randomizationFactor": 0}))
    assert [backoff.next(), backoff.next(), backoff.next()] == [1, 2, None]
    assert backoff.attempts == 2
    backoff.reset()
    assert [backoff.next(), backoff.attempts] == [1, 1]


def test_infinity_never_ends_and_never_overflows() -> None:
    backoff = Backoff(check_values({"reconnectionAttempts": math.inf}), lambda: 0.99)
    assert {backoff.next() for _attempt in range(3_000)} >= {5.0}
    assert backoff.attempts == 3_000
