"""What does my console say? Text that was copied from a browser, Node, Python or a log -> the causes it may come from.

:func:`read` takes any text, also many messages at once, in time that grows with its length only. A message that says
much counts more than one that says little, and a cause that several messages point to comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from wsgui.core.console_texts import browser, close_codes, cors, node, proxies, python, socketio
from wsgui.core.console_texts.wording import Guess, Speaker, Strength, Wording
from wsgui.core.findings import Stage

__all__ = ["WORDINGS", "Candidate", "Guess", "Speaker", "Strength", "Wording", "read"]

WORDINGS: Final[tuple[Wording, ...]] = (
    *browser.FRAMES,
    *browser.HANDSHAKE,
    *browser.NETWORK,
    *cors.CORS,
    *socketio.SOCKETIO,
    *socketio.ANSWERS,
    *node.WS,
    *node.SOCKETS,
    *python.PYTHON,
    *proxies.PROXIES,
)
"""Every message that is known. Invalid close codes are judged by their numbers, in :mod:`.close_codes`."""

_AROUND = 300
"""Characters of a line that are looked at before and after the words that were found."""
_OCCURRENCES = 50
"""Of one wording that are looked at; a log repeats itself."""
_CODES = 1000
"""Close codes that are compared."""
_QUOTES = 3
"""Lines with such a code that are quoted."""
_LESS = 0.6
"""What each next guess of a wording scores in comparison to the one before it."""

_ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_STRAIGHT = str.maketrans("‘’“”\xa0\r", "''\"\"  ")


@dataclass(frozen=True)
class Candidate:
    """A cause that a text may come from."""

    cause: str
    """An id of :data:`wsgui.core.causes.CAUSES`."""
    why: str
    """One sentence, marked for translation, of the message that points to it the most."""
    decided_by: tuple[Stage, ...]
    """Where the checks look to tell this cause from the other candidates."""
    quotes: tuple[str, ...]
    """What in the text points to it, each once, cut to one line."""
    score: float


@dataclass(frozen=True)
class _Hit:
    guesses: tuple[Guess, ...]
    strength: Strength
    decided_by: tuple[Stage, ...]
    quotes: tuple[str, ...]


def read(text: str) -> tuple[Candidate, ...]:
    """The candidates, the likeliest first; none if nothing in the text is known."""
    plain = _ESCAPES.sub("", text).translate(_STRAIGHT)
    candidates: dict[str, Candidate] = {}
    best: dict[str, float] = {}
    for hit in _hits(plain):
        for place, guess in enumerate(hit.guesses):
            points = hit.strength.value * _LESS**place
            known = candidates.get(guess.cause, Candidate(guess.cause, guess.why, (), (), 0.0))
            if points > best.get(guess.cause, 0.0):
                best[guess.cause] = points
                known = Candidate(guess.cause, guess.why, known.decided_by, known.quotes, known.score)
            candidates[guess.cause] = Candidate(
                guess.cause,
                known.why,
                tuple(sorted({*known.decided_by, *hit.decided_by}, key=lambda stage: stage.position)),
                tuple(dict.fromkeys([*known.quotes, *hit.quotes])),
                known.score + points,
            )
    return tuple(sorted(candidates.values(), key=lambda candidate: -candidate.score))


def _hits(text: str) -> Iterator[_Hit]:
    lowered = _ascii_lower(text)
    yield from _invalid_codes(text, lowered)
    for wording in WORDINGS:
        for start in _places(lowered, wording.needle):
            line = _line(text, start, start + len(wording.needle))
            if wording.regex.search(line):
                yield _Hit(wording.guesses, wording.strength, wording.decided_by, (line.strip(),))
                break


def _invalid_codes(text: str, lowered: str) -> Iterator[_Hit]:
    found = list(islice(close_codes.INVALID_CODE.finditer(text), _CODES))
    if judged := close_codes.judge([int(match[1]) for match in found]):
        quotes = (_line(text, *match.span()).strip() for match in found[:_QUOTES])
        yield _Hit(*judged, (Stage.FRAMES,), tuple(quotes))
        return
    if (start := lowered.find(close_codes.NAMED)) >= 0:
        quote = _line(text, start, start + len(close_codes.NAMED)).strip()
        yield _Hit(close_codes.WITHOUT_NUMBER, Strength.USUAL, (Stage.FRAMES,), (quote,))


def _places(text: str, needle: str) -> Iterator[int]:
    start = -1
    for _ in range(_OCCURRENCES):
        start = text.find(needle, start + 1)
        if start < 0:
            return
        yield start


def _line(text: str, start: int, end: int) -> str:
    """The line around a place, or as much of it as is looked at."""
    left = max(0, start - _AROUND)
    right = min(len(text), end + _AROUND)
    begins = text.rfind("\n", left, start)
    ends = text.find("\n", end, right)
    return text[left if begins < 0 else begins + 1 : right if ends < 0 else ends]


def _ascii_lower(text: str) -> str:
    """In small letters, each in its place: ``str.lower`` makes two characters of some."""
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")
