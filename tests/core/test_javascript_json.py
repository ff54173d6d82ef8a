"""JSON as ``JSON.parse`` and ``JSON.stringify`` have it, where Python and orjson think otherwise."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.record_strategies import HUGE, JSON
from wsgui.core.javascript_json import JsonError, dumps, loads


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (" 1 ", 1),
        ("-0", 0),
        ('{"a":1,"a":2}', {"a": 2}),
        ('{"__proto__":1}', {"__proto__": 1}),
        (r'"\ud800"', "\ud800"),
        (r'"\ud83d\ude00"', "😀"),
        ("1e400", math.inf),
        ("1" + "0" * 10_000, math.inf),
        ("-1" + "0" * 10_000, -math.inf),
        ("12345678901234567890123", 1.2345678901234568e22),
        (r'["\ud800",12345678901234567890123]', ["\ud800", 1.2345678901234568e22]),
        ("9223372036854775807", 9223372036854775807),
        (r'["\u0000"]', ["\0"]),
    ],
)
def test_read_as_json_parse_reads_it(text: str, value: object) -> None:
    assert loads(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "NaN", "[Infinity]", "-Infinity", "01", "1.", ".5", "'a'", "\ufeff1", "\xa01", '"\t"', "[1,]", "{a:1}", "1 2"],
)
def test_refused_as_json_parse_refuses_it(text: str) -> None:
    with pytest.raises(JsonError) as refusal:
        loads(text)
    assert str(refusal.value)
    assert refusal.value.line >= 1
    assert refusal.value.column >= 1


def test_the_place_of_an_error_counts_from_one() -> None:
    with pytest.raises(JsonError) as refusal:
        loads('{\n  "a": 1,\n  b\n}')
    assert (refusal.value.line, refusal.value.column) == (3, 3)


@pytest.mark.parametrize("depth", [100, 500, 900, 1_000, 2_000, 100_000])
@pytest.mark.parametrize("indent", [False, True])
def test_deep_nesting_is_refused_when_read_or_can_be_written(depth: int, indent: bool) -> None:
    try:
        value = loads("[" * depth + "]" * depth)
    except JsonError:
        assert depth > 500
    else:
        assert dumps(value, indent=indent).count("[") == depth


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": [1, "ж", None, True]}, '{"a":[1,"ж",null,true]}'),
        (math.nan, "null"),
        ([math.inf, 2**70], "[null,1180591620717411303424]"),
        ("\ud800", r'"\ud800"'),
        (["\ud800", "\u2028"], '["\\ud800","\u2028"]'),
        ({"\udfff": "\ud83d"}, r'{"\udfff":"\ud83d"}'),
        ("\x00\x1f\x7f", '"\\u0000\\u001f\x7f"'),
        ({1: 2, None: 3}, '{"1":2,"null":3}'),
    ],
)
def test_written_as_json_stringify_writes_it(value: object, text: str) -> None:
    assert dumps(value) == text


def test_default_makes_text_of_what_json_does_not_know() -> None:
    assert dumps([b"x", "\ud800"], default=lambda value: "bytes") == r'["bytes","\ud800"]'
    with pytest.raises(TypeError):
        dumps(b"x")


def test_an_indent_is_two_spaces() -> None:
    assert dumps({"a": [1, {}], "b": []}, indent=True) == '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": []\n}'
    slowly = dumps({"a": [2**70, {}], "b": []}, indent=True)
    assert slowly == '{\n  "a": [\n    1180591620717411303424,\n    {}\n  ],\n  "b": []\n}'


@given(JSON | HUGE, st.booleans())
def test_what_is_written_is_json_and_utf_8(value: object, indent: bool) -> None:
    text = dumps(value, indent=indent)
    text.encode()
    loads(text)


@given(
    st.recursive(
        # Longer integers are read as floats, as JavaScript reads all that are longer than 53 bits.
        st.none()
        | st.booleans()
        | st.integers(-(2**63), 2**64 - 1)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_what_is_written_reads_back(value: object) -> None:
    assert loads(dumps(value)) == value


@given(st.text() | st.text('0123456789eE+-.[]{}",:\\u tfn'))
def test_a_text_is_read_as_the_standard_library_reads_it_or_refused(text: str) -> None:
    try:
        value = loads(text)
    except JsonError:
        return
    assert value == json.loads(text, parse_int=float) or "e" in text.lower()
