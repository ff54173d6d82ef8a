"""JSON is read piece by piece, as if it were read whole, wherever the pieces are cut."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core import json_stream
from wsgui.core.json_stream import JsonStream, JsonStreamError

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def walked(stream: JsonStream) -> object:
    """The whole, by walking into every object and array."""
    if stream.begins("{"):
        return {name: walked(stream) for name in stream.members()}
    if stream.begins("["):
        return [walked(stream) for _ in stream.items()]
    return stream.value()


@given(values, st.integers(1, 7), st.sampled_from([None, 1]))
def test_walks_over_what_json_writes(value: object, chunk: int, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "_CHUNK", chunk)
        assert walked(JsonStream(io.StringIO(text))) == value
        assert JsonStream(io.StringIO(text)).value() == value


def test_reads_over_what_is_not_taken() -> None:
    stream = JsonStream(io.StringIO('{"a": {"b": [1, 2]}, "c": [10, 20, {"d": 30}], "e": 5}'))
    found = {}
    for name in stream.members():
        if name == "c":
            for number in stream.items():
                if number == 1:
                    found["c"] = stream.value()
        elif name == "e":
            found["e"] = stream.value()
    assert found == {"c": 20, "e": 5}


@pytest.mark.parametrize(
    "text", ["", "{", '{"a"', '{"a": 1', '{"a": 1 "b": 2}', "[1, 2", '["a', "[1 2]", "{1: 2}", "nul"]
)
def test_says_what_is_no_json(text: str) -> None:
    with pytest.raises(JsonStreamError):
        walked(JsonStream(io.StringIO(text)))


def test_is_not_nested_without_end() -> None:
    with pytest.raises(JsonStreamError, match="deeply"):
        JsonStream(io.StringIO("[" * 100_000)).value()


def test_gives_up_early_on_what_is_broken() -> None:
    text = io.StringIO("[1, 2, oops, " + "3, " * 1_000_000)
    with pytest.raises(JsonStreamError):
        walked(JsonStream(text))
    assert text.tell() < 200_000
