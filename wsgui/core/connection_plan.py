"""A connection and what is done on it, to be handed on: as code, as a file, as a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TypeAlias

from wsgui.core import javascript_json
from wsgui.core.option_values import OptionValues
from wsgui.core.profiles.profile import Message, Profile
from wsgui.core.profiles.text import FORMAT, members_of
from wsgui.core.protocol import Protocol
from wsgui.core.value_check import Test


@dataclass(frozen=True)
class Send:
    """Send an event; with a plain WebSocket, ``args`` is the one text, or what stands for bytes."""

    event: str
    args: Sequence[object] = ()
    """As JSON; bytes as :mod:`wsgui.core.binary_values` writes them."""
    namespace: str = ""
    """Empty: the one of the URL."""
    ack: bool = False
    """Whether an acknowledgement is asked for, and awaited."""
    seconds: float = 10.0
    """For the acknowledgement."""
    volatile: bool = False


@dataclass(frozen=True)
class Wait:
    """Wait for an event of the server; with a plain WebSocket, for a message."""

    event: str = ""
    namespace: str = ""
    seconds: float = 10.0


@dataclass(frozen=True)
class Check:
    """Compare what came last: the arguments of the event or the acknowledgement, of a plain WebSocket the message."""

    path: str = "0"
    """See :mod:`wsgui.core.value_check`."""
    test: Test = Test.EXISTS
    value: object = None
    """JSON; of ``MATCHES`` the regular expression."""


@dataclass(frozen=True)
class Pause:
    """Do nothing."""

    seconds: float


Step: TypeAlias = "Send | Wait | Check | Pause"


@dataclass(frozen=True)
class Plan:
    """Connect so, and then do these steps."""

    url: str
    protocol: Protocol = Protocol.SOCKETIO
    options: OptionValues = field(default_factory=dict)
    namespaces: Mapping[str, Mapping[str, object] | None] = field(default_factory=dict)
    """Besides the URL's own."""
    steps: tuple[Step, ...] = ()
    name: str = ""
    times: int = 1
    """How often the steps are done."""


def as_profile(plan: Plan) -> Profile:
    """The connection with its messages, to be written as a file or a link; pauses and waiting have no place there."""
    return Profile(
        plan.name,
        plan.url,
        plan.protocol,
        plan.options,
        plan.namespaces,
        tuple(_message(step) for step in plan.steps if isinstance(step, Send) and (step.event or step.args)),
    )


def _message(step: Send) -> Message:
    if step.event:
        return Message(step.event, ", ".join(map(javascript_json.dumps, step.args)))
    return Message("", str(step.args[0]))


def as_sequence(plan: Plan) -> str:
    """The text of a file with the connection and all its steps, which ``wsgui run`` does."""
    members = {"wsgui": FORMAT, **members_of(as_profile(plan)), "times": plan.times, "steps": as_objects(plan.steps)}
    members.pop("messages", None)
    return javascript_json.dumps(members, indent=True) + "\n"


def as_objects(steps: Sequence[Step]) -> list[dict[str, object]]:
    """The steps as JSON; :mod:`wsgui.core.sequence_file` reads them. What is as usual is left out."""
    return [
        {
            "do": type(step).__name__.lower(),
            **{name: value for name, value in vars(step).items() if _is_told(step, name)},
        }
        for step in steps
    ]


def _is_told(step: Step, name: str) -> bool:
    usual = {each.name: each.default for each in fields(step)}[name]
    return bool(getattr(step, name) != usual or (isinstance(step, Check) and name == "path"))
