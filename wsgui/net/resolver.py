"""Name resolution in daemon threads.

``getaddrinfo`` cannot be cancelled and may take half a minute. In the loop's executor it would hold up the end of
the program, because executors wait for their threads; a daemon thread is simply left behind.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import threading
from typing import NamedTuple

from wsgui.core.i18n import _

SocketAddress = tuple[str, int] | tuple[str, int, int, int]


class Place(NamedTuple):
    """An address that a TCP connection can be made to."""

    family: socket.AddressFamily
    address: SocketAddress

    @property
    def text(self) -> str:
        """The IP address."""
        return self.address[0]


async def resolve(host: str, port: int, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[Place]:
    """All TCP addresses of ``host``, at least one; of one ``family`` only, if that is asked for.

    An address that stands for itself is taken as it is, whatever the family, as in Node. Raises :class:`OSError`
    (``socket.gaierror``) if there is none.
    """
    if literal := _literal(host, port):
        return [literal]
    answer: asyncio.Future[list[Place]] = asyncio.get_running_loop().create_future()
    loop = asyncio.get_running_loop()

    def settle(found: list[Place] | None, error: OSError | None) -> None:
        if answer.done():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(found or [])

    def look_up() -> None:
        found, problem = None, None
        try:
            found = _look_up(host, port, family)
        except OSError as error:
            problem = error
        except UnicodeError as error:
            problem = OSError(None, _("{host} cannot be looked up: {why}").format(host=repr(host), why=error))
        with contextlib.suppress(RuntimeError):  # the loop was closed: nobody waits for the answer any more
            loop.call_soon_threadsafe(settle, found, problem)

    threading.Thread(target=look_up, name=f"resolve {host}", daemon=True).start()
    return await answer


def _literal(host: str, port: int) -> Place | None:
    """The place of a numeric address; a zone (``fe80::1%eth0``) is left to the system."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    if address.version == 4:
        return Place(socket.AF_INET, (host, port))
    return None if "%" in host else Place(socket.AF_INET6, (host, port, 0, 0))


def _look_up(host: str, port: int, family: socket.AddressFamily) -> list[Place]:
    rows = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, 0, socket.AI_ADDRCONFIG)
    return [Place(found, address) for found, _type, _protocol, _name, address in rows]  # type: ignore[arg-type] # bytes where Python has no IPv6
