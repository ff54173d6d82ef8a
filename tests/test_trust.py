"""What SECURITY.md promises of files, sockets and secrets: held by looking at what a running program lets be seen."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from tests.net.raw_server import always, raw_server
from tests.test_cli import wsgui
from tests.ui.running import run, until, window
from wsgui.core.records import Kind
from wsgui.core.verification import UNVERIFIED
from wsgui.lab.authority import authority
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO
from wsgui.net.state import State

ROOT = Path(__file__).resolve().parent.parent
only_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
only_linux = pytest.mark.skipif(sys.platform != "linux", reason="the sockets of a process are seen in /proc")
SECRET = "planted-7f3a"


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_what_the_page_names_is_there() -> None:
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:wsgui|tests|benchmarks|packaging)/[\w./]+)`", page)
    assert len(named) > 30
    assert [
        name
        for name in named
        if not (ROOT / name).exists() and name not in ("wsgui/recordings", "wsgui/crashes", "wsgui/wsgui.ini")
    ] == []


# Files


@only_posix
def test_what_the_window_writes_is_for_its_owner_alone(qapp: QApplication, home: Path) -> None:
    async def body() -> None:
        async with raw_server(always("404 Not Found")) as url, window() as shown:
            shown.tab.connect_to(f"{url}/?token={SECRET}")
            await until(lambda: shown.tab.recording is not None, "a recording")
            await until(lambda: bool(shown.tab.records()), "a record")
            shown.settings.remember_url(f"{url}/?token={SECRET}")
            shown.settings._store.sync()
            check_modes(home)
            shown.tab.stop()
            await until(lambda: shown.tab.status.state is State.CLOSED, "the end")
        check_modes(home)

    mask = os.umask(0o000)  # the most careless one
    try:
        run(qapp, body)
    finally:
        os.umask(mask)


def check_modes(home: Path) -> None:
    files = [path for path in home.rglob("*") if path.is_file() and "wsgui" in path.parts]
    assert {path.suffix for path in files} >= {".ini", ".sqlite"}
    assert {path.name: oct(mode(path)) for path in files if mode(path) != 0o600} == {}
    assert {path.parent.name: oct(mode(path.parent)) for path in files if mode(path.parent) != 0o700} == {}
    assert [path.name for path in home.rglob("*") if SECRET in path.name] == []


@only_posix
def test_settings_that_were_open_to_all_are_closed(qapp: QApplication, home: Path) -> None:
    folder = home / "config" / "wsgui"
    folder.mkdir(mode=0o755, parents=True)
    file = folder / "wsgui.ini"
    file.write_text("[General]\nlanguage=en\n", encoding="utf-8")
    file.chmod(0o644)

    async def body() -> None:
        async with window() as shown:
            assert shown.settings.language == "en"

    run(qapp, body)
    assert (mode(file), mode(folder)) == (0o600, 0o700)


def test_no_log_is_written_to_a_file() -> None:
    for file in (ROOT / "wsgui").rglob("*.py"):
        assert not re.search(r"FileHandler|basicConfig\([^)]*filename", file.read_text(encoding="utf-8")), file


# Sockets


def listening(pid: int) -> set[str]:
    """The addresses at which a process listens, over TCP, as ``/proc`` writes them: in hexadecimal."""
    inodes = {str(link.readlink()) for link in links(pid)}
    found = set()
    for table in ("tcp", "tcp6"):
        for row in Path(f"/proc/{pid}/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            _number, local, _remote, state, *_more = row.split()
            inode = row.split()[9]
            if state == "0A" and f"socket:[{inode}]" in inodes:
                found.add(local.partition(":")[0])
    return found


def links(pid: int) -> Iterator[Path]:
    for link in Path(f"/proc/{pid}/fd").iterdir():
        if link.is_symlink():
            yield link


def arguments(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").split("\0")


def children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(word) for task in tasks for word in (task / "children").read_text(encoding="ascii").split()]


@only_linux
def test_only_the_lab_listens_on_loopback_and_while_it_is_wanted(qapp: QApplication) -> None:
    me, before = os.getpid(), children(os.getpid())

    async def body() -> None:
        async with window() as shown:
            assert listening(me) == set()
            shown.start_demo()
            await until(lambda: shown.tab.status.state is State.CONNECTED, "the connection")
            (lab,) = set(children(me)) - set(before)
            assert listening(me) == set()
            assert listening(lab) == {"0100007F"}  # 127.0.0.1, its bytes backwards
            assert "lab" in arguments(lab)
            assert not any("://" in word for word in arguments(lab))
        assert set(children(me)) - set(before) == set()

    run(qapp, body)


# Secrets


def test_a_title_has_no_secret(qapp: QApplication) -> None:
    async def body() -> None:
        async with raw_server(always("404 Not Found")) as url, window() as shown:
            shown.tab.connect_to(f"{url.replace('://', f'://me:{SECRET}@')}/admin?token={SECRET}")
            await until(lambda: "127.0.0.1" in shown.windowTitle(), "the title")
            titles = [shown.windowTitle(), *(shown.tabs.tabText(index) for index in range(shown.tabs.count()))]
            assert [title for title in titles if SECRET in title] == []
            shown.tab.stop()
            await until(lambda: shown.tab.status.state is State.CLOSED, "the end")

    run(qapp, body)


async def test_what_goes_wrong_is_told_without_secrets_on_stderr() -> None:
    options = json.dumps({"auth": {"token": SECRET}, "extraHeaders": {"Authorization": SECRET}, "reconnection": False})
    async with raw_server(always("500 Oops", SECRET)) as url:
        for words in (("connect",), ("check",)):
            done = await wsgui(*words, f"{url}/?token={SECRET}", "--options", options, "--json")
            assert done.returncode == 1
            assert done.stderr == ""


def test_a_crash_tells_no_values(home: Path) -> None:
    # The trace has the lines of the source; what variables held is not in it.
    program = (
        "from wsgui.core.option_file import read_options\n"
        "import wsgui.core.option_file as module\n"
        "module.check_values = lambda values: 1 / 0\n"
        f'read_options(\'{{"auth": {{"token": "{SECRET}"}}}}\')\n'
    )
    done = subprocess.run([sys.executable], input=program, capture_output=True, text=True, check=False, cwd=ROOT)
    assert "ZeroDivisionError" in done.stderr
    assert SECRET not in done.stderr


# TLS


async def test_the_log_says_first_that_nobody_checks_the_certificate() -> None:
    async with serve_engine(Engine(SocketIO), tls=authority().server().context()) as url:
        words = ("--options", '{"rejectUnauthorized": false}', "--for", "0.5", "--json")
        done = await wsgui("connect", url, *words)
        assert UNVERIFIED in [json.loads(line)["text"] for line in done.stdout.splitlines()]
        done = await wsgui("connect", url, "--options", json.dumps({"ca": str(authority().file)}), *words[2:])
        assert UNVERIFIED not in done.stdout
        assert done.returncode == 0
        done = await wsgui("connect", url, "--options", '{"reconnection": false}', "--json")
        assert done.returncode == 1  # verified, unless it is switched off


async def test_the_report_says_that_nobody_checks_the_certificate() -> None:
    async with serve_engine(Engine(SocketIO), tls=authority().server().context()) as url:
        options = {"rejectUnauthorized": False, "ca": str(authority().file)}
        done = await wsgui("check", url, "--options", json.dumps(options), "--json")
    finding = next(each for each in json.loads(done.stdout)["findings"] if each["id"] == "certificate-trusted")
    assert finding["status"] == "warn"
    assert "the options do not check it" in finding["summary"]


def test_the_window_shows_in_red_that_nobody_checks_the_certificate(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve_engine(Engine(SocketIO), tls=authority().server().context()) as url, window() as shown:
            tab = shown.tab
            label = tab.findChild(QLabel, "unverifiedLabel")
            assert isinstance(label, QLabel)
            assert not label.isVisible()
            tab.options.set_values({"rejectUnauthorized": False})
            tab.connect_to(url)
            await until(lambda: tab.status.state is State.CONNECTED, "the connection")
            assert label.isVisible()
            assert label.property("pill") == "bad"
            assert UNVERIFIED in [record.fact("text") for record in tab.records() if record.kind is Kind.NOTE]
            tab.stop()
            await until(lambda: tab.status.state is State.CLOSED, "the end")
            tab.options.set_values({"ca": str(authority().file)})
            tab.connect_to(url)
            await until(lambda: tab.status.state is State.CONNECTED, "the connection")
            assert not label.isVisible()
            await asyncio.sleep(0)

    run(qapp, body)
