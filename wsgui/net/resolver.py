"""Name resolution in daemon threads.

``getaddrinfo`` cannot be cancelled and may take half a minute. In the loop's executor it would hold up the end of
the program, because executors wait for their threads; a daemon thread is simply left behind.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading

from aiohttp.abc import AbstractResolver, ResolveResult


class DaemonResolver(AbstractResolver):
    """The system's resolver, cancellable from outside. ``family``: give addresses of that kind only.

    The option of that name belongs here and not to aiohttp's connector: an address in the URL is taken as it is, as in
    Node, where aiohttp would find nothing to connect to.
    """

    def __init__(self, family: socket.AddressFamily = socket.AF_UNSPEC) -> None:
        self._family = family

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """All TCP addresses of ``host``. Raises :class:`OSError` (``socket.gaierror``) if there is none."""
        family = family or self._family
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[ResolveResult]] = loop.create_future()

        def settle(found: list[ResolveResult] | None, error: OSError | None) -> None:
            if answer.done():
                return
            if error is not None:
                answer.set_exception(error)
            else:
                answer.set_result(found or [])

        def look_up() -> None:
            found, problem = None, None
            try:
                found = _addresses(host, port, family)
            except OSError as error:
                problem = error
            except UnicodeError as error:
                problem = OSError(None, f"{host!r} cannot be looked up: {error}")
            with contextlib.suppress(RuntimeError):  # the loop was closed: nobody waits for the answer any more
                loop.call_soon_threadsafe(settle, found, problem)

        threading.Thread(target=look_up, name=f"resolve {host}", daemon=True).start()
        return await answer

    async def close(self) -> None:
        """Nothing to close: what still runs is a daemon."""


def _addresses(host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
    rows = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, 0, socket.AI_ADDRCONFIG)
    return [
        ResolveResult(
            hostname=host,
            host=str(address[0]),
            port=int(address[1]),
            family=row_family,
            proto=protocol,
            flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
        )
        for row_family, _type, protocol, _name, address in rows
    ]
