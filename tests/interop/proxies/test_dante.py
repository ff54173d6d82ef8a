"""The session through Dante, which speaks SOCKS 4 and 5."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.interop.proxies.programs import dante
from tests.interop.proxies.through import PLAIN_OR_TLS, WAYS, needs, refused, until_connected

USERS = {"me": "word", "you": "a:b@c d"}


@pytest.fixture(autouse=True)
def programs() -> None:
    needs("danted")
    needs("libnss_wrapper.so")


@WAYS
@PLAIN_OR_TLS
@pytest.mark.parametrize("scheme", ["socks4", "socks4a", "socks5", "socks5h"])
async def test_dante(
    server: str, transports: list[str], ends_with: str, tls: bool, scheme: str, tmp_path: Path
) -> None:
    with dante(tmp_path) as place:
        await until_connected(server, transports, ends_with, f"{scheme}://{place}")


@WAYS
@PLAIN_OR_TLS
async def test_dante_knows_the_user(
    server: str, transports: list[str], ends_with: str, tls: bool, tmp_path: Path
) -> None:
    with dante(tmp_path, users=USERS) as place:
        await until_connected(server, transports, ends_with, f"socks5://me:word@{place}")


@pytest.mark.parametrize("tls", [False])
async def test_credentials_may_have_any_characters(server: str, tmp_path: Path) -> None:
    with dante(tmp_path, users=USERS) as place:
        await until_connected(server, ["polling"], "polling", f"socks5h://you:a%3Ab%40c%20d@{place}")


@pytest.mark.parametrize("transport", ["polling", "websocket"])
@pytest.mark.parametrize("tls", [False])
async def test_dante_wants_a_password(server: str, transport: str, tmp_path: Path) -> None:
    with dante(tmp_path, users=USERS) as place:
        assert "wants a user name and a password" in await refused(server, transport, f"socks5://{place}")
        assert "does not accept this user name" in await refused(server, transport, f"socks5://me:no@{place}")


@pytest.mark.parametrize("scheme", ["socks4", "socks5"])
@pytest.mark.parametrize("tls", [False])
async def test_dante_forbids_it(server: str, scheme: str, tmp_path: Path) -> None:
    rule = f"socks block {{ from: 0.0.0.0/0 to: 127.0.0.1/32 port = {server.rpartition(':')[2]} }}"
    with dante(tmp_path, rule) as place:
        assert "refuses to connect" in await refused(server, "websocket", f"{scheme}://{place}")


@pytest.mark.parametrize("scheme", ["socks4", "socks5"])
async def test_dante_reaches_no_server(scheme: str, tmp_path: Path) -> None:
    with dante(tmp_path) as place:
        assert "refuses to connect" in await refused("http://127.0.0.1:9", "polling", f"{scheme}://{place}")
