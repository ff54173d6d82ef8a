"""The package for Debian and Ubuntu: the program in /usr/lib, and everything that makes it at home on a desktop.

No script runs when it is installed or removed: what the desktop must know lies in files, and dpkg's triggers read them.
So nothing is left when it is removed.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import elf
import icons
import product

LINUX = product.PACKAGING / "linux"
PRIVATE = "usr/lib/wsgui"
GUIDE = "_internal/wsgui/guide"
"""Where the program has its guide; a reader of the system's documentation finds it, too."""


def make(program: Path, target: Path) -> Path:
    """Pack the program's folder; the file is put into ``target``. Needs dpkg-dev."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "wsgui"
        lay_out(program, root)
        architecture = _said("dpkg", "--print-architecture")
        write_control(root, architecture)
        file = target / f"wsgui_{product.VERSION}_{architecture}.deb"
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--build", root, file],
            stdout=subprocess.DEVNULL,
            check=True,
        )
    return file


def lay_out(program: Path, root: Path) -> None:
    """All files of the package, where they will lie."""
    shutil.copytree(program, root / PRIVATE, symlinks=True)
    _leave_to_system(root / PRIVATE)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/wsgui").symlink_to("../lib/wsgui/wsgui")
    share = root / "usr/share"
    write_desktop_files(share)
    product.write(LINUX / "copyright.in", share / "doc/wsgui/copyright")
    _write_gz(share / "doc/wsgui/CHANGELOG.md.gz", (product.ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    _write_gz(share / "doc/wsgui/changelog.gz", product.fill(LINUX / "changelog.in"))
    _write_gz(share / "man/man1/wsgui.1.gz", product.fill(LINUX / "wsgui.1.in"))
    (share / "doc/wsgui/guide").symlink_to(f"../../../lib/wsgui/{GUIDE}")
    overrides = share / "lintian/overrides/wsgui"
    overrides.parent.mkdir(parents=True)
    shutil.copy(LINUX / "lintian-overrides", overrides)
    for path in root.rglob("*"):
        if path.is_symlink():
            continue
        runs = path.is_dir() or path == root / PRIVATE / "wsgui"
        path.chmod(0o755 if runs else 0o644)


def write_desktop_files(share: Path) -> None:
    """What a Linux desktop wants to know: menu entry, file type, description, icons. Below ``share``."""
    product.write(LINUX / "wsgui.desktop.in", share / "applications/wsgui.desktop")
    product.write(LINUX / "wsgui.mime.xml.in", share / "mime/packages/wsgui.xml")
    product.write(LINUX / "wsgui.metainfo.xml.in", share / f"metainfo/{product.BUNDLE}.metainfo.xml")
    icons.write_hicolor(share / "icons/hicolor")


def write_control(root: Path, architecture: str) -> None:
    """The facts that dpkg reads: dependencies as the libraries have them, size, digests."""
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    size = sum(-(-path.stat().st_size // 1024) for path in files)
    control = root / "DEBIAN"
    control.mkdir()  # by which dpkg-shlibdeps knows the package's own libraries
    facts = {"architecture": architecture, "size": str(size), "depends": ", ".join(_dependencies(root))}
    (control / "control").write_text(product.fill(LINUX / "control.in", **facts), encoding="utf-8")
    sums = [f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root)}\n" for path in files]
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")


def _leave_to_system(private: Path) -> None:
    """Away with the libraries that the system has in packages: those get its security fixes."""
    for path in sorted((private / "_internal").glob("lib*.so*")):
        owned = subprocess.run(["dpkg", "--search", f"*/{path.name}"], capture_output=True, check=False)
        if owned.returncode == 0 and not path.name.startswith("libpython"):
            path.unlink()


def _dependencies(root: Path) -> list[str]:
    """The packages with the libraries that the program loads, and what it reads."""
    # The theme of GTK is used where GTK is, and must not bring it along.
    asked = [path for path in elf.files(root / PRIVATE) if path.name != "libqgtk3.so"]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "debian").mkdir()
        (Path(folder) / "debian" / "control").write_text("Source: wsgui\n\nPackage: wsgui\nArchitecture: any\n")
        places = sorted({f"-l{path.parent}" for path in asked if path.name.startswith("lib")})
        own = ("--warnings=0", "--ignore-missing-info")
        found = _said("dpkg-shlibdeps", "-O", *own, *places, *(f"-e{path}" for path in asked), cwd=folder)
    return sorted({*found.removeprefix("shlibs:Depends=").split(", "), "ca-certificates"})


def _write_gz(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def _said(*command: str | os.PathLike[str], cwd: str | None = None) -> str:
    return subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
