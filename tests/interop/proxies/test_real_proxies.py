"""The session through real proxies to a real Socket.IO server, by both transports and the upgrade."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from tests.interop.node_server import NodeServer
from tests.interop.proxies.programs import microsocks, missing, tinyproxy
from tests.net.session_log import SessionLog, session
from wsgui.core.records import Kind

Server = Callable[..., NodeServer]

AUTHORITY = trustme.CA()
CA = AUTHORITY.cert_pem.bytes().decode()

WAYS = pytest.mark.parametrize(
    ("transports", "ends_with"),
    [(["polling"], "polling"), (["websocket"], "websocket"), (["polling", "websocket"], "websocket")],
    ids=["polling", "websocket", "upgrade"],
)
PLAIN_OR_TLS = pytest.mark.parametrize("tls", [False, True], ids=["plain", "tls"])


@pytest.fixture(autouse=True)
def proxies() -> None:
    """Skip without the programs; where everything must run, that is a failure."""
    for program in ("tinyproxy", "microsocks"):
        if reason := missing(program):
            if os.environ.get("CI"):
                pytest.fail(f"Nothing may be skipped here. {reason}", pytrace=False)
            pytest.skip(reason)


@pytest.fixture
def server(node_server: Server, tls: bool) -> str:
    """The URL of a Socket.IO 4 server."""
    identity = AUTHORITY.issue_cert("127.0.0.1")
    certificate = {"cert": identity.cert_chain_pems[0], "key": identity.private_key_pem}
    options = {"tls": {name: pem.bytes().decode() for name, pem in certificate.items()}} if tls else {}
    started = node_server(**options)
    return started.url.replace("http:", "https:") if tls else started.url


async def until_connected(url: str, transports: list[str], ends_with: str, proxy: str) -> SessionLog:
    async with session(url, transports=transports, ca=CA, proxy=proxy) as (running, log):
        await log.until(Kind.CONNECT)
        await log.until_true(lambda: running.status.transport == ends_with)
    told = [note for note in log.all(Kind.NOTE) if note.fact("peer")]
    assert told
    assert all(note.fact("proxy") for note in told)
    return log


async def refused(url: str, transport: str, proxy: str) -> str:
    async with session(url, transports=[transport], ca=CA, proxy=proxy, reconnection=False) as (running, log):
        await running.wait()
        return str((await log.until(Kind.CONNECT_ERROR)).fact("description"))


@WAYS
@PLAIN_OR_TLS
async def test_tinyproxy(server: str, transports: list[str], ends_with: str, tls: bool, tmp_path: Path) -> None:
    with tinyproxy(tmp_path, "BasicAuth me word") as place:
        log = await until_connected(server, transports, ends_with, f"http://me:word@{place}")
    asked = {record.fact("method") for record in log.all(Kind.HTTP)}
    assert ("CONNECT" in asked) is (tls or ends_with == "websocket")


@pytest.mark.parametrize("transport", ["polling", "websocket"])
@pytest.mark.parametrize("tls", [False])
async def test_tinyproxy_wants_a_password(server: str, transport: str, tmp_path: Path) -> None:
    with tinyproxy(tmp_path, "BasicAuth me word") as place:
        assert "wants a user name and a password (407)" in await refused(server, transport, f"http://{place}")
        # To a plain request a 401 may just as well come from the server.
        said = "HTTP 401" if transport == "polling" else "does not accept this user name and password (401)"
        assert said in await refused(server, transport, f"http://me:no@{place}")


@pytest.mark.parametrize("tls", [False])
async def test_tinyproxy_refuses_the_tunnel(server: str, tmp_path: Path) -> None:
    with tinyproxy(tmp_path, "ConnectPort 443") as place:
        await until_connected(server, ["polling"], "polling", place)
        assert "refuses to connect: 403" in await refused(server, "websocket", place)


@WAYS
@PLAIN_OR_TLS
@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
async def test_microsocks(server: str, transports: list[str], ends_with: str, tls: bool, scheme: str) -> None:
    with microsocks("-u", "me", "-P", "word") as place:
        await until_connected(server, transports, ends_with, f"{scheme}://me:word@{place}")


@pytest.mark.parametrize("tls", [False])
async def test_microsocks_wants_a_password(server: str) -> None:
    with microsocks("-u", "me", "-P", "word") as place:
        assert "wants a user name and a password" in await refused(server, "polling", f"socks5://{place}")
        assert "does not accept this user name" in await refused(server, "polling", f"socks5://me:no@{place}")


@pytest.mark.parametrize("tls", [False])
async def test_microsocks_reaches_no_server(server: str) -> None:
    with microsocks() as place:
        assert "refuses to connect: Connection refused" in await refused(
            "http://127.0.0.1:9", "polling", f"socks5://{place}"
        )
