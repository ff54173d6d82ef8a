"""What a Socket.IO connection sends first, for tools that know nothing of Socket.IO: URLs, headers and packets.

As socket.io-client does it: the handshake of Engine.IO, then a packet that joins each namespace.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from wsgui.core.address import Address, read_address
from wsgui.core.binary_values import filled_in, written
from wsgui.core.connection_plan import Plan, Send, Step, Wait
from wsgui.core.options import value_of
from wsgui.core.protocol import Protocol


def engine_url(plan: Plan, transport: str) -> str:
    """The URL of the handshake over a transport; of a plain WebSocket, that of the handshake. Raises AddressError."""
    address = read_address(plan.url, plan.protocol)
    if plan.protocol is Protocol.WEBSOCKET:
        return address.url(websocket=True).rstrip("/") + address.target
    path = str(value_of(plan.options, "path"))
    if value_of(plan.options, "addTrailingSlash") and not path.endswith("/"):
        path += "/"
    version = "3" if plan.protocol is Protocol.SOCKETIO_V2 else "4"
    query = {**_query(plan, address), "EIO": version, "transport": transport}
    return address.url(path, query, websocket=transport == "websocket")


def request_headers(plan: Plan) -> dict[str, str]:
    """The headers that the options add."""
    headers = value_of(plan.options, "extraHeaders")
    found = {name: str(value) for name, value in headers.items()} if isinstance(headers, Mapping) else {}
    if isinstance(origin := plan.options.get("origin"), str):
        found.setdefault("Origin", origin)
    return found


def namespaces(plan: Plan) -> dict[str, Mapping[str, object] | None]:
    """All that are joined, each with its ``auth``; the URL's own comes first. Empty for a plain WebSocket."""
    if plan.protocol is Protocol.WEBSOCKET:
        return {}
    auth = plan.options.get("auth")
    common = auth if isinstance(auth, Mapping) and plan.protocol is Protocol.SOCKETIO else None
    own = read_address(plan.url, plan.protocol).namespace
    return {own: common, **{name: special or common for name, special in plan.namespaces.items() if name != own}}


def placed_steps(plan: Plan) -> list[Step]:
    """The steps, each with the name of its namespace if it has one, and with the bytes that are to be sent.

    Raises :class:`wsgui.core.binary_values.BinaryValueError`.
    """
    steps = [_with_bytes(step) if isinstance(step, Send) else step for step in plan.steps]
    if plan.protocol is Protocol.WEBSOCKET:
        return steps
    own = read_address(plan.url, plan.protocol).namespace
    return [replace(step, namespace=step.namespace or own) if isinstance(step, Send | Wait) else step for step in steps]


def _with_bytes(step: Send) -> Send:
    return replace(step, args=[filled_in(value) for value in step.args])


def connect_packets(plan: Plan) -> list[str]:
    """The packets that join. A server of Socket.IO 2 joins ``/`` by itself."""
    joined = namespaces(plan)
    if plan.protocol is Protocol.SOCKETIO_V2:
        return [f"40{name}" for name in joined if name != "/"]
    return ["40" + _of(name) + (_json(auth) if auth else "") for name, auth in joined.items()]


def event_packet(step: Send, number: int | None = None) -> str:
    """The packet of an event; with a ``number`` it asks for an acknowledgement."""
    return "42" + _of(step.namespace) + ("" if number is None else str(number)) + _json([step.event, *step.args])


def _of(namespace: str) -> str:
    return "" if namespace == "/" else f"{namespace},"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=written)  # a line has no bytes


def _query(plan: Plan, address: Address) -> dict[str, str]:
    query = value_of(plan.options, "query")
    given = {name: str(value) for name, value in query.items()} if isinstance(query, Mapping) else {}
    return {**address.query, **given}
