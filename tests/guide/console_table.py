"""The wordings of consoles for the guide: invalid close codes, then who says what, and the causes it points to."""

from __future__ import annotations

from collections.abc import Iterator

from wsgui.core.console_texts import WORDINGS, Speaker, Wording, close_codes
from wsgui.core.i18n import _, spoken

_WORDS = {
    "en": ("The number", "Cause", "Words", "Causes"),
    "ru": ("Число", "Причина", "Слова", "Причины"),
}
_EXAMPLES: tuple[tuple[dict[str, str], list[int]], ...] = (
    ({"en": "one with five digits, such as 47746", "ru": "пятизначное, например 47746"}, [47746]),
    ({"en": "another one each time", "ru": "каждый раз другое"}, [47746, 17389]),
    ({"en": "the same one, three times or more", "ru": "одно и то же, три раза и больше"}, [22373, 22373, 22373]),
    ({"en": "0, 1004, 1005, 1006, 1015 or 65535", "ru": "0, 1004, 1005, 1006, 1015 или 65535"}, [1006]),
    ({"en": "another one below 3000", "ru": "другое, меньше 3000"}, [999]),
)


def lines() -> Iterator[str]:
    """In the language in use."""
    number, cause, words, causes = _WORDS[spoken()]
    yield f"| {number} | {cause} |\n|---|---|"
    for example, codes in _EXAMPLES:
        judged = close_codes.judge(codes)
        assert judged is not None
        guesses, _strength = judged
        yield f"| {example[spoken()]} | {_causes(guess.cause for guess in guesses)} |"
    for speaker in Speaker:
        yield f"\n## {_(speaker.value)[0].upper()}{_(speaker.value)[1:]}\n"
        yield f"| {words} | {causes} |\n|---|---|"
        yield from (_row(wording) for wording in WORDINGS if wording.speaker is speaker)


def _row(wording: Wording) -> str:
    words = wording.needle.replace("|", "\\|")
    return f"| `{words}` | {_causes(guess.cause for guess in wording.guesses)} |"


def _causes(ids: Iterator[str]) -> str:
    return ", ".join(f"[{cause}](causes.md#{cause})" for cause in ids)
