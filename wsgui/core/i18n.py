"""Texts for people: marked where they are written, translated when they are shown.

Tables (options, causes, kinds) are built before the language is known, so their texts are only marked with
``N_`` and go through ``_`` at the moment they are shown. English needs no catalogue: the texts
are written in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from wsgui.core.catalogue import Catalogue


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Mark ``text`` for translation and return it unchanged."""
    return text


NAME = N_("English")
"""Translators: the name of your language, in your language. It stands in the menu of languages."""
NUMBER = N_("1,234.5")
"""Translators: this number as your language writes it. Every number in a text follows it."""
DAY = N_("%Y-%m-%d")
"""Translators: a day as your language writes it, in the letters of strftime."""

ENGLISH = "en"

_catalogue: Catalogue | None = None
_marks = {ord(","): ",", ord("."): "."}


class _Text(str):
    """A translated text with places to fill in: what fills them is written as the language writes numbers."""

    __slots__ = ()

    def format(self, *values: object, **named: object) -> str:
        return str.format(self, *map(_local, values), **{name: _local(value) for name, value in named.items()})


class _Int(int):
    def __format__(self, how: str) -> str:
        return super().__format__(how).translate(_marks)


class _Float(float):
    def __format__(self, how: str) -> str:
        return super().__format__(how).translate(_marks)


def use(catalogue: Catalogue | None) -> None:
    """Translate into the language of ``catalogue`` from now on; without one the texts stay English."""
    global _catalogue
    _catalogue = catalogue
    group, decimal = (_(NUMBER)[1], _(NUMBER)[-2]) if catalogue else (",", ".")
    _marks.update({ord(","): group, ord("."): decimal})


def catalogue() -> Catalogue | None:
    """The catalogue in use; none for English."""
    return _catalogue


def spoken() -> str:
    """The code of the language in use."""
    return _catalogue.language if _catalogue else ENGLISH


def _(text: str) -> str:
    """Translate ``text`` into the language in use."""
    if _catalogue is None:
        return text
    known = _catalogue.texts.get(text, text)
    return _Text(known) if "{" in known else known


def plural(one: str, many: str, n: int) -> str:
    """Translate the form of a counted text that fits ``n``; the caller fills in the number.

    Both forms are given as they are written: neither ``N_`` nor ``_`` goes around them.
    """
    if _catalogue is None:
        return one if n == 1 else many
    forms = _catalogue.plurals.get((one, many))
    return _Text(forms[_catalogue.form(n)] if forms else one if n == 1 else many)


def number(value: float, how: str = ",") -> str:
    """A number as the language writes it; ``how`` is Python's format: ``",.1f"``."""
    return format(value, how).translate(_marks)


def day(when: datetime) -> str:
    """The day of ``when`` as the language writes it."""
    return when.strftime(_(DAY))


def _local(value: object) -> object:
    if type(value) is int:
        return _Int(value)
    return _Float(value) if type(value) is float else value
