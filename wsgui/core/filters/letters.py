"""Text in any case for SQLite, which knows the case of ASCII only: its GLOB with each letter in all its forms.

SQLite compares without Python's lock and without a call for each record, which is three times as quick.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

LONGEST = 100
"""Characters of a text that become a pattern; SQLite has a limit of its own."""

_ALL_WITH_CASE = 0x20000
"""Above it no character has a case."""
_SPECIAL = frozenset("*?[")
_SHORTEST = 3
_COMMON = "оеаинтсрвлкмдпу"
"""Letters of Russian text, the commonest first; a search that stops at each of them takes up to twice as long."""
_RANK = {letter: rank for rank, letter in enumerate(_COMMON)}


def patterns(needle: str) -> list[str]:
    """Patterns of which one fits wherever the folded ``needle`` is, and none anywhere else; empty if there are none.

    There are none where a letter is only a part of what another one folds to, as the ``s`` is of ``ß``. Only plain text
    is found: what stands behind a NUL, or as an escape, is not.
    """
    forms = [_forms().get(letter, letter) for letter in needle]
    if not 0 < len(needle) <= LONGEST or not all(forms) or "\ufffd" in needle:
        return []
    rest = "".join(map(_one_of, forms[1:]))
    # For a letter SQLite looks on by itself; for a choice of letters it would try the whole pattern at each place.
    return [f"*{_one_of(first)}{rest}*" for first in forms[0]]


def rare_part(needle: str) -> str:
    """``needle`` from its rarest letter on: where this is not found, all of it need not be sought.

    Not so far on that too little would be left, which would be found everywhere.
    """
    starts = range(max(1, len(needle) - _SHORTEST + 1))
    return needle[max(starts, key=lambda start: _RANK.get(needle[start : start + 1], len(_RANK))) :]


def _one_of(forms: str) -> str:
    return f"[{forms}]" if len(forms) > 1 or forms in _SPECIAL else forms


@functools.cache
def _forms() -> Mapping[str, str]:
    """A folded letter -> all that fold to it; empty where it is only a part of what something folds to."""
    forms: dict[str, str] = {}
    parts: set[str] = set()
    for letter in map(chr, range(_ALL_WITH_CASE)):
        folded = letter.casefold()
        if folded != letter:
            if len(folded) == 1:
                forms[folded] = forms.get(folded, folded) + letter
            else:
                parts.update(folded)
    return forms | dict.fromkeys(parts, "")
