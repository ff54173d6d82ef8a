"""Every export as code, run by the real interpreter or tool against the lab: it asks for what the window asks for."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import yaml
from aiohttp import web
from aiohttp.typedefs import Handler

from tests.interop.node_server import HERE, NodeServer
from tests.net.session_log import SessionLog
from wsgui.core.address import read_address
from wsgui.core.connection_plan import Check, Pause, Plan, Send, Step, Wait
from wsgui.core.option_values import OptionValue, OptionValues
from wsgui.core.protocol import Protocol
from wsgui.core.records import Kind
from wsgui.core.value_check import Test
from wsgui.exports.code_formats import code_formats
from wsgui.lab.healthy import healthy
from wsgui.lab.raw.plain import serve_plain
from wsgui.lab.server import listen
from wsgui.net.session import Target
from wsgui.net.socketio_session import SocketioSession

MODULES = HERE / "node_modules"
PATIENCE_SECONDS = 60.0

OPTIONS: OptionValues = {
    "query": {"room": "a b&c"},
    "extraHeaders": {"X-Name": "it's $HOME"},
    "auth": {"token": "secret"},
}
STEPS: tuple[Step, ...] = (
    Send("sum", [1, 2.5], ack=True),
    Send("echo", ["it's", {"quote": '"', "é": None}]),
    Wait("echo"),
    Pause(0.05),
)


PATH = os.pathsep.join([str(MODULES / ".bin"), str(Path(sys.executable).parent), os.environ["PATH"]])


def need(*programs: str) -> None:
    """Skip where one of them is missing; where everything must run, that is a failure."""
    if missing := [program for program in programs if not shutil.which(program, path=PATH)]:
        if os.environ.get("CI"):
            pytest.fail(f"Nothing may be skipped here, and {missing} is missing.", pytrace=False)
        pytest.skip(f"{missing} is missing")


@dataclass
class Asked:
    """What clients asked the lab for: path, query and name header of each handshake."""

    handshakes: list[tuple[str, dict[str, str], str | None]] = field(default_factory=list)


@asynccontextmanager
async def lab() -> AsyncIterator[tuple[str, Asked]]:
    """The healthy server, and what it was asked for."""
    asked = Asked()

    @web.middleware
    async def note(request: web.Request, handler: Handler) -> web.StreamResponse:
        query = dict(request.query)
        if "sid" not in query:
            query.pop("t", None)
            asked.handshakes.append((request.path, query, request.headers.get("X-Name")))
        return await handler(request)

    app = healthy(any_origin=True)
    app.middlewares.append(note)
    async with listen(app, 0) as url:
        yield url, asked


async def run(words: Sequence[str | Path], folder: Path, *, status: int = 0, **environment: str) -> str:
    """What a command prints. It must end by itself, and with that status."""
    process = await asyncio.create_subprocess_exec(
        *map(str, words),
        cwd=folder,
        env={**os.environ, **environment},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        said, _nothing = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
    finally:
        if process.returncode is None:
            process.kill()
    text = said.decode(errors="replace")
    assert process.returncode == status, text
    return text


def written(plan: Plan, name: str, folder: Path) -> Path:
    """The file of an export, in a folder where Node.js finds the packages."""
    form = code_formats()[name]
    if not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to(MODULES)
    file = folder / f"export{form.suffix}"
    file.write_text(form.write(plan), encoding="utf-8")
    return file


def plan_for(url: str, **more: OptionValue) -> Plan:
    values = {**OPTIONS, **more}
    return Plan(f"{url}/admin", options=values, namespaces={"/": {"other": 1}}, steps=STEPS)


async def handshake_of_ours(plan: Plan, asked: Asked) -> tuple[str, dict[str, str], str | None]:
    """What the window's own session asks for with the same options."""
    log = SessionLog()
    address = read_address(plan.url)
    target = Target(address, plan.options, (address.namespace, *plan.namespaces), auths={"/": {"other": 1}})
    running = SocketioSession(target, log.tap, log.changed)
    running.open()
    try:
        await log.until(Kind.CONNECT, count=2)
    finally:
        await running.close()
    return asked.handshakes.pop()


def check_steps(said: str) -> None:
    """Both namespaces were joined, and the steps did what they are to do."""
    assert "3.5" in said
    assert """["it's",{"quote":"\\"","é":null}]""" in said.replace(": ", ":").replace(", ", ",")


@pytest.mark.parametrize("transport", ["polling", "websocket"])
async def test_javascript(node: None, tmp_path: Path, transport: str) -> None:
    async with lab() as (url, asked):
        plan = plan_for(url, transports=[transport])
        expected = await handshake_of_ours(plan, asked)
        said = await run(["node", written(plan, "javascript", tmp_path)], tmp_path)
        assert "connect /admin" in said
        assert "connect / " in said
        check_steps(said)
        assert asked.handshakes == [expected]


async def test_javascript_of_socketio_2(node: None, node_server: Callable[..., NodeServer], tmp_path: Path) -> None:
    server = await asyncio.to_thread(node_server, "socketio2.js")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "socket.io-client").symlink_to(MODULES / "socket.io-client-2")
    steps = (Send("echo", [7], ack=True), Wait("echo"))
    plan = Plan(server.url, Protocol.SOCKETIO_V2, {"query": {"a": "b"}}, steps=steps)
    said = await run(["node", written(plan, "javascript", tmp_path)], tmp_path)
    assert "connect / " in said
    assert "ack 7" in said
    assert "came [7]" in said


async def test_typescript_hook(node: None, tmp_path: Path) -> None:
    async with lab() as (url, asked):
        plan = plan_for(url, transports=["websocket"], rejectUnauthorized=False)
        expected = await handshake_of_ours(plan, asked)
        file = written(plan, "typescript_hook", tmp_path)
        assert "left out: rejectUnauthorized" in file.read_text(encoding="utf-8")
        await compiled(file)
        said = await run(["node", HERE / "clients" / "run_hook.cjs", file.with_suffix(".js"), "came"], tmp_path)
        assert "state true" in said
        check_steps(said)
        assert asked.handshakes == [expected]


async def test_typescript_hook_of_a_plain_websocket(node: None, tmp_path: Path) -> None:
    plan = Plan("ws://127.0.0.1:1/x", Protocol.WEBSOCKET, {"protocols": ["chat"], "timeout": 5})
    await compiled(written(plan, "typescript_hook", tmp_path))


async def compiled(file: Path) -> None:
    words = [
        "--strict",
        "--target",
        "es2022",
        "--module",
        "commonjs",
        "--moduleResolution",
        "bundler",
        "--skipLibCheck",
    ]
    words += ["--lib", "es2022,dom", "--types", ""]
    await run(["node", MODULES / "typescript" / "bin" / "tsc", *words, file], file.parent)


async def test_python(tmp_path: Path) -> None:
    async with lab() as (url, asked):
        plan = plan_for(url, transports=["polling"])
        expected = await handshake_of_ours(plan, asked)
        said = await run([sys.executable, written(plan, "python_program", tmp_path)], tmp_path, PYTHONUTF8="1")
        assert "connect /admin" in said
        assert "ack 3.5" in said
        assert """came ("it's", {'quote': '"', 'é': None})""" in said
        assert asked.handshakes == [expected, expected]  # a connection for each auth


@pytest.mark.parametrize(
    ("name", "command"), [("javascript", "node"), ("python_program", sys.executable), ("curl_script", "bash")]
)
async def test_a_namespace_has_an_auth_of_its_own(node: None, tmp_path: Path, name: str, command: str) -> None:
    need(command)
    async with lab() as (url, _asked):
        steps = (Send("sum", [1, 2.5], "/admin", ack=True),)
        plan = Plan(url, options={"auth": {"other": 1}}, namespaces={"/admin": {"token": "secret"}}, steps=steps)
        assert "3.5" in await run([command, written(plan, name, tmp_path)], tmp_path)


@pytest.mark.parametrize("old", [False, True])
async def test_curl(node: None, node_server: Callable[..., NodeServer], tmp_path: Path, old: bool) -> None:
    need("bash", "curl")
    if old:
        server = await asyncio.to_thread(node_server, "socketio2.js")
        plan = Plan(server.url, Protocol.SOCKETIO_V2, steps=(Send("echo", ["é😀"]), Wait("echo")))
        said = await run(["bash", written(plan, "curl_script", tmp_path)], tmp_path)
        assert '42["echo","é😀"]' in said
        return
    async with lab() as (url, asked):
        plan = plan_for(url, transports=["polling"])
        expected = await handshake_of_ours(plan, asked)
        said = await run(["bash", written(plan, "curl_script", tmp_path)], tmp_path)
        assert '40/admin,{"sid":' in said
        assert "43/admin,0[3.5]" in said
        assert '42/admin,["echo","it\'s",' in said
        assert asked.handshakes == [expected]


@pytest.mark.parametrize("tool", ["wscat_line", "websocat_line"])
async def test_a_command_line(node: None, tmp_path: Path, tool: str) -> None:
    need("bash", tool.removesuffix("_line"))
    async with lab() as (url, asked):
        plan = plan_for(url, transports=["websocket"])
        expected = await handshake_of_ours(plan, asked)
        file = written(plan, tool, tmp_path)
        file.write_text(sooner(file.read_text(encoding="utf-8")), encoding="utf-8")
        said = await run(["bash", file], tmp_path, PATH=PATH)
        assert '40/admin,{"sid":' in said
        assert "43/admin,0[3.5]" in said
        assert asked.handshakes == [expected]
    async with serve_plain() as url:
        plan = Plan(f"{url}/live", Protocol.WEBSOCKET, {"protocols": ["a"]}, steps=(Send("", ["it's $HOME"]),))
        file = written(plan, tool, tmp_path)
        file.write_text(sooner(file.read_text(encoding="utf-8")), encoding="utf-8")
        assert "it's $HOME" in await run(["bash", file], tmp_path, PATH=PATH)


def sooner(text: str) -> str:
    """It stays for a second and not for ten."""
    changed = text.replace("-w 10", "-w 1").replace("sleep 10", "sleep 1")
    assert changed != text
    return changed


@pytest.mark.parametrize("name", ["javascript", "python_program", "curl_script"])
async def test_a_plain_websocket(node: None, tmp_path: Path, name: str) -> None:
    command = {"javascript": "node", "python_program": sys.executable, "curl_script": "bash"}[name]
    need(command)
    steps = (Send("", ["it's $HOME"]), Wait()) if name != "curl_script" else ()
    async with serve_plain() as url:
        plan = Plan(f"{url}/live?x=1", Protocol.WEBSOCKET, {"protocols": ["a", "b"]}, steps=steps)
        file = written(plan, name, tmp_path)
        text = file.read_text(encoding="utf-8")
        if name == "curl_script":  # it ends by its own time-out, for which curl has a status
            file.write_text(text.replace("--max-time 5", "--max-time 1") + "\n[ $? = 28 ]\n", encoding="utf-8")
        said = await run([command, file], tmp_path)
        wanted = "Sec-WebSocket-Protocol: a" if name == "curl_script" else "it's $HOME"
        assert wanted in said


async def test_artillery(node: None, tmp_path: Path) -> None:
    """Run by Artillery's runner and engine themselves; the command around them would bring a browser along."""
    async with lab() as (url, asked):
        plan = plan_for(url, transports=["websocket"])
        expected = await handshake_of_ours(plan, asked)
        file = written(plan, "artillery_scenario", tmp_path)
        script = yaml.safe_load(file.read_text(encoding="utf-8"))
        script["config"]["timeout"] = 1000  # it must not need its time-out to go on
        (tmp_path / "script.json").write_text(json.dumps(script), encoding="utf-8")
        runner = shutil.copy(HERE / "clients" / "run_artillery.cjs", tmp_path)
        said = json.loads((await run(["node", runner, "script.json"], tmp_path)).splitlines()[-1])
        assert said["counters"]["vusers.completed"] == 1
        assert said["counters"]["socketio.emit"] == 2
        assert [name for name in said["counters"] if name.startswith("errors.")] == []
        assert asked.handshakes == [expected]


def test_what_artillery_cannot_do_is_said() -> None:
    write = code_formats()["artillery_scenario"].write
    assert "cannot wait here" in write(Plan("http://a", steps=(Wait("x"), Send("y"))))
    assert "Add one" in write(Plan("http://a"))
    text = write(Plan("http://a", options={"ca": "ca.pem", "proxy": "http://p", "rejectUnauthorized": False}))
    assert "left out: ca, proxy" in text
    assert yaml.safe_load(text)["config"]["tls"] == {"rejectUnauthorized": False}


@pytest.mark.parametrize("name", code_formats())
def test_hostile_values_stay_values(node: None, name: str, tmp_path: Path) -> None:
    """What an import brought along cannot leave its quotes: the text is still one program of that language."""
    bad = "\"'`${process.exit(9)}$(exit 9)\\\n*/ \u2028#{{x}}"
    values: OptionValues = {
        "auth": {bad: bad},
        "query": {bad: bad},
        "extraHeaders": {"X": bad.replace("\n", "").replace("\u2028", "")},
    }
    question = Check(f"0[{json.dumps(bad)}]", Test.EQUALS, bad)
    plan = Plan(
        "http://127.0.0.1:9",
        options=values,
        namespaces={"/'\"": {bad: bad}},
        steps=(Send(bad, [bad], ack=True), Wait(bad), question, replace(question, test=Test.MATCHES)),
    )
    form = code_formats()[name]
    plan = plan if Protocol.SOCKETIO in form.protocols else replace(plan, protocol=Protocol.WEBSOCKET)
    text = form.write(plan)
    match form.suffix:
        case ".py":
            compile(text, name, "exec")
        case ".yml":
            flow = yaml.safe_load(text)["scenarios"][0]["flow"]
            assert flow[0]["emit"] == [bad, bad]
        case ".sh":
            need("bash")
            assert os.system(f"bash -n {written(plan, name, tmp_path)}") == 0
        case ".cjs":
            assert os.system(f"node --check {written(plan, name, tmp_path)}") == 0
        case _:
            assert text
