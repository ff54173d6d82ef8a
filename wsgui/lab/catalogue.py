"""What the lab can serve: the healthy server, and every file in the package ``faults``.

A fault is a module with a ``TITLE`` and a ``serve(port)`` like that of :mod:`wsgui.lab.server`; its id is the name of
its file, with hyphens.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from wsgui.core.i18n import N_
from wsgui.lab.server import serve

HEALTHY = "healthy"


@dataclass(frozen=True)
class Offer:
    """One server of the lab. ``serve(port)`` yields the URL."""

    id: str
    title: str
    serve: Callable[[int], AbstractAsyncContextManager[str]]


def offers(faults: str = "wsgui.lab.faults") -> dict[str, Offer]:
    """All servers by id: the healthy one first, then the faults in the package of that name, if there is one."""
    found = {HEALTHY: Offer(HEALTHY, N_("A server that does everything right."), serve)}
    if importlib.util.find_spec(faults) is not None:
        for file in pkgutil.iter_modules(importlib.import_module(faults).__path__):
            module = importlib.import_module(f"{faults}.{file.name}")
            fault = Offer(file.name.replace("_", "-"), module.TITLE, module.serve)
            found[fault.id] = fault
    return found
