"""The events that the healthy server understands: one row each, and from the rows the welcome and the page at ``/``.

A handler gets the :class:`Client` that sent the event and its arguments. What it returns is the acknowledgement, if
the client asked for one: a tuple is several arguments, :data:`NO_ANSWER` is none at all.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Protocol

import socketio

from wsgui.core.i18n import N_, _

NO_ANSWER: Final = object()
"""What a handler returns so that there is no acknowledgement, not even an empty one."""


class Client(Protocol):
    """Who sent an event, and the way back to them."""

    @property
    def sid(self) -> str:
        """The id of the client in its namespace."""

    async def emit(self, event: str, *args: object) -> None:
        """Send an event to this client alone."""

    async def broadcast(self, event: str, *args: object) -> None:
        """Send an event to all clients of the namespace."""

    async def ask(self, event: str, args: tuple[object, ...], report: Callable[..., Awaitable[None]]) -> None:
        """Send an event to this client; ``report`` gets the arguments of its acknowledgement."""

    async def disconnect(self) -> None:
        """Part with the client."""


@dataclass(frozen=True)
class HealthyClient:
    """A client of the python-socketio server."""

    server: socketio.AsyncServer
    namespace: str
    sid: str

    async def emit(self, event: str, *args: object) -> None:
        await self.server.emit(event, args, to=self.sid, namespace=self.namespace)

    async def broadcast(self, event: str, *args: object) -> None:
        await self.server.emit(event, args, namespace=self.namespace)

    async def ask(self, event: str, args: tuple[object, ...], report: Callable[..., Awaitable[None]]) -> None:
        await self.server.emit(event, args, to=self.sid, namespace=self.namespace, callback=report)

    async def disconnect(self) -> None:
        await self.server.disconnect(self.sid, namespace=self.namespace)


async def _echo(client: Client, *args: object) -> object:
    await client.emit("echo", *args)
    return args


async def _ack(client: Client, *args: object) -> object:  # noqa: ARG001 - answers without an event
    return {"ok": True, "received": list(args)}


async def _sum(client: Client, *args: object) -> object:  # noqa: ARG001 - answers without an event
    numbers = [number for number in args if isinstance(number, (int, float))]
    if len(numbers) < len(args):
        return {"error": _("sum adds numbers only.")}
    total = sum(numbers)
    # JSON has no infinity; Python would send one all the same, and the client could not read the packet.
    return total if math.isfinite(total) else {"error": _("The sum is too large.")}


async def _broadcast(client: Client, *args: object) -> object:
    await client.broadcast("broadcast", client.sid, *args)
    return None


async def _binary(client: Client, *args: object) -> object:
    sent = args[0] if args else bytes(range(256))
    if isinstance(sent, str):
        sent = sent.encode()
    if not isinstance(sent, bytes):
        return {"error": _("binary takes bytes or text.")}
    answer = (sent, {"length": len(sent), "reversed": sent[::-1]})
    await client.emit("binary", *answer)
    return answer


async def _ask(client: Client, *args: object) -> object:
    async def report(*answer: object) -> None:
        await client.emit("answered", *answer)

    await client.ask("question", args or (_("Are you there?"),), report)
    return None


async def _fail(client: Client, *args: object) -> object:  # noqa: ARG001 - whatever is sent, the end is the same
    await client.disconnect()
    return NO_ANSWER  # nobody is there to get one


@dataclass(frozen=True)
class Event:
    """An event that a client may send: its name, what comes of it, and the handler that sees to that."""

    name: str
    effect: str
    handle: Callable[..., Awaitable[object]]


EVENTS = (
    Event("echo", N_("Sends echo back with all arguments, and acknowledges with them."), _echo),
    Event("ack", N_("Acknowledges with what was received; sends no event."), _ack),
    Event("sum", N_("Acknowledges with the sum of the arguments."), _sum),
    Event("broadcast", N_("Sends broadcast to all clients: the sender's id, then the arguments."), _broadcast),
    Event("binary", N_("Sends the bytes back, with their length and reversed. Text becomes UTF-8."), _binary),
    Event("ask", N_("Sends question and wants an acknowledgement; sends it back as answered."), _ask),
    Event("fail", N_("The server disconnects the client."), _fail),
)


def answer_events(server: socketio.AsyncServer, namespace: str) -> None:
    """Let ``server`` answer all events of the table in ``namespace``."""

    def answer(event: Event) -> None:
        async def handle(sid: str, *args: object) -> object:
            answer = await event.handle(HealthyClient(server, namespace, sid), *args)
            # The one value that python-socketio does not turn into an acknowledgement.
            return server.not_handled if answer is NO_ANSWER else answer

        server.on(event.name, handle, namespace=namespace)

    for event in EVENTS:
        answer(event)
