"""A step of a connection: what happened, in words, and what of it is compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from wsgui.core.i18n import N_, _

Key = tuple[str, ...]
"""What makes a step on one side the same step as one on the other. Each once within an attempt."""

OUTCOME = N_("Outcome")
TRANSPORT = N_("Transport")
STATUS = N_("Status")


class Stage(Enum):
    """Where in an attempt a step belongs, in this order. The value is the title of the part, for people."""

    ATTEMPT = N_("Attempt")
    """The whole attempt: its heading."""
    WAY = N_("Name, TCP and TLS")
    HANDSHAKE = N_("Handshake")
    UPGRADE = N_("Upgrade")
    POLLING = N_("Polling")
    NAMESPACES = N_("Namespaces")
    MESSAGES = N_("Messages")
    HEARTBEAT = N_("Heartbeat")
    END = N_("End")


ORDER: Mapping[Stage, int] = MappingProxyType({stage: number for number, stage in enumerate(Stage)})


@dataclass(frozen=True)
class Step:
    """One step on one side. Texts may hold what a server sent; secrets are taken out of them."""

    stage: Stage
    key: Key
    name: str
    """What it is."""
    said: str
    """What came of it, in one line."""
    seq: int
    """The first of its records."""
    traits: Mapping[str, str] = field(default_factory=dict)
    """What is compared: a name for people, and the value."""
    seconds: float | None = None
    """How long it took; of several, on average."""
    times: int = 1
    counted: bool = False
    """Whether it is a difference how many times it was."""
    rate: float | None = None
    """How often a second, if it kept coming: then the number of times only tells how long somebody watched."""

    @property
    def basis(self) -> tuple[str, bool]:
        """Of an exchange the transport, and whether it was answered: where that differs, its headers tell nothing."""
        return self.traits.get(TRANSPORT, ""), _(STATUS) in self.traits


@dataclass(frozen=True)
class Attempt:
    """One attempt to connect, with all that followed until the next; or several in a row that were alike."""

    heading: Step
    steps: tuple[Step, ...]

    @property
    def signature(self) -> tuple[object, ...]:
        """What two attempts must have in common to be alike, times apart."""
        return tuple((step.key, tuple(step.traits.items()), step.counted and step.times) for step in self.steps)


def milliseconds(seconds: float) -> str:
    """A duration as it is shown here: in milliseconds, from a second on in seconds."""
    return _("{n:.2f} s").format(n=seconds) if seconds >= 1 else _("{n:.1f} ms").format(n=seconds * 1000)
