"""The table is the parser and the help, and the page in the documentation is made of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from wsgui.core.filters import TERMS, FilterError, forms, parse, word_at
from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Kind, Record

Found = Callable[[str], list[int]]

RECORDS = [
    Record(seq, 0.0, 0.0, 1, Direction.IN, kind, data)
    for seq, (kind, data) in enumerate(
        [(Kind.EVENT, '2["a"]'), (Kind.EVENT, '2["b"]'), (Kind.WS_MESSAGE, "a"), (Kind.WS_MESSAGE, "c OR d")], start=1
    )
]


@pytest.mark.parametrize("text", ["", "  ", "\t\n"])
def test_blank_is_no_filter(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "seqs"),
    [
        ("kind:event a", [1]),
        ("kind:event a OR c", [1, 4]),
        ("kind:event b OR kind:ws_message a OR c", [2, 3, 4]),
        ('a OR "c OR d"', [1, 3, 4]),
        ("c or d", [4]),
        ("-kind:event -c OR b", [2, 3]),
    ],
)
def test_or_stands_between_filters(found: Found, text: str, seqs: list[int]) -> None:
    assert found(text) == seqs


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("OR a", "OR stands between two terms"),
        ("a OR", "OR stands between two terms"),
        ("a OR OR b", "OR stands between two terms"),
        ("a " * 101, "at most 100 terms"),
        ("/a(b/", "/a(b/ is no regular expression: missing ), unterminated subpattern, at character 2."),
        ("x -/[a/i", "/[a/ is no regular expression: unterminated character set, at character 1."),
        ("/(a+)+b/", "“(a+)+” repeats what is repeated already"),
        (r"/^(\w+\s?)*$/", r"“(\w+\s?)*” repeats what is repeated already"),
        ("/a.*.+b/", "“.*.+” repeats what is repeated already"),
        ("/((a|b)*,){2,}x/", "“((a|b)*,){2,}” repeats what is repeated already"),
    ],
)
def test_says_what_is_wrong(text: str, sentence: str) -> None:
    with pytest.raises(FilterError) as error:
        parse(text)
    assert sentence in str(error.value)


@pytest.mark.parametrize(
    "text", [r"/(ab)+c*/", r"/(a+)++/", r"/(?:a{2})+/", r"/\(a+\)+/", r"/a.*b.*c\..*/", "/(a+)b+/"]
)
def test_takes_a_repetition_that_ends(text: str) -> None:
    assert parse(text) is not None


def test_takes_what_no_database_can_hold(found: Found) -> None:
    assert found("\ud800") == []
    assert found("event:\ud800") == []


def test_minus_signs_without_end(found: Found) -> None:
    assert found("-" * 20_001 + "a") == [2]


def test_looks_at_a_limited_number(recording: Recording) -> None:
    condition = parse("kind:event")
    assert condition is not None
    assert recording.matching(condition, 1, 2) == [2]
    assert recording.matching(condition, 4, 100) == []


def test_every_form_in_the_help_is_understood(found: Found) -> None:
    for term in TERMS:
        for example in term.form.split("  "):
            assert term.takes(example)
            assert next(each for each in TERMS if each.takes(example)) is term
        assert term.help
    for form, says in forms():
        for example in form.split("  "):
            found(example)
        assert says


@pytest.mark.parametrize(
    ("text", "cursor", "word"),
    [
        ("", 0, (0, "")),
        ("ki", 2, (0, "ki")),
        ("a kind:ev b", 9, (2, "kind:ev")),
        ("a kind:ev b", 6, (2, "kind")),
        ("a -kind:ev", 10, (3, "kind:ev")),
        ('x event:"two w', 14, (2, 'event:"two w')),
        ('event:"two w" ', 14, (14, "")),
        ("a ", 2, (2, "")),
    ],
)
def test_knows_the_word_that_is_typed(text: str, cursor: int, word: tuple[int, str]) -> None:
    assert word_at(text, cursor) == word
