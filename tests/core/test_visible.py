"""Nothing that a server writes acts where it is shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core.visible import lines, one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, ж, 漢, 😀, é", "plain, ж, 漢, 😀, é"),
        ("a\nb\r\tc", "a⏎b␍␉c"),
        ("\x00\x1b[31m\x7f", "␀␛[31m␡"),
        ("\x85\x9b", "⟨U+0085⟩⟨U+009B⟩"),
        ("\u202egnp.exe\u202c", "⟨U+202E⟩gnp.exe⟨U+202C⟩"),
        ("\u2066x\u2069\u200e\u200f\u061c", "⟨U+2066⟩x⟨U+2069⟩⟨U+200E⟩⟨U+200F⟩⟨U+061C⟩"),
        ("a\u200bb\ufeffc\u00add", "a⟨U+200B⟩b⟨U+FEFF⟩c⟨U+00AD⟩d"),
        ("\U000e0041", "⟨U+E0041⟩"),
        ("\u2028\u2029", "⟨U+2028⟩⟨U+2029⟩"),
        ("\ud800x\udfff", "⟨U+D800⟩x⟨U+DFFF⟩"),
        ("👩\u200d💻 می\u200cخواهم", "👩\u200d💻 می\u200cخواهم"),
    ],
)
def test_what_would_not_be_seen_or_would_act_becomes_a_sign(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_a_line_is_cut_where_it_is_too_long() -> None:
    assert one_line("abcdef", 6) == "abcdef"
    assert one_line("abcdefg", 6) == "abcde…"
    assert one_line("\n" * 9, 3) == "⏎⏎…"


def test_lines_keep_their_breaks_and_tabs_and_nothing_else() -> None:
    assert lines("a\r\nb\tc\n\x0bd\re\u2028") == "a\nb\tc\n␋d␍e⟨U+2028⟩"


def acting(text: str) -> set[str]:
    """What in ``text`` would break a line, turn it around or command a terminal."""
    bad = {"Cc", "Cs", "Zl", "Zp", "RLE", "LRE", "RLO", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"}
    return {letter for letter in text if bad & {unicodedata.category(letter), unicodedata.bidirectional(letter)}}


@given(st.text(st.characters()))
def test_nothing_in_a_line_acts_and_a_line_stays_as_it_is(text: str) -> None:
    shown = one_line(text)
    assert acting(shown) == set()
    assert len(shown.splitlines()) <= 1
    assert one_line(shown) == shown


@given(st.text(st.characters()))
def test_nothing_in_lines_acts_but_breaks_and_tabs(text: str) -> None:
    shown = lines(text)
    assert acting(shown) <= {"\n", "\t"}
    assert lines(shown) == shown
