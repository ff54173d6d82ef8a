"""The steps of a sequence as statements of an ``async`` function, in which ``sockets`` has a socket per namespace.

Events that came before somebody waits for them count: an answer may be there before the acknowledgement that is
awaited first.
"""

from __future__ import annotations

from collections.abc import Sequence

from wsgui.core import javascript_json
from wsgui.core.connection_plan import Pause, Step, Wait
from wsgui.core.option_values import string_literal

_ANSWER_SECONDS = 10


def steps_of(steps: Sequence[Step], *, old: bool = False) -> list[str]:
    """One statement for each; ``old`` is the client of Socket.IO 2, which has no promises."""
    return [_statement(step, old) for step in steps]


def waits(steps: Sequence[Step]) -> bool:
    """Whether the statements need ``next`` and ``arrived``."""
    return any(isinstance(step, Wait) for step in steps)


def waiting_functions(*, typed: bool = False) -> list[str]:
    """``next(name, event, ms)``, which waits for an event, and ``arrived(name, event)``, which is told of each."""
    text, number, args = (": string", ": number", ": unknown[]") if typed else ("", "", "")
    resolve, back = (": (args: unknown[]) => void", ": Promise<unknown[]>") if typed else ("", "")
    came = ": { name: string; event: unknown[] }[]" if typed else ""
    waiting = f": {{ name: string; event: string; resolve{resolve} }}[]" if typed else ""
    void = ": void" if typed else ""
    return [
        f"const came{came} = [];",
        f"const waiting{waiting} = [];",
        f"function arrived(name{text}, event{args}){void} {{",
        "  const place = waiting.findIndex((each) => each.name === name && each.event === event[0]);",
        "  if (place < 0) came.push({ name, event });",
        "  else waiting.splice(place, 1)[0].resolve(event.slice(1));",
        "}",
        f"function next(name{text}, event{text}, ms{number}){back} {{",
        "  const place = came.findIndex((each) => each.name === name && each.event[0] === event);",
        "  if (place >= 0) return Promise.resolve(came.splice(place, 1)[0].event.slice(1));",
        "  return new Promise((resolve, reject) => {",
        "    const timer = setTimeout(() => reject(new Error(`${event} did not come`)), ms);",
        f"    const done = (args{args}) => (clearTimeout(timer), resolve(args));",
        "    waiting.push({ name, event, resolve: done });",
        "  });",
        "}",
    ]


def _statement(step: Step, old: bool) -> str:
    match step:
        case Pause():
            return f"await new Promise((resolve) => setTimeout(resolve, {round(step.seconds * 1000)}));"
        case Wait():
            where = f"{string_literal(step.namespace)}, {string_literal(step.event)}, {round(step.seconds * 1000)}"
            return f'console.log("came", JSON.stringify(await next({where})));'
    arguments = ", ".join([string_literal(step.event), *map(_literal, step.args)])
    socket = f"sockets[{string_literal(step.namespace)}]"
    if not step.ack:
        return f"{socket}.emit({arguments});"
    if old:
        answer = f"new Promise((resolve) => {socket}.emit({arguments}, resolve))"
    else:
        answer = f"{socket}.timeout({_ANSWER_SECONDS * 1000}).emitWithAck({arguments})"
    return f'console.log("ack", JSON.stringify(await {answer}));'


def _literal(value: object) -> str:
    if isinstance(value, bytes):
        return f'Buffer.from("{value.hex()}", "hex")'
    return javascript_json.dumps(value).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
