"""What is found by a few letters, and what comes first."""

from __future__ import annotations

import pytest

from wsgui.core.fuzzy import score

TITLES = (
    "Connect",
    "Disconnect or cancel",
    "Connect to the built-in server",
    "New connection",
    "Find in the log",
    "Go to the log",
    "Option: reconnectionDelay",
    "Option: reconnectionDelayMax",
    "Клиентские параметры",
)


def found(typed: str) -> list[str]:
    rated = [(score(typed, (title,)), title) for title in TITLES]
    return [title for points, title in sorted(rated, key=lambda each: -each[0]) if points]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("connect", "Connect"),
        ("CONN", "Connect"),
        ("nc", "New connection"),
        ("fitl", "Find in the log"),
        ("built", "Connect to the built-in server"),
        ("log go", "Go to the log"),
        ("find log", "Find in the log"),
        ("delaymax", "Option: reconnectionDelayMax"),
        ("recdel", "Option: reconnectionDelay"),
        ("reconnectiondelay", "Option: reconnectionDelay"),
        ("параметры", "Клиентские параметры"),
    ],
)
def test_what_comes_first(typed: str, first: str) -> None:
    assert found(typed)[0] == first


@pytest.mark.parametrize("typed", ["zebra", "connect zebra", "ctd log", "gnl"])
def test_what_does_not_fit_is_left_out(typed: str) -> None:
    assert found(typed) == []


def test_a_beginning_beats_what_is_inside() -> None:
    order = found("connect")
    assert order.index("Connect to the built-in server") < order.index("New connection")
    assert order.index("New connection") < order.index("Disconnect or cancel")


def test_without_a_word_everything_fits() -> None:
    assert found("  ") == list(TITLES)


def test_the_best_of_several_names_counts() -> None:
    assert score("wire", ("Обмен", "Wire")) == score("wire", ("Wire",)) > score("wire", ("What the wire said",)) > 0
    assert score("wire", ("Обмен", "")) == 0
