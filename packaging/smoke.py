"""Run the program that was built, as its user will, and hold it against the source that it was built from.

    python packaging/smoke.py PROGRAM                       what the source says is asked of the source itself
    python packaging/smoke.py PROGRAM --expect FILE         or was written to a file: `wsgui --selftest > FILE`

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
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 300

SYSTEM = ("PATH", "SYSTEMROOT", "WINDIR", "COMSPEC", "TEMP", "TMP", "LC_ALL", "LANG")
SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "QT_QPA_PLATFORM")
HOMES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
"""The environment that the program is given: of ours the first two, and for the last an empty folder."""

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
    asked = arguments.parse_args()
    program = [str(asked.program.absolute())]
    expected = asked.expect.read_text(encoding="utf-8") if asked.expect else said_by_source()
    checks: dict[str, Callable[[], None]] = {
        "self-test": lambda: same_selftest(program, expected),
        "command line": lambda: runs_commands(program),
        "demonstration": lambda: shows_demo(program),
    }
    failed = 0
    for name, check in checks.items():
        try:
            check()
        except (SmokeError, subprocess.TimeoutExpired) as error:
            failed += 1
            print(f"FAILED  {name}\n{error}", flush=True)
        else:
            print(f"ok      {name}", flush=True)
    print(f"{len(checks) - failed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def said_by_source() -> str:
    """What the self-test prints when it is run from the checkout."""
    ran = run([sys.executable, "-m", "wsgui"], "--selftest", screen=False, folder=ROOT)
    if ran.returncode or ran.stderr:
        raise SystemExit(f"the self-test of the source fails:\n{ran.stdout}{ran.stderr}")
    return ran.stdout


def same_selftest(program: Sequence[str], expected: str) -> None:
    """The self-test, on this screen if there is one."""
    if not expected.endswith(LAST):
        raise SmokeError(f"the self-test of the source has failed:\n{expected}")
    ran = run(program, "--selftest", screen=True)
    lines = difflib.unified_diff(expected.splitlines(), ran.stdout.splitlines(), "source", "program", lineterm="")
    if difference := "\n".join(lines):
        raise SmokeError(f"{difference}\n{ran.stderr}")
    silent_success(ran)


def runs_commands(program: Sequence[str]) -> None:
    """The commands that need no window; also that what is not ASCII comes through, whatever the system's code page."""
    for arguments in (["--version"], ["--help"], ["connect", "--help"], ["check", "--help"], ["recordings"]):
        silent_success(run(program, *arguments))
    listed = run(program, "lab", "--list", "--json")
    silent_success(listed)
    if len(listed.stdout.splitlines()) < 100:
        raise SmokeError(f"the list of faults is short:\n{listed.stdout}")
    wrong = run(program, "connect", "http://localhost:1", "--emit", "событие", "{")
    if wrong.returncode != 2 or "событие" not in wrong.stderr:
        raise SmokeError(f"exit status {wrong.returncode}, not 2:\n{wrong.stdout}{wrong.stderr}")


def shows_demo(program: Sequence[str]) -> None:
    """The demonstration without a screen: it connects, diagnoses, and saves a picture of the window."""
    with tempfile.TemporaryDirectory() as folder:
        ran = run(program, "--demo", screen=False, folder=Path(folder))
        if ran.returncode:
            raise SmokeError(f"exit status {ran.returncode}:\n{ran.stdout}{ran.stderr}")
        if not (Path(folder) / "wsgui-demo.png").is_file():
            raise SmokeError(f"there is no picture:\n{ran.stdout}{ran.stderr}")


def run(program: Sequence[str], *arguments: str, screen: bool = False, folder: Path | None = None) -> Ran:
    """Run it with an empty home, and nothing in its environment that a user's would not have."""
    with tempfile.TemporaryDirectory() as home:
        kept = (*SYSTEM, *SCREEN) if screen else SYSTEM
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        environment |= dict.fromkeys(HOMES, home)
        if not screen:
            environment["QT_QPA_PLATFORM"] = "offscreen"
        if "LANG" not in environment and "LC_ALL" not in environment:
            environment["LC_ALL"] = "C.UTF-8"
        return subprocess.run(
            [*program, *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="backslashreplace",
            timeout=PATIENCE_SECONDS,
            check=False,
        )


def silent_success(ran: Ran) -> None:
    """Exit status 0, and not a word on standard error."""
    if ran.returncode or ran.stderr:
        raise SmokeError(f"{ran.args}: exit status {ran.returncode}\n{ran.stdout}{ran.stderr}")


if __name__ == "__main__":
    sys.exit(main())
