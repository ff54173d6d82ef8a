"""A Socket.IO server whose tasks have an owner, so that it can be stopped without leaving any behind.

python-engineio starts a task per heartbeat that sleeps for the whole ping interval, and forgets it. Every task it
starts goes through one public method; here that method hands the task to an owner.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import ParamSpec

import engineio
import socketio
from engineio.packet import NOOP, Packet
from engineio.payload import Payload

from wsgui.core.tasks import TaskOwner

P = ParamSpec("P")

_LOGGER = logging.getLogger("wsgui.lab")


class Engine(engineio.AsyncServer):  # type: ignore[misc] # python-engineio has no types
    """The Engine.IO server. ``close()`` parts with its clients and ends its tasks."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        # python-engineio drops a POST of more than 16 packets and answers "ok". The Node server takes any number, so
        # that clients send what they have. The limit can only be set for the whole process.
        Payload.max_decode_packets = self.max_http_buffer_size
        self._tasks = TaskOwner("lab engine")

    def start_background_task(
        self, target: Callable[P, Coroutine[object, object, None]], *args: P.args, **kwargs: P.kwargs
    ) -> asyncio.Task[None]:
        return self._tasks.start(target(*args, **kwargs), target.__name__)

    def _log_error_once(self, message: str, message_key: str) -> None:
        """What a client does wrong is no error of the lab's: diagnosis asks wrong questions on purpose."""
        self.logger.info(message)

    async def dismiss_clients(self) -> None:
        """Send every client the Engine.IO packet ``close``; do not wait for those that no longer listen."""
        for client in list(self.sockets.values()):
            await client.close(wait=False)
            # None is the queue's end mark: without it a WebSocket stays open until the client closes it.
            await client.queue.put(None)

    async def release(self, sid: str) -> None:
        """Answer the poll that waits for news of a client that has left: python-engineio lets it wait 45 seconds."""
        client = self.sockets[sid]
        await client.queue.put(Packet(NOOP))
        await client.queue.put(None)

    async def close(self) -> None:
        """End the tasks. The web server has stopped by now, so that nobody can start another one."""
        await self._tasks.close()


class Server(socketio.AsyncServer):  # type: ignore[misc] # python-socketio has no types
    """The Socket.IO server on that engine.

    Events are handled one after the other, as in JavaScript, so that answers come in the order of the questions.
    Given no logger of our own, the library would put a handler on stderr.
    """

    def __init__(self, **options: object) -> None:
        super().__init__(async_mode="aiohttp", async_handlers=False, logger=_LOGGER, engineio_logger=_LOGGER, **options)

    def _engineio_server_class(self) -> type[Engine]:
        return Engine

    async def _handle_eio_disconnect(self, eio_sid: str, reason: str) -> None:
        await super()._handle_eio_disconnect(eio_sid, reason)
        if reason == self.reason.CLIENT_DISCONNECT:
            await self.eio.release(eio_sid)
