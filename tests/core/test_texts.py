"""The catalogues: nothing untranslated, stale, guessed or broken. ``python scripts/texts.py`` brings them in step."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from scripts import texts
from wsgui.core.catalogue import read_catalogue

FILES = sorted(texts.LANGUAGES.glob("*.po"))
PERCENT = re.compile(r"%(?:\(\w+\))?[a-zA-Z%]")


@pytest.fixture(scope="module")
def of_program() -> Catalog:
    return texts.texts()


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    assert isinstance(request.param, Path)
    return request.param


@pytest.fixture
def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


def pairs(message: Message) -> list[tuple[str, str]]:
    """Each translation of a text with the English form that it stands for."""
    if isinstance(message.id, tuple | list):
        return [(message.id[-1], form) for form in message.string or ()]
    return [(message.id, str(message.string))]


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def places(text: str) -> set[str]:
    """What is to be filled in, each with its format: ``n:,``. Of a day the format is the language's own."""
    try:
        fields = [field for field in Formatter().parse(text) if field[1] is not None]
    except ValueError:
        return {"no format"}
    return {f"{name}!{conversion}:{'day' if '%' in str(how) else how}" for _text, name, how, conversion in fields}


def complaints(english: str, translated: str) -> list[str]:
    """What is wrong with a translation, for whatever language it is."""
    said = []
    if places(english) != places(translated):
        said.append("other places to fill in")
    if sorted(PERCENT.findall(english)) != sorted(PERCENT.findall(translated)) and "%Y" not in english:
        said.append("other percent signs")
    if edges(english) != edges(translated):
        said.append("other spaces at an end")
    if len(mnemonics(english)) != len(mnemonics(translated)):
        said.append("another number of mnemonics")
    if english.endswith(("…", ":")) and not translated.endswith(english[-1]):
        said.append("does not end alike")
    return said


def edges(text: str) -> tuple[str, str]:
    """The white space that a text begins and ends with."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def mnemonics(text: str) -> list[str]:
    return re.findall(r"&(\w)", text) if " & " not in text else []


def test_there_is_a_language() -> None:
    assert FILES


def test_nothing_is_missing(catalogue: Catalog, of_program: Catalog) -> None:
    known = {message.id: message for message in messages(catalogue)}
    left = [message.id for message in messages(of_program) if message.id not in known]
    assert left + [message.id for message in messages(catalogue) if not texts.translated(message)] == []


def test_nothing_is_stale(catalogue: Catalog, of_program: Catalog) -> None:
    wanted = {message.id for message in messages(of_program)}
    assert [message.id for message in messages(catalogue) if message.id not in wanted] == []
    assert not catalogue.obsolete


def test_nothing_is_guessed(catalogue: Catalog) -> None:
    assert [message.id for message in messages(catalogue) if message.fuzzy] == []


def test_nothing_is_broken(catalogue: Catalog) -> None:
    broken = {
        (english, translated): said
        for message in messages(catalogue)
        for english, translated in pairs(message)
        if translated and (said := complaints(english, translated))
    }
    assert broken == {}


@pytest.mark.parametrize(
    ("english", "translated"),
    [
        ("{n:,} rows", "{n} строк"),
        ("{a} of {b}", "{a} из"),
        ("a {b}", "a {b"),
        ("default: %(default)s", "по умолчанию: %(default)"),
        ("and ", "и"),
        ("&Open", "Открыть"),
        ("Open…", "Открыть"),
    ],
)
def test_what_is_broken_is_seen(english: str, translated: str) -> None:
    assert complaints(english, translated)


def test_the_program_reads_what_translators_do(path: Path, catalogue: Catalog) -> None:
    ours = read_catalogue(path)
    singular = {m.id: m.string for m in messages(catalogue) if isinstance(m.id, str) and m.string}
    counted = {
        tuple(m.id): tuple(m.string)
        for m in messages(catalogue)
        if not isinstance(m.id, str) and m.string and all(m.string)
    }
    assert ours.texts == singular
    assert ours.plurals == counted


def test_the_file_is_as_the_script_writes_it(path: Path, catalogue: Catalog) -> None:
    assert path.read_bytes() == texts.written(catalogue)


def test_a_translation_stands_for_one_text(catalogue: Catalog) -> None:
    """What is shown is read backwards when the language is switched: two texts with one translation cannot be told."""
    english = defaultdict(list)
    for message in messages(catalogue):
        if isinstance(message.id, str) and message.string:
            english[message.string].append(message.id)
    assert {translated: texts for translated, texts in english.items() if len(texts) > 1} == {}
