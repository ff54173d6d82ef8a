"""A text that is already shown, put into another language.

What a widget shows was a text of the program once. The catalogue that it was shown with, read backwards, gives that
text again, also where numbers and names were filled in; the other catalogue translates it anew. So no widget needs to
remember how it came by its words. What is no text of the program (a URL, an answer of a server) stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from string import Formatter
from typing import NamedTuple

from wsgui.core.catalogue import Catalogue
from wsgui.core.i18n import NUMBER

_LEAST = 4
"""Letters that a text with places to fill in must have of its own: ``{what}: {why}`` would fit anything."""
_DIGITS = re.compile(r"\d+")
_OF_NUMBER, _OF_TEXT = "n", "t"
"""What the name of a group in a pattern begins with."""
_NUMBER = r"[\d.,\u00a0\u202f ]*?\d"
_MARKS = re.compile(r"\n+|  ·  | · | ▾|: ")
"""What parts several texts that are shown as one."""


class _Template(NamedTuple):
    """A text with places to fill in, as it was shown; ``forms`` are its counterparts, one or one per plural form."""

    letters: str
    """The longest piece without a place: what does not hold it cannot match."""
    weight: int
    shown: str
    forms: tuple[str, ...]


class Retranslation:
    """From one language to another; ``None`` is English."""

    def __init__(self, before: Catalogue | None, after: Catalogue | None) -> None:
        self._form = after.form if after else _english
        (group, point), (other_group, other_point) = _number_marks(before), _number_marks(after)
        self._marks = str.maketrans({group: other_group, point: other_point})
        self._exact: dict[str, str] = {}
        templates: list[_Template] = []
        for shown, forms in _pairs(before, after):
            if not _has_places(shown):
                self._exact.setdefault(shown, forms[0])
            elif (template := _template(shown, forms)).weight >= (1 if _takes_numbers_only(shown) else _LEAST):
                templates.append(template)
        self._templates = sorted(templates, key=lambda template: -template.weight)

    def __call__(self, text: str) -> str:
        """The text in the other language; itself, if it is none of ours."""
        if not text or text in self._exact:
            return self._exact.get(text, text)
        for template in self._templates:
            if template.letters in text and (match := _pattern(template.shown).fullmatch(text)):
                values = {name[1:]: self._value(name, value) for name, value in match.groupdict().items()}
                return _filled(self._fitting(template.forms, values), values)
        mark = _MARKS.search(text)
        return f"{self(text[: mark.start()])}{mark[0]}{self(text[mark.end() :])}" if mark else text

    def _value(self, name: str, text: str) -> str:
        """What was filled in may be a text, too; a lone word in lower case is a name that code gave."""
        if name[0] == _OF_NUMBER:
            return text.translate(self._marks)
        return text if text.isascii() and text.islower() and text.isidentifier() else self(text)

    def _fitting(self, forms: tuple[str, ...], values: dict[str, str]) -> str:
        """The form for the first of the values that is a number."""
        if len(forms) == 1:
            return forms[0]
        counts = ("".join(_DIGITS.findall(value)) for value in values.values())
        return forms[min(self._form(next((int(count) for count in counts if count), 0)), len(forms) - 1)]


def _pairs(before: Catalogue | None, after: Catalogue | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each text as it was shown, and the forms of it that could be shown now."""
    known = [catalogue for catalogue in (before, after) if catalogue]
    for text in dict.fromkeys(text for catalogue in known for text in catalogue.texts):
        yield _in(before, text), (_in(after, text),)
    for one, many in dict.fromkeys(pair for catalogue in known for pair in catalogue.plurals):
        forms = after.plurals.get((one, many), (one, many)) if after else (one, many)
        for shown in before.plurals.get((one, many), (one, many)) if before else (one, many):
            yield shown, forms


def _number_marks(catalogue: Catalogue | None) -> tuple[str, str]:
    """What stands between thousands, and before a fraction."""
    sample = _in(catalogue, NUMBER)
    return sample[1], sample[-2]


def _in(catalogue: Catalogue | None, text: str) -> str:
    return catalogue.texts.get(text, text) if catalogue else text


def _english(n: int) -> int:
    return int(n != 1)


def _has_places(text: str) -> bool:
    """Whether something is to be filled in: ``{"room": 7}`` is an example, and stays as it is."""
    if "{" not in text:
        return False
    try:
        return all(name is None or name.isidentifier() for _literal, name, *_how in Formatter().parse(text))
    except ValueError:
        return False


def _is_number(name: str, how: str | None) -> bool:
    """Whether a place is for a number: its format says so, or it is called ``n``."""
    return name == "n" or bool(how and how[-1] in ",fg")


def _takes_numbers_only(text: str) -> bool:
    return all(name is None or _is_number(name, how) for _literal, name, how, _conversion in Formatter().parse(text))


def _template(shown: str, forms: tuple[str, ...]) -> _Template:
    literals = [literal for literal, *_field in Formatter().parse(shown)]
    weight = sum(character.isalpha() for literal in literals for character in literal)
    return _Template(max(literals, key=len), weight, shown, forms)


@cache
def _pattern(shown: str) -> re.Pattern[str]:
    """What the text may have become. A place that comes twice must have got the same value."""
    pattern = ""
    seen: set[str] = set()
    for literal, name, how, _conversion in Formatter().parse(shown):
        pattern += re.escape(literal)
        if name is not None:
            value = _NUMBER if _is_number(name, how) else ".*?"
            kind = _OF_NUMBER if value is _NUMBER else _OF_TEXT
            pattern += f"(?P={kind}{name})" if name in seen else f"(?P<{kind}{name}>{value})"
            seen.add(name)
    return re.compile(pattern, re.DOTALL)


def _filled(text: str, values: dict[str, str]) -> str:
    """The values are texts already: how to write them has been settled."""
    parts = []
    for literal, name, _how, _conversion in Formatter().parse(text):
        parts.append(literal)
        if name is not None:
            parts.append(values.get(name, ""))
    return "".join(parts)
