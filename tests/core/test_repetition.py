"""What is sent again and again: so often, never faster, and no longer than it is taken."""

from __future__ import annotations

import pytest

from wsgui.core.repetition import Repetition, RepetitionError, read_repetition, repeat


def test_what_is_typed() -> None:
    assert read_repetition(" 10 ", "250") == Repetition(10, 0.25)
    assert read_repetition("", "1") == Repetition(None, 0.001)


@pytest.mark.parametrize(
    ("count", "pause", "place"),
    [("0", "1", "often"), ("x", "1", "often"), ("1000001", "1", "often"), ("²", "1", "often"), ("", "", "milliseconds"),
     ("", "0", "milliseconds"), ("", "-1", "milliseconds"), ("", "9" * 30, "milliseconds")],
)  # fmt: skip
def test_what_is_no_repetition_is_told_where(count: str, pause: str, place: str) -> None:
    with pytest.raises(RepetitionError, match=place):
        read_repetition(count, pause)


async def test_it_is_sent_so_often_and_numbered() -> None:
    sent: list[int] = []

    def send(number: int) -> bool:
        sent.append(number)
        return True

    assert await repeat(send, Repetition(3, 0.0001)) == 3
    assert sent == [1, 2, 3]


async def test_it_ends_when_it_is_not_taken() -> None:
    assert await repeat(lambda number: number < 3, Repetition(None, 0.0001)) == 2
