"""Linux programs and libraries: which files are any, and the paths of the build machine that they must forget."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

MAGIC = b"\x7fELF"


def files(folder: Path) -> Iterator[Path]:
    """Every program and library below the folder, in the order of their names; no symbolic links."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as stream:
                if stream.read(len(MAGIC)) == MAGIC:
                    yield path


def forget_paths(folder: Path, patchelf: Path) -> None:
    """Remove each search path that points out of the program: extension modules of a Python that was compiled where
    it is installed look for libraries there, and would take another system's."""
    for path in files(folder):
        asked = subprocess.run([patchelf, "--print-rpath", path], capture_output=True, text=True, check=False)
        paths = asked.stdout.strip().split(":")
        if any(each.startswith("/") for each in paths):
            subprocess.run([patchelf, "--remove-rpath", path], check=True)
