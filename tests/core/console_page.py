"""``docs/console.md``, made of the tables of wordings. ``python -m tests.core.console_page`` writes it anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wsgui.core.console_texts import WORDINGS, Speaker, Wording, close_codes

PAGE = Path(__file__).parents[2] / "docs" / "console.md"

INTRODUCTION = """\
# What does my console say?

The messages that are recognised in text copied from a browser's console or a log, and the causes that each may come
from, the likeliest first. [causes.md](causes.md) explains each cause.

This page is made of the tables in `wsgui/core/console_texts`.

## Invalid close codes

A log that says `WS_ERR_INVALID_CLOSE_CODE`, `invalid status code`, `Invalid close code` or `Invalid close opcode` is
judged by the numbers:

| The number | Cause |
|---|---|
"""

EXAMPLES = (
    ("one with five digits, such as 47746", [47746]),
    ("another one each time", [47746, 17389]),
    ("the same one, three times or more", [22373, 22373, 22373]),
    ("0, 1004, 1005, 1006, 1015 or 65535", [1006]),
    ("another one below 3000", [999]),
)


def page() -> str:
    """The page as it should be."""
    return INTRODUCTION + "\n".join([*_close_codes(), *_speakers()]) + "\n"


def _close_codes() -> Iterator[str]:
    for words, codes in EXAMPLES:
        judged = close_codes.judge(codes)
        assert judged is not None
        guesses, _ = judged
        yield f"| {words} | {_causes(guess.cause for guess in guesses)} |"


def _speakers() -> Iterator[str]:
    for speaker in Speaker:
        yield f"\n## What {speaker.value} says\n"
        yield "| Words | Causes |\n|---|---|"
        yield from (_row(wording) for wording in WORDINGS if wording.speaker is speaker)


def _row(wording: Wording) -> str:
    words = wording.needle.replace("|", "\\|")
    return f"| `{words}` | {_causes(guess.cause for guess in wording.guesses)} |"


def _causes(ids: Iterator[str]) -> str:
    return ", ".join(f"[{cause}](causes.md#{cause})" for cause in ids)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
