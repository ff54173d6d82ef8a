"""A cable between two network namespaces that can be slow, lossy, narrow, half broken or pulled.

It is a thread that carries IP packets from one TUN device to the other. ``tc netem`` would do the same inside of the
kernel, but many kernels come without it, and what cannot be had cannot be tested; this works wherever namespaces do,
and in the same way. It also does what netem does not: lose one packet in ten and yet never the same one twice, so that
bad luck has a limit and a case always ends in the same way.
"""

from __future__ import annotations

import fcntl
import heapq
import itertools
import os
import random
import select
import struct
import threading
import time
from types import TracebackType
from typing import Self

SEED = 8
"""Which packet of each ten is lost. The same in each run."""
_MOST_QUEUED_SECONDS = 2.0
"""A narrow cable drops what would have to wait longer for its turn, as a router's queue does."""

# linux/if_tun.h
_TUNSETIFF = 0x400454CA
_TUNSETCARRIER = 0x400454E2
_IFF_TUN = 0x0001
_IFF_NO_PI = 0x1000


class Cable:
    """Ends as the context does. What is public may be set while it carries. In seconds, and bytes per second."""

    def __init__(self, near: str, far: str) -> None:
        self.delay = 0.0
        """In each direction: a round trip takes twice as long."""
        self.rate = 0.0
        """In each direction; 0 is as fast as it goes."""
        self.loses_one_in_ten = False
        self.carries_ipv6 = True
        self.lost = 0
        """How many packets were lost, for whatever reason."""
        self._plugged = True
        self._ends = [_Tun(near), _Tun(far)]
        self._chance = random.Random(SEED)
        self._place = [0, 0]
        self._unlucky = [0, 0]
        self._lost_once: set[bytes] = set()
        self._free_at = [0.0, 0.0]
        self._under_way: list[tuple[float, int, int, bytes]] = []
        self._number = itertools.count()
        self._asked_to_end, self._end = os.pipe()
        self._thread = threading.Thread(target=self._carry, name="cable", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._end)
        self._thread.join()
        os.close(self._asked_to_end)
        for end in self._ends:
            os.close(end.number)

    def pull(self) -> None:
        """Nothing passes, and both machines see that the plug is out."""
        self._plugged = False
        for end in self._ends:
            end.set_carrier(there=False)

    def plug(self) -> None:
        """The cable is in again. What was under way is gone."""
        for end in self._ends:
            end.set_carrier(there=True)
        self._plugged = True

    def _carry(self) -> None:
        numbers = [end.number for end in self._ends]
        while True:
            ready, _writable, _odd = select.select([*numbers, self._asked_to_end], [], [], self._rest())
            if self._asked_to_end in ready:
                return
            for side in (0, 1):
                if numbers[side] in ready:
                    self._take(side, os.read(numbers[side], 65536))
            now = time.monotonic()
            while self._under_way and self._under_way[0][0] <= now:
                _due, _number, side, packet = heapq.heappop(self._under_way)
                if self._plugged:
                    os.write(numbers[1 - side], packet)

    def _rest(self) -> float | None:
        return max(0.0, self._under_way[0][0] - time.monotonic()) if self._under_way else None

    def _take(self, side: int, packet: bytes) -> None:
        """Put a packet that came from one side under way to the other, or lose it."""
        now = time.monotonic()
        due = now
        if self.rate:
            due = max(now, self._free_at[side]) + len(packet) / self.rate
        if not self._passes(side, packet) or due - now > _MOST_QUEUED_SECONDS:
            self.lost += 1
            return
        self._free_at[side] = due
        heapq.heappush(self._under_way, (due + self.delay, next(self._number), side, packet))

    def _passes(self, side: int, packet: bytes) -> bool:
        if not self._plugged or (packet[0] >> 4 == 6 and not self.carries_ipv6):
            return False
        return not (self.loses_one_in_ten and self._is_unlucky(side, packet))

    def _is_unlucky(self, side: int, packet: bytes) -> bool:
        if self._place[side] == 0:
            self._unlucky[side] = self._chance.randrange(10)
        unlucky = self._place[side] == self._unlucky[side]
        self._place[side] = (self._place[side] + 1) % 10
        if not unlucky or (what := _identity(packet)) in self._lost_once:
            return False
        self._lost_once.add(what)
        return True


class _Tun:
    """A TUN device; it lives as long as its file descriptor, in whatever namespace it is moved to."""

    def __init__(self, name: str) -> None:
        self.number = os.open("/dev/net/tun", os.O_RDWR)
        fcntl.ioctl(self.number, _TUNSETIFF, struct.pack("16sH22x", name.encode(), _IFF_TUN | _IFF_NO_PI))

    def set_carrier(self, *, there: bool) -> None:
        fcntl.ioctl(self.number, _TUNSETCARRIER, struct.pack("i", int(there)))


def _identity(packet: bytes) -> bytes:
    """What a packet has in common with its retransmission: addresses, ports, sequence number, length."""
    header = 40 if packet[0] >> 4 == 6 else (packet[0] & 15) * 4
    return packet[8:40] + packet[40:48] if header == 40 else packet[12:20] + packet[header : header + 8] + packet[2:4]
