"""Arguments one by one: what form each has, and the way back that loses nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core import javascript_json
from wsgui.core.argument_forms import Argument, ArgumentForm, check_argument, joined, parted
from wsgui.core.payload import PayloadError, read_arguments

F = ArgumentForm


def test_each_argument_has_the_form_it_is_written_in() -> None:
    text = '"a, \\"b\\"", -1.50 ,\n{"x": [1,\n 2], "y": "]"}, true, {"$hex": "0 1"}, {"$base64": "AQ"}, {"$file": "/a"}'
    assert parted(text) == [
        Argument(F.TEXT, 'a, "b"'),
        Argument(F.NUMBER, "-1.50"),
        Argument(F.JSON, '{"x": [1,\n 2], "y": "]"}'),
        Argument(F.JSON, "true"),
        Argument(F.HEX, "0 1"),
        Argument(F.BASE64, "AQ"),
        Argument(F.FILE, "/a"),
    ]
    assert parted(" ") == []
    assert parted('{"$json": {"$hex": ""}}') == [Argument(F.JSON, '{"$json": {"$hex": ""}}')]
    with pytest.raises(PayloadError, match="line 2"):
        parted("1,\n x")


def test_a_text_that_an_editor_would_change_stays_json() -> None:
    assert parted('"a\\r\\nb"') == [Argument(F.JSON, '"a\\r\\nb"')]
    assert parted('"\\ud800"') == [Argument(F.JSON, '"\\ud800"')]


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        (Argument(F.JSON, '{"a":\n x}'), "line 2, column 2"),
        (Argument(F.JSON, ""), "One JSON value"),
        (Argument(F.JSON, "1, 2"), "One JSON value"),
        (Argument(F.NUMBER, "0x1"), "no number"),
        (Argument(F.HEX, "0g"), "no hex digit"),
        (Argument(F.BASE64, "*"), "Base64"),
        (Argument(F.FILE, "/nowhere/at/all"), "no file"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(argument: Argument, said: str) -> None:
    with pytest.raises(PayloadError, match=said):
        check_argument(argument)


def test_what_is_right() -> None:
    for argument in (Argument(F.TEXT, '"'), Argument(F.NUMBER, " -1.5e3 "), Argument(F.JSON, "null"), Argument(F.HEX)):
        check_argument(argument)


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["$hex", "$base64", "$file", "$json", "a,]"]), inner, max_size=2)
    ),
    max_leaves=8,
)


@given(st.lists(_JSON, max_size=4))
def test_there_and_back(values: list[object]) -> None:
    text = ",".join(map(javascript_json.dumps, values))
    assert read_arguments(joined(parted(text))) == read_arguments(text)
