"""A name that a person gave -> the name of a file that every system can have, and that leads nowhere else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 160
"""Bytes of UTF-8. File systems take 255; what is set aside or written beside the file has a longer name."""
_FORBIDDEN = frozenset('<>:"/\\|?*')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?", re.IGNORECASE)
"""Devices of Windows, whatever suffix they have."""


def file_stem(name: str, otherwise: str) -> str:
    """The name without a suffix; ``otherwise`` where nothing is left of it."""
    text = "".join(map(_character, unicodedata.normalize("NFC", name)))
    text = _cut(re.sub(r"\s+", " ", text).strip().lstrip("."), LONGEST).rstrip(". ")
    if not text.strip("_ "):
        text = otherwise
    return f"{text}_" if _RESERVED.fullmatch(text) else text


def free_name(stem: str, suffix: str, taken: Iterable[str]) -> str:
    """``stem`` with ``suffix``, and a number where the name is taken: also by one that differs in case only."""
    used = {_folded(name) for name in taken}
    name, number = f"{stem}{suffix}", 1
    while _folded(name) in used:
        number += 1
        name = f"{stem} ({number}){suffix}"
    return name


def _character(character: str) -> str:
    if character in _FORBIDDEN or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return "_"
    return character


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
