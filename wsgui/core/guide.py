"""The user guide: pages of Markdown, taken apart into sections, so that they can be listed, found and searched.

A page is written for readers of the repository and for the window of the program alike. Links name a section as GitHub
does, or by the ``<a id="NAME"></a>`` before its heading. The page ``index`` has the table of contents: its links, under
its headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

INDEX = "index"
MOST_HITS = 100
_AROUND = 60
"""Characters of a section that are shown on each side of what was found in it."""

_HEADING = re.compile(r"(#{1,6}) (.+)")
_NAME = re.compile(r'<a id="([\w-]+)"></a>')
_COMMENT = re.compile(r"<!--.*-->")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_PAGE_LINK = re.compile(r"- \[([^\]]+)\]\((\w[\w-]*)\.md\)")
_ESCAPED = re.compile(r"\\(.)")
_MARKS = re.compile(
    r"\*\*|`|(?<!\\)\||<br>|^\s*(?:[-*] |\d+\. )|(?<![\w\\])\*|(?<!\\)\*(?!\w)|^[\s|:-]+$", re.MULTILINE
)


class Section(NamedTuple):
    """A heading and what stands under it, up to the next heading."""

    title: str
    level: int
    """1 to 6."""
    name: str
    """What links call it: the name given before it, else what GitHub makes of the heading."""
    text: str
    """In plain words, without the marks of Markdown."""


@dataclass(frozen=True)
class Page:
    """A page: its name is that of its file."""

    name: str
    source: str
    """Markdown as it is shown: without comments, names of headings and any HTML."""
    sections: tuple[Section, ...]
    """In the order of the page; the first has the title."""

    @property
    def title(self) -> str:
        """The heading of the page."""
        return self.sections[0].title if self.sections else self.name

    def place_of(self, name: str) -> int:
        """The number of the section of that name, counted from 0; 0 for the page itself, and where there is none."""
        return next((number for number, each in enumerate(self.sections) if name and each.name == name), 0)


class Chapter(NamedTuple):
    """A heading of the contents, and the names of the pages under it."""

    title: str
    pages: tuple[str, ...]


class Hit(NamedTuple):
    """A section in which all words of a search stand."""

    page: str
    section: int
    title: str
    """Of the page, and of the section if that is another."""
    excerpt: str


def read_guide(folder: Path) -> dict[str, Page]:
    """All pages of a folder by their names, in the order of the contents; what the contents lack comes last."""
    found = {path.stem: read_page(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.md"))}
    listed = [INDEX, *(name for chapter in contents(found) for name in chapter.pages)]
    order = dict.fromkeys([*(name for name in listed if name in found), *found])
    return {name: found[name] for name in order}


def read_page(name: str, text: str) -> Page:
    """Take a page apart."""
    shown: list[str] = []
    sections: list[Section] = []
    words: list[str] = []
    called = ""
    in_code = False
    for line in text.splitlines():
        in_code ^= line.startswith("```")
        if not in_code and (named := _NAME.fullmatch(line)):
            called = named[1]
            continue
        if not in_code and _COMMENT.fullmatch(line):
            continue
        shown.append(line if in_code else line.replace("<br>", ", "))
        if not in_code and (heading := _HEADING.fullmatch(line)):
            if sections:
                sections[-1] = sections[-1]._replace(text=plain("\n".join(words)))
            sections.append(Section(plain(heading[2]), len(heading[1]), called or slug(heading[2]), ""))
            called = ""
            words = []
        elif not line.startswith("```"):
            words.append(line)
    if sections:
        sections[-1] = sections[-1]._replace(text=plain("\n".join(words)))
    return Page(name, "\n".join(shown) + "\n", tuple(sections))


def contents(pages: Mapping[str, Page]) -> tuple[Chapter, ...]:
    """The table of contents, as the page ``index`` has it."""
    chapters: list[tuple[str, list[str]]] = []
    for line in pages[INDEX].source.splitlines() if INDEX in pages else ():
        if heading := _HEADING.fullmatch(line):
            chapters.append((plain(heading[2]), []))
        elif (link := _PAGE_LINK.match(line)) and link[2] in pages:
            chapters[-1][1].append(link[2])
    return tuple(Chapter(title, tuple(names)) for title, names in chapters if names)


def slug(heading: str) -> str:
    """What GitHub calls a heading: ``Frames (`ws`)`` is ``frames-ws``."""
    words = _LINK.sub(r"\1", heading).casefold()
    return re.sub(r"[^\w -]", "", words).strip().replace(" ", "-")


def search(pages: Iterable[Page], text: str) -> list[Hit]:
    """The sections with all words of ``text``, in any case; those with all of them in their title come first."""
    words = text.casefold().split()
    if not words:
        return []
    found = [(not _has_all(hit.title, words), hit) for page in pages for hit in _hits(page, words)]
    return [hit for _elsewhere, hit in sorted(found, key=lambda each: each[0])[:MOST_HITS]]


def _hits(page: Page, words: list[str]) -> Iterator[Hit]:
    for number, section in enumerate(page.sections):
        if _has_all(f"{section.title} {section.text}", words):
            title = page.title if number == 0 else f"{page.title} › {section.title}"
            yield Hit(page.name, number, title, _excerpt(section.text, words))


def _has_all(text: str, words: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


def _excerpt(text: str, words: list[str]) -> str:
    """What stands around the first of the words."""
    flat = " ".join(text.split())
    folded = flat.casefold()
    at = min((place for word in words if (place := folded.find(word)) >= 0), default=0)
    begin, end = max(0, at - _AROUND), at + _AROUND
    return ("…" if begin else "") + flat[begin:end].strip() + ("…" if end < len(flat) else "")


def plain(markdown: str) -> str:
    """The words of a text without its marks."""
    return _ESCAPED.sub(r"\1", _MARKS.sub(" ", _LINK.sub(r"\1", markdown))).replace("  ", " ").strip()
