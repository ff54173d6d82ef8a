"""The steps of a sequence as statements of an ``async`` function, in which ``sockets`` has a socket per namespace.

Events that came before somebody waits for them count: an answer may be there before the acknowledgement that is
awaited first. ``last`` has the arguments that came last; a check of them that fails throws.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wsgui.core import javascript_json
from wsgui.core.connection_plan import Check, Pause, Plan, Step, Wait
from wsgui.core.option_values import string_literal
from wsgui.core.value_check import expectation, read_path

_CHECKING = """\
let last@list = [];
function look(value@any, path@texts)@any {
  for (const part of path) {
    if (typeof value === "string") {
      try { value = JSON.parse(value); } catch { return undefined; }
    }
    if (value === null || typeof value !== "object" || !Object.hasOwn(value, part)) return undefined;
    value = value[part];
  }
  return value;
}
function same(one@any, other@any)@flag {
  if (one === null || other === null || typeof one !== "object" || typeof other !== "object") return one === other;
  const names = Object.keys(one);
  return Array.isArray(one) === Array.isArray(other) && names.length === Object.keys(other).length
    && names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]));
}
function contains(whole@any, part@any)@flag {
  if (typeof whole === "string") return whole.includes(typeof part === "string" ? part : JSON.stringify(part));
  if (Array.isArray(whole)) return whole.some((each) => same(each, part));
  if (whole === null || typeof whole !== "object") return false;
  if (typeof part === "string") return Object.hasOwn(whole, part);
  if (part === null || typeof part !== "object") return false;
  return Object.keys(part).every((name) => Object.hasOwn(whole, name) && same(whole[name], part[name]));
}
function check(path@texts, test@text, value@any, expected@text)@void {
  const got = look(last, path);
  const text = typeof got === "string" ? got : JSON.stringify(got);
  const passed = got !== undefined && (test === "exists" || (test === "equals" && same(got, value))
    || (test === "contains" && contains(got, value)) || (test === "matches" && new RegExp(value).test(text)));
  if (!passed) throw new Error(`expected: ${expected}; got: ${text}`);
  console.log("passed", expected);
}"""
_TYPES = {"list": "unknown[]", "any": "any", "texts": "string[]", "text": "string", "flag": "boolean", "void": "void"}


def steps_of(plan: Plan, steps: Sequence[Step], *, old: bool = False, typed: bool = False) -> list[str]:
    """Statements for the placed steps of the plan; ``old`` is the client of Socket.IO 2, which has no promises."""
    keeps = checks(steps)
    return repeated(plan, [_statement(step, old=old, typed=typed, keeps=keeps) for step in steps])


def repeated(plan: Plan, statements: Sequence[str]) -> list[str]:
    """The statements, as often as the plan says."""
    if plan.times == 1 or not statements:
        return list(statements)
    return [f"for (let run = 1; run <= {plan.times}; run++) {{", *(f"  {each}" for each in statements), "}"]


def checks(steps: Sequence[Step]) -> bool:
    """Whether the statements need :func:`checking_functions`."""
    return any(isinstance(step, Check) for step in steps)


def checking_functions(*, typed: bool = False) -> list[str]:
    """``last``, and ``check(path, test, value, expected)``, which throws where it is not so."""
    text = re.sub(r"@(\w+)", lambda found: f": {_TYPES[found[1]]}" if typed else "", _CHECKING)
    return text.split("\n")


def check_statement(step: Check) -> str:
    """The statement for a check."""
    expected = string_literal(expectation(step.path, step.test, step.value))
    path = ", ".join(map(string_literal, read_path(step.path)))
    return f"check([{path}], {string_literal(step.test.value)}, {_literal(step.value)}, {expected});"


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


def _statement(step: Step, *, old: bool, typed: bool, keeps: bool) -> str:
    match step:
        case Pause():
            return f"await new Promise((resolve) => setTimeout(resolve, {round(step.seconds * 1000)}));"
        case Wait():
            where = f"{string_literal(step.namespace)}, {string_literal(step.event)}, {round(step.seconds * 1000)}"
            came = f"last = await next({where})" if keeps else f"await next({where})"
            return f'console.log("came", JSON.stringify({came}));'
        case Check():
            return check_statement(step)
    arguments = ", ".join([string_literal(step.event), *(_literal(each, typed=typed) for each in step.args)])
    socket = f"sockets[{string_literal(step.namespace)}]"
    if not step.ack:
        return f"{socket}.{'volatile.' if step.volatile else ''}emit({arguments});"
    if keeps:
        of, no, args = ("<unknown[]>", ": Error | null", ": unknown[]") if typed else ("", "", "")
        take = f"(error{no}, ...args{args}) => (error ? reject(error) : resolve(args))"
        asking = f"{socket}.timeout({round(step.seconds * 1000)}).emit({arguments}, {take})"
        if old:
            asking = f"{socket}.emit({arguments}, (...args) => resolve(args))"
        answer = f"new Promise{of}((resolve, reject) => {asking})"
        return f'console.log("ack", JSON.stringify(last = await {answer}));'
    if old:
        answer = f"new Promise((resolve) => {socket}.emit({arguments}, resolve))"
    else:
        answer = f"{socket}.timeout({round(step.seconds * 1000)}).emitWithAck({arguments})"
    return f'console.log("ack", JSON.stringify(await {answer}));'


def _literal(value: object, *, typed: bool = False) -> str:
    """``typed`` is for a page, which has no ``Buffer``."""
    if isinstance(value, bytes):
        numbers = ", ".join(map(str, value))
        return f"new Uint8Array([{numbers}])" if typed else f'Buffer.from("{value.hex()}", "hex")'
    if isinstance(value, dict):
        members = (f"{string_literal(name)}: {_literal(each, typed=typed)}" for name, each in value.items())
        return f"{{{', '.join(members)}}}"
    if isinstance(value, list):
        return f"[{', '.join(_literal(each, typed=typed) for each in value)}]"
    return javascript_json.dumps(value).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
