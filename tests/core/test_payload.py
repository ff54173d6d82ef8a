"""What a person types as arguments, and the place where it is broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core.payload import PayloadError, read_arguments


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("", []),
        (" \n ", []),
        ("1", [1]),
        ('"a", {"b": [null]}\n, true', ["a", {"b": [None]}, True]),
        ("[1, 2]", [[1, 2]]),
    ],
)
def test_values_with_commas_between(text: str, arguments: list[object]) -> None:
    assert read_arguments(text) == arguments


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("x", 1, 1),
        ('"a" "b"', 1, 5),
        ('{"a": 1}\n{"b": 2}', 2, 1),
        ('{\n  "a": 1,\n  oops\n}', 3, 3),
        ("NaN", 1, 1),
        ("1 ]", 1, 4),
        ("[", 1, 2),
        ("1], [2", 1, 3),
    ],
)
def test_the_place_of_the_error_is_the_place_in_what_was_typed(text: str, line: int, column: int) -> None:
    with pytest.raises(PayloadError) as refusal:
        read_arguments(text)
    assert (refusal.value.line, refusal.value.column) == (line, column)
    assert f"line {line}, column {column}" in str(refusal.value)


@given(st.text() | st.text('[]{}",:0123 \n'))
def test_a_text_is_a_list_of_values_or_refused_at_a_place_in_it(text: str) -> None:
    try:
        read_arguments(text)
    except PayloadError as error:
        line, column = error.line, error.column
    else:
        return
    lines = text.split("\n")
    assert 1 <= line <= len(lines)
    assert 1 <= column <= len(lines[line - 1]) + 1
