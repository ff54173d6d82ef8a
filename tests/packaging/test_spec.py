"""The recipe runs for every system: what PyInstaller would be told, with its own part left out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SPEC = ROOT / "packaging" / "wsgui.spec"
SYSTEM = "/usr/lib/x86_64-linux-gnu"


class Told(NamedTuple):
    """One call of a part of PyInstaller."""

    what: str
    args: tuple[object, ...]
    named: dict[str, object]


@pytest.fixture
def run_spec(tmp_path: Path, qapp: object, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], dict[str, list[Told]]]:
    """Run the recipe as on the system ``platform``, and give what was told by the part that was told it."""

    def run(platform: str) -> dict[str, list[Told]]:
        told: dict[str, list[Told]] = {}
        (tmp_path / "dist").mkdir()
        (tmp_path / "dist" / "wsgui-console.exe").touch()

        def part(name: str) -> Callable[..., SimpleNamespace]:
            def take(*args: object, **named: object) -> SimpleNamespace:
                told.setdefault(name, []).append(Told(name, args, named))
                binaries = [
                    ("libgtk-3.so.0", f"{SYSTEM}/libgtk-3.so.0", "BINARY"),
                    ("libxcb-cursor.so.0", f"{SYSTEM}/libxcb-cursor.so.0", "BINARY"),
                ]
                return SimpleNamespace(binaries=binaries, datas=[], pure=[], scripts=[], name=str(tmp_path / "dist"))

            return take

        hooks = ModuleType("PyInstaller.utils.hooks")
        hooks.__dict__.update(
            collect_submodules=lambda name: [f"{name}.lab.faults"],
            collect_data_files=lambda name: [],
            copy_metadata=lambda name: [(name, name)],
        )
        for name in ("PyInstaller", "PyInstaller.utils"):
            monkeypatch.setitem(sys.modules, name, ModuleType(name))
        monkeypatch.setitem(sys.modules, "PyInstaller.utils.hooks", hooks)
        monkeypatch.setattr(sys, "path", list(sys.path))
        monkeypatch.setattr(sys, "platform", platform)
        parts = {name: part(name) for name in ("Analysis", "PYZ", "EXE", "COLLECT", "BUNDLE")}
        exec(compile(SPEC.read_bytes(), SPEC, "exec"), {"SPECPATH": str(SPEC.parent), **parts})
        return told

    return run


def test_linux(run_spec: Callable[[str], dict[str, list[Told]]]) -> None:
    told = run_spec("linux")
    (program,) = told["EXE"]
    assert (program.named["console"], program.named["strip"], program.named["icon"]) == (True, True, None)
    (folder,) = told["COLLECT"]
    assert folder.args[1] == [("libxcb-cursor.so.0", f"{SYSTEM}/libxcb-cursor.so.0", "BINARY")]
    assert "BUNDLE" not in told
    (analysis,) = told["Analysis"]
    hidden = analysis.named["hiddenimports"]
    assert isinstance(hidden, list)
    assert "wsgui.lab.faults" in hidden


def test_windows_has_a_program_for_each_kind_of_start(
    run_spec: Callable[[str], dict[str, list[Told]]], tmp_path: Path
) -> None:
    told = run_spec("win32")
    window, console = told["EXE"]
    assert [window.named["console"], console.named["console"]] == [False, True]
    for program in told["EXE"]:
        assert Path(str(program.named["icon"])).read_bytes()[:4] == b"\0\0\1\0"
        assert "ProductVersion" in Path(str(program.named["version"])).read_text(encoding="utf-8")
        assert program.named["strip"] is False
    assert (tmp_path / "dist" / "wsgui.com").is_file()


def test_macos_has_an_app(run_spec: Callable[[str], dict[str, list[Told]]]) -> None:
    told = run_spec("darwin")
    (app,) = told["BUNDLE"]
    assert app.named["name"] == "wsgui.app"
    assert Path(str(app.named["icon"])).read_bytes()[:4] == b"icns"
    assert Path(str(told["EXE"][0].named["entitlements_file"])).is_file()
