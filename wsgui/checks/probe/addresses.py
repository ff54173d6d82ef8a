"""Name and TCP: which addresses the server has, and what each does when a connection is opened."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import time
from dataclasses import dataclass
from enum import StrEnum

from wsgui.checks.probe.line import dial, proxy_of
from wsgui.checks.probe.probe import NotKnown, Probe, fact
from wsgui.checks.probe.traffic import traffic_of
from wsgui.core.i18n import _
from wsgui.core.options import value_of
from wsgui.net.failures import plain
from wsgui.net.proxy import Proxy, ProxyError
from wsgui.net.resolver import resolve

_MOST_ADDRESSES = 4
"""How many are tried; a large site may have a dozen."""
_FAMILY = {4: socket.AF_INET, 6: socket.AF_INET6}


@dataclass(frozen=True)
class Names:
    """What the resolver says."""

    addresses: tuple[str, ...]
    error: str = ""


class Door(StrEnum):
    """What a port does."""

    OPEN = "open"
    REFUSED = "refused"
    SILENT = "silent"
    ERROR = "error"


@dataclass(frozen=True)
class Knock:
    """One attempt to open a TCP connection."""

    address: str
    port: int
    door: Door
    seconds: float
    error: str = ""

    def __str__(self) -> str:
        host = f"[{self.address}]" if ":" in self.address else self.address
        took = _("{ms:.0f} ms").format(ms=self.seconds * 1000)
        return f"{host}:{self.port}  {self.error or self.door.value}  ({took})"


@fact
async def proxy(probe: Probe) -> Proxy | None:
    """The proxy on the way. Raises :class:`ProxyError` where the environment names none that can be."""
    return proxy_of(probe.address, probe.values)


@fact
async def names(probe: Probe) -> Names:
    """The addresses of the host, or of the proxy, which is then the one to be connected to."""
    try:
        way = await proxy(probe)
    except ProxyError as error:
        return Names((), str(error))
    host, port = (way.address.host, way.address.port) if way else (probe.address.host, probe.address.port)
    chosen = value_of(probe.values, "family")
    family = _FAMILY.get(chosen, socket.AF_UNSPEC) if isinstance(chosen, int) else socket.AF_UNSPEC
    try:
        async with asyncio.timeout(probe.limits.connect):
            found = await resolve(host, port, family)
    except TimeoutError:
        return Names((), _("The resolver gave no answer within {n:.0f} s.").format(n=probe.limits.connect))
    except OSError as error:
        return Names((), plain(error))
    return Names(tuple(dict.fromkeys(each.text for each in found)))


@fact
async def knocks(probe: Probe) -> tuple[Knock, ...]:
    """One for each address, in the resolver's order; all at the same time."""
    addresses = (await names(probe)).addresses[:_MOST_ADDRESSES]
    if not addresses:
        raise NotKnown(_("The host has no address."))
    way = await proxy(probe)
    port = way.address.port if way else probe.address.port
    return tuple(await asyncio.gather(*(_knock(probe, address, port) for address in addresses)))


@fact
async def other_family(probe: Probe) -> Knock | None:
    """The other loopback family on the same port; ``None`` where the server is not on this machine."""
    tried = {knock.address for knock in await knocks(probe)}
    if not all(ipaddress.ip_address(address).is_loopback for address in tried):
        return None
    left = [address for address in ("127.0.0.1", "::1") if address not in tried]
    return await _knock(probe, left[0], probe.address.port) if left else None


@fact
async def place(probe: Probe) -> str:
    """The IP address that all other connections are made to."""
    if (await names(probe)).error:
        raise NotKnown(_("The host has no address."))
    for knock in await knocks(probe):
        if knock.door is Door.OPEN:
            return knock.address
    raise NotKnown(_("There is no TCP connection."))


async def _knock(probe: Probe, address: str, port: int) -> Knock:
    async with probe.turn():
        began = time.monotonic()
        door, text = Door.OPEN, ""
        try:
            stream = await dial(address, port, probe.limits)
            probe.traffic += traffic_of(stream)
            stream.close()
        except TimeoutError:
            door, text = Door.SILENT, _("no answer")
        except OSError as error:
            door, text = (Door.REFUSED if isinstance(error, ConnectionRefusedError) else Door.ERROR), plain(error)
        return Knock(address, port, door, time.monotonic() - began, text)
