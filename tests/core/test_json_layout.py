"""JSON laid out piece by piece is what it would be if it were decoded, and only so much is made as is asked for."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core import javascript_json
from wsgui.core.json_layout import beginning, laid_out

LEAVES = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text()
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=30)


def whole(text: str) -> str:
    return "".join(piece for piece, _end in laid_out(text))


@given(VALUES, st.booleans())
def test_as_if_it_were_decoded(value: object, ascii_only: bool) -> None:
    expected = javascript_json.dumps(value, indent=True)
    for separators in ((",", ":"), (" ,\n ", " : ")):
        assert whole(json.dumps(value, ensure_ascii=ascii_only, separators=separators)) == expected


def test_long_texts_stay_whole() -> None:
    value = {"a" * 5000: ["x" * 100_000, 'q"\\' * 5000], "n": [[], {}]}
    assert whole(json.dumps(value)) == javascript_json.dumps(value, indent=True)


@pytest.mark.parametrize("text", ['["cut', '["cut \\', "]]]}", '{"a":', "no JSON at all", '"', "\x00\x1b", ""])
def test_what_is_no_json_comes_out_too(text: str) -> None:
    assert "".join(whole(text).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "text", ["[" * 1_000_000, '["' + "x" * 1_000_000, "[" + '{"a":1},' * 100_000, " " * 1_000_000, "7" * 1_000_000]
)
def test_the_beginning_is_bounded(text: str) -> None:
    shown, more = beginning(text, 5000)
    assert len(shown) <= 5000
    assert len(text) - 5000 <= more <= len(text)


def test_what_is_deep_goes_on_in_its_line() -> None:
    assert len(whole("[" * 10_000)) < 15_000
