"""Names of files: possible on every system, leading nowhere, never taken twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core.file_names import LONGEST, file_stem, free_name


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Chat, staging", "Chat, staging"),
        ("Чат — проба", "Чат — проба"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a/b\\c:d", "a_b_c_d"),
        (".hidden", "hidden"),
        ("dots... ", "dots"),
        ("CON", "CON_"),
        ("nul.txt", "nul.txt_"),
        ("com¹", "com¹_"),
        ("console", "console"),
        ("a\x00b\nc", "a_b_c"),
        ("a\u202eb\u200b", "a_b_"),
        ("\ud800", "profile"),
        ("", "profile"),
        (" . ", "profile"),
        ("///", "profile"),
        ("e\u0301", "é"),
    ],
)
def test_what_becomes_of_a_name(name: str, stem: str) -> None:
    assert file_stem(name, "profile") == stem


@pytest.mark.parametrize("character", ["a", "Ж", "漢", "🙂"])
def test_a_long_name_is_cut_between_characters(character: str) -> None:
    stem = file_stem(character * 500, "profile")
    assert LONGEST - 4 < len(stem.encode()) <= LONGEST
    assert set(stem) == {character}


@given(st.text())
def test_any_name_is_one_name_in_its_folder(name: str) -> None:
    stem = file_stem(name, "profile")
    assert stem not in ("", ".", "..")
    assert not set(stem) & set('/\\:\0*?"<>|')
    assert not stem.startswith(".")
    assert not stem.endswith((".", " "))
    assert len(stem.encode()) <= LONGEST + 1


def test_a_taken_name_gets_a_number() -> None:
    assert free_name("a", ".wsgui", []) == "a.wsgui"
    assert free_name("a", ".wsgui", ["A.WSGUI"]) == "a (2).wsgui"
    assert free_name("a", ".wsgui", ["a.wsgui", "a (2).wsgui"]) == "a (3).wsgui"
    assert free_name("Straße", "", ["STRASSE"]) == "Straße (2)"
