"""A scenario for Artillery, which makes load of it: its Socket.IO engine, and the steps of the sequence as its flow.

Artillery connects a namespace with the first event that is sent in it, and can wait for an event of the server only
after one that it sends itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from wsgui.core.address import read_address
from wsgui.core.binary_values import written
from wsgui.core.connection_plan import Check, Pause, Plan, Send, Step, Wait
from wsgui.core.i18n import N_
from wsgui.core.option_types import Fidelity, OptionType
from wsgui.core.options import OPTION
from wsgui.core.protocol import Protocol
from wsgui.core.value_check import Test, expectation, read_path
from wsgui.exports.first_request import placed_steps

TITLE = N_("Artillery scenario")
SUFFIX = ".yml"
PROTOCOLS = frozenset({Protocol.SOCKETIO})

_MOST_WAITED = 10
"""Seconds: Artillery's own limit for an answer."""


def write(plan: Plan) -> str:
    """YAML whose values are written as JSON, which YAML reads."""
    address = read_address(plan.url, plan.protocol)
    carried = {name: value for name, value in plan.options.items() if _is_carried(name)}
    left = [name for name in plan.options if name not in carried and name != "rejectUnauthorized"]
    lines = ["# npm install -g artillery", "# artillery run FILE"]
    if left:
        lines.append(f"# Artillery does not take these, they are left out: {', '.join(left)}")
    lines += ["config:", f"  target: {_json(address.url())}", f"  timeout: {_MOST_WAITED}"]
    lines += ["  phases:", "    - duration: 1", "      arrivalCount: 1  # virtual users; more of them make the load"]
    if plan.options.get("rejectUnauthorized") is False:
        lines += ["  tls:", "    rejectUnauthorized: false"]
    own_query = carried.pop("query", None)
    query = {**address.query, **(own_query if isinstance(own_query, Mapping) else {})}
    socketio = {**carried, **({"query": query} if query else {})}
    if socketio:
        lines += ["  socketio:", *(f"    {name}: {_json(value)}" for name, value in socketio.items())]
    lines += ["scenarios:", f"  - name: {_json(plan.name or plan.url)}", "    engine: socketio", "    flow:"]
    flow = list(_flow(placed_steps(plan)))
    if plan.times > 1:
        flow = ["- loop:", *(f"    {line}" for line in flow), f"  count: {plan.times}"]
    return "\n".join([*lines, *(f"      {line}" for line in flow)]) + "\n"


def _flow(steps: Sequence[Step]) -> Iterator[str]:
    if not any(isinstance(step, Send) for step in steps):
        yield '# Artillery connects with the first event that is sent. Add one: - emit: ["name", {}]'
        yield "- think: 1"
        return
    waiting = list(reversed(steps))
    while waiting:
        match waiting.pop():
            case Pause(seconds=seconds):
                yield f"- think: {seconds:g}"
            case Send() as step:
                yield f"- emit: {_json([step.event, *step.args])}"
                if step.namespace != "/":
                    yield f"  namespace: {_json(step.namespace)}"
                if step.ack:
                    matches = _json(list(_matches(waiting)))
                    yield f"  acknowledge: {{ match: {matches} }}" if matches != "[]" else "  acknowledge: {}"
                elif waiting and isinstance(answer := waiting[-1], Wait):
                    waiting.pop()
                    matches = _json(list(_matches(waiting)))
                    more = f", match: {matches}" if matches != "[]" else ""
                    # Without something to compare with, Artillery waits until its time-out: every text holds this.
                    yield f'  response: {{ channel: {_json(answer.event)}, args: "", concat: true{more} }}'
            case Check() as step:
                expected = expectation(step.path, step.test, step.value)
                yield f"# Artillery compares one value for equality only, and not this: {_json(expected)}"
            case Wait() as step:
                yield f"# Artillery cannot wait here for {_json(step.event)}: it waits only after an event it sends."


def _matches(waiting: list[Step]) -> Iterator[dict[str, object]]:
    """The checks that follow and that Artillery can do; they are taken out of what is ``waiting``."""
    while waiting and isinstance(step := waiting[-1], Check):
        path = read_path(step.path)
        if step.test is not Test.EQUALS or not path or not isinstance(step.value, str | bool | int | float):
            return
        waiting.pop()
        yield {
            "json": "$" + "".join(f"[{_json(int(part) if part.isdecimal() else part)}]" for part in path),
            "value": step.value,
        }


def _is_carried(name: str) -> bool:
    option = OPTION[name]
    of_files = option.type in {OptionType.FILE, OptionType.FILES, OptionType.OPAQUE}
    return not (of_files or option.fidelity is Fidelity.OWN or name in ("rejectUnauthorized", "parser"))


def _json(value: object) -> str:
    return json.dumps(value, default=_binary)


def _binary(value: object) -> object:
    """Artillery reads a scenario as text, which has no bytes: they are sent as the object that names them here."""
    return written(value) if isinstance(value, bytes) else str(value)
