"""Ports on which nobody listens, and nobody else can."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from wsgui.lab.raw.listener import listen
from wsgui.lab.raw.serving import node
from wsgui.lab.server import CannotListen, explain


@contextmanager
def reserve(host: str, port: int = 0) -> Iterator[int]:
    """Keep a port so that connections to it are refused. Raises :exc:`CannotListen`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as reserved:
        try:
            reserved.bind((host, port))
        except OSError as error:
            raise CannotListen(explain(error, port)) from error
        yield reserved.getsockname()[1]


@asynccontextmanager
async def serve_other_family(refusing: str, listening: str, port: int) -> AsyncIterator[int]:
    """A healthy server at ``listening``, and at ``refusing`` nobody, on the same port, which is yielded."""
    engine = node()
    with reserve(refusing, port) as number:
        try:
            async with listen(engine, number, host=listening):
                yield number
        finally:
            await engine.close()
