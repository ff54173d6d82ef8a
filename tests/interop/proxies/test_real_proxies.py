"""The session through real proxies to a real Socket.IO server, by both transports and the upgrade."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.interop.proxies.programs import microsocks, tinyproxy
from tests.interop.proxies.through import PLAIN_OR_TLS, WAYS, needs, refused, until_connected
from wsgui.core.records import Kind


@pytest.fixture(autouse=True)
def proxies() -> None:
    needs("tinyproxy")
    needs("microsocks")


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
