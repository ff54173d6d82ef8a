"""The package puts every file where Debian looks for it, and knows what a system still has of it."""

from __future__ import annotations

import gzip
import os
import shutil
import tarfile
from pathlib import Path

import archives
import clean_install
import deb
import pytest


@pytest.fixture
def program(tmp_path: Path) -> Path:
    folder = tmp_path / "program"
    (folder / "_internal").mkdir(parents=True)
    (folder / "wsgui").write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / "wsgui").chmod(0o755)
    for name in ("libz.so.1", "libQt6Core.so.6"):
        (folder / "_internal" / name).write_bytes(b"")
    return folder


@pytest.fixture
def laid_out(qapp: object, program: Path, tmp_path: Path) -> Path:
    if not shutil.which("dpkg"):
        assert "CI" not in os.environ
        pytest.skip("this is no Debian")
    deb.lay_out(program, tmp_path / "root")
    return tmp_path / "root"


def test_at_home_on_a_desktop(laid_out: Path) -> None:
    share = laid_out / "usr/share"
    for name in (
        "applications/wsgui.desktop",
        "icons/hicolor/48x48/apps/wsgui.png",
        "icons/hicolor/scalable/apps/wsgui.svg",
        "mime/packages/wsgui.xml",
        "doc/wsgui/copyright",
    ):
        assert (share / name).is_file(), name
    assert len(list((share / "metainfo").glob("*.metainfo.xml"))) == 1
    assert gzip.decompress((share / "man/man1/wsgui.1.gz").read_bytes()).startswith(b".TH WSGUI 1")
    assert (share / "doc/wsgui/guide").resolve() == laid_out / "usr/lib/wsgui/_internal/wsgui/guide"
    assert (laid_out / "usr/bin/wsgui").resolve() == laid_out / "usr/lib/wsgui/wsgui"


def test_libraries_of_the_system_are_left_to_it(laid_out: Path) -> None:
    assert [path.name for path in (laid_out / "usr/lib/wsgui/_internal").iterdir()] == ["libQt6Core.so.6"]


def test_nothing_runs_as_it_is_installed(laid_out: Path) -> None:
    assert not (laid_out / "DEBIAN").exists()
    runs = [path for path in laid_out.rglob("*") if path.is_file() and path.stat().st_mode & 0o111]
    assert [path.name for path in runs if not path.is_symlink()] == ["wsgui"]


def test_what_is_left_behind_is_seen(tmp_path: Path) -> None:
    for name in ("usr/lib/wsgui/a", "var/cache/apt/a", "var/cache/wsgui/a", "etc/other.conf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = clean_install.files(tmp_path)
    assert {"usr/lib/wsgui/a", "var/cache/wsgui/a", "etc/other.conf"} <= found
    assert "var/cache/apt/a" not in found


def test_files_of_other_packages_are_theirs(tmp_path: Path) -> None:
    lists = tmp_path / "var/lib/dpkg/info"
    lists.mkdir(parents=True)
    (lists / "libx.list").write_text("/.\n/usr\n/usr/lib/libx.so\n", encoding="utf-8")
    assert "usr/lib/libx.so" in clean_install.owned(tmp_path)


def test_a_cache_that_speaks_of_it_is_found(tmp_path: Path) -> None:
    cache = tmp_path / "usr/share/applications/mimeinfo.cache"
    cache.parent.mkdir(parents=True)
    cache.write_text("[MIME Cache]\nx-scheme-handler/wsgui=wsgui.desktop;\n", encoding="utf-8")
    assert clean_install.known(tmp_path) == {"usr/share/applications/mimeinfo.cache"}


def test_two_archives_of_the_same_are_the_same(program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    made: list[Path] = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        os.utime(program / "wsgui", (len(made), len(made)))
        made.append(archives.make(program, tmp_path / name))
    assert made[0].read_bytes() == made[1].read_bytes()
    with tarfile.open(made[0]) as archive:
        modes = {Path(entry.name).name: entry.mode for entry in archive.getmembers()}
    assert (modes["wsgui"], modes["LICENSE"]) == (0o755, 0o644)


def test_the_folder_of_an_appimage(qapp: object, program: Path, tmp_path: Path) -> None:
    archives.lay_out_appimage(program, tmp_path / "AppDir")
    for name in ("AppRun", "wsgui.desktop", "wsgui.svg", ".DirIcon"):
        assert (tmp_path / "AppDir" / name).is_file(), name
