"""A catalogue of translated texts, read from the ``.po`` file that translators edit.

Read as it is, and not compiled first: one file is the language, wherever the program runs from. The reader knows the
part of the format that ``scripts/texts.py`` writes: a string per line or per line break, no contexts.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

_STRINGS = r'((?:"[^\n]*"\n)+)'
_ENTRY = re.compile(rf"^msgid {_STRINGS}(?:msgid_plural {_STRINGS})?((?:msgstr[^\n]*\n(?:\"[^\n]*\n)*)+)", re.MULTILINE)
_FORM = re.compile(rf"msgstr(?:\[\d\])? {_STRINGS}")
_PLURAL = re.compile(r"plural=([^;\n]+)")


class Catalogue(NamedTuple):
    """``texts`` by the English one, ``plurals`` by the English singular and plural, ``form`` says which."""

    language: str
    """Its code: ``ru``, ``pt_BR``."""
    texts: dict[str, str]
    plurals: dict[tuple[str, str], tuple[str, ...]]
    form: Callable[[int], int]


def read_catalogue(path: Path) -> Catalogue:
    """Read a ``.po`` file. What is not translated in it is left out, and then shown in English."""
    texts: dict[str, str] = {}
    plurals: dict[tuple[str, str], tuple[str, ...]] = {}
    for one, many, said in _ENTRY.findall(path.read_text(encoding="utf-8") + "\n"):
        forms = tuple(_string(form) for form in _FORM.findall(said))
        if not all(forms):
            continue
        if many:
            plurals[_string(one), _string(many)] = forms
        else:
            texts[_string(one)] = forms[0]
    return Catalogue(path.stem, texts, plurals, _chooser(texts.pop("", "")))


def _string(lines: str) -> str:
    r"""``"a\\n"`` and what follows it on lines of its own -> the text."""
    if "\\" not in lines:
        return lines[1:-2].replace('"\n"', "")
    return "".join(str(ast.literal_eval(line)) for line in lines.splitlines())


def _chooser(header: str) -> Callable[[int], int]:
    """What the header's rule, written in C, says of a number."""
    from gettext import c2py  # only a language that is not English needs it

    rule = _PLURAL.search(header)
    return c2py(rule[1] if rule else "n != 1")
