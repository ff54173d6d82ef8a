"""What this client can do wrong on purpose, to see how a server behaves.

A fault is a module of the package ``client_faults`` with a ``FAULT``; its id is the name of its file, with hyphens.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from wsgui.net.arming import Arming

FAULTS = "wsgui.net.client_faults"


class FaultValueError(ValueError):
    """What was typed for a fault cannot be used; the message is a sentence."""


class Prepared(NamedTuple):
    """A fault that is ready: what the log will say, what is done, and the bytes that go out as they stand."""

    text: str
    act: Callable[[Arming], None]
    sent: bytes = b""
    """Exactly these, mask included, so that they can be shown before they go; empty if the fault is in no bytes."""


class Field(NamedTuple):
    """What a fault has to be told."""

    label: str
    value: str
    """The one to begin with."""
    choices: tuple[str, ...] = ()
    """What to offer; anything else may be typed unless ``only_these``."""
    only_these: bool = False


@dataclass(frozen=True)
class ClientFault:
    """One fault. ``title`` and ``effect`` are marked for translation."""

    title: str
    effect: str
    """What the server gets to see, and what to watch for."""
    prepare: Callable[[str], Prepared]
    """Takes the value of the field. Raises :class:`FaultValueError`."""
    field: Field | None = None
    end: Callable[[Arming], None] | None = None
    """Of a fault that lasts: how it stops. The others are over at once."""
    needs_websocket: bool = False


def client_faults(package: str = FAULTS) -> dict[str, ClientFault]:
    """All faults by id, in the order of their names."""
    names = [file.name for file in pkgutil.iter_modules(importlib.import_module(package).__path__)]
    # A program that was built without the folder would have nothing to offer, and would not say so.
    assert names, f"{package} is empty"
    faults = {}
    for name in names:
        fault = importlib.import_module(f"{package}.{name}").FAULT
        assert isinstance(fault, ClientFault), name
        faults[name.replace("_", "-")] = fault
    return faults
