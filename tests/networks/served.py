"""How a server of the far machine says that it listens, and how long it goes on."""

from __future__ import annotations

import asyncio
import sys


async def served(port: int) -> None:
    """Say the port, and return when standard input has ended."""
    sys.stdout.write(f"listening {port}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
