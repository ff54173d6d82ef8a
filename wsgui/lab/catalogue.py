"""What the lab can serve: the healthy servers, and every file in the package ``faults``.

A fault is a module with a ``FAULT``; its id is the name of its file, with hyphens.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil

from wsgui.core.i18n import N_
from wsgui.core.option_types import Protocol
from wsgui.lab.offer import Fault, Offer
from wsgui.lab.raw.engine import Settings
from wsgui.lab.raw.plain import serve_plain
from wsgui.lab.raw.serving import node, serve_engine
from wsgui.lab.server import serve

HEALTHY = "healthy"
FAULTS = "wsgui.lab.faults"

V2 = Settings(protocols=frozenset({3}))

HEALTHY_OFFERS = (
    Offer(id=HEALTHY, title=N_("A server that does everything right."), serve=serve),
    Offer(
        id="healthy-node",
        title=N_("A server that does everything right, and answers as Node's does."),
        serve=lambda port: serve_engine(node(), port),
    ),
    Offer(
        id="healthy-v2",
        title=N_("A Socket.IO 2 server that does everything right."),
        serve=lambda port: serve_engine(node(V2), port),
        protocol=Protocol.SOCKETIO_V2,
    ),
    Offer(
        id="healthy-websocket",
        title=N_("A plain WebSocket server: it sends back what it gets."),
        serve=serve_plain,
        protocol=Protocol.WEBSOCKET,
    ),
)


def faults(package: str = FAULTS) -> dict[str, Fault]:
    """All faults by id, in the order of their names."""
    files = [file.name for file in pkgutil.iter_modules(importlib.import_module(package).__path__)]
    # A program that was built without the folder would have nothing to offer, and would not say so.
    assert files, f"{package} is empty"
    return {fault.id: fault for fault in (_fault(f"{package}.{file}") for file in files)}


def offers(package: str = FAULTS) -> dict[str, Offer]:
    """All servers by id: the healthy ones first, then the faults of the package."""
    return {offer.id: offer for offer in (*HEALTHY_OFFERS, *faults(package).values())}


def offer(id: str) -> Offer | None:  # noqa: A002 - what it is called everywhere
    """The server of that id. Only its own file is read: the healthy server is to start soon."""
    for healthy in HEALTHY_OFFERS:
        if healthy.id == id:
            return healthy
    module = f"{FAULTS}.{id.replace('-', '_')}"
    known = id.replace("-", "").isalnum() and importlib.util.find_spec(module) is not None
    return _fault(module) if known else None


def _fault(module: str) -> Fault:
    fault = importlib.import_module(module).FAULT
    assert isinstance(fault, Fault), module
    return fault
