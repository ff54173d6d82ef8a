"""A session through a proxy to a real Socket.IO server: what every proxy is asked to carry."""

from __future__ import annotations

import os

import pytest
import trustme

from tests.interop.proxies.programs import missing
from tests.net.session_log import SessionLog, session
from wsgui.core.records import Kind

AUTHORITY = trustme.CA()
CA = AUTHORITY.cert_pem.bytes().decode()

WAYS = pytest.mark.parametrize(
    ("transports", "ends_with"),
    [(["polling"], "polling"), (["websocket"], "websocket"), (["polling", "websocket"], "websocket")],
    ids=["polling", "websocket", "upgrade"],
)
PLAIN_OR_TLS = pytest.mark.parametrize("tls", [False, True], ids=["plain", "tls"])


def needs(program: str) -> None:
    """Skip without the program; where everything must run, that is a failure."""
    if reason := missing(program):
        if os.environ.get("CI"):
            pytest.fail(f"Nothing may be skipped here. {reason}", pytrace=False)
        pytest.skip(reason)


async def until_connected(url: str, transports: list[str], ends_with: str, proxy: str) -> SessionLog:
    """Connect through ``proxy``; every TCP connection says that it was taken."""
    async with session(url, transports=transports, ca=CA, proxy=proxy) as (running, log):
        await log.until(Kind.CONNECT)
        await log.until_true(lambda: running.status.transport == ends_with)
    told = [note for note in log.all(Kind.NOTE) if note.fact("peer")]
    assert told
    assert all(note.fact("proxy") for note in told)
    return log


async def refused(url: str, transport: str, proxy: str, ca: str = CA) -> str:
    """Why there is no connection through ``proxy``, as the log tells it."""
    async with session(url, transports=[transport], ca=ca, proxy=proxy, reconnection=False) as (running, log):
        await running.wait()
        return str((await log.until(Kind.CONNECT_ERROR)).fact("description"))
