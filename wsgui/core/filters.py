"""What is typed into the filter box, as a condition on records that SQLite checks.

:data:`TERMS` is the one table: the parser tries its rows in order, the help shows them, the docs print them. A
filter is a row of terms with blanks between them, and a record is shown when all of them hold.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wsgui.core.i18n import N_, _
from wsgui.core.kinds import LABEL
from wsgui.core.records import Direction, Kind


class FilterError(ValueError):
    """The filter cannot be understood; the message is one sentence for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """An SQL condition on a row of the table ``record``, with the values of its placeholders."""

    sql: str
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One kind of term: what it starts with, how it is written, what it says, and how it becomes a condition."""

    prefix: str
    form: str
    help: str
    condition: Callable[[str], Condition]


def parse(text: str) -> Condition | None:
    """The condition that ``text`` stands for, or ``None`` when it is blank. Raises :class:`FilterError`."""
    conditions = [_term(word) for word in _TOKEN.findall(text)]
    if not conditions:
        return None
    if len(conditions) > _MOST_TERMS:
        raise FilterError(_("A filter has at most {most} terms.").format(most=_MOST_TERMS))
    return Condition(
        " AND ".join(condition.sql for condition in conditions),
        tuple(value for condition in conditions for value in condition.parameters),
    )


_MOST_TERMS = 100
"""SQLite has a limit of its own on the depth of a condition; nobody types so many, but somebody may paste them."""
# A quotation may follow a minus; it ends at the end of the text while its closing mark is not yet typed.
_TOKEN = re.compile(r'-?"(?:[^"\\]|\\.)*(?:"|\\?$)|\S+', re.DOTALL)


def _term(word: str) -> Condition:
    term = next(term for term in TERMS if word.startswith(term.prefix))
    return term.condition(word.removeprefix(term.prefix))


def _not(word: str) -> Condition:
    if not word:
        return _text("-")
    condition = _term(word)
    return Condition(f"NOT ({condition.sql})", condition.parameters)


def _quoted(rest: str) -> Condition:
    return _text(re.sub(r"\\(.)", r"\1", rest.removesuffix('"')))


def _text(needle: str) -> Condition:
    """Text in the data, in a value of the facts or in the name of the kind, in any case.

    The names of the facts are ours and are not searched: else every request would match ``error``.
    """
    needle = needle.casefold()
    # SQLite folds the case of ASCII only, and other writers of JSON escape some of the rest.
    holds = "instr(lower({0}), ?)" if _PLAIN.fullmatch(needle) else "contains(CAST({0} AS BLOB), ?)"
    in_data, in_atom, in_key = (holds.format(column) for column in ("data", "atom", "key"))
    kinds = [kind for kind in Kind if needle in kind.value or needle in _(LABEL[kind]).casefold()]
    return Condition(  # only our own words become SQL
        f"({in_data} OR CASE WHEN json_valid(facts) THEN EXISTS (SELECT 1 FROM json_tree(facts) WHERE {in_atom}"  # noqa: S608
        f" OR path <> '$' AND typeof(key) = 'text' AND {in_key}) END OR {_one_of('kind', len(kinds))}) IS TRUE",
        (needle, needle, needle, *(kind.value for kind in kinds)),
    )


def _kind(names: str) -> Condition:
    kinds: list[str] = []
    for name in names.lower().replace("-", "_").split(","):
        stem = name.removesuffix("*")
        found = [kind.value for kind in Kind if kind == name or (stem != name and kind.startswith(stem))]
        if not found:
            raise FilterError(_unknown_kind(stem))
        kinds += found
    return Condition(_one_of("kind", len(kinds)), tuple(kinds))


def _unknown_kind(name: str) -> str:
    if not name:
        return _("Name a kind after “kind:”, for example kind:event.")
    near = difflib.get_close_matches(name, [kind.value for kind in Kind], n=1, cutoff=0)
    return _("There is no kind “{name}”; did you mean kind:{near}?").format(name=name, near=near[0])


def _direction(name: str) -> Condition:
    if name not in {Direction.IN, Direction.OUT}:
        raise FilterError(_("A direction is dir:in (received) or dir:out (sent)."))
    return Condition("direction = ?", (name,))


def _one_of(column: str, number: int) -> str:
    return f"{column} IN ({','.join('?' * number)})"


TERMS: tuple[Term, ...] = (
    Term("-", "-term", N_("not: hides what the term would show"), _not),
    Term('"', '"some text"', N_("contains this text, blanks included"), _quoted),
    Term("kind:", "kind:event,ack  kind:reconnect*", N_("is of one of these kinds; * stands for any ending"), _kind),
    Term("dir:", "dir:in  dir:out", N_("was received, or was sent"), _direction),
    Term("", "word", N_("contains this word, in any case; several words: all of them"), _text),
)
"""Every term there is. The first row whose prefix fits a term takes it."""


# SQL functions

_PLAIN = re.compile(r"[^\x00-\x1f\"\\/<>&'+\x7f-\U0010ffff]*")
"""Text that is never written as an escape in JSON (PHP escapes the slash, Go and others the angle brackets)."""
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_SHORT_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def _contains(text: bytes | None, needle: str) -> bool:
    """Whether ``text`` contains the folded ``needle``, as it stands or with its JSON escapes resolved."""
    if text is None:
        return False
    folded = text.decode(errors="replace").casefold()
    return needle in folded or ("\\" in folded and needle in _unescaped(folded).casefold())


def _unescaped(text: str) -> str:
    resolved = _ESCAPE.sub(
        lambda found: chr(int(found[1], 16)) if found[1] else _SHORT_ESCAPES.get(found[2], found[2]), text
    )
    return resolved.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # joins surrogate pairs


FUNCTIONS: Mapping[str, Callable[[bytes | None, str], bool]] = {"contains": _contains}
"""What a connection must know as SQL functions before it can check a condition."""
