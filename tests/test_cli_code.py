"""``wsgui code``, as scripts use it, and how links and profiles come to the window."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from wsgui import app
from wsgui.__main__ import main


def wsgui(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wsgui", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


def test_code_is_printed() -> None:
    options = '{"path": "/io"}'
    done = wsgui("code", "http://a/b", "--options", options, "--namespace", "c", "--emit", "say", "[1]")
    assert (done.returncode, done.stderr) == (0, "")
    for part in ('io("http://a/b", {', 'path: "/io"', 'socket.io.socket("/c")', 'emitWithAck("say", 1)'):
        assert part in done.stdout


def test_code_is_saved(tmp_path: Path) -> None:
    arguments = ("code", "ws://a/b", "--protocol", "websocket", "--send", "hi", "--format", "python_program")
    done = wsgui(*arguments, "-o", tmp_path / "a.py")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "await connection.send('hi')" in (tmp_path / "a.py").read_text(encoding="utf-8")
    done = wsgui(*arguments, "-o", tmp_path / "none" / "a.py")
    assert done.returncode == 1
    assert "was not written (No such file" in done.stderr


def test_what_cannot_be_written_is_said() -> None:
    done = wsgui("code", "ws://a", "--protocol", "websocket", "--format", "artillery_scenario")
    assert (done.returncode, done.stderr) == (1, "wsgui: Artillery scenario cannot speak this protocol.\n")
    assert wsgui("code", "a").returncode == 2
    assert wsgui("code", "http://a", "--format", "cobol").returncode == 2


@pytest.mark.parametrize("word", ["wsgui://connect#e30", "WSGUI:x", "file:///a/b.wsgui", "some room.wsgui"])
def test_links_and_profiles_open_the_window(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    opened: list[str] = []

    def open_window(argv: list[str], *, demo: bool, asked: str, opened: str, seen: list[str] = opened) -> int:
        seen.append(opened)
        return 0

    monkeypatch.setattr(app, "main", open_window)
    assert main([word]) == 0
    assert opened == [word]
