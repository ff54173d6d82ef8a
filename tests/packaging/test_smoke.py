"""The smoke test is passed by a program that does as its source, and by no other."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import smoke

SAID = "version: 1\nworks\n"


@pytest.fixture
def place() -> smoke.Place:
    return smoke.Place()


def program(tmp_path: Path, does: str) -> list[str]:
    (tmp_path / "program.py").write_text(f"import sys\n{does}\n", encoding="utf-8")
    return [sys.executable, str(tmp_path / "program.py")]


def test_the_same_passes(place: smoke.Place, tmp_path: Path) -> None:
    smoke.same_selftest(place, program(tmp_path, f"sys.stdout.write({SAID!r})"), SAID)


@pytest.mark.parametrize(
    "does",
    [
        "sys.stdout.write('version: 2\\nworks\\n')",
        "sys.stdout.write('version: 1\\n')",
        f"sys.stdout.write('more\\n' + {SAID!r})",
        f"sys.stdout.write({SAID!r}); sys.stderr.write('qt.something: a warning\\n')",
        f"sys.stdout.write({SAID!r}); sys.exit(1)",
        "sys.exit(0)",
    ],
)
def test_anything_else_fails(place: smoke.Place, tmp_path: Path, does: str) -> None:
    with pytest.raises(smoke.SmokeError):
        smoke.same_selftest(place, program(tmp_path, does), SAID)


def test_a_source_that_fails_is_no_measure(place: smoke.Place, tmp_path: Path) -> None:
    failed = "FAILED  lab: it did not start\ndoes not work\n"
    with pytest.raises(smoke.SmokeError, match="source has failed"):
        smoke.same_selftest(place, program(tmp_path, f"sys.stdout.write({failed!r})"), failed)


def test_the_home_is_empty_and_ours_is_not_told(
    place: smoke.Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    asks = "import os; print(os.listdir(os.environ['HOME']), 'SECRET_TOKEN' in os.environ)"
    assert place.run(program(tmp_path, asks)).stdout == "[] False\n"
