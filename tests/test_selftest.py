"""``wsgui --selftest`` passes where everything is there, says which part is not, and leaves no doubt in its status."""

from __future__ import annotations

import subprocess
import sys

LOSE = """
import sys
from wsgui.cli import selftest

def lost(): raise AssertionError("no format: this program was packed without its formats")
selftest.formats = lost
selftest._connections = selftest._diagnoses = lambda: []
sys.exit(selftest.main())
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, timeout=100, check=False)


def test_a_whole_program_works() -> None:
    ran = run("-m", "wsgui", "--selftest")
    assert ran.stderr == ""
    assert ran.stdout.endswith("\nworks\n")
    assert ran.returncode == 0
    for said in ("polling: polling, answered", "upgrade: polling, websocket, answered", "plain websocket: websocket,"):
        assert said in ran.stdout


def test_says_what_was_lost() -> None:
    ran = run("-c", LOSE)
    assert "FAILED  exports: AssertionError: no format" in ran.stdout
    assert ran.stdout.endswith("\ndoes not work\n")
    assert ran.returncode == 1
