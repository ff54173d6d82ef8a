"""A React hook in TypeScript, for a browser: connects when the component is shown and disconnects when it goes.

What a page cannot decide (files, certificates, a proxy, headers of a WebSocket) is left out, by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wsgui.core import snippet
from wsgui.core.connection_plan import Plan, Step
from wsgui.core.i18n import N_
from wsgui.core.option_types import Fidelity, Group, OptionType
from wsgui.core.option_values import literal, string_literal
from wsgui.core.options import OPTION
from wsgui.core.protocol import Protocol
from wsgui.exports.first_request import namespaces, placed_steps
from wsgui.exports.javascript_steps import checking_functions, checks, steps_of, waiting_functions, waits

TITLE = N_("TypeScript (React hook)")
SUFFIX = ".ts"
PROTOCOLS = frozenset({Protocol.SOCKETIO, Protocol.WEBSOCKET})

_OF_NODE = frozenset(
    {"origin", "localAddress", "family", "protocolVersion", "maxPayload", "perMessageDeflate", "agent"}
)


def write(plan: Plan) -> str:
    """The module, with ``useSocket`` in it."""
    return _websocket(plan) if plan.protocol is Protocol.WEBSOCKET else _socketio(plan)


def _socketio(plan: Plan) -> str:
    values = {name: value for name, value in plan.options.items() if _is_for_pages(name)}
    left = [name for name in plan.options if name not in values]
    call = snippet.write(plan.url, values)
    parser = 'require("socket.io-msgpack-parser")'
    imports = ['import { useEffect, useState } from "react";', 'import { io, type Socket } from "socket.io-client";']
    if parser in call:
        imports.append('import * as parser from "socket.io-msgpack-parser";')
        call = call.replace(f"parser: {parser}", "parser")
    own, *others = namespaces(plan)
    lines = ["// npm install react socket.io-client@4", *_left_out(left), *imports, "", _STATE, ""]
    lines += ["export function useSocket(): SocketState {"]
    lines += ['  const [state, setState] = useState<SocketState>({ connected: false, error: "" });', ""]
    lines += ["  useEffect(() => {", *_indented(f"const socket = {call};", 4)]
    lines.append(f"    const sockets: Record<string, Socket> = {{ {string_literal(own)}: socket }};")
    for name in others:
        auth = plan.namespaces.get(name)
        options = f", {{ auth: {literal(auth)} }}" if auth else ""  # type: ignore[arg-type] # of JSON
        lines.append(f"    sockets[{string_literal(name)}] = socket.io.socket({string_literal(name)}{options});")
    steps = placed_steps(plan)
    if checks(steps):
        lines += _indented("\n".join(checking_functions(typed=True)), 4)
    if waits(steps):
        lines += _indented("\n".join(waiting_functions(typed=True)), 4)
        lines.append(
            "    for (const name of Object.keys(sockets)) sockets[name].onAny((...event) => arrived(name, event));"
        )
    lines += [*_LISTENING, *_run(plan, steps), *_CLEANING]
    return "\n".join(lines) + "\n"


_STATE = """\
export interface SocketState {
  socket?: Socket;
  connected: boolean;
  error: string;
}"""
_LISTENING = (
    '    socket.on("connect", () => setState({ socket, connected: true, error: "" }));',
    '    socket.on("connect_error", (error) => setState({ socket, connected: false, error: error.message }));',
    '    socket.on("disconnect", (reason) => setState({ socket, connected: false, error: reason }));',
    '    socket.onAny((...event) => console.log("event", JSON.stringify(event)));',
)
_CLEANING = (
    "    return () => {",
    "      for (const each of Object.values(sockets)) each.disconnect();",
    "    };",
    "  }, []);",
    "",
    "  return state;",
    "}",
)


def _run(plan: Plan, steps: Sequence[Step]) -> Iterator[str]:
    if steps:
        yield "    const run = async (): Promise<void> => {"
        yield "      if (!Object.values(sockets).every((each) => each.connected)) return;"
        yield from (f"      {line}" for line in steps_of(plan, steps, typed=True))
        yield "    };"
        yield '    for (const each of Object.values(sockets)) each.on("connect", () => void run());'


def _websocket(plan: Plan) -> str:
    protocols = plan.options.get("protocols")
    left = [name for name in plan.options if name != "protocols"]
    arguments = ", ".join([string_literal(plan.url), *([literal(protocols)] if protocols else [])])
    lines = ["// npm install react", *_left_out(left), 'import { useEffect, useState } from "react";', ""]
    lines += [
        "export interface SocketState {",
        "  socket?: WebSocket;",
        "  connected: boolean;",
        "  error: string;",
        "}",
        "",
    ]
    lines += ["export function useSocket(): SocketState {"]
    lines += ['  const [state, setState] = useState<SocketState>({ connected: false, error: "" });', ""]
    lines += ["  useEffect(() => {", f"    const socket = new WebSocket({arguments});"]
    lines += [
        '    socket.onopen = () => setState({ socket, connected: true, error: "" });',
        "    socket.onclose = ({ code }) => setState({ socket, connected: false, error: `${code}` });",
        '    socket.onmessage = (event) => console.log("message", event.data);',
        "    return () => socket.close();",
        "  }, []);",
        "",
        "  return state;",
        "}",
    ]
    return "\n".join(lines) + "\n"


def _is_for_pages(name: str) -> bool:
    option = OPTION[name]
    of_files = option.type in {OptionType.FILE, OptionType.FILES}
    return not (of_files or option.group is Group.TLS or option.fidelity is Fidelity.OWN or name in _OF_NODE)


def _left_out(names: list[str]) -> list[str]:
    return [f"// A page cannot decide these, they are left out: {', '.join(names)}"] if names else []


def _indented(text: str, spaces: int) -> list[str]:
    return [" " * spaces + line for line in text.split("\n")]
