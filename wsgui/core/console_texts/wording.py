"""A Wording is one message that programs print, with what it may come from and what decides."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from wsgui.core.findings import Stage
from wsgui.core.i18n import N_


class Speaker(Enum):
    """Who prints it. The value is for people, marked for translation."""

    CHROME = N_("Chrome or Edge")
    FIREFOX = N_("Firefox")
    SAFARI = N_("Safari")
    CLIENT = N_("socket.io-client")
    NODE = N_("Node")
    SERVER = N_("a Socket.IO server")
    PYTHON = N_("Python")
    PROXY = N_("a proxy or platform")


class Strength(Enum):
    """How much a wording says. The value is what its likeliest cause scores."""

    VAGUE = 1.0
    """Many things lead to it."""
    USUAL = 2.5
    CLEAR = 6.0
    """It can hardly mean anything else."""


@dataclass(frozen=True)
class Guess:
    """A cause that a message may come from, and one sentence why, marked for translation."""

    cause: str
    why: str


@dataclass(frozen=True)
class Wording:
    """One row. ``needle`` is in small letters; straight quotes stand for typographic ones."""

    needle: str
    speaker: Speaker
    strength: Strength
    decided_by: tuple[Stage, ...]
    """Where the checks look to tell the guesses apart."""
    guesses: tuple[Guess, ...]
    """The likeliest first."""
    pattern: str = ""
    """What else has to be in the line, as a pattern without nested repetition."""
    regex: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "regex", re.compile(self.pattern, re.IGNORECASE))


def say(
    needle: str,
    speaker: Speaker,
    strength: Strength,
    stage: Stage,
    *guesses: tuple[str, str],
    also: tuple[Stage, ...] = (),
    pattern: str = "",
) -> Wording:
    """A row, written short: each guess is a cause with its sentence."""
    return Wording(needle, speaker, strength, (stage, *also), tuple(Guess(*guess) for guess in guesses), pattern)
