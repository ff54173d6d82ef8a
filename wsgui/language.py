"""Which languages there are, and which one to speak.

A language is one file, ``resources/languages/CODE.po``; English is what the texts are written in and has none.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from wsgui import resources
from wsgui.core import i18n
from wsgui.core.i18n import ENGLISH, _, spoken

if TYPE_CHECKING:
    import argparse

__all__ = ["ENGLISH", "SYSTEM", "add_flag", "languages", "name_of", "of_system", "speak", "spoken", "take_flag"]

SYSTEM = ""
"""The setting: as the system."""
FLAG = "--language"


def languages() -> dict[str, Path | None]:
    """The code of each language -> its file; English first."""
    return {ENGLISH: None} | {path.stem: path for path in sorted(resources.path("languages").glob("*.po"))}


def name_of(language: str) -> str:
    """What a language calls itself."""
    path = languages()[language]
    return _name_in(path) if path else i18n.NAME


@cache
def _name_in(path: Path) -> str:
    """The menu of languages asks each time it is looked at, and a catalogue is long."""
    from wsgui.core.catalogue import read_catalogue

    return read_catalogue(path).texts.get(i18n.NAME, path.stem)


def speak(language: str) -> str:
    """Use a language, by its code, from now on; the code of what is spoken now."""
    code = _known(language) or ENGLISH
    if path := None if code == ENGLISH else languages()[code]:
        from wsgui.core.catalogue import read_catalogue

        i18n.use(read_catalogue(path))
    else:
        i18n.use(None)
    return code


def of_system() -> str:
    """The first language of the system that there is here; else English.

    Unix: the variables of gettext, in its order. Windows: the language of the user's windows.
    """
    for wanted in _wanted():
        if wanted in ("C", "POSIX"):
            return ENGLISH
        if code := _known(wanted):
            return code
    return ENGLISH


def take_flag(argv: Sequence[str]) -> tuple[list[str], str]:
    """``--language CODE`` out of the arguments, wherever it stands, since their help must be in that language.

    ``ValueError`` says what is wrong with it.
    """
    rest: list[str] = []
    language = ""
    words = iter(argv)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == FLAG or word.startswith(f"{FLAG}="):
            given = word.partition("=")[2] or next(words, "")
            language = _known(given)
            if not language:
                sentence = _("{flag}: there is no language “{given}” here, only {languages}")
                raise ValueError(sentence.format(flag=FLAG, given=given, languages=", ".join(languages())))
        else:
            rest.append(word)
    return rest, language


def add_flag(parser: argparse.ArgumentParser) -> None:
    """Name the flag in a command's help; it is taken out before the parser sees the arguments."""
    parser.add_argument(
        FLAG, choices=list(languages()), metavar="CODE",
        help=_("the language of all texts: {languages}; without it, that of the system").format(
            languages=", ".join(languages())
        ),
    )  # fmt: skip


def _wanted() -> list[str]:
    if sys.platform == "win32":
        import ctypes
        import locale

        return [locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), ENGLISH)]
    listed = os.environ.get("LANGUAGE", "").split(":")
    places = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    if places.partition(".")[0] in ("C", "POSIX"):
        return [ENGLISH]  # gettext: the C locale says no to LANGUAGE, too
    return [*filter(None, listed), *filter(None, [places])]


def _known(wanted: str) -> str:
    """``ru_RU.UTF-8``, ``ru-RU`` -> ``ru``, if there is that language; else nothing."""
    if not wanted:
        return ""
    code = wanted.partition(".")[0].partition("@")[0].replace("-", "_")
    known = languages()
    return next((each for each in (code, code.partition("_")[0]) if each in known), "")
