"""The name server of the two machines: it answers as it is told, which need not be the truth, or not at all.

``python -m tests.networks.naming '{"addresses": ["10.77.0.2"]}'`` has these addresses for every name; an empty list is
"there is no such name", and ``null`` is silence. Ends with its standard input. (RFC 1035, section 4.)
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import struct
import sys
from collections.abc import Sequence
from typing import cast

from tests.networks.served import served

PORT = 53
_A, _AAAA = 1, 28
_NO_SUCH_NAME = 3


class NameServer(asyncio.DatagramProtocol):
    """Answers with the addresses whose family was asked for."""

    def __init__(self, addresses: Sequence[str] | None) -> None:
        self._addresses = addresses

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if self._addresses is not None:
            self._transport.sendto(answer(data, self._addresses), addr)


def answer(query: bytes, addresses: Sequence[str]) -> bytes:
    """The answer to a query of one question."""
    end = query.index(b"\0", 12) + 1
    question = query[12 : end + 4]
    (asked,) = struct.unpack("!H", query[end : end + 2])
    found = [address.packed for text in addresses if (address := ipaddress.ip_address(text)).version == _version(asked)]
    flags = 0x8180 | (0 if addresses else _NO_SUCH_NAME)
    head = query[:2] + struct.pack("!HHHHH", flags, 1, len(found), 0, 0)
    rows = [struct.pack("!HHHIH", 0xC00C, asked, 1, 0, len(packed)) + packed for packed in found]
    return head + question + b"".join(rows)


def _version(asked: int) -> int:
    return {_A: 4, _AAAA: 6}.get(asked, 0)


async def serve(addresses: Sequence[str] | None) -> None:
    loop = asyncio.get_running_loop()
    transport, _server = await loop.create_datagram_endpoint(
        lambda: NameServer(addresses), local_addr=("0.0.0.0", PORT)
    )
    await served(PORT)
    transport.close()


if __name__ == "__main__":
    asyncio.run(serve(**json.loads(sys.argv[1])))
