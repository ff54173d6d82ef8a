"""``wsgui run``: connect, do the steps of a sequence, say of each what came of it, and disconnect."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from wsgui.cli import print_nowhere
from wsgui.core import javascript_json
from wsgui.core.connection_plan import Plan, as_objects
from wsgui.core.describe import describe
from wsgui.core.environments import resolve_connection
from wsgui.core.i18n import _
from wsgui.core.protocol import Protocol
from wsgui.core.records import Kind, Record
from wsgui.core.redact import Redaction
from wsgui.core.sequences import StepError, read_steps, said
from wsgui.core.variables import VariableError, resolve_all
from wsgui.core.visible import one_line
from wsgui.net.sequence_runner import OUTCOME_SAID, Outcome, SequenceRunner, StepResult
from wsgui.net.session import Target
from wsgui.net.socketio_session import SocketioSession
from wsgui.net.tap import Tap
from wsgui.net.websocket_session import WebSocketSession

if TYPE_CHECKING:
    from wsgui.core.address import Address
    from wsgui.core.environments import Environment

PASSED, FAILED = 0, 1
_MARK = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.NOT_RUN: "–"}


async def run(plan: Plan, address: Address, tell: Teller) -> int:
    """Do it; the exit status."""
    plain = plan.protocol is Protocol.WEBSOCKET
    target = Target(
        address,
        plan.options,
        () if plain else (address.namespace, *plan.namespaces),
        plan.protocol,
        auths={name: auth for name, auth in plan.namespaces.items() if auth is not None},
    )
    waiting = _Opening(set(target.joined) if not plain else {""})
    take: Callable[[Sequence[Record]], None] = waiting.take

    session: SocketioSession | WebSocketSession
    tap = Tap(lambda records: take(records))
    session = (WebSocketSession if plain else SocketioSession)(target, tap)
    session.open()
    try:
        problem = await waiting.end
        if problem:
            tell.problem(problem)
            return FAILED
        runner = SequenceRunner(plan, session, tap, address.namespace, tell.step)
        take = runner.take
        passed = await runner.run()
    finally:
        await session.close()
    tell.end(passed=passed)
    return PASSED if passed else FAILED


class _Opening:
    """Waits until all namespaces are joined, or something went wrong; ``end`` has what, as a sentence."""

    def __init__(self, namespaces: set[str]) -> None:
        self._missing = namespaces
        self.end: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def take(self, records: Sequence[Record]) -> None:
        for record in records:
            if self.end.done():
                return
            if record.kind is Kind.CONNECT:
                self._missing.discard(str(record.fact("namespace") or ""))
                if not self._missing:
                    self.end.set_result("")
            elif record.kind in (Kind.CONNECT_ERROR, Kind.DISCONNECT, Kind.WS_CLOSE):
                self.end.set_result(one_line(describe(record).summary))


class Teller:
    """Prints; with ``as_json_lines`` one object for each step, and one at the end.

    ``plan`` has the steps as they were written, with their variables; the values of secret ones are not printed.
    """

    def __init__(self, plan: Plan, redaction: Redaction, *, as_json_lines: bool) -> None:
        self._plan = plan
        self._redaction = redaction
        self._as_json_lines = as_json_lines
        self._counts = dict.fromkeys(Outcome, 0)

    def step(self, result: StepResult) -> None:
        """One step is done, or will not be."""
        self._counts[result.outcome] += 1
        words = said(self._plan.steps[result.number - 1])
        if self._as_json_lines:
            members = result._asdict() | {"outcome": result.outcome.value, "text": words}
            members["step"] = members.pop("number")
            members["seconds"] = round(result.seconds, 6)
            self._print(javascript_json.dumps(members))
            return
        place = f"{result.run}.{result.number}" if self._plan.times > 1 else str(result.number)
        self._print(f"{_MARK[result.outcome]} {place:>5}  {words}: {_(OUTCOME_SAID[result.outcome])}")
        if result.outcome is Outcome.FAILED:
            self._print("         " + _("Expected: {expected}").format(expected=one_line(result.expected)))
            self._print("         " + _("Got: {got}").format(got=one_line(result.got)))

    def problem(self, sentence: str) -> None:
        """There was no connection to do anything on."""
        if self._as_json_lines:
            self._print(javascript_json.dumps({"verdict": "failed", "problem": sentence, **self._summary()}))
        else:
            why = self._redaction.text(sentence)
            sys.stderr.write(_("wsgui: there was no connection: {why}").format(why=why) + "\n")

    def end(self, *, passed: bool) -> None:
        """All that will be done is done."""
        if self._as_json_lines:
            self._print(javascript_json.dumps({"verdict": "passed" if passed else "failed", **self._summary()}))
            return
        counts = self._summary()
        sentence = _("{passed} passed, {failed} failed, {not_run} not run")
        self._print(sentence.format(passed=counts["passed"], failed=counts["failed"], not_run=counts["not_run"]))

    def _print(self, line: str) -> None:
        try:
            print(self._redaction.text(line), flush=True)
        except BrokenPipeError:
            print_nowhere()

    def _summary(self) -> dict[str, int]:
        return {outcome.value.replace(" ", "_"): count for outcome, count in self._counts.items()}


def planned(plan: Plan, url: str | None, times: int | None) -> Plan:
    """The plan with what the command line says instead."""
    return replace(plan, url=url or plan.url, times=times or plan.times)


def resolved(plan: Plan, environment: Environment | None) -> Plan:
    """The plan with the values of all variables; without an environment, steps are done as they are written.

    Raises :class:`wsgui.core.environments.UnresolvedError`, :class:`wsgui.core.sequences.StepError`.
    """
    url, options, namespaces = resolve_connection(plan.url, plan.options, plan.namespaces, environment)
    steps = plan.steps
    if environment is not None:
        try:
            steps = read_steps(resolve_all(as_objects(steps), environment.variables, environment.name))
        except VariableError as error:
            raise StepError(error.sentence) from error
    return replace(plan, url=url, options=options, namespaces=namespaces, steps=steps)
