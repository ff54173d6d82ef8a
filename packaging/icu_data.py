"""ICU's data for the languages that the program speaks: those of seven hundred others are a quarter of its size.

Qt for Linux brings ICU, and of it uses sorting, converters of old encodings, and names of time zones. ICU asks for the
parent of a language that it does not find, and in the end for the root, which stays.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

NEVER_ASKED = ("brkitr", "rbnf", "translit", "unit")
"""Folders: where words end, numbers as words, other alphabets, units of measure. Qt has its own, or none."""

_LOCALE = re.compile(r"(?:(\w+)/)?([a-z]{2,3})(?:_\w*)?\.res")


def trim(library: Path, languages: Iterable[str]) -> None:
    """Make of ``libicudata.so.NN`` one that has these languages alone. Needs icupkg, and as, ld and objcopy."""
    version = library.name.rpartition(".")[2]
    package = f"icudt{version}l.dat"  # icupkg wants the name that the items have, with l for little-endian
    kept = set(languages)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        _run(folder, "objcopy", "-O", "binary", "--only-section=.rodata", library, package)
        names = _run(folder, "icupkg", "-l", package).split()
        unwanted = [name for name in names if not _is_wanted(name, kept)]
        (folder / "unwanted.txt").write_text("\n".join(unwanted) + "\n", encoding="ascii")
        _run(folder, "icupkg", "-r", "unwanted.txt", package)
        symbol = f"icudt{version}_dat"
        (folder / "data.s").write_text(
            f".section .rodata\n.balign 16\n.globl {symbol}\n.type {symbol}, %object\n{symbol}:\n"
            f'.incbin "{package}"\n.size {symbol}, .-{symbol}\n.section .note.GNU-stack,"",%progbits\n',
            encoding="ascii",
        )
        _run(folder, "as", "data.s", "-o", "data.o")
        _run(
            folder,
            "ld",
            "-shared",
            "--strip-all",
            "--soname",
            library.name,
            "-z",
            "noexecstack",
            "data.o",
            "-o",
            library,
        )


def _is_wanted(name: str, languages: set[str]) -> bool:
    if name.partition("/")[0] in NEVER_ASKED:
        return False
    locale = _LOCALE.fullmatch(name)
    return locale is None or locale[2] in languages


def _run(folder: Path, *command: str | Path) -> str:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
