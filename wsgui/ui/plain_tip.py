"""A tool tip for text that a server may have sent: broken into lines, and nothing in it is markup."""

from __future__ import annotations

LONGEST = 2000
_MARKUP = frozenset("&<>")


def plain_tip(text: str) -> str:
    """The tool tip for ``text``. Qt takes a text that looks like HTML for HTML, so it is given HTML that says it."""
    cut = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    if not _MARKUP.isdisjoint(cut):
        from html import escape  # the window opens sooner without it

        cut = escape(cut, quote=False)
    return f"<span>{cut}</span>" if cut else ""
