"""The table of all terms, and the parser that it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from wsgui.core.filters import columns, packets, times
from wsgui.core.filters.condition import Condition, FilterError, all_of, any_of
from wsgui.core.filters.text import contains, matches, quoted, unquoted
from wsgui.core.i18n import N_, _
from wsgui.core.records import Kind


@dataclass(frozen=True, slots=True)
class Term:
    """One kind of term: what it starts with, how it is written, what it says, and how it becomes a condition."""

    prefix: str
    form: str
    """Examples, with two blanks between them."""
    help: str
    condition: Callable[[str], Condition]
    """Takes what follows the prefix."""
    follows: str = ""
    """A regular expression for what must follow the prefix, so that another word may begin with it."""
    values: tuple[str, ...] = ()
    """What may be offered after the prefix."""
    seen: str = ""
    """SQL for what a record has to offer after the prefix."""

    def takes(self, word: str) -> bool:
        """Whether this row is the one to read the word."""
        return word.startswith(self.prefix) and bool(re.match(self.follows, word[len(self.prefix) :]))

    @property
    def completes(self) -> bool:
        """Whether there is a name to be offered for it."""
        return self.prefix.strip('-"/') != ""


OR = "OR"
"""Stands between two filters of which one must hold."""


def forms() -> list[tuple[str, str]]:
    """How everything is written, and what it says: the rows of the help."""
    either = N_("either; what stands beside it without OR belongs together")
    return [*((term.form, _(term.help)) for term in TERMS), (f"kind:error {OR} status:4xx", _(either))]


def parse(text: str) -> Condition | None:
    """The condition that ``text`` stands for, or ``None`` when it is blank. Raises :class:`FilterError`."""
    words = [word[0] for word in _WORD.finditer(text.encode(errors="backslashreplace").decode())]
    if not words:
        return None
    if len(words) > _MOST_TERMS:
        raise FilterError(_("A filter has at most {most} terms.").format(most=_MOST_TERMS))
    choices: list[list[Condition]] = [[]]
    for word in words:
        if word == OR:
            choices.append([])
        else:
            choices[-1].append(_term(word))
    if not all(choices):
        raise FilterError(_("OR stands between two terms, for example kind:error OR status:4xx; “OR” is the word."))
    return any_of([all_of(conditions) for conditions in choices])


def word_at(text: str, cursor: int) -> tuple[int, str]:
    """Where the word begins that ends at ``cursor``, past its minus signs, and what of it is typed already."""
    for word in _WORD.finditer(text[:cursor]):
        if word.end() == cursor:
            typed = word[0].lstrip("-")
            return cursor - len(typed), typed
    return cursor, ""


_MOST_TERMS = 100
"""SQLite has a limit of its own on the depth of a condition; nobody types so many, but somebody may paste them."""
_WORD = re.compile(
    r"""-*(?:[a-z]+:)?"(?:[^"\\]|\\.)*(?:"|\\?$)   # a quotation; it ends at the end while its mark is not yet typed
      | -*/(?:[^/\\\s]|\\.)(?:[^/\\]|\\.)*/i?(?!\S)     # a regular expression
      | \S+""",
    re.DOTALL | re.VERBOSE,
)


def _term(word: str) -> Condition:
    term = next(term for term in TERMS if term.takes(word))
    rest = word.removeprefix(term.prefix)
    if rest.startswith('"') and term.completes:
        rest = unquoted(rest[1:])
    return term.condition(rest)


def _not(word: str) -> Condition:
    rest = word.lstrip("-")
    if not rest:
        return contains(f"-{word}")
    condition = _term(rest)
    if (len(word) - len(rest)) % 2:  # not of not
        return condition
    return Condition(f"({condition.sql}) IS NOT TRUE", condition.parameters)


TERMS: tuple[Term, ...] = (
    Term("-", "-term", N_("not: hides what the term would show"), _not),
    Term('"', '"some text"', N_("contains this text, blanks included"), quoted),
    Term(
        "/",
        "/time-?out/i",
        N_("contains what this regular expression of Python finds; i: in any case"),
        matches,
        follows=r"(?s).+/i?$",
    ),
    Term(
        "kind:",
        "kind:event,ack  kind:reconnect*",
        N_("is of one of these kinds; * stands for any ending"),
        columns.kind,
        values=tuple(Kind),
    ),
    Term("dir:", "dir:in  dir:out", N_("was received, or was sent"), columns.direction, values=("in", "out")),
    Term(
        "event:",
        'event:chat  event:chat*  event:"two words"',
        N_("is this Socket.IO event, or the answer to it; * stands for any text, ? for one character"),
        packets.event,
        seen=packets.EVENT,
    ),
    Term(
        "ns:",
        "ns:/admin  ns:/",
        N_("is about this Socket.IO namespace; * and ? as in event:"),
        packets.namespace,
        seen=packets.NAMESPACE,
    ),
    Term("ack:", "ack:7", N_("asks for the acknowledgement with that number, or is it"), packets.number),
    Term(
        "size",
        "size>10k  size<=200  size=1.5M",
        N_("has so many bytes of data; k is 1,000 of them, M is 1,000,000"),
        columns.size,
        follows="[<>=]",
    ),
    Term(
        "code:",
        "code:1006  code:4000-4999",
        N_("ends a WebSocket with that close code, or one of this range"),
        columns.close_code,
        seen=columns.CLOSE_CODE,
    ),
    Term(
        "status:",
        "status:400  status:4xx  status:500-503",
        N_("is an HTTP exchange with that status, or one of this range"),
        columns.status,
        seen=columns.STATUS,
    ),
    Term(
        "transport:",
        "transport:websocket  transport:polling",
        N_("went over this transport, or tells of it"),
        columns.transport,
        values=tuple(columns.TRANSPORTS),
    ),
    Term(
        "conn:",
        "conn:2",
        N_("belongs to that connection; 1 is the first press of Connect"),
        columns.connection,
        seen="connection",
    ),
    Term(
        "after:",
        "after:12:03:10  after:2026-05-31T12:03  after:+12.5",
        N_("at that time or later; without a date on the first day; + is seconds since the start"),
        times.after,
    ),
    Term(
        "before:",
        "before:12:03:10  before:+60",
        N_("before that time, which is written as with after:"),
        times.before,
    ),
    Term("", "word", N_("contains this word, in any case; several words: all of them"), contains),
)
"""Every term there is. The first row that takes a word reads it."""
