"""The installer for Windows can be made, of every file of the program, and removes just those."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import windows_setup


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The shape of a program that was built on Windows."""
    folder = tmp_path / "program"
    (folder / "_internal" / "PySide6").mkdir(parents=True)
    for name in ("wsgui.exe", "wsgui.com", "_internal/base_library.zip", "_internal/PySide6/Qt6Core.dll"):
        (folder / name).write_bytes(b"MZ" + name.encode())
    return folder


def test_every_file_is_installed_and_deleted(program: Path) -> None:
    lists = windows_setup.file_lists(program)
    for name in ("wsgui.exe", "wsgui.com", r"_internal\base_library.zip", r"_internal\PySide6\Qt6Core.dll"):
        assert f'  Delete "$INSTDIR\\{name}"\n' in lists
    assert lists.count('  File "') == 4
    assert lists.index(r'RMDir "$INSTDIR\_internal\PySide6"') < lists.index('RMDir "$INSTDIR\\_internal"')
    assert "/r" not in lists


def test_makensis_makes_it_without_a_warning(qapp: object, program: Path, tmp_path: Path) -> None:
    if not shutil.which("makensis"):
        assert "CI" not in os.environ, "makensis is missing: scripts/setup.py --node installs it"
        pytest.skip("makensis is not here")
    made = windows_setup.make(program, tmp_path)
    assert made.read_bytes().startswith(b"MZ")
    assert b'requestedExecutionLevel level="asInvoker"' in made.read_bytes()
