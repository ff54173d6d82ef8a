"""A text in the language in use: its plural forms and its numbers, and the way back from a text that is shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wsgui.core import i18n
from wsgui.core.catalogue import Catalogue, read_catalogue
from wsgui.core.i18n import _, plural
from wsgui.core.retranslation import Retranslation

PO = r"""
msgid ""
msgstr ""
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"

#: wsgui/core/i18n.py
msgid "1,234.5"
msgstr "1 234,5"

msgid "%Y-%m-%d"
msgstr "%d.%m.%Y"

msgid "Connected"
msgstr "Соединение установлено"

msgid "not yet"
msgstr ""

msgid ""
"One \"line\"\n"
"and another"
msgstr ""
"Одна «строка»\n"
"и ещё одна"

msgid "{what}: failed after {n:,} attempts of {s:.1f} s"
msgstr "{what}: не удалось за {n:,} попыток по {s:.1f} с"

#, fuzzy
msgid "{n:,} row of {name}"
msgid_plural "{n:,} rows of {name}"
msgstr[0] "{n:,} строка из {name}"
msgstr[1] "{n:,} строки из {name}"
msgstr[2] "{n:,} строк из {name}"
"""


@pytest.fixture
def russian(tmp_path: Path) -> Iterator[Catalogue]:
    path = tmp_path / "ru.po"
    path.write_text(PO, encoding="utf-8")
    yield read_catalogue(path)
    i18n.use(None)


def rows(n: int) -> str:
    return plural("{n:,} row of {name}", "{n:,} rows of {name}", n).format(n=n, name="list")


def test_english_needs_no_catalogue() -> None:
    assert _("Connected") == "Connected"
    assert [rows(n) for n in (0, 1, 2, 1234)] == [
        "0 rows of list",
        "1 row of list",
        "2 rows of list",
        "1,234 rows of list",
    ]
    assert i18n.number(1234.5, ",.1f") == "1,234.5"
    assert i18n.day(datetime(2026, 2, 3, tzinfo=UTC)) == "2026-02-03"


def test_texts_are_translated(russian: Catalogue) -> None:
    i18n.use(russian)
    assert _("Connected") == "Соединение установлено"
    assert _("not yet") == "not yet"
    assert _('One "line"\nand another') == "Одна «строка»\nи ещё одна"
    assert _("") == ""


def test_plural_forms_fit_the_number(russian: Catalogue) -> None:
    i18n.use(russian)
    said = [rows(n) for n in (1, 2, 5, 11, 21, 104, 1112)]
    assert [text.split()[-3] for text in said] == ["строка", "строки", "строк", "строк", "строка", "строки", "строк"]


def test_numbers_and_days_are_written_as_the_language_does(russian: Catalogue) -> None:
    i18n.use(russian)
    text = _("{what}: failed after {n:,} attempts of {s:.1f} s")
    assert text.format(what="1,5", n=12345, s=0.25) == "1,5: не удалось за 12 345 попыток по 0,2 с"
    assert i18n.number(1234.5, ",.1f") == "1 234,5"
    assert i18n.day(datetime(2026, 2, 3, tzinfo=UTC)) == "03.02.2026"


def test_what_is_shown_can_be_put_into_another_language(russian: Catalogue) -> None:
    there, back = Retranslation(None, russian), Retranslation(russian, None)
    for english, translated in (
        ("Connected", "Соединение установлено"),
        (
            "Connected: failed after 5,000 attempts of 0.5 s",
            "Соединение установлено: не удалось за 5 000 попыток по 0,5 с",
        ),
        ("upgrade: failed after 5 attempts of 0.5 s", "upgrade: не удалось за 5 попыток по 0,5 с"),
        ("22 rows of things", "22 строки из things"),
        ("Connected\n\nexample.com", "Соединение установлено\n\nexample.com"),
        ("http://example.com", "http://example.com"),
        ("", ""),
    ):
        assert there(english) == translated
        assert back(translated) == english
    assert [there(f"{n} rows of x") for n in (1, 3, 11)] == ["1 строка из x", "3 строки из x", "11 строк из x"]
