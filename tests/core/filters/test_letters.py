"""A pattern of SQLite finds what folding finds, or there is none."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wsgui.core.filters.functions import FUNCTIONS
from wsgui.core.filters.letters import patterns, rare_part
from wsgui.core.filters.text import contains

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


@pytest.mark.parametrize(
    ("needle", "rare"),
    [("иголка", "голка"), ("росина", "росина"), ("оса", "оса"), ("привет", "привет"), ("рак", "рак")],
)
def test_the_rare_part_of_a_text(needle: str, rare: str) -> None:
    assert rare_part(needle) == rare


@given(needle=st.text("оеаигкпЁ", min_size=1, max_size=6), text=st.text("оеаигкпЁОЕИГ", max_size=12))
@example(needle="иголка", text="ИгОЛКА")
def test_a_search_by_way_of_the_rare_part_finds_the_same(needle: str, text: str) -> None:
    condition = contains(needle)
    with closing(sqlite3.connect(":memory:")) as database:
        for name, function in FUNCTIONS.items():
            database.create_function(name, -1, function, deterministic=True)
        row = f"SELECT {condition.sql} FROM (SELECT ? AS data, NULL AS facts, 'event' AS kind)"
        (hit,) = database.execute(row, (*condition.parameters, text)).fetchone()
    assert bool(hit) == (needle.casefold() in text.casefold())
