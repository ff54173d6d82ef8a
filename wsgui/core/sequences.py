"""Sequences that a person keeps: steps under a name; and how steps are read and said."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wsgui.core import javascript_json
from wsgui.core.connection_plan import Check, Pause, Send, Step, Wait
from wsgui.core.i18n import N_, _
from wsgui.core.value_check import CheckError, Test, check_question, expectation
from wsgui.core.visible import one_line

MOST_TIMES = 100_000
MOST_STEPS = 1000
MOST_SECONDS = 86_400.0
_LONGEST = 120
"""Characters of arguments in the words for a step."""


class StepError(ValueError):
    """A step cannot be read; the message is a sentence with its number."""


@dataclass(frozen=True)
class SavedSequence:
    """Steps to be done in this order, so often."""

    name: str
    steps: tuple[Step, ...] = ()
    times: int = 1
    plain: bool = False
    """For a plain WebSocket, else for Socket.IO."""
    note: str = ""
    key: str = field(default_factory=lambda: os.urandom(16).hex())


def said(step: Step) -> str:
    """The step in words, on one line."""
    match step:
        case Send(event="", args=args):
            return _("send {text}").format(text=one_line(_text_of(args), _LONGEST))
        case Send():
            arguments = one_line(", ".join(map(javascript_json.dumps, step.args)), _LONGEST)
            sentence = (
                _("send “{event}” {arguments}, wait for its acknowledgement")
                if step.ack
                else _("send “{event}” {arguments}")
            )
            return _placed(sentence.format(event=one_line(step.event, _LONGEST), arguments=arguments), step.namespace)
        case Wait(event=""):
            return _("wait for a message, at most {seconds:g} s").format(seconds=step.seconds)
        case Wait():
            sentence = _("wait for “{event}”, at most {seconds:g} s")
            event = one_line(step.event, _LONGEST)
            return _placed(sentence.format(event=event, seconds=step.seconds), step.namespace)
        case Check():
            return _("check: {expected}").format(expected=expectation(step.path, step.test, step.value))
        case Pause():
            return _("pause for {seconds:g} s").format(seconds=step.seconds)


def read_steps(entries: object) -> tuple[Step, ...]:
    """The steps that :func:`wsgui.core.connection_plan.as_objects` wrote. Raises :class:`StepError`."""
    if not isinstance(entries, list) or len(entries) > MOST_STEPS:
        raise StepError(_("The steps are no list of at most {most} steps.").format(most=MOST_STEPS))
    return tuple(_step(number, entry) for number, entry in enumerate(entries, 1))


def read_times(value: object) -> int:
    """How often; once, where that is not told. Raises :class:`StepError`."""
    if value is None:
        return 1
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_TIMES:
        raise StepError(_("How often is a number from 1 to {most:,}.").format(most=MOST_TIMES))
    return value


_WRONG = N_("Step {n}: “{name}” is not of the right kind.")


def _step(number: int, entry: object) -> Step:
    if not isinstance(entry, Mapping):
        raise StepError(_("Step {n} is no object.").format(n=number))

    def of_type(name: str, usual: object, *types: type) -> object:
        value = entry.get(name, usual)
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
            raise StepError(_(_WRONG).format(n=number, name=name))
        return value

    def text(name: str) -> str:
        return str(of_type(name, "", str))

    def seconds(usual: float) -> float:
        value = of_type("seconds", usual, int, float)
        assert isinstance(value, int | float)
        if not (math.isfinite(value) and 0 <= value <= MOST_SECONDS):
            raise StepError(_(_WRONG).format(n=number, name="seconds"))
        return float(value)

    match entry.get("do"):
        case "send":
            args = of_type("args", [], list)
            assert isinstance(args, list)
            return Send(
                text("event"),
                args,
                text("namespace"),
                bool(of_type("ack", False, bool)),
                seconds(10.0),
                bool(of_type("volatile", False, bool)),
            )
        case "wait":
            return Wait(text("event"), text("namespace"), seconds(10.0))
        case "pause":
            return Pause(seconds(1.0))
        case "check":
            try:
                check = Check(str(of_type("path", "0", str)), Test(text("test") or Test.EXISTS), entry.get("value"))
                check_question(check.path, check.test, check.value)
            except CheckError as error:
                raise StepError(_("Step {n}: {why}").format(n=number, why=error)) from error
            except ValueError as error:
                raise StepError(_(_WRONG).format(n=number, name="test")) from error
            return check
    raise StepError(_("Step {n}: “do” is one of send, wait, check, pause.").format(n=number))


def _placed(text: str, namespace: str) -> str:
    return _("{text} in {namespace}").format(text=text, namespace=namespace) if namespace not in ("", "/") else text


def _text_of(args: Sequence[object]) -> str:
    return "".join(each if isinstance(each, str) else javascript_json.dumps(each) for each in args)
