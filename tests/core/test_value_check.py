"""Paths into arguments, and what may be asked of what is there."""

from __future__ import annotations

import pytest

from wsgui.core.value_check import CheckError, Test, ask, check_question, read_path, same

ARGS: list[object] = [{"user": {"name": "Ann", "two words": [1, {"x": None}]}, "json": '{"a": [7]}'}, "text", b"\x00"]


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("0.user.name", ("0", "user", "name")),
        ("[0].items[2]", ("0", "items", "2")),
        ('0["two words"][1]', ("0", "two words", "1")),
        ('0["a\\"b"]', ("0", 'a"b')),
        ("", ()),
    ],
)
def test_paths(path: str, parts: tuple[str, ...]) -> None:
    assert read_path(path) == parts


@pytest.mark.parametrize(("path", "said"), [("0..a", "column 2"), ("0[x]", "column 2"), ("user", "number of the arg")])
def test_broken_paths(path: str, said: str) -> None:
    with pytest.raises(CheckError, match=said):
        check_question(path, Test.EXISTS, None)


@pytest.mark.parametrize(
    ("path", "test", "value", "passed"),
    [
        ("0.user.name", Test.EQUALS, "Ann", True),
        ("0.user.name", Test.EQUALS, "ann", False),
        ('0.user["two words"][1].x', Test.EXISTS, None, True),
        ('0.user["two words"][1].x', Test.EQUALS, None, True),
        ("0.user.age", Test.EXISTS, None, False),
        ("0.json.a[0]", Test.EQUALS, 7, True),
        ("1.length", Test.EXISTS, None, False),
        ("1", Test.CONTAINS, "ex", True),
        ("0.user", Test.CONTAINS, {"name": "Ann"}, True),
        ("0.user", Test.CONTAINS, {"name": "Bob"}, False),
        ("0.user", Test.CONTAINS, "name", True),
        ('0.user["two words"]', Test.CONTAINS, 1, True),
        ('0.user["two words"]', Test.CONTAINS, True, False),
        ("0.user.name", Test.MATCHES, "^A.n$", True),
        ("0.user.name", Test.MATCHES, "^B", False),
        ("3", Test.EXISTS, None, False),
        ("", Test.CONTAINS, "text", True),
    ],
)
def test_questions(path: str, test: Test, value: object, passed: bool) -> None:
    assert ask(ARGS, path, test, value).passed is passed


def test_what_is_said() -> None:
    assert ask(ARGS, "0.user.name", Test.EQUALS, "Bob")[1:] == ('0.user.name is "Bob"', '"Ann"')
    assert ask(ARGS, "9", Test.MATCHES, "a/b")[1:] == ("9 matches /a/b/", "There is no 9.")
    assert ask(ARGS, "2", Test.EXISTS, None).got == '"(1 byte)"'


def test_a_regular_expression_that_is_broken_or_too_slow_is_refused() -> None:
    with pytest.raises(CheckError, match="broken"):
        check_question("0", Test.MATCHES, "(")
    with pytest.raises(CheckError, match="too long"):
        ask(["a" * 5000 + "d"], "0", Test.MATCHES, "(?:a|a)*[bc]$")


def test_true_is_not_1_and_1_is_1_0() -> None:
    assert same([1, {"a": 2.0}], [1.0, {"a": 2}])
    assert not same(True, 1)
    assert not same({"a": 1}, {"a": 1, "b": 2})
