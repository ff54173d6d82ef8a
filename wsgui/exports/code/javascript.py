"""A program for Node.js with socket.io-client or ws: it connects, prints what comes, and does the steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wsgui.core import snippet
from wsgui.core.connection_plan import Check, Pause, Plan, Send, Step, Wait
from wsgui.core.i18n import N_
from wsgui.core.option_checks import MSGPACK_MODULE
from wsgui.core.option_values import literal, string_literal
from wsgui.core.protocol import Protocol
from wsgui.exports.first_request import namespaces, placed_steps
from wsgui.exports.javascript_steps import (
    check_statement,
    checking_functions,
    checks,
    repeated,
    steps_of,
    waiting_functions,
    waits,
)

TITLE = N_("JavaScript (Node.js)")
SUFFIX = ".cjs"
PROTOCOLS = frozenset(Protocol)


def write(plan: Plan) -> str:
    """The program, for CommonJS: ``node FILE``."""
    return _websocket(plan) if plan.protocol is Protocol.WEBSOCKET else _socketio(plan)


def _socketio(plan: Plan) -> str:
    call = snippet.write(plan.url, plan.options)
    old = plan.protocol is Protocol.SOCKETIO_V2
    needed = ["socket.io-client@2" if old else "socket.io-client@4"]
    if MSGPACK_MODULE in call:
        needed.append(MSGPACK_MODULE)
    lines = [f"// npm install {' '.join(needed)}", ""]
    lines.append('const io = require("socket.io-client");' if old else 'const { io } = require("socket.io-client");')
    lines += _files(call)
    own, *others = namespaces(plan)
    lines += ["", f"const socket = {call};", f"const sockets = {{ {string_literal(own)}: socket }};"]
    for name in others:
        auth = plan.namespaces.get(name)
        options = f", {{ auth: {literal(auth)} }}" if auth else ""  # type: ignore[arg-type] # of JSON
        lines.append(f"sockets[{string_literal(name)}] = socket.io.socket({string_literal(name)}{options});")
    steps = placed_steps(plan)
    lines += ["", *(checking_functions() if checks(steps) else [])]
    lines += [*(waiting_functions() if waits(steps) else []), *_listening(old=old, waits=waits(steps))]
    lines += _run(steps_of(plan, steps, old=old))
    return "\n".join(lines) + "\n"


def _listening(*, old: bool, waits: bool) -> Iterator[str]:
    yield "for (const [name, each] of Object.entries(sockets)) {"
    yield '  each.on("connect", () => console.log("connect", name, each.id));'
    yield '  each.on("connect_error", (error) => console.log("connect_error", name, error.message));'
    yield '  each.on("disconnect", (reason) => console.log("disconnect", name, reason));'
    if old:
        yield "  const { onevent } = each;"
        yield "  each.onevent = (packet) => {"
        yield '    console.log("event", name, JSON.stringify(packet.data));'
        if waits:
            yield "    arrived(name, packet.data);"
        yield "    onevent.call(each, packet);"
        yield "  };"
    else:
        yield '  each.onAny((...event) => console.log("event", name, JSON.stringify(event)));'
        if waits:
            yield "  each.onAny((...event) => arrived(name, event));"
    yield "}"


def _websocket(plan: Plan) -> str:
    call = snippet.write_websocket(plan.url, plan.options)
    lines = ["// npm install ws", "", 'const WebSocket = require("ws");', *_files(call), ""]
    lines += [
        f"const socket = {call};",
        "",
        'socket.on("open", () => console.log("open", socket.protocol));',
        'socket.on("error", (error) => console.log("error", error.message));',
        'socket.on("close", (code, reason) => console.log("close", code, reason.toString()));',
        'socket.on("message", (data, isBinary) => console.log("message", isBinary ? data : data.toString()));',
    ]
    steps = placed_steps(plan)
    if steps:
        if checks(steps):
            lines += ["", *checking_functions()]
        if waits(steps):
            lines += ["", *waiting_functions()]
            lines.append(
                'socket.on("message", (data, isBinary) => arrived("", ["", isBinary ? data : data.toString()]));'
            )
        statements = repeated(plan, list(_plain_steps(steps)))
        lines += [
            "",
            'socket.on("open", async () => {',
            *(f"  {each}" for each in statements),
            "  socket.close();",
            "});",
        ]
    return "\n".join(lines) + "\n"


def _plain_steps(steps: Sequence[Step]) -> Iterator[str]:
    for step in steps:
        match step:
            case Send(args=[bytes() as data]):
                yield f'socket.send(Buffer.from("{data.hex()}", "hex"));'
            case Send():
                yield f"socket.send({string_literal(''.join(map(str, step.args)))});"
            case Wait(seconds=seconds):
                came = f'await next("", "", {round(seconds * 1000)})'
                yield f"last = {came};" if checks(steps) else f"{came};"
            case Check():
                yield check_statement(step)
            case Pause():
                yield f"await new Promise((resolve) => setTimeout(resolve, {round(step.seconds * 1000)}));"


def _files(call: str) -> list[str]:
    return ['const fs = require("node:fs");'] if "fs.readFileSync" in call else []


def _run(steps: Sequence[str]) -> Iterator[str]:
    if not steps:
        return
    yield ""
    yield "async function run() {"
    yield "  if (!Object.values(sockets).every((each) => each.connected)) return;"
    yield from (f"  {line}" for line in steps)
    yield "  socket.io.reconnection(false);"
    yield "  for (const each of Object.values(sockets)) each.disconnect();"
    yield "}"
    yield ""
    yield 'for (const each of Object.values(sockets)) each.on("connect", run);'
