"""Run the program that was built, as its user will, and hold it against the source that it was built from.

    python packaging/smoke.py PROGRAM                       what the source says is asked of the source itself
    python packaging/smoke.py PROGRAM --expect FILE         or was written to a file: `wsgui --selftest > FILE`
    python packaging/smoke.py PROGRAM --root FOLDER         in a system of its own, without rights (Linux, root)

``PROGRAM --selftest`` must say the same, word for word, and nothing else: no warning, no message of Qt, no log line.
Standard library only, so that it runs on a system that has nothing but a Python. Exit status 0 if all is well.
"""

from __future__ import annotations

import argparse
import difflib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 300

SYSTEM = ("PATH", "SYSTEMROOT", "WINDIR", "COMSPEC", "TEMP", "TMP", "LC_ALL", "LANG")
SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "QT_QPA_PLATFORM")
HOMES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
"""The environment that the program is given: of ours the first two, and for the last an empty folder."""

MAY_LACK_SCREEN = sys.platform == "linux"
"""Elsewhere there is always one, and the program is tried on that."""

LAST = "works\n"
"""The last line of a self-test in which all went well."""

Ran = subprocess.CompletedProcess[str]


class SmokeError(Exception):
    """The program did something else than it should. The message shows what."""


def main() -> int:
    """Run each check; say which fails, and how."""
    arguments = argparse.ArgumentParser(description="Run the built program and hold it against its source.")
    arguments.add_argument("program", type=Path)
    arguments.add_argument("--expect", type=Path, metavar="FILE", help="what the self-test of the source has printed")
    arguments.add_argument("--root", type=Path, metavar="FOLDER", help="the system that the program is installed in")
    asked = arguments.parse_args()
    place = Place(asked.root)
    program = [str(asked.program if asked.root else asked.program.absolute())]
    expected = asked.expect.read_text(encoding="utf-8") if asked.expect else said_by_source()
    checks: dict[str, Callable[[], None]] = {
        "self-test": lambda: same_selftest(place, program, expected),
        "command line": lambda: runs_commands(place, program),
    }
    if MAY_LACK_SCREEN:
        checks["demonstration"] = lambda: shows_demo(place, program)
    failed = 0
    for name, check in checks.items():
        try:
            check()
        except (SmokeError, subprocess.TimeoutExpired) as error:
            failed += 1
            print(f"FAILED  {name}\n{error}", flush=True)
        else:
            print(f"ok      {name}", flush=True)
    return 1 if failed else 0


class Place:
    """Where the program runs: here, or in a system that lies in the folder ``root``."""

    def __init__(self, root: Path | None = None) -> None:
        self._root = root

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """An empty folder that the program can write to."""
        with tempfile.TemporaryDirectory(dir=self._root and self._root / "tmp") as name:
            Path(name).chmod(0o777)
            yield Path(name)

    def run(self, program: Sequence[str], *arguments: str, screen: bool = False, folder: Path | None = None) -> Ran:
        """Run it with an empty home, and nothing in its environment that a user's would not have."""
        with self.folder() as home:
            environment = {name: os.environ[name] for name in (*SYSTEM, *SCREEN) if name in os.environ}
            if not screen and MAY_LACK_SCREEN:
                environment = {name: environment[name] for name in SYSTEM if name in environment}
                environment["QT_QPA_PLATFORM"] = "offscreen"
            environment |= dict.fromkeys(HOMES, self._within(home))
            if not {"LANG", "LC_ALL"} & environment.keys():
                environment["LC_ALL"] = "C.UTF-8"
            return subprocess.run(
                [*self._enter(folder or home), *program, *arguments],
                cwd=None if self._root else folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="backslashreplace",
                timeout=PATIENCE_SECONDS,
                check=False,
            )

    def _enter(self, folder: Path) -> list[str]:
        """What goes into the system, with a /proc of its own that is gone afterwards, and gives all rights away."""
        if self._root is None:
            return []
        script = 'mount -t proc proc "$1/proc" && shift && exec chroot --userspec=65534:65534 "$@"'
        enter = ["unshare", "--mount", "sh", "-c", script, "sh", str(self._root), str(self._root)]
        return [*enter, "env", f"--chdir={self._within(folder)}"]

    def _within(self, folder: Path) -> str:
        return f"/{folder.relative_to(self._root)}" if self._root else str(folder)


def said_by_source() -> str:
    """What the self-test prints when it is run from the checkout."""
    ran = Place().run([sys.executable, "-m", "wsgui"], "--selftest", folder=ROOT)
    if ran.returncode or ran.stderr:
        raise SystemExit(f"the self-test of the source fails:\n{ran.stdout}{ran.stderr}")
    return ran.stdout


def same_selftest(place: Place, program: Sequence[str], expected: str) -> None:
    """The self-test, on this screen if there is one."""
    if not expected.endswith(LAST):
        raise SmokeError(f"the self-test of the source has failed:\n{expected}")
    ran = place.run(program, "--selftest", screen=True)
    lines = difflib.unified_diff(expected.splitlines(), ran.stdout.splitlines(), "source", "program", lineterm="")
    if difference := "\n".join(lines):
        raise SmokeError(f"{difference}\n{ran.stderr}")
    silent_success(ran)


def runs_commands(place: Place, program: Sequence[str]) -> None:
    """The commands that need no window; also that what is not ASCII comes through, whatever the system's code page."""
    for arguments in (["--version"], ["--help"], ["connect", "--help"], ["check", "--help"], ["recordings"]):
        silent_success(place.run(program, *arguments))
    listed = place.run(program, "lab", "--list", "--json")
    silent_success(listed)
    if len(listed.stdout.splitlines()) < 100:
        raise SmokeError(f"the list of faults is short:\n{listed.stdout}")
    wrong = place.run(program, "connect", "http://localhost:1", "--emit", "событие", "{")
    if wrong.returncode != 2 or "событие" not in wrong.stderr:
        raise SmokeError(f"exit status {wrong.returncode}, not 2:\n{wrong.stdout}{wrong.stderr}")


def shows_demo(place: Place, program: Sequence[str]) -> None:
    """The demonstration without a screen: it connects, diagnoses, and saves a picture of the window."""
    with place.folder() as folder:
        ran = place.run(program, "--demo", folder=folder)
        if ran.returncode:
            raise SmokeError(f"exit status {ran.returncode}:\n{ran.stdout}{ran.stderr}")
        if not (folder / "wsgui-demo.png").is_file():
            raise SmokeError(f"there is no picture:\n{ran.stdout}{ran.stderr}")


def silent_success(ran: Ran) -> None:
    """Exit status 0, and not a word on standard error."""
    if ran.returncode or ran.stderr:
        raise SmokeError(f"{ran.args}: exit status {ran.returncode}\n{ran.stdout}{ran.stderr}")


if __name__ == "__main__":
    sys.exit(main())
