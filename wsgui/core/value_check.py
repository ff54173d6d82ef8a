"""A question about what came: a path into the arguments of an event, and what is to be there.

A path is written as in JavaScript, and begins with the number of the argument: ``0.user.name``, ``[0].items[2]``,
``0["two words"]``. A text on the way that is JSON is looked into. The empty path means all arguments, as a list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from wsgui.core import javascript_json
from wsgui.core.i18n import N_, _, plural
from wsgui.core.visible import one_line

_LONGEST = 200
"""Characters of a value in a sentence."""


class Test(StrEnum):
    """How a value is compared."""

    __test__ = False  # pytest takes it for a class of tests

    EQUALS = "equals"
    CONTAINS = "contains"
    EXISTS = "exists"
    MATCHES = "matches"


SAID = {
    Test.EQUALS: N_("{path} is {value}"),
    Test.CONTAINS: N_("{path} contains {value}"),
    Test.EXISTS: N_("{path} exists"),
    Test.MATCHES: N_("{path} matches /{value}/"),
}
"""What is expected, in words."""


class CheckError(ValueError):
    """The question cannot be asked; the message is a sentence."""


class Answer(NamedTuple):
    """What came of a question."""

    passed: bool
    expected: str
    got: str


_PART = re.compile(r'(?:^|\.)([^.\[\]"]+)|\[(\d{1,9})\]|\[("(?:[^"\\]|\\.)*")\]')


def read_path(text: str) -> tuple[str, ...]:
    """The parts of a path; a number among them is an index where there is a list. Raises :class:`CheckError`."""
    text = text.strip()
    parts: list[str] = []
    place = 0
    while place < len(text):
        found = _PART.match(text, place)
        if found is None:
            sentence = _("The path is broken at column {column}. Write it as 0.user.name or [0].items[2].")
            raise CheckError(sentence.format(column=place + 1))
        plain, index, quoted = found.groups()
        parts.append(json.loads(quoted) if quoted else plain or index)
        place = found.end()
    if parts and not parts[0].isdecimal():
        raise CheckError(_("A path begins with the number of the argument: 0 is the first one."))
    return tuple(parts)


def check_question(path: str, test: Test, value: object) -> None:
    """Raises :class:`CheckError` where the path or the regular expression is broken."""
    read_path(path)
    if test is Test.MATCHES:
        from wsgui.core.filters.patience import searcher

        try:
            searcher(str(value), False)
        except re.error as error:
            raise CheckError(_("The regular expression is broken: {why}.").format(why=error)) from error


def ask(arguments: Sequence[object], path: str, test: Test, value: object) -> Answer:
    """Ask it of these arguments. Raises :class:`CheckError` where it cannot be asked."""
    there, found = look_up(list(arguments), read_path(path))
    expected = expectation(path, test, value)
    if not there:
        return Answer(False, expected, _("There is no {path}.").format(path=path or "[]"))
    got = shown(found)
    match test:
        case Test.EXISTS:
            return Answer(True, expected, got)
        case Test.EQUALS:
            return Answer(same(found, value), expected, got)
        case Test.CONTAINS:
            return Answer(contains(found, value), expected, got)
        case Test.MATCHES:
            return Answer(_matches(found, str(value)), expected, got)


def expectation(path: str, test: Test, value: object) -> str:
    """What is expected, as a phrase."""
    told = one_line(str(value), _LONGEST) if test is Test.MATCHES else shown(value)
    return _(SAID[test]).format(path=path or "[]", value=told)


def shown(value: object) -> str:
    """A value in a sentence: as JSON, and bytes by their number."""
    return one_line(javascript_json.dumps(value, default=_said_of), _LONGEST)


def look_up(value: object, path: Sequence[str]) -> tuple[bool, object]:
    """Whether something is at the end of the path, and what."""
    for part in path:
        if isinstance(value, str):
            try:
                value = javascript_json.loads(value)
            except javascript_json.JsonError:
                return False, None
        if isinstance(value, Mapping) and part in value:
            value = value[part]
        elif isinstance(value, list | tuple) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return False, None
    return True, value


def same(one: object, other: object) -> bool:
    """Whether two values are the same JSON: 1 is 1.0, and true is not 1."""
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def contains(whole: object, part: object) -> bool:
    """Whether a text has that text in it, a list that element, an object these members."""
    if isinstance(whole, str):
        return (part if isinstance(part, str) else javascript_json.dumps(part)) in whole
    if isinstance(whole, list | tuple):
        return any(same(each, part) for each in whole)
    if isinstance(whole, Mapping) and isinstance(part, Mapping):
        return all(name in whole and same(whole[name], part[name]) for name in part)
    return isinstance(whole, Mapping) and isinstance(part, str) and part in whole


def _matches(value: object, pattern: str) -> bool:
    from wsgui.core.filters.patience import TOO_SLOW, searcher

    text = value if isinstance(value, str) else javascript_json.dumps(value, default=_said_of)
    try:
        return searcher(pattern, False)(text) is not None
    except re.error as error:
        raise CheckError(_("The regular expression is broken: {why}.").format(why=error)) from error
    except TimeoutError as error:
        raise CheckError(_(TOO_SLOW)) from error


def _said_of(value: object) -> str:
    if isinstance(value, bytes | bytearray):
        return plural("({n} byte)", "({n} bytes)", len(value)).format(n=len(value))
    return str(value)
