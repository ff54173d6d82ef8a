"""Make this checkout ready to run: what is missing is installed, and what is there is left alone.

``make`` calls this before everything else; the second time it finds nothing to do. Standard library only, and
readable by an old Python, because the first thing it has to say may be that the Python is too old.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = str(VENV / "bin" / "python")
INTEROP = ROOT / "tests" / "interop"

SUPPORTED = ("3.11", "3.12", "3.13", "3.14")

CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")

LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    # Only for a window on X11; Qt aborts without them.
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt loads from the system -> the Debian package that has it. Newer releases know these names as aliases."""

PROGRAMS = {
    "tinyproxy": "tinyproxy-bin",
    "microsocks": "microsocks",
    "danted": "dante-server",
    "libnss_wrapper.so": "libnss-wrapper",  # gives Dante users and passwords of its own
    "squid": "squid-openssl",
    "nginx": "nginx-light",
    "haproxy": "haproxy",
    "apache2": "apache2-bin",
    "chromium": "chromium",
}
"""The proxies and the browser that the tests use, programs or libraries -> the Debian package that has it.

Some bring a service, too. It is not started: the tests start their own, on loopback."""

POLICY = "/usr/sbin/policy-rc.d"
"""What Debian asks whether a service may be started."""

INSTALLERS = {"makensis": "nsis", "icupkg": "icu-devtools", "objcopy": "binutils"}
"""What the tests make parts of the packages with -> the Debian package that has it."""

PACKAGING = {
    "dpkg-shlibdeps": "dpkg-dev",
    "lintian": "lintian",
    "desktop-file-validate": "desktop-file-utils",
    "appstreamcli": "appstream",
    "debootstrap": "debootstrap",
    "Xvfb": "xvfb",
}
"""What the .deb is made and tried with -> the Debian package that has it."""


def main() -> int:
    """Do what is left to do. Exit status 1 if wsgui could not run afterwards."""
    arguments = argparse.ArgumentParser(description="Make this checkout ready to run.")
    arguments.add_argument(
        "--node",
        action="store_true",
        help="also what the tests against Node.js servers, real proxies and a browser need",
    )
    arguments.add_argument("--package", action="store_true", help="also what the .deb is made and tried with")
    arguments.add_argument("--only-system", action="store_true", help="only what comes from apt")
    options = arguments.parse_args()
    with_node = options.node

    python = find_python()
    if python is None:
        asked = os.environ.get("PYTHON", "python3")
        oldest, newest = SUPPORTED[0], SUPPORTED[-1]
        return fail(f"wsgui needs Python {oldest} to {newest}, not {asked}. To name one: make demo PYTHON=python3.12")
    packages = missing_libraries() + missing_venv(python)
    packages += missing_node() + missing_programs(PROGRAMS | INSTALLERS) if with_node else []
    packages += missing_programs(PACKAGING | INSTALLERS) if options.package else []
    if packages and not apt_install(packages):
        names = " ".join(packages)
        how = f"as root: apt-get install {names}" if shutil.which("apt-get") else "Debian's names for it"
        say(f"Missing on this machine: {names} ({how})")
    if options.only_system:
        return 0
    if missing_venv(python):
        return 1
    if not make_venv(python):
        return fail("The Python packages could not be installed; the lines above say why. `make clean` starts afresh.")
    if packages and not succeeds(VENV_PYTHON, "-c", "import PySide6.QtWidgets"):
        return fail("Qt cannot be loaded without the libraries named above.")
    if with_node and not missing_node() and not install_node_packages():
        return fail("npm could not install the servers for tests/interop; the lines above say why.")
    return 0


def find_python() -> str | None:
    """A Python of a supported version: the one asked for in ``PYTHON``, or the first that is there."""
    found = [VENV_PYTHON, sys.executable, "python3.13", "python3.12", "python3.11", "python3.14"]
    asked = os.environ.get("PYTHON")
    return next((python for python in ([asked] if asked else found) if version(python) in SUPPORTED), None)


def version(python: str) -> str:
    """``3.12``, or nothing if there is no such Python."""
    command = [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""


def missing_libraries() -> list[str]:
    """The packages with what Qt and TLS need of the system and cannot find there."""
    if sys.platform != "linux":
        return []
    missing = [package for library, package in LIBRARIES.items() if not loads(library)]
    return missing if CERTIFICATES.exists() or not shutil.which("apt-get") else [*missing, "ca-certificates"]


def missing_venv(python: str) -> list[str]:
    """Debian ships Python without the part that makes virtual environments."""
    if python == VENV_PYTHON or succeeds(python, "-c", "import ensurepip"):
        return []
    return [f"python{version(python)}-venv"]


def missing_node() -> list[str]:
    """Node.js and its package installer, if they are not on the path."""
    return [package for command, package in (("node", "nodejs"), ("npm", "npm")) if not shutil.which(command)]


def missing_programs(programs: dict[str, str]) -> list[str]:
    """The packages of what is not there, where there is apt; elsewhere the tests that need it are skipped aloud."""
    if not shutil.which("apt-get"):
        return []
    return [package for name, package in programs.items() if not is_there(name)]


def is_there(name: str) -> bool:
    """Whether there is a program, or a library, of that name; what Debian keeps for root counts."""
    if ".so" in name:
        return loads(name)
    return shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin") is not None


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages, if there is apt and this user may."""
    if not shutil.which("apt-get"):
        return False
    rights: tuple[str, ...] = ()
    if os.geteuid() != 0:
        # To be asked for a password is right where somebody sits who can type one.
        rights = ("sudo",) if sys.stdin.isatty() else ("sudo", "-n")
        if not shutil.which("sudo") or not (sys.stdin.isatty() or succeeds(*rights, "true")):
            return False
    say(f"Installing with apt: {' '.join(packages)}")
    apt = (*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0")
    runs(*apt, "update")  # one dead source among several does no harm, and if it does, the next line tells
    forbid = f"test ! -e {POLICY} && printf '#!/bin/sh\\nexit 101\\n' >{POLICY} && chmod 755 {POLICY}"
    forbidden = succeeds(*rights, "sh", "-c", forbid)  # where somebody has a policy already, that one is asked
    try:
        return runs(*apt, "install", "--no-install-recommends", *packages, quiet=True)
    finally:
        if forbidden:
            runs(*rights, "rm", "-f", POLICY)


def make_venv(python: str) -> bool:
    """The virtual environment with wsgui and its tests. Nothing to do if what it was made from is as it was."""
    stamp = VENV / ".ready"
    wanted = f"{ROOT} {version(python)} {digest(ROOT / 'pyproject.toml')}"
    if stamp.exists() and stamp.read_text() == wanted:
        return True
    say("Installing the Python packages into .venv: some 100 MB, the first time")
    if python != VENV_PYTHON and not runs(python, "-m", "venv", "--clear", str(VENV)):
        shutil.rmtree(VENV, ignore_errors=True)  # half of one would pass for a whole one the next time
        return False
    pip = (VENV_PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    dependency_groups = "pip>=25.1"  # the first that knows them
    if not (runs(*pip, "--upgrade", dependency_groups) and runs(*pip, "--editable", ".", "--group", "dev")):
        return False
    stamp.write_text(wanted)
    return True


def install_node_packages() -> bool:
    """The servers of tests/interop, exactly as the lock file says."""
    stamp = INTEROP / "node_modules" / ".ready"
    wanted = digest(INTEROP / "package-lock.json")
    if stamp.exists() and stamp.read_text() == wanted:
        return True
    say("Installing the servers for tests/interop with npm")
    if not runs("npm", "ci", "--no-audit", "--no-fund", "--prefix", str(INTEROP)):
        return False
    stamp.write_text(wanted)
    return True


def loads(library: str) -> bool:
    """Whether the dynamic loader finds the library, which is the question Qt will ask."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def runs(*command: str, quiet: bool = False) -> bool:
    """Run a command in this checkout; whether it succeeded. What it has to complain of is shown even if ``quiet``."""
    stdout = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, cwd=ROOT, stdout=stdout, check=False).returncode == 0


def succeeds(*command: str) -> bool:
    """Run a command for its exit status alone."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def digest(path: Path) -> str:
    """What the file holds, in short."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def say(line: str) -> None:
    """One line for the person who typed ``make``, in order with what the programs started here print."""
    print(line, flush=True)


def fail(line: str) -> int:
    """Say why this cannot go on; the exit status for it."""
    say(line)
    return 1


if __name__ == "__main__":
    sys.exit(main())
