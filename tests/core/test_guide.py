"""A page of the guide is taken apart as it was written, and found by its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from wsgui.core.guide import Chapter, Section, contents, plain, read_guide, read_page, search

PAGE = """\
# The wire

Words, **bold**, `code`, a [link](log.md).

<a id="frames"></a>

## Frames (`ws`)

<!-- table: frames -->
| Sign | Meaning |
|---|---|
| `a`<br>`b` | either \\| or |
<!-- end of table -->

```sh
# no heading
<a id="none"></a>
```
"""


def test_sections_have_levels_names_and_words() -> None:
    page = read_page("wire", PAGE)
    assert page.title == "The wire"
    assert page.sections[0] == Section("The wire", 1, "the-wire", "Words, bold , code , a link.")
    assert page.sections[1][:3] == ("Frames ( ws )", 2, "frames")
    assert "# no heading" in page.sections[1].text
    assert [page.place_of(name) for name in ("frames", "none", "")] == [1, 0, 0]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Frames (`ws`)", "frames-ws"),
        ("1. URL сервера", "1-url-сервера"),
        ("A [link](a.md) – and on", "a-link--and-on"),
    ],
)
def test_a_section_without_a_name_has_that_of_github(heading: str, name: str) -> None:
    assert read_page("page", f"# {heading}\n").sections[0].name == name


def test_what_is_shown_has_neither_comments_nor_html() -> None:
    shown = read_page("wire", PAGE).source
    assert "<!--" not in shown
    assert 'id="frames"' not in shown
    assert "`a`, `b`" in shown
    assert '<a id="none"></a>' in shown  # within code it is meant


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("![A picture](../images/en/a.png)", "A picture"),
        ("- one\n- *two*", "one\n two"),
        ("2\\*3", "2*3"),
    ],
)
def test_plain(markdown: str, words: str) -> None:
    assert plain(markdown) == words


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "index.md").write_text("# Guide\n\n## First\n\n- [Log](log.md): rows\n- [Wire](wire.md): bytes\n")
    (tmp_path / "wire.md").write_text(PAGE)
    (tmp_path / "log.md").write_text("# The log\n\nРамки и кадры of the WIRE, link by link.\n")
    (tmp_path / "apart.md").write_text("# Apart\n")
    return tmp_path


def test_the_contents_give_the_order(folder: Path) -> None:
    pages = read_guide(folder)
    assert list(pages) == ["index", "log", "wire", "apart"]
    assert contents(pages) == (Chapter("First", ("log", "wire")),)


def test_all_words_are_found_in_any_case_and_titles_first(folder: Path) -> None:
    pages = read_guide(folder)
    found = search(pages.values(), "wire LINK")
    assert [(hit.page, hit.section, hit.title) for hit in found] == [("log", 0, "The log"), ("wire", 0, "The wire")]
    assert next(hit.page for hit in search(pages.values(), "wire")) == "wire"
    assert [hit.page for hit in search(pages.values(), "КАДРЫ")] == ["log"]
    assert search(pages.values(), "  ") == []
    assert search(pages.values(), "wire nowhere") == []


def test_an_excerpt_has_what_stands_around(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("# Guide\n\n" + "before " * 40 + "needle" + " after" * 40 + "\n")
    (hit,) = search(read_guide(tmp_path).values(), "needle")
    assert hit.excerpt.startswith("…")
    assert hit.excerpt.endswith("…")
    assert "needle" in hit.excerpt
    assert len(hit.excerpt) < 140
