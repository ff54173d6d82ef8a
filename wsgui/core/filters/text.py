"""Terms on text: a word, a quotation, a regular expression.

All look at the data, at the values of the facts and at the name of the kind. The names of the facts are ours and are
not searched: else every request would match ``error``. The names in the server's own data are.
"""

from __future__ import annotations

import re

from wsgui.core.filters.condition import Condition, FilterError, any_of, one_of
from wsgui.core.filters.letters import patterns, rare_part
from wsgui.core.filters.patience import compiled, searcher
from wsgui.core.i18n import _
from wsgui.core.kinds import LABEL
from wsgui.core.records import Kind

PLAIN = re.compile(r"[^\x00-\x1f\"\\/<>&'+\x7f-\U0010ffff]*")
"""Text that is never written as an escape in JSON (PHP escapes the slash, Go and others the angle brackets)."""

_HOLDS = {
    # SQLite folds the case of ASCII only, and some writers of JSON escape the rest.
    "plain": ("instr(lower({0}), ?)", "instr(lower({0}), ?)"),
    "escaped": ("(instr({0}, '\\') OR instr(lower({0}), ?))", "contains(CAST({0} AS BLOB), ?)"),
    "foreign": ("contains(CAST({0} AS BLOB), ?)", "contains(CAST({0} AS BLOB), ?)"),
}
"""For a kind of needle what is quick and true wherever the needle is, and what is exact. Each takes the needle."""

_NOT_SEEN = (  # and in JSON, as events and acknowledgements are, there is no NUL
    "data GLOB '*\\*' OR typeof(data) = 'blob' OR kind NOT IN ('event', 'ack') AND instr(data, char(0))"
)
"""Where a pattern of SQLite cannot tell whether the needle is in the data: it reads no escapes, and up to a NUL."""


def contains(needle: str) -> Condition:
    """Text in any case."""
    needle = needle.casefold()
    quick, exact = _HOLDS["plain" if PLAIN.fullmatch(needle) else "escaped" if needle.isascii() else "foreign"]
    # Taking JSON apart is slow: only where the needle may be in it. Only our own words become SQL.
    in_value, in_name = exact.format("atom"), exact.format("key")
    in_facts = (
        f"CASE WHEN facts IS NOT NULL AND {quick.format('facts')} THEN CASE WHEN json_valid(facts) THEN"  # noqa: S608
        f" EXISTS (SELECT 1 FROM json_tree(facts) WHERE {in_value}"
        f" OR path <> '$' AND typeof(key) = 'text' AND {in_name}) END END"
    )
    return any_of(
        [
            _in_data(needle, quick, exact),
            Condition(in_facts, (needle,) * in_facts.count("?")),
            _kinds(re.compile(re.escape(needle), re.IGNORECASE)),
        ]
    )


def _in_data(needle: str, quick: str, exact: str) -> Condition:
    if not needle.isascii() and (globs := patterns(needle)):
        ways = [globs] if (rare := patterns(rare_part(needle))) == globs else [rare, globs]
        found = " AND ".join(f"({' OR '.join(['data GLOB ?'] * len(way))})" for way in ways)
        sql = f"CASE WHEN {found} THEN 1 WHEN {_NOT_SEEN} THEN {exact.format('data')} END"
        return Condition(sql, (*(glob for way in ways for glob in way), needle))
    sql = exact.format("data")
    if quick != exact:
        sql = f"CASE WHEN {quick.format('data')} THEN {sql} END"
    return Condition(sql, (needle,) * sql.count("?"))


def quoted(rest: str) -> Condition:
    """Text up to the closing mark, or to the end while it is not yet typed; a backslash makes the next plain."""
    return contains(unquoted(rest))


def unquoted(rest: str) -> str:
    """What stands between quotation marks; the opening one is gone already."""
    return re.sub(r"\\(.)", r"\1", rest.removesuffix('"'), flags=re.DOTALL)


def matches(rest: str) -> Condition:
    """A regular expression, written ``expression/`` or ``expression/i``."""
    expression, _slash, flags = rest.rpartition("/")
    return found_by(regular(expression, folding="i" in flags))


def found_by(pattern: re.Pattern[str]) -> Condition:
    """The condition that the regular expression finds something."""
    return any_of(
        [
            Condition(
                "matches(CAST(data AS BLOB), CAST(facts AS BLOB), ?, ?)",
                (pattern.pattern, int(bool(pattern.flags & re.IGNORECASE))),
            ),
            _kinds(pattern),
        ]
    )


def regular(expression: str, *, folding: bool) -> re.Pattern[str]:
    """The expression, ready for use. Raises :class:`FilterError`."""
    if nested := _NESTED.search(expression):
        text = _("“{part}” repeats what is repeated already, which can take for ever; leave one of the two out.")
        raise FilterError(text.format(part=nested[0]))
    try:
        searcher(expression, folding)
        return compiled(expression, folding)
    except (re.error, OverflowError, RecursionError) as error:
        place = error.pos if isinstance(error, re.error) else None
        what = error.msg if isinstance(error, re.error) else str(error)
        text = _("/{expression}/ is no regular expression: {what}, at character {place}.")
        raise FilterError(text.format(expression=expression, what=what, place=(place or 0) + 1)) from error


_NESTED = re.compile(
    r"""(?<!\\)\(                                  # a group
        (?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*      # with anything in it, and groups of one more level
        (?:[+*]|\{\d*,\d*\})(?!\+)                 # that repeats without giving up what it took
        (?:[^()\\]|\\.)*
        \)(?:[+*]|\{\d*,\d*\})(?!\+)               # and is itself repeated
        | (?<!\\)(?:\.[+*]\??){2,}                  # or anything and again anything
    """,
    re.VERBOSE | re.DOTALL,
)
"""Such as ``(a+)+`` or ``.*.*``: ``re`` tries each way to share a text out between the two, and there may be two to the
power of its length. These are told at once; others, such as ``(a|a)*``, are given up when they take too long."""


def _kinds(pattern: re.Pattern[str]) -> Condition:
    return one_of("kind", [kind for kind in Kind if pattern.search(kind) or pattern.search(_(LABEL[kind]))])
