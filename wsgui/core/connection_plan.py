"""A connection and what is done on it, to be handed on: as code, as a file, as a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from wsgui.core import javascript_json
from wsgui.core.option_values import OptionValues
from wsgui.core.profiles.profile import Message, Profile
from wsgui.core.protocol import Protocol


@dataclass(frozen=True)
class Send:
    """Send an event; with a plain WebSocket, ``args`` is the one text."""

    event: str
    args: Sequence[object] = ()
    namespace: str = ""
    """Empty: the one of the URL."""
    ack: bool = False
    """Whether an acknowledgement is asked for, and awaited."""


@dataclass(frozen=True)
class Wait:
    """Wait for an event of the server; with a plain WebSocket, for a message."""

    event: str = ""
    namespace: str = ""
    seconds: float = 10.0


@dataclass(frozen=True)
class Pause:
    """Do nothing."""

    seconds: float


Step: TypeAlias = "Send | Wait | Pause"


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
