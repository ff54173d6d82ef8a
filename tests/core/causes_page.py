"""``docs/causes.md``, made of the table of causes. ``python -m tests.core.causes_page`` writes it anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wsgui.core.causes import CODE_LANGUAGE, SECTIONS, SIDE_LABEL, Cause, Fix
from wsgui.core.platforms import PLATFORMS

PAGE = Path(__file__).parents[2] / "docs" / "causes.md"

INTRODUCTION = """\
# Why a connection fails

Every cause that Diagnose can name, with how it looks on the wire and what each side can do about it. The words in
`code` after a title are the id that reports and `wsgui check --json` use.

This page is made of the table in `wsgui/core/causes`.
"""

_PLATFORM_NAME = {platform.id: platform.name for platform in PLATFORMS}


def page() -> str:
    """The page as it should be."""
    return "\n".join([INTRODUCTION, *_contents(), *_sections()])


def _contents() -> Iterator[str]:
    for title, causes in SECTIONS:
        yield f"- {title}: " + ", ".join(f"[{cause.id}](#{cause.id})" for cause in causes)
    yield ""


def _sections() -> Iterator[str]:
    for title, causes in SECTIONS:
        yield f"## {title}\n"
        for cause in causes:
            yield from _cause(cause)


def _cause(cause: Cause) -> Iterator[str]:
    yield f'<a id="{cause.id}"></a>\n'
    yield f"### {cause.title.removesuffix('.')} (`{cause.id}`)\n"
    yield f"{cause.explanation}\n"
    yield f"On the wire: {cause.signature}\n"
    if cause.why_not_produced:
        yield f"The built-in server cannot show it. {cause.why_not_produced}\n"
    for fix in cause.fixes:
        yield from _fix(fix)


def _fix(fix: Fix) -> Iterator[str]:
    yield f"**{_PLATFORM_NAME.get(fix.platform, SIDE_LABEL[fix.side])}.** {fix.text}\n"
    if fix.code:
        yield f"```{CODE_LANGUAGE[fix.side]}\n{fix.code}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
