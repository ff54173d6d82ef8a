"""How well what was typed fits a title: whole words first, then their beginnings, their initials, and letters in order.

Each word that was typed must fit; a word fits at the best place it has. A title that says the same in fewer words
comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-zа-яё0-9])(?=[A-ZА-ЯЁ])")
"""``reconnectionDelay`` is two words."""
_WHOLE, _BEGINNING, _WORD_WHOLE, _WORD_BEGINNING, _INITIALS, _INSIDE, _SCATTERED = 100, 80, 70, 60, 50, 30, 10
_LEAST_SCATTERED = 3
"""Letters: fewer are found in order in almost any title."""


def score(typed: str, titles: Iterable[str]) -> int:
    """The best of the scores for one thing's titles, such as its names in two languages; 0: it does not fit."""
    return max((_score(typed, title) for title in titles if title), default=0)


def _score(typed: str, title: str) -> int:
    words = typed.casefold().split()
    if not words:
        return 1
    whole, parts = _words(title)
    if " ".join(words) == whole:
        return 1000
    total = 0
    for word in words:
        points = _fit(word, whole, parts)
        if not points:
            return 0
        total += points
    # Of what was typed as words, those that stand in this order fit better.
    in_order = len(words) > 1 and " ".join(words) in whole
    return 8 * (total // len(words)) + (40 if in_order else 0) - min(len(whole), 60) // 4 + 16


@lru_cache(maxsize=4096)
def _words(title: str) -> tuple[str, tuple[str, ...]]:
    """The title and its words, in small letters. The same titles are asked for with each key."""
    return title.casefold(), tuple(part.casefold() for part in _WORD.findall(_HUMP.sub(" ", title)))


def _fit(word: str, whole: str, parts: tuple[str, ...]) -> int:
    if whole.startswith(word):
        return _WHOLE if parts and parts[0] == word else _BEGINNING
    if word in parts:
        return _WORD_WHOLE
    if any(part.startswith(word) for part in parts):
        return _WORD_BEGINNING
    if len(word) > 1 and word in "".join(part[0] for part in parts):
        return _INITIALS
    if len(word) > 1 and word in whole:
        return _INSIDE
    return _SCATTERED if len(word) >= _LEAST_SCATTERED and _is_scattered(word, parts) else 0


def _is_scattered(word: str, parts: tuple[str, ...]) -> bool:
    """Whether the word is made of beginnings of words in this order: ``recdel`` of ``reconnection delay``."""
    left = word
    for part in parts:
        taken = 0
        while taken < min(len(part), len(left)) and part[taken] == left[taken]:
            taken += 1
        left = left[taken:]
        if not left:
            return True
    return False
