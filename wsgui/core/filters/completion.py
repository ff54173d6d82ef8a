"""What may be meant by a word that is not yet typed to its end: prefixes of the table, then what goes after them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from wsgui.core.filters.terms import TERMS, Term
from wsgui.core.filters.text import unquoted
from wsgui.core.i18n import _

if TYPE_CHECKING:
    from wsgui.core.recorded import Recorded


MOST = 500
"""Different values that are collected for a term; a list of more helps nobody."""
_STEP = 10_000
"""Records looked at in one step, of about 10 ms."""


class Offer(NamedTuple):
    """One way to go on."""

    word: str
    """The word as it would then be."""
    says: str = ""
    """What it means, where it does not say so itself."""


def term_of(word: str) -> Term | None:
    """The term of which ``word`` has the prefix already."""
    return next((term for term in TERMS if term.completes and term.takes(word)), None)


def offers(word: str, seen: Iterable[str] = ()) -> list[Offer]:
    """All ways to go on; ``seen`` is what the recording has for the term, beside what the table knows."""
    term = term_of(word)
    if term is None:
        return [
            Offer(_beginning(term), _(term.help))
            for term in TERMS
            if term.completes and _beginning(term).startswith(word) and word != _beginning(term)
        ]
    before, comma, typed = word.removeprefix(term.prefix).rpartition(",")
    typed = unquoted(typed.removeprefix('"')) if typed.startswith('"') else typed
    begins = [value for value in dict.fromkeys([*term.values, *sorted(seen)]) if value.startswith(typed)]
    return [Offer(f"{term.prefix}{before}{comma}{_written(value)}") for value in begins if value != typed]


def _beginning(term: Term) -> str:
    return term.form[: len(term.prefix) + bool(term.follows)]


def _written(value: str) -> str:
    """The value as a part of a term. A comma would part it in two; any one character stands for it."""
    value = value.replace(",", "?")
    if not value or any(character.isspace() or character == '"' for character in value):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return value


class Seen:
    """The values that a recording has for the terms that tell how to find them, collected in steps."""

    def __init__(self) -> None:
        self._values: dict[str, set[str]] = {}
        self._reached: dict[str, int] = {}

    def of(self, term: Term) -> frozenset[str]:
        """What was found so far."""
        return frozenset(self._values.get(term.prefix, ()))

    def look(self, recording: Recorded, term: Term) -> bool:
        """Look at some more records; whether there are yet more to be looked at."""
        if not term.seen:
            return False
        values = self._values.setdefault(term.prefix, set())
        reached = self._reached.get(term.prefix, 0)
        if len(values) >= MOST or reached >= recording.count:
            return False
        values.update(recording.values(term.seen, reached, _STEP))
        self._reached[term.prefix] = min(reached + _STEP, recording.count)
        return True
