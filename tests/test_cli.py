"""The command line, as scripts use it: a process, its output, its exit status."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from wsgui import cli
from wsgui.lab.process import lab_process

PATIENCE_SECONDS = 30


@pytest_asyncio.fixture
async def url() -> AsyncIterator[str]:
    async with lab_process() as lab:
        yield lab


async def wsgui(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wsgui", *arguments]
    return await asyncio.to_thread(
        subprocess.run, command, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )


async def test_connect_prints_json_lines(url: str) -> None:
    done = await wsgui("connect", url, "--emit", "sum", "[1, 2]", "--for", "1.2", "--json")
    assert done.stderr == ""
    assert done.returncode == 0
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    for line in lines:
        assert {"seq", "t", "direction", "kind", "text"} <= line.keys()
    kinds = {line["kind"] for line in lines}
    assert {"state", "http", "transport", "ws_open", "upgrade", "connect", "event", "ack", "disconnect"} <= kinds
    by_kind = {line["kind"]: line for line in reversed(lines)}
    assert by_kind["transport"]["transport"] == "polling"
    assert by_kind["transport"]["url"].startswith(url)
    assert by_kind["upgrade"]["transport"] == "websocket"
    assert by_kind["connect"]["sid"]
    assert by_kind["http"]["method"] == "GET"
    assert by_kind["http"]["status"] == 200
    assert by_kind["http"]["body"].startswith('0{"sid"')
    assert ["Content-Type", "text/plain; charset=UTF-8"] in by_kind["http"]["headers"]
    assert by_kind["ack"]["args"] == [3]
    assert by_kind["disconnect"]["reason"] == "io client disconnect"
    close = next(line for line in lines if line["kind"] == "ws_close")
    assert (close["code"], close["valid"], close["by"]) == (1005, True, "client")  # none, as in JavaScript


async def test_connect_prints_text_for_people(url: str) -> None:
    done = await wsgui("connect", url, "--for", "0.3", "--options", '{"transports": ["websocket"]}')
    assert done.returncode == 0
    assert "Transport: websocket" in done.stdout
    assert "Joined / over websocket" in done.stdout


async def test_options_may_be_a_snippet_and_namespaces_repeat(url: str) -> None:
    snippet = 'io("http://unused", { auth: { token: "secret" }, transports: ["polling"] })'
    done = await wsgui(
        "connect", url, "--namespace", "/", "--namespace", "admin", "--options", snippet, "--for", "0.4", "--json"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert {line["namespace"] for line in lines if line["kind"] == "connect"} == {"/", "/admin"}


async def test_a_refusal_is_a_problem(url: str) -> None:
    done = await wsgui("connect", url + "/admin", "--json")
    assert done.returncode == 1
    refusal = next(json.loads(line) for line in done.stdout.splitlines() if '"connect_error"' in line)
    assert refusal["text"] == "not authorized"
    assert refusal["data"]["code"] == "token-missing"


async def test_check_prints_one_object(url: str) -> None:
    done = await wsgui("check", url, "--json")
    assert (done.stderr, done.returncode) == ("", 0)
    report = json.loads(done.stdout)
    assert set(report) == {"url", "verdict", "level", "cause", "causes", "findings", "server", "browser"}
    assert (report["verdict"], report["level"], report["cause"], report["causes"]) == ("ok", "healthy", None, [])
    for finding in report["findings"]:
        assert set(finding) == {"id", "stage", "status", "cause", "summary", "evidence", "fix", "seconds"}
        assert all(set(evidence) == {"label", "text"} for evidence in finding["evidence"])
    assert set(report["server"]) == {
        *("eio", "allow_eio3", "ping_interval", "ping_timeout", "max_payload", "upgrades", "transports", "cookie"),
        *("cors", "platform"),
    }
    assert report["browser"] == {"allowed": None, "reason": "No origin of a web page was given."}


async def test_check_says_the_cause_and_the_fix_and_saves_the_report(url: str, tmp_path: Path) -> None:
    origin, secret = "http://localhost:5173", "open-sesame"
    values = json.dumps({"auth": {"token": secret}, "query": {"token": secret}})
    for name in ("report.html", "report.md", "report.json"):
        file = tmp_path / name
        done = await wsgui("check", url, "--origin", origin, "--options", values, "--report", str(file))
        assert (done.stderr, done.returncode) == ("", 1)
        first = done.stdout.splitlines()[0]
        assert first.startswith("It works here, but a browser on that page would be refused.")
        assert "is not an accepted origin" in done.stdout
        assert secret not in done.stdout
        text = file.read_text(encoding="utf-8")
        assert "is not an accepted origin" in text
        assert secret not in text


async def test_check_of_a_url_that_cannot_be_read_is_a_problem() -> None:
    done = await wsgui("check", "undefined", "--json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert (report["verdict"], report["cause"]) == ("failed", "url-missing")


async def test_nobody_listens(unused_tcp_port: int) -> None:
    options = '{"reconnectionAttempts": 2, "reconnectionDelay": 10, "randomizationFactor": 0}'
    done = await wsgui("connect", f"http://127.0.0.1:{unused_tcp_port}", "--options", options, "--json")
    assert done.returncode == 1
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["n"] for line in lines if line["kind"] == "reconnect_attempt"] == [1, 2]
    assert [line["n"] for line in lines if line["kind"] == "reconnect_failed"] == [2]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["connect", ""], "Enter the server's URL"),
        (["connect", "localhost:3000"], "has no scheme"),
        (["connect", "http://x", "--options", '{"forceNew": true,\n"upgrade":\n!}'], "line 3"),
        (["connect", "http://x", "--options", '{"tranports": []}'], "did you mean transports?"),
        (["connect", "http://x", "--options", '{"transports": []}'], "transports"),
        (["connect", "http://x", "--options", "no-such-file.json"], "no-such-file.json"),
        (["connect", "http://x", "--emit", "e", "{}"], "JSON array of all the arguments"),
        (["connect", "http://x", "--emit", "e", "[1"], "line 1, column"),
        (["connect", "http://x", "--for", "soon"], "no number of seconds"),
        (["connect"], "URL"),
        (["check"], "URL"),
        (["check", "http://x", "--options", '{"tranports": []}'], "did you mean transports?"),
        (["check", "http://x", "--origin", "app.example.com"], "--origin"),
        (["check", "http://x", "--origin", "https://app.example.com/page"], "--origin"),
        (["check", "http://x", "--report", "report.pdf"], ".html"),
        (["lab", "--port", "70000"], "ports go from 0"),
        (["lab", "--fault", "no-such"], "no-such"),
        (["--nonsense"], "--nonsense"),
    ],
)
async def test_wrong_arguments_end_with_status_2_and_one_sentence(arguments: list[str], sentence: str) -> None:
    done = await wsgui(*arguments)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


async def test_garbage_is_collected_when_the_window_is_there() -> None:
    """Not before: that would be for nothing, and takes time."""
    script = (
        "import gc, sys; from PySide6.QtCore import QTimer; from wsgui import __main__\n"
        "from wsgui.ui.window import Window\n"
        "init, show = Window.__init__, Window.showEvent\n"
        "def made(self):\n"
        "    print(gc.isenabled()); init(self)\n"
        "def shown(self, event):\n"
        "    show(self, event); print(gc.isenabled()); QTimer.singleShot(0, self, self.close)\n"
        "Window.__init__, Window.showEvent = made, shown\n"
        "sys.exit(__main__.main([]))\n"
    )
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", script], capture_output=True, text=True,
        timeout=PATIENCE_SECONDS, check=False,
    )  # fmt: skip
    assert (done.stdout.split(), done.stderr, done.returncode) == (["False", "True"], "", 0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
async def test_ctrl_c_disconnects(url: str) -> None:
    command = [sys.executable, "-m", "wsgui", "connect", url]
    process = await asyncio.to_thread(
        subprocess.Popen, command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    while "Joined" not in await asyncio.to_thread(process.stdout.readline):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    out, err = await asyncio.to_thread(process.communicate, timeout=PATIENCE_SECONDS)
    assert "io client disconnect" in out
    assert err == ""
    assert process.returncode == 0


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only X11 and Wayland systems can lack a screen")
async def test_the_demonstration_without_a_screen(tmp_path: Path) -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    environment["PYTHONPATH"] = str(Path(__file__).parent.parent)
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-m", "wsgui", "--demo"], capture_output=True, text=True,
        timeout=PATIENCE_SECONDS, check=False, cwd=tmp_path, env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert "Upgraded to websocket" in done.stdout
    assert 'Answer to “echo”  "hello"' in done.stdout
    assert (tmp_path / "wsgui-demo.png").read_bytes().startswith(b"\x89PNG")
    refused = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-m", "wsgui"], capture_output=True, text=True,
        timeout=PATIENCE_SECONDS, check=False, cwd=tmp_path, env=environment,
    )  # fmt: skip
    assert refused.returncode == 1
    assert "no screen" in refused.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
async def test_ctrl_c_closes_the_window(tmp_path: Path) -> None:
    """The window says that it is there by its recording: it connects to a port where nobody listens."""
    script = (
        "import sys; from PySide6.QtCore import QTimer; from wsgui import app, ui\n"
        "from wsgui.ui.window import Window\n"
        "show = Window.showEvent\n"
        "def shown(self, event):\n"
        "    show(self, event); self.tab.connect_to('http://127.0.0.1:9')\n"
        "    QTimer.singleShot(0, lambda: print('up', flush=True))\n"
        "Window.showEvent = shown\n"
        "sys.exit(app.main([]))\n"
    )
    process = await asyncio.to_thread(
        subprocess.Popen, [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert await asyncio.to_thread(process.stdout.readline) == "up\n"
    process.send_signal(signal.SIGINT)
    out, err = await asyncio.to_thread(process.communicate, timeout=PATIENCE_SECONDS)
    assert (out, err, process.returncode) == ("", "", 0)


@pytest.mark.parametrize("command", ["connect", "lab", "recordings", "export"])
def test_the_help_says_what_every_argument_does(command: str) -> None:
    parser = next(
        action.choices[command] for action in cli._parser()._actions if isinstance(action, argparse._SubParsersAction)
    )
    assert all(action.help for action in parser._actions)
    assert parser.description
    assert "Exit status: 0 " in parser.epilog


async def test_help_is_printed() -> None:
    done = await wsgui("connect", "--help")
    assert done.returncode == 0
    assert "--for SECONDS" in done.stdout
    assert "Exit status" in done.stdout
