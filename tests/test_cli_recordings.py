"""``wsgui recordings`` and ``wsgui export``, as scripts use them."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.exports.recorded_session import ROWS, record_session
from wsgui.core.past_recording import open_recording
from wsgui.core.recording import Recording, folder


def wsgui(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wsgui", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


def test_lists_what_was_recorded() -> None:
    assert wsgui("recordings").stdout == ""
    path = folder() / "20260101-000000-localhost.sqlite"
    record_session(path).close()
    done = wsgui("recordings")
    assert (done.returncode, done.stderr) == (0, "")
    assert str(path) in done.stdout
    assert f"{len(ROWS)}  " in done.stdout
    assert done.stdout.endswith("http://localhost:3000  Connected\n")


def test_exports_to_the_output(tmp_path: Path) -> None:
    record_session(tmp_path / "a.sqlite").close()
    done = wsgui("export", tmp_path / "a.sqlite", "--filter", "kind:event dir:in")
    assert (done.returncode, done.stderr) == (0, "")
    assert {json.loads(line)["kind"] for line in done.stdout.splitlines()} == {"event"}
    har = wsgui("export", tmp_path / "a.sqlite", "--format", "har")
    assert len(json.loads(har.stdout)["log"]["entries"]) == 5


def test_exports_to_a_file(tmp_path: Path) -> None:
    record_session(tmp_path / "a.sqlite").close()
    done = wsgui("export", tmp_path / "a.sqlite", "--format", "wsgui", "-o", tmp_path / "b.sqlite")
    taken = "wsgui: taken out: Set-Cookie: io ×5, Cookie: a ×5, Cookie: b ×5, auth ×2. --with-secrets leaves them in.\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, "", taken)
    with closing(open_recording(tmp_path / "b.sqlite")) as copy:
        assert copy.count == len(ROWS)


def test_says_what_is_wrong(tmp_path: Path) -> None:
    record_session(tmp_path / "a.sqlite").close()
    for arguments, sentence in (
        ((tmp_path / "b.sqlite",), "There is no file"),
        ((tmp_path / "a.sqlite", "--filter", "kind:evnt"), "did you mean"),
        ((tmp_path / "a.sqlite", "--format", "pdf"), "choose from 'csv', 'har', 'jsonl'"),
    ):
        done = wsgui("export", *arguments)
        assert done.returncode == 2
        assert sentence in done.stderr
        assert done.stdout == ""
    done = wsgui("export", tmp_path / "a.sqlite", "-o", tmp_path / "no" / "b.jsonl")
    assert done.returncode == 1
    assert "was not written (No such file or directory)" in done.stderr


def test_compares_two_recordings(tmp_path: Path) -> None:
    record_session(tmp_path / "a.sqlite").close()
    record_session(tmp_path / "b.sqlite").close()
    done = wsgui("compare", tmp_path / "a.sqlite", tmp_path / "b.sqlite")
    assert (done.returncode, done.stderr) == (0, "")
    assert "= Connecting" in done.stdout
    Recording(tmp_path / "c.sqlite").close()
    done = wsgui("compare", "--differences", tmp_path / "a.sqlite", tmp_path / "c.sqlite")
    assert (done.returncode, done.stderr) == (1, "")
    assert "◀ Connecting" in done.stdout
    done = wsgui("compare", "--markdown", tmp_path / "a.sqlite", tmp_path / "c.sqlite")
    assert "| ◀ Only left | **Connecting** |" in done.stdout
    done = wsgui("compare", tmp_path / "a.sqlite", tmp_path / "no.sqlite")
    assert done.returncode == 2
    assert "There is no file" in done.stderr
