"""The installer for Windows, made by makensis: on Windows, and anywhere else from a program that was built there.

It needs no administrator: everything lies in the user's own folder and in the user's own part of the registry. The
uninstaller removes exactly the files that were installed, and no folder that holds something else.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path, PureWindowsPath

import icons
import product

NAMES = ("CERTIFICATE", "CERTIFICATE_PASSWORD", "TIMESTAMP_URL")
"""Of the environment, after ``WINDOWS_``."""

SCRIPT = product.PACKAGING / "windows" / "installer.nsi"


def make(program: Path, target: Path) -> Path:
    """The installer of the program's folder. Needs makensis on the path; signs if there is a certificate."""
    program = program.absolute()  # makensis looks from where its script is
    for name in ("wsgui.exe", "wsgui.com"):
        sign(program / name)
    file = target.absolute() / f"wsgui-{product.VERSION}-setup.exe"
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        icons.with_application()
        (made / "wsgui.ico").write_bytes(icons.ico())
        (made / "files.nsh").write_text(file_lists(program), encoding="utf-8")
        subprocess.run(command(program, made, file), check=True)
    sign(file)
    return file


def command(program: Path, made: Path, file: Path) -> list[str]:
    """What runs makensis; every warning is an error."""
    tool = shutil.which("makensis") or _beside_programs()
    facts = {
        "VERSION": product.VERSION,
        "NUMBERS": product.names()["numbers"],
        "AUTHORS": product.AUTHORS,
        "SUMMARY": product.SUMMARY,
        "SUFFIX": product.PROFILE_SUFFIX,
        "TYPE": product.PROFILE_TYPE,
        "TYPE_TITLE": product.PROFILE_TITLE,
        "SCHEME": product.SCHEME,
        "PROGRAM": str(program),
        "MADE": str(made),
        "OUTPUT": str(file),
        "KILOBYTES": str(sum(path.stat().st_size for path in program.rglob("*") if path.is_file()) // 1024),
    }
    return [tool, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *(f"-D{name}={value}" for name, value in facts.items()),
            str(SCRIPT)]  # fmt: skip


def file_lists(program: Path) -> str:
    """The macros INSTALL_FILES and DELETE_FILES: each file by its name, folders from the inside out."""
    files = sorted(path.relative_to(program) for path in program.rglob("*") if path.is_file())
    folders = sorted(path.relative_to(program) for path in program.rglob("*") if path.is_dir())
    into: dict[Path, list[Path]] = {}
    for path in files:
        into.setdefault(path.parent, []).append(path)
    lines = ["!macro INSTALL_FILES"]
    for folder, held in into.items():
        lines.append(f'  SetOutPath "$INSTDIR{_below(folder)}"')
        lines += [f'  File "{program / path}"' for path in held]
    lines += ['  SetOutPath "$INSTDIR"', "!macroend", "!macro DELETE_FILES"]
    lines += [f'  Delete "$INSTDIR{_below(path)}"' for path in files]
    lines += [f'  RMDir "$INSTDIR{_below(path)}"' for path in reversed(folders)]
    return "\n".join([*lines, "!macroend", ""])


def sign(file: Path, environment: Mapping[str, str] = os.environ) -> None:
    """Sign a program, if ``WINDOWS_CERTIFICATE`` names a certificate and its key (a .pfx file)."""
    if steps := signing(file, environment):
        subprocess.run(steps, check=True)


def signing(file: Path, environment: Mapping[str, str]) -> list[str]:
    """What signs; nothing where there is no certificate."""
    # A workflow gives an empty text where there is no secret.
    certificate, secret, clock = (environment.get(f"WINDOWS_{name}") for name in NAMES)
    if not certificate:
        return []
    password = ["/p", secret] if secret else []
    stamp = ["/tr", clock, "/td", "sha256"] if clock else []
    return ["signtool", "sign", "/fd", "sha256", "/f", certificate, *password, *stamp, str(file)]


def _below(path: Path) -> str:
    return "" if path == Path() else f"\\{PureWindowsPath(path)}"


def _beside_programs() -> str:
    place = Path(os.environ.get("PROGRAMFILES(X86)", ""), "NSIS", "makensis.exe")
    if sys.platform == "win32" and place.is_file():
        return str(place)
    raise SystemExit("The installer needs makensis on the path: NSIS 3.")
