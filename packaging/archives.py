"""The program without an installer: as an archive to unpack anywhere, and as an AppImage."""

from __future__ import annotations

import gzip
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path

import deb
import product

LICENCE = product.ROOT / "LICENSE"


def make(program: Path, target: Path) -> Path:
    """The program's folder and the licence as an archive: tar.gz, or zip on Windows."""
    name = f"wsgui-{product.VERSION}-{_system()}"
    if sys.platform == "win32":
        return _zip(program, target / f"{name}.zip", name)
    return _tar(program, target / f"{name}.tar.gz", name)


def _tar(program: Path, file: Path, name: str) -> Path:
    """Owners, dates and the order say nothing of the build: two of the same files are the same."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mtime = product.built_at()
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
        return entry

    with (
        file.open("wb") as stream,
        gzip.GzipFile("", "wb", fileobj=stream, mtime=product.built_at()) as packed,
        tarfile.open(fileobj=packed, mode="w") as archive,
    ):
        archive.add(program, name, filter=plain)  # in the order of the names
        archive.add(LICENCE, f"{name}/LICENSE", filter=plain)
    return file


def _zip(program: Path, file: Path, name: str) -> Path:
    when = time.gmtime(product.built_at())[:6]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        files = [path for path in sorted(program.rglob("*")) if path.is_file()]
        for path, within in [(each, each.relative_to(program)) for each in files] + [(LICENCE, Path("LICENSE"))]:
            entry = zipfile.ZipInfo(f"{name}/{within.as_posix()}", when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return file


def make_appimage(program: Path, target: Path) -> Path:
    """The program as one file that runs on any Linux with the C library of the build machine or a newer one.

    Needs ``appimagetool`` on the path; ``APPIMAGE_RUNTIME`` names the file of its runtime where it may not fetch it.
    """
    tool = shutil.which("appimagetool")
    if tool is None:
        raise SystemExit("An AppImage needs appimagetool on the path: it is published by the AppImage project.")
    file = target / f"wsgui-{product.VERSION}-{platform.machine()}.AppImage"
    with tempfile.TemporaryDirectory() as folder:
        lay_out_appimage(program, Path(folder) / "wsgui.AppDir")
        runtime = os.environ.get("APPIMAGE_RUNTIME")
        options = ["--runtime-file", runtime] if runtime else []
        environment = {**os.environ, "ARCH": platform.machine(), "VERSION": product.VERSION}
        subprocess.run([tool, *options, Path(folder) / "wsgui.AppDir", file], env=environment, check=True)
    return file


def lay_out_appimage(program: Path, root: Path) -> None:
    """The folder that an AppImage is made of: the program, its desktop files, and what the runtime looks for."""
    shutil.copytree(program, root / "usr/lib/wsgui", symlinks=True)
    deb.write_desktop_files(root / "usr/share")
    (root / "AppRun").symlink_to("usr/lib/wsgui/wsgui")
    (root / "wsgui.desktop").symlink_to("usr/share/applications/wsgui.desktop")
    (root / "wsgui.svg").symlink_to("usr/share/icons/hicolor/scalable/apps/wsgui.svg")
    (root / ".DirIcon").symlink_to("usr/share/icons/hicolor/256x256/apps/wsgui.png")


def _system() -> str:
    names = {"linux": "linux", "win32": "windows", "darwin": "macos"}
    return f"{names[sys.platform]}-{platform.machine().lower()}"
