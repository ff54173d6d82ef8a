"""The guide is honest: both languages say the same, every link and picture is there, every button is in the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.screenshots import IMAGES, IN_THE_DARK, pictures
from tests.guide.tables import GUIDE, LANGUAGES, TABLES, pages, up_to_date
from wsgui.core.catalogue import read_catalogue
from wsgui.core.guide import INDEX, read_guide, read_page
from wsgui.core.platforms import PLATFORMS
from wsgui.language import languages

ROOT = GUIDE.parents[1]
READMES = (ROOT / "README.md", ROOT / "README.ru.md")
LARGEST_PICTURE = 60_000
ALL_PICTURES = 700_000
"""Bytes: they are in every package."""

_FENCED = re.compile(r"^```.*?^```$|^    .*$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_TAG = re.compile(r"<(?!--)/?[a-z][^>]*>")
_NAMED = re.compile(r'<a id="[\w-]+"></a>')
_MNEMONIC = re.compile(r"&(.)")

each_page = pytest.mark.parametrize(
    "page", [page for code in LANGUAGES for page in pages(code)], ids=lambda page: f"{page.parent.name}-{page.stem}"
)
each_translation = pytest.mark.parametrize(
    "page",
    [page for code in LANGUAGES if code != "en" for page in pages("en")],
    ids=lambda page: page.stem,
)


def prose(path: Path) -> str:
    """A page without its code."""
    return _CODE.sub("", _FENCED.sub("", path.read_text(encoding="utf-8")))


def links(path: Path) -> list[str]:
    return [target for picture, target in _LINK.findall(prose(path)) if not picture]


def places(path: Path) -> list[tuple[str, int] | None]:
    """Where the links of a page lead: page and number of the section; ``None`` for nowhere."""
    known = read_guide(path.parent)
    found: list[tuple[str, int] | None] = []
    for target in links(path):
        name, _hash, section = target.partition("#")
        there = known.get(name.removesuffix(".md") if name else path.stem)
        is_there = there is not None and (not section or section in {each.name for each in there.sections})
        found.append((there.name, there.place_of(section)) if there is not None and is_there else None)
    return found


def images(path: Path) -> list[Path]:
    return [(path.parent / target).resolve() for picture, target in _LINK.findall(prose(path)) if picture]


@each_page
def test_tables_are_up_to_date(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == up_to_date(page), "run: python -m tests.guide.tables"


def test_every_table_is_in_the_guide() -> None:
    for code in LANGUAGES:
        found = re.findall(r"<!-- table: (\w+) -->", "".join(page.read_text(encoding="utf-8") for page in pages(code)))
        assert sorted(found) == sorted(TABLES)


def test_all_languages_have_the_same_pages() -> None:
    assert {code: [page.name for page in pages(code)] for code in LANGUAGES} == {
        code: [page.name for page in pages("en")] for code in languages()
    }


@each_translation
def test_a_translation_has_the_same_shape(page: Path) -> None:
    for code in LANGUAGES:
        other = GUIDE / code / page.name
        ours, theirs = (read_page(each.stem, each.read_text(encoding="utf-8")) for each in (page, other))
        assert [each.level for each in theirs.sections] == [each.level for each in ours.sections]
        assert sorted(map(str, places(other))) == sorted(map(str, places(page)))
        assert [path.name for path in images(other)] == [path.name for path in images(page)]
        assert [path.parent.name for path in images(other)] == [code] * len(images(page))


@each_page
def test_every_link_leads_somewhere(page: Path) -> None:
    wrong = [target for target, place in zip(links(page), places(page), strict=True) if place is None]
    assert wrong == []


@each_page
def test_the_contents_have_every_page(page: Path) -> None:
    assert page.stem == INDEX or page.name in links(page.parent / f"{INDEX}.md")


@each_page
def test_has_no_markup_but_markdown(page: Path) -> None:
    """The window of the guide shows no HTML; line breaks in tables and names of headings are taken out of it."""
    assert [tag for tag in _TAG.findall(_NAMED.sub("", prose(page))) if tag not in ("<br>", "</a>")] == []


def shown_texts(code: str) -> set[str]:
    """What the program says in a language, as it stands on buttons and in menus."""
    path = languages()["ru"]
    assert path is not None
    catalogue = read_catalogue(path).texts
    said = [*(catalogue if code == "en" else catalogue.values()), *(platform.name for platform in PLATFORMS)]
    return {_MNEMONIC.sub(r"\1", text) for text in said}


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_bold_is_in_the_program(code: str) -> None:
    known = shown_texts(code)
    missing = {
        f"{page.name}: {part}"
        for page in pages(code)
        for bold in _BOLD.findall(prose(page))
        for part in " ".join(bold.split()).split(" > ")
        if not {part, part.removesuffix("."), f"{part}…", part.removesuffix("…")} & known
    }
    assert missing == set()


def test_every_picture_is_taken_by_a_scene_and_every_scene_is_shown() -> None:
    for code in LANGUAGES:
        shown = {path for page in pages(code) for path in images(page)}
        taken = {IMAGES / code / f"{name}.png" for name in pictures()}
        dark = {IMAGES / code / f"{name}-dark.png" for name in IN_THE_DARK}
        assert taken - dark == shown
        assert set((IMAGES / code).iterdir()) == taken


def test_pictures_are_small() -> None:
    sizes = [path.stat().st_size for path in IMAGES.rglob("*.png")]
    assert max(sizes) <= LARGEST_PICTURE
    assert sum(sizes) <= ALL_PICTURES


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_readmes_point_to_files_that_are_there(readme: Path) -> None:
    text = prose(readme)
    targets = [target for _picture, target in _LINK.findall(text)] + re.findall(r'(?:src|srcset)="([^"]+)"', text)
    local = [target.partition("#")[0] for target in targets if not target.startswith(("https://", "#"))]
    assert [target for target in local if not (ROOT / target).exists()] == []
