"""Bytes in JSON arguments: what stands for them, what is sent, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core import javascript_json
from wsgui.core.binary_values import BinaryValueError, filled_in, read_file, written
from wsgui.core.payload import PayloadError, arguments_to_send, check_arguments


def test_tags_become_bytes_at_any_depth(tmp_path: Path) -> None:
    file = tmp_path / "a.bin"
    file.write_bytes(b"\x00\xff")
    name = javascript_json.dumps(str(file))
    text = f'{{"$hex": "01 0x02"}}, {{"a": [{{"$base64": "AwQ"}}]}}, {{"$file": {name}}}'
    assert arguments_to_send(text) == [b"\x01\x02", {"a": [b"\x03\x04"]}, b"\x00\xff"]
    assert check_arguments(text)[2] == b""


@pytest.mark.parametrize("text", ['{"$hex": 1}', '{"$hex": "01", "b": 2}', '{"$other": "01"}', '"$hex"'])
def test_what_is_no_tag_stays(text: str) -> None:
    assert arguments_to_send(text) == [javascript_json.loads(text)]


def test_what_looks_like_a_tag_can_be_sent() -> None:
    assert arguments_to_send('{"$json": {"$hex": "01"}}') == [{"$hex": "01"}]


def test_what_is_wrong_is_said_with_its_place() -> None:
    with pytest.raises(PayloadError, match="odd number") as raised:
        check_arguments('1,\n {"$hex": "0"}')
    assert (raised.value.line, raised.value.column) == (2, 3)
    with pytest.raises(PayloadError, match="no file"):
        check_arguments('{"$file": "/nowhere/at/all"}')
    with pytest.raises(BinaryValueError, match="cannot be read"):
        read_file("/nowhere\x00")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3) | st.binary(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["$hex", "$base64", "$file", "$json", "a"]), inner, max_size=2)
    ),
    max_leaves=8,
)


@given(_JSON)
def test_there_and_back(value: object) -> None:
    assert filled_in(javascript_json.loads(javascript_json.dumps(written(value)))) == value
