"""Sequences with checks as code, run by the real interpreter or tool against the lab."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from tests.interop.node_server import HERE, NodeServer
from tests.interop.test_code import MODULES, compiled, lab, run, written
from wsgui.core.connection_plan import Check, Plan, Send, Step, Wait
from wsgui.core.protocol import Protocol
from wsgui.core.value_check import Test
from wsgui.lab.raw.plain import serve_plain

CHECKED: tuple[Step, ...] = (
    Send("sum", [1, 2.5], ack=True),
    Check("0", Test.EQUALS, 3.5),
    Send("echo", [{"name": "it's", "json": '{"a": [7]}', "bytes": {"$hex": "00 ff"}}, True]),
    Wait("echo"),
    Check("0.name", Test.EQUALS, "it's"),
    Check("1", Test.EQUALS, True),
    Check("0.name", Test.MATCHES, "^it.s$"),
    Check("0.json.a", Test.CONTAINS, 7),
    Check("0.bytes"),
)
WRONG = Check("0.name", Test.EQUALS, "other")


@pytest.mark.parametrize(
    ("name", "command"), [("javascript", "node"), ("python_program", sys.executable), ("typescript_hook", "node")]
)
async def test_a_sequence_with_checks(node: None, tmp_path: Path, name: str, command: str) -> None:
    async with lab() as (url, _asked):
        plan = Plan(url, options={"transports": ["websocket"]}, steps=CHECKED, times=2)
        if name == "typescript_hook":
            file = written(plan, name, tmp_path)
            await compiled(file)
            last = "passed 0.bytes exists"
            said = await run([command, HERE / "clients" / "run_hook.cjs", file.with_suffix(".js"), last], tmp_path)
            assert last in said
            return
        said = await run([command, written(plan, name, tmp_path)], tmp_path, PYTHONUTF8="1")
        assert said.count("passed 0.bytes exists") == 2
        assert said.count("passed 0.json.a contains 7") == 2
        wrong = written(replace(plan, steps=(*CHECKED, WRONG), times=1), name, tmp_path)
        said = await run([command, wrong], tmp_path, status=1)
        assert 'expected: 0.name is "other"; got: it\'s' in said


async def test_a_sequence_with_checks_for_socketio_2(
    node: None, node_server: Callable[..., NodeServer], tmp_path: Path
) -> None:
    server = await asyncio.to_thread(node_server, "socketio2.js")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "socket.io-client").symlink_to(MODULES / "socket.io-client-2")
    steps = (Send("echo", [7, {"$hex": "ff"}], ack=True), Check("0", Test.EQUALS, 7), Check("1"), Wait("echo"))
    plan = Plan(server.url, Protocol.SOCKETIO_V2, steps=steps)
    said = await run(["node", written(plan, "javascript", tmp_path)], tmp_path)
    assert "passed 1 exists" in said


@pytest.mark.parametrize(("name", "command"), [("javascript", "node"), ("python_program", sys.executable)])
async def test_a_sequence_of_plain_messages(node: None, tmp_path: Path, name: str, command: str) -> None:
    steps = (Send("", ['{"a": 1}']), Wait(), Check("0.a", Test.EQUALS, 1), Send("", [{"$hex": "00ff"}]), Wait())
    async with serve_plain() as url:
        plan = Plan(f"{url}/live", Protocol.WEBSOCKET, steps=steps, times=2)
        assert "passed 0.a is 1" in await run([command, written(plan, name, tmp_path)], tmp_path)
        wrong = written(replace(plan, steps=(*steps[:2], WRONG)), name, tmp_path)
        await run([command, wrong], tmp_path, status=1)


@pytest.mark.parametrize("good", [True, False])
async def test_a_sequence_with_checks_in_artillery(node: None, tmp_path: Path, good: bool) -> None:
    steps: tuple[Step, ...] = (
        Send("sum", [1, 2.5], ack=True),
        Check("0", Test.EQUALS, 3.5 if good else 4),
        Send("echo", [{"name": "it's"}, True]),
        Wait("echo"),
        Check("0.name", Test.EQUALS, "it's"),
        Check("0", Test.EXISTS),
    )
    async with lab() as (url, _asked):
        plan = Plan(url, options={"transports": ["websocket"]}, steps=steps, times=3 if good else 1)
        text = written(plan, "artillery_scenario", tmp_path).read_text(encoding="utf-8")
        assert "Artillery compares one value for equality only" in text
        (tmp_path / "script.json").write_text(json.dumps(yaml.safe_load(text)), encoding="utf-8")
        runner = shutil.copy(HERE / "clients" / "run_artillery.cjs", tmp_path)
        counters = json.loads((await run(["node", runner, "script.json"], tmp_path)).splitlines()[-1])["counters"]
        if good:
            assert counters["socketio.emit"] == 6
            assert [name for name in counters if name.startswith("errors.")] == []
        else:
            assert counters["errors.Failed match"] == 1
