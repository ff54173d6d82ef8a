"""Does the steps of a sequence on a session, and says of each what came of it: to who asked, and in the log.

An event that came before a step waits for it counts, once: an answer may be there before the acknowledgement that is
awaited first. A step that fails ends the run; the steps behind it are not done.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple, cast

from wsgui.core import javascript_json
from wsgui.core.binary_values import BinaryValueError, filled_in
from wsgui.core.connection_plan import Check, Pause, Plan, Send, Step, Wait
from wsgui.core.describe import packet_of
from wsgui.core.i18n import N_, _
from wsgui.core.protocol import Protocol
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.sequences import said
from wsgui.core.value_check import CheckError, ask
from wsgui.net.session import EmitOptions, EventSession, MessageSession, NotConnectedError
from wsgui.net.state import State
from wsgui.net.tap import Tap

MOST_KEPT = 10_000
"""Events that nobody waits for yet; of more the oldest are forgotten."""


class Outcome(StrEnum):
    """What came of a step; the value is its name for programs."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not run"


OUTCOME_SAID = {Outcome.PASSED: N_("passed"), Outcome.FAILED: N_("failed"), Outcome.NOT_RUN: N_("not run")}


class StepResult(NamedTuple):
    """What came of one step in one run, both counted from 1."""

    run: int
    number: int
    outcome: Outcome
    expected: str
    got: str
    seconds: float
    seq: int
    """Of the row of the log that says it."""


class StepFailedError(Exception):
    """The step failed: what was expected, and what came instead."""

    def __init__(self, expected: str, got: str) -> None:
        super().__init__(got)
        self.expected = expected
        self.got = got


class _Came(NamedTuple):
    namespace: str
    event: str
    args: list[object]


class SequenceRunner:
    """One run of a plan's steps, or several, on an open session; :meth:`take` is to be told of all its records."""

    def __init__(
        self,
        plan: Plan,
        session: EventSession | MessageSession,
        tap: Tap,
        namespace: str = "/",
        told: Callable[[StepResult], None] = lambda result: None,
    ) -> None:
        """``namespace`` is where steps happen that name none."""
        self._plan = plan
        self._session = session
        self._tap = tap
        self._namespace = namespace
        self._told = told
        self._plain = plan.protocol is Protocol.WEBSOCKET
        self._wanted = frozenset(step.event for step in plan.steps if isinstance(step, Wait))
        self._spaces = {step.namespace or namespace for step in plan.steps if isinstance(step, Send | Wait)}
        self._signs = tuple(javascript_json.dumps(event) for event in self._wanted)
        """What the text of an event has in it that may be waited for."""
        self._came: deque[_Came] = deque(maxlen=MOST_KEPT)
        self._arrived = asyncio.Event()
        self._ended = ""
        """Why the connection is no longer there."""
        self._asked = ""
        """The event whose acknowledgement is awaited."""
        self._awaited = 0
        """The number of the record of its sending, or of the note that it is kept until then."""
        self._answer: asyncio.Future[list[object]] | None = None
        self._last: list[object] | None = None
        """The arguments that came last, by a step that waited for them."""

    def take(self, records: Sequence[Record]) -> None:
        """Look at what happened; cheap for what no step waits for."""
        for record in records:
            match record.kind:
                case Kind.EVENT if record.direction is Direction.IN and self._wanted:
                    self._take_event(record)
                case Kind.WS_MESSAGE if record.direction is Direction.IN and self._wanted:
                    self._keep(_Came("", "", [record.data]))
                case Kind.ACK if record.direction is Direction.IN:
                    self._take_answer(record)
                case Kind.ERROR if self._is_awaited(record):
                    self._refuse(str(record.fact("text")))
                case Kind.STATE if record.fact("state") != State.CONNECTED.value:
                    self._end(_("the connection ended"))
                case Kind.DISCONNECT if record.fact("namespace") in self._spaces:
                    self._end(_("the connection ended: {why}").format(why=record.fact("reason")))

    async def run(self) -> bool:
        """Do the steps, as often as the plan says; whether all of them passed."""
        if self._session.status.state is not State.CONNECTED:
            self._end(_("there is no connection"))
        steps = self._plan.steps
        for run in range(1, self._plan.times + 1):
            for number, step in enumerate(steps, 1):
                if not await self._do_one(run, number, step):
                    for later in range(number + 1, len(steps) + 1):
                        self._told(StepResult(run, later, Outcome.NOT_RUN, "", "", 0.0, 0))
                    self._say_end(passed=False, runs=run)
                    return False
        self._say_end(passed=True, runs=self._plan.times)
        return True

    # The steps

    async def _do_one(self, run: int, number: int, step: Step) -> bool:
        began = time.monotonic()
        expected, got, outcome = said(step), "", Outcome.PASSED
        try:
            expected, got = await self._do(step)
        except StepFailedError as failure:
            expected, got, outcome = failure.expected, failure.got, Outcome.FAILED
        took = time.monotonic() - began
        seq = self._say(run, number, step, outcome, expected, got)
        self._told(StepResult(run, number, outcome, expected, got, took, seq))
        return outcome is Outcome.PASSED

    async def _do(self, step: Step) -> tuple[str, str]:
        """What was expected and what came; raises :class:`StepFailedError`."""
        match step:
            case Pause(seconds=seconds):
                await asyncio.sleep(seconds)
                return "", ""
            case Check():
                return self._check(step)
            case Wait():
                return await self._wait(step)
            case Send() if self._ended:
                raise StepFailedError(_("an open connection"), self._ended)
            case Send():
                return await self._send(step)

    async def _send(self, step: Send) -> tuple[str, str]:
        try:
            args = [filled_in(value) for value in step.args]
            if self._plain:
                data = args[0] if args else ""
                session = cast("MessageSession", self._session)
                session.send_message(data if isinstance(data, str | bytes) else javascript_json.dumps(data))
                return "", ""
            options = EmitOptions(step.ack, step.volatile, step.seconds if step.ack else None)
            answer: asyncio.Future[list[object]] = asyncio.get_running_loop().create_future()
            session_of_events = cast("EventSession", self._session)
            self._asked = step.event
            self._awaited = session_of_events.send(step.event, args, namespace=self._of(step), options=options)
        except (NotConnectedError, BinaryValueError) as error:
            raise StepFailedError(said(step), str(error)) from error
        if not step.ack:
            return "", ""
        expected = _("an acknowledgement of “{event}” within {seconds:g} s")
        expected = expected.format(event=step.event, seconds=step.seconds)
        self._answer = answer
        try:
            self._last = await asyncio.wait_for(answer, step.seconds + 1)  # the session's own limit comes first
        except TimeoutError as error:
            raise StepFailedError(expected, _("none came")) from error
        except ConnectionError as error:
            raise StepFailedError(expected, str(error)) from error
        finally:
            self._answer = None
        return expected, _shown(self._last)

    async def _wait(self, step: Wait) -> tuple[str, str]:
        expected = (
            _("“{event}” within {seconds:g} s").format(event=step.event, seconds=step.seconds)
            if step.event
            else _("a message within {seconds:g} s").format(seconds=step.seconds)
        )
        namespace = "" if self._plain else self._of(step)
        try:
            async with asyncio.timeout(step.seconds):
                while (found := self._find(namespace, step.event)) is None:
                    if self._ended:
                        raise StepFailedError(expected, self._ended)
                    self._arrived.clear()
                    await self._arrived.wait()
        except TimeoutError as error:
            raise StepFailedError(expected, _("it did not come")) from error
        self._last = found.args
        return expected, _shown(found.args)

    def _check(self, step: Check) -> tuple[str, str]:
        if self._last is None:
            raise StepFailedError(said(step), _("no step before it waited for something"))
        try:
            answer = ask(self._last, step.path, step.test, step.value)
        except CheckError as error:
            raise StepFailedError(said(step), str(error)) from error
        if not answer.passed:
            raise StepFailedError(answer.expected, answer.got)
        return answer.expected, answer.got

    def _of(self, step: Send | Wait) -> str:
        return step.namespace or self._namespace

    # What happens meanwhile

    def _take_event(self, record: Record) -> None:
        data = record.data
        if isinstance(data, str) and not any(sign in data for sign in self._signs) and "\\" not in data:
            return
        packet = packet_of(record)
        if packet is not None and packet.event in self._wanted:
            self._keep(_Came(packet.namespace, packet.event, packet.args))

    def _keep(self, came: _Came) -> None:
        self._came.append(came)
        self._arrived.set()

    def _find(self, namespace: str, event: str) -> _Came | None:
        for came in self._came:
            if (came.namespace, came.event) == (namespace, event):
                self._came.remove(came)
                return came
        return None

    def _is_awaited(self, record: Record) -> bool:
        emit = record.fact("emit")
        return self._answer is not None and isinstance(emit, int) and emit >= self._awaited

    def _take_answer(self, record: Record) -> None:
        if self._answer is None or self._answer.done() or not self._is_awaited(record):
            return
        if record.fact("event") == self._asked and (packet := packet_of(record)) is not None:
            self._answer.set_result(packet.args)

    def _refuse(self, why: str) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError(why))

    def _end(self, why: str) -> None:
        self._ended = self._ended or why
        self._arrived.set()
        self._refuse(self._ended)

    # What is said of it

    def _say(self, run: int, number: int, step: Step, outcome: Outcome, expected: str, got: str) -> int:
        place = _("Step {n} of {all}").format(n=number, all=len(self._plan.steps))
        if self._plan.times > 1:
            place = _("Run {run}, step {n} of {all}").format(run=run, n=number, all=len(self._plan.steps))
        text = f"{place}, {said(step)}: {_(OUTCOME_SAID[outcome])}"
        if outcome is Outcome.FAILED:
            text = _("{text}. Expected: {expected}. Got: {got}").format(text=text, expected=expected, got=got)
        kind = Kind.ERROR if outcome is Outcome.FAILED else Kind.NOTE
        facts: dict[str, object] = {"text": text, "step": number, "run": run, "outcome": outcome.value}
        facts |= {name: value for name, value in (("expected", expected), ("got", got)) if value}
        return self._tap.record(kind, facts=facts)

    def _say_end(self, *, passed: bool, runs: int) -> None:
        name = self._plan.name or _("without a name")
        text = _("The sequence “{name}” passed.") if passed else _("The sequence “{name}” failed.")
        facts = {"text": text.format(name=name), "runs": runs, "outcome": "passed" if passed else "failed"}
        self._tap.record(Kind.NOTE if passed else Kind.ERROR, facts=facts)


def _shown(args: Sequence[object]) -> str:
    from wsgui.core.value_check import shown

    return ", ".join(map(shown, args))
