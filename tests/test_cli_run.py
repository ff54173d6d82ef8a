"""``wsgui run``: what it prints, and its exit status."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from wsgui import cli
from wsgui.core.connection_plan import Check, Plan, Send, Step, Wait, as_sequence
from wsgui.core.environments import Environment, EnvironmentStore
from wsgui.core.protocol import Protocol
from wsgui.core.value_check import Test
from wsgui.lab.raw.plain import serve_plain
from wsgui.lab.server import serve

GOOD = (Send("sum", [1, 2], "/", ack=True), Check("0", Test.EQUALS, 3))
BAD = (Send("sum", [1, 2], ack=True), Check("0", Test.EQUALS, 4), Send("echo"))


def written(path: Path, url: str, steps: tuple[Step, ...], **more: object) -> str:
    file = path / "sequence.wsgui"
    file.write_text(as_sequence(Plan(url, steps=steps, **more)), encoding="utf-8")  # type: ignore[arg-type] # of tests
    return str(file)


async def against(server: Callable[[], object], make: Callable[[str], list[str]]) -> int:
    """The exit status of a command, whose loop is its own, against a server of ours."""
    async with server() as url:  # type: ignore[attr-defined] # an async context manager
        return await asyncio.to_thread(cli.main, make(url))


async def test_steps_that_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = await against(serve, lambda url: ["run", written(tmp_path, url, GOOD, times=2)])
    said = capsys.readouterr().out
    assert status == 0, said
    assert said.splitlines()[0] == "✓   1.1  send “sum” 1, 2, wait for its acknowledgement: passed"
    assert said.splitlines()[-1] == "4 passed, 0 failed, 0 not run"


async def test_a_step_that_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = await against(serve, lambda url: ["run", written(tmp_path, "http://127.0.0.1:9", BAD), "--url", url])
    said = capsys.readouterr().out
    assert status == 1, said
    assert "Expected: 0 is 4" in said
    assert "Got: 3" in said
    assert said.splitlines()[-1] == "1 passed, 1 failed, 1 not run"


async def test_json_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = await against(serve, lambda url: ["run", written(tmp_path, url, BAD), "--json", "--times", "2"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert status == 1
    assert [(line["run"], line["step"], line["outcome"]) for line in lines[:-1]] == [
        (1, 1, "passed"),
        (1, 2, "failed"),
        (1, 3, "not run"),
    ]
    assert lines[-1] == {"verdict": "failed", "passed": 1, "failed": 1, "not_run": 1}


async def test_plain_messages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = (Send("", ["hi"]), Wait(), Check("0", Test.EQUALS, "hi"))
    status = await against(serve_plain, lambda url: ["run", written(tmp_path, url, steps, protocol=Protocol.WEBSOCKET)])
    assert status == 0, capsys.readouterr().out


def _admin(path: Path, steps: tuple[Step, ...], more: list[str], url: str) -> list[str]:
    return ["run", written(path, f"{url}/admin", steps), *more]


async def test_an_option_of_the_command_line_is_added(tmp_path: Path) -> None:
    steps = (Send("sum", [1, 2], "/admin", ack=True),)
    auth = ["--options", '{"auth": {"token": "secret"}}']
    for more, status in ([], 1), (auth, 0):
        made = partial(_admin, tmp_path, steps, more)
        assert await against(serve, made) == status


async def test_variables_stand_for_what_an_environment_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = (Send("echo", ["{{word}}"], "/", ack=True), Check("0", Test.EQUALS, "other"))
    file = written(tmp_path, "{{place}}", steps, options={"query": {"w": "{{word}}"}})

    def make(url: str) -> list[str]:
        EnvironmentStore().write(
            Environment("here", {"place": url, "word": "hunter2!"}, frozenset({"word"})), None, clear=True
        )
        return ["run", file, "--environment", "here"]

    status = await against(serve, make)
    said = capsys.readouterr().out
    assert status == 1, said
    assert 'send “echo” "{{word}}", wait for its acknowledgement: passed' in said
    assert 'Got: "•••"' in said
    assert "hunter2!" not in said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([], "URL: {{place}} has no value"),
        (["--environment", "nowhere"], "nowhere"),
        (["--environment", "half"], "word"),
    ],
)
def test_a_variable_without_a_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], said: str
) -> None:
    EnvironmentStore().write(Environment("half", {"place": "http://127.0.0.1:9"}), None)
    file = written(tmp_path, "{{place}}", (Send("echo", ["{{word}}"]),))
    with pytest.raises(SystemExit) as ended:
        cli.main(["run", file, *more])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_without_a_connection(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", written(tmp_path, "http://127.0.0.1:9", GOOD)]) == 1
    assert "there was no connection" in capsys.readouterr().err
    assert cli.main(["run", written(tmp_path, "http://127.0.0.1:9", GOOD), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["verdict"] == "failed"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "cannot be read"),
        ('{"wsgui": 1, "url": "http://a"}', "no steps"),
        ('{"wsgui": 1, "url": "http://a", "steps": [{"do": "x"}]}', "Step 1"),
        ('{"wsgui": 1, "url": "", "steps": [{"do": "pause"}]}', "wsgui:"),
    ],
)
def test_a_file_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, said: str) -> None:
    file = tmp_path / "a.wsgui"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        cli.main(["run", str(file)])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        cli.main(["run", str(tmp_path / "nothing")])
    assert ended.value.code == 2
