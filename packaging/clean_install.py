"""Install the .deb in a Debian that has nothing else, run it there on a screen, remove it, and find nothing left.

    python packaging/clean_install.py FILE.deb        as root; needs debootstrap and Xvfb

The system is made anew each time, in a folder, and goes away with it. It has no Python and no Qt: what the package
forgets to depend on is missing. It has what desktops keep menus, file types and icons with.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import smoke

PROGRAM = "/usr/bin/wsgui"

DESKTOP = ("desktop-file-utils", "hicolor-icon-theme", "shared-mime-info")

MOVING = re.compile(
    r"var/(cache|log|lib/(apt|dpkg|systemd))(/|$)|(proc|tmp|run|dev)/|etc/ld\.so\.cache"
    r"|etc/ssl/certs/|etc/ca-certificates\.conf|usr/local/share/ca-certificates"
)
"""What changes with every package, whatever it is: lists, logs and caches of the system itself."""


def main() -> int:
    """Exit status 0 if everything went well; the line that failed says how."""
    arguments = argparse.ArgumentParser(description="Install, run and remove the .deb in a new Debian.")
    arguments.add_argument("package", type=Path, metavar="FILE.deb")
    arguments.add_argument("--suite", default=_release(), help="the release of Debian (default: %(default)s)")
    asked = arguments.parse_args()
    expected = smoke.said_by_source()
    with tempfile.TemporaryDirectory(prefix="wsgui-debian-") as folder:
        root = Path(folder)
        root.chmod(0o755)
        with _told("a new Debian"):
            _run("debootstrap", "--variant=minbase", f"--include={','.join(DESKTOP)}", asked.suite, folder)
        before = files(root)
        with _told("install"):
            (root / "tmp" / "wsgui.deb").write_bytes(asked.package.read_bytes())
            _apt(root, "install", "/tmp/wsgui.deb")
            (root / "tmp" / "wsgui.deb").unlink()
        if not known(root):
            raise SystemExit("FAILED  the desktop was told neither of the file type nor of the scheme")
        with _told("run"), _screen():
            (root / "tmp" / "expected").write_text(expected, encoding="utf-8")
            check = [sys.executable, smoke.__file__, PROGRAM, "--root", folder, "--expect", f"{folder}/tmp/expected"]
            ran = subprocess.run(check, check=False).returncode
        with _told("remove"):
            _apt(root, "purge", "--auto-remove", "wsgui")
        left = sorted({*(files(root) - before - owned(root)), *known(root)})
    for path in left:
        print(f"FAILED  left behind: /{path}")
    return 1 if ran or left else 0


def files(root: Path) -> set[str]:
    """All files and folders of the system but those that change with every package."""
    found = {path.relative_to(root).as_posix() for path in root.rglob("*")}
    return {path for path in found if "wsgui" in path or not MOVING.match(path)}


def owned(root: Path) -> set[str]:
    """All that belongs to a package that is installed: what another package needs, too, is not removed with ours."""
    lists = (root / "var/lib/dpkg/info").glob("*.list")
    return {line.lstrip("/") for file in lists for line in file.read_text(encoding="utf-8").splitlines()}


def known(root: Path) -> set[str]:
    """The caches of the desktop that still speak of wsgui."""
    caches = [root / "usr/share/applications/mimeinfo.cache", *(root / "usr/share/mime").glob("*")]
    return {path.relative_to(root).as_posix() for path in caches if path.is_file() and b"wsgui" in path.read_bytes()}


def _apt(root: Path, *arguments: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    command = ["chroot", str(root), "apt-get", "-qq", "--yes", "--no-install-recommends", *arguments]
    _run(*command, environment=environment)


def _run(*command: str, environment: dict[str, str] | None = None) -> None:
    """Run quietly; what was said is shown if it fails."""
    done = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"FAILED  {' '.join(command)}\n{done.stdout.decode(errors='replace')}")


@contextmanager
def _screen() -> Iterator[None]:
    """A screen of its own, that only this machine can reach; ``DISPLAY`` says which."""
    number, says = os.pipe()
    command = ["Xvfb", "-displayfd", str(says), "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-ac"]
    server = subprocess.Popen(command, pass_fds=[says], stderr=subprocess.DEVNULL)
    os.close(says)
    try:
        with os.fdopen(number) as told:
            os.environ["DISPLAY"] = f":{told.readline().strip()}"
        yield
    finally:
        os.environ.pop("DISPLAY", None)
        server.terminate()
        server.wait()


@contextmanager
def _told(step: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    print(f"ok      {step} ({time.monotonic() - began:.0f} s)", flush=True)


def _release() -> str:
    found = re.search(r"^VERSION_CODENAME=(\w+)", Path("/etc/os-release").read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else "stable"


if __name__ == "__main__":
    sys.exit(main())
