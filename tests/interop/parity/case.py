"""One option set and what is done with it: a row of the tables in ``option_sets.py`` and ``bad_servers.py``."""

from __future__ import annotations

import base64
import json
import math
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

from wsgui.core.option_types import Protocol

ENVIRONMENT = dict(os.environ)
"""For every process that is started from the thread of the cases: the fixtures of other tests change the environment
meanwhile, and a process that is given the living one may fail to start with EFAULT."""

Step = tuple[object, ...]
"""The name of a step and its arguments, as ``node/client.js`` has them."""

Upstream = Callable[[], AbstractAsyncContextManager[str]]
"""Starts a server of its own for one run and gives its URL."""


@dataclass(frozen=True)
class Case:
    """``server`` is the options of a real Socket.IO server, or what starts another one."""

    name: str
    suffix: str = ""
    """What stands in the URL behind host and port: namespace and query."""
    options: Mapping[str, object] = field(default_factory=dict)
    steps: Sequence[Step] = ()
    server: Mapping[str, object] | Upstream = field(default_factory=dict)
    namespaces: Sequence[str] = ()
    begin: Sequence[str] = ()
    """What the recorder is told before the clients begin."""
    protocol: Protocol = Protocol.SOCKETIO


@dataclass(frozen=True)
class Event:
    """What a client experienced. ``lane``: ``socket``, ``engine`` or ``manager``; order is compared within a lane."""

    lane: str
    name: str
    facts: str
    """As JSON with sorted keys."""


def event(lane: str, name: str, facts: Mapping[str, object]) -> Event:
    return Event(lane, name, json.dumps(to_json(facts), sort_keys=True, ensure_ascii=False))


def to_json(value: object) -> object:
    """Bytes and infinities as ``node/client.js`` writes and reads them."""
    match value:
        case bytes():
            return {"$bytes": base64.b64encode(value).decode()}
        case float() if math.isinf(value):
            return {"$number": "Infinity"}
        case Mapping():
            return {str(key): to_json(item) for key, item in value.items()}
        case str():
            return value
        case Sequence():
            return [to_json(item) for item in value]
    return value


Tell = Callable[[str], Awaitable[None]]
"""Does what a case tells the recorder."""
