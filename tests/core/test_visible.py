"""Nothing a server sends can hide, reorder or break what the log shows."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core.visible import lines, one_line

hostile = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, Привет, 日本 and 👩‍💻", "plain, Привет, 日本 and 👩‍💻"),
        ("two\nlines\r\n\tmore", "two⏎lines␍⏎␉more"),
        ("nul\x00 escape\x1b del\x7f", "nul␀ escape␛ del␡"),
        ("\u202egnp.exe", "⟨U+202E⟩gnp.exe"),
        ("half \ud83d of a pair", "half ⟨U+D83D⟩ of a pair"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("next\x85 \u2028 \ufeff", "next⟨U+0085⟩ ⟨U+2028⟩ ⟨U+FEFF⟩"),
    ],
)
def test_shows_what_would_hide(text: str, shown: str) -> None:
    assert one_line(text, 100) == shown


def test_cuts() -> None:
    assert one_line("x" * 500, 500) == "x" * 500
    assert one_line("x" * 501, 500) == "x" * 499 + "…"


def test_keeps_lines_where_there_is_room() -> None:
    assert lines("a\r\nb\n\tc\rd\x00\u202e") == "a\nb\n\tc␍d␀⟨U+202E⟩"


@given(hostile)
def test_leaves_nothing_that_acts(text: str) -> None:
    for shown, allowed in ((one_line(text, 50), "\u200c\u200d"), (lines(text), "\u200c\u200d\n\t")):
        left = {character for character in shown if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
        assert left <= set(allowed)
        shown.encode()
