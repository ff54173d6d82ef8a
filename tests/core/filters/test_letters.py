"""A pattern of SQLite finds what folding finds, or there is none."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wsgui.core.filters.letters import patterns

LETTERS = "пПёЁвВᲀßſsSkKKθϑΘϴσςΣΐiİı*?[]^-\u0307\ufffd😀"


def found(needle: str, text: str) -> bool:
    with closing(sqlite3.connect(":memory:")) as database:
        return any(database.execute("SELECT ? GLOB ?", (text, pattern)).fetchone()[0] for pattern in patterns(needle))


@pytest.mark.parametrize("needle", ["", "straße".casefold(), "\ufffd", "я" * 101])
def test_no_pattern_where_it_would_not_tell(needle: str) -> None:
    assert patterns(needle) == []


@given(needle=st.text(LETTERS, min_size=1, max_size=3), text=st.text(LETTERS, max_size=6))
@example(needle="в*[", text="аᲀ*[б")
def test_finds_what_folding_finds(needle: str, text: str) -> None:
    needle = needle.casefold()
    if patterns(needle):
        assert found(needle, text) == (needle in text.casefold())


def test_every_letter_in_every_form() -> None:
    for letter in map(chr, range(1, sys.maxunicode + 1)):
        if letter.casefold() != letter and (globs := patterns(letter.casefold())):
            assert any(letter in pattern for pattern in globs)
