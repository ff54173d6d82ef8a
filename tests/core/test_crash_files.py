"""The reports and the marks in their folder: private, few, and told about once."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wsgui.core.crash_files import MOST_REPORTS, RunMark, bad_ends, folder, write_report

NOW = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_report_is_its_owners_alone_and_written_over_by_the_next_of_the_run(tmp_path: Path) -> None:
    where = tmp_path / "crashes"
    first = write_report(where, NOW, "the first, which is longer")
    second = write_report(where, NOW, "the second")
    assert first == second
    assert first.read_text(encoding="utf-8") == "the second"
    assert os.name == "nt" or (mode(first), mode(where)) == (0o600, 0o700)


def test_the_oldest_reports_go(tmp_path: Path) -> None:
    for day in range(MOST_REPORTS + 5):
        write_report(tmp_path, NOW + timedelta(days=day), str(day))
    left = sorted(int(path.read_text(encoding="utf-8")) for path in tmp_path.iterdir())
    assert left == list(range(5, MOST_REPORTS + 5))


def test_a_run_that_ends_in_order_leaves_nothing(tmp_path: Path) -> None:
    mark = RunMark(tmp_path)
    assert os.name == "nt" or mode(mark.path) == 0o600
    mark.end()
    assert list(tmp_path.iterdir()) == []
    assert list(bad_ends(tmp_path)) == []


def test_a_program_that_runs_has_not_ended_badly(tmp_path: Path) -> None:
    mark = RunMark(tmp_path)
    mark.say("something")
    assert list(bad_ends(tmp_path)) == []
    assert mark.path.exists()
    mark.end()


@pytest.mark.parametrize(("last_words", "kept"), [("mark.say('it hurts')", True), ("", False)])
def test_a_run_that_was_killed_is_told_of_once(tmp_path: Path, last_words: str, kept: bool) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path; from wsgui.core.crash_files import RunMark\n"
        f"mark = RunMark(Path(sys.argv[1])); {last_words}\nos.kill(os.getpid(), signal.SIGTERM)\n"
    )
    before = datetime.now(UTC)
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False, timeout=60)
    (end,) = bad_ends(tmp_path)
    assert before <= end.began <= datetime.now(UTC)
    assert ("it hurts" in end.text) is kept
    assert end.text.startswith("wsgui ") is kept
    assert [path.suffix for path in tmp_path.iterdir()] == ([".txt"] if kept else [])
    assert list(bad_ends(tmp_path)) == []


def test_there_may_be_no_folder_yet(home: Path) -> None:
    assert not folder().exists()
    assert folder().is_relative_to(home)
    assert list(bad_ends(folder())) == []
