"""The session through Squid, which is reached by TLS: the HTTPS proxy."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme

from tests.interop.proxies.programs import squid
from tests.interop.proxies.through import AUTHORITY, PLAIN_OR_TLS, WAYS, needs, refused, until_connected
from wsgui.core.records import Kind

USERS = {"me": "word", "jürgen": "a:b@c d"}


@pytest.fixture(autouse=True)
def program() -> None:
    needs("squid")


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    """A file with the key and the certificate of the proxy."""
    file = tmp_path / "proxy.pem"
    AUTHORITY.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(file))
    return file


@WAYS
@PLAIN_OR_TLS
async def test_squid(server: str, transports: list[str], ends_with: str, tls: bool, identity: Path) -> None:
    with squid(identity, users=USERS) as place:
        log = await until_connected(server, transports, ends_with, f"https://me:word@{place}")
    asked = {record.fact("method") for record in log.all(Kind.HTTP)}
    assert ("CONNECT" in asked) is (tls or ends_with == "websocket")


@pytest.mark.parametrize("tls", [False])
async def test_squid_without_a_password(server: str, identity: Path) -> None:
    with squid(identity) as place:
        await until_connected(server, ["websocket"], "websocket", f"https://{place}")


@pytest.mark.parametrize("tls", [False])
async def test_credentials_may_have_any_characters(server: str, identity: Path) -> None:
    with squid(identity, users=USERS) as place:
        await until_connected(server, ["polling"], "polling", f"https://j%C3%BCrgen:a%3Ab%40c%20d@{place}")


@pytest.mark.parametrize("transport", ["polling", "websocket"])
@pytest.mark.parametrize("tls", [False])
async def test_squid_wants_a_password(server: str, transport: str, identity: Path) -> None:
    with squid(identity, users=USERS) as place:
        assert "wants a user name and a password (407)" in await refused(server, transport, f"https://{place}")
        said = await refused(server, transport, f"https://me:no@{place}")
        assert "does not accept this user name and password (407)" in said


@pytest.mark.parametrize("tls", [False])
async def test_squid_refuses_the_tunnel(server: str, identity: Path) -> None:
    with squid(identity, "http_access deny CONNECT") as place:
        await until_connected(server, ["polling"], "polling", f"https://{place}")
        assert "refuses to connect: 403" in await refused(server, "websocket", f"https://{place}")


@pytest.mark.parametrize("tls", [False])
async def test_its_certificate_is_checked(server: str, identity: Path) -> None:
    stranger = trustme.CA().cert_pem.bytes().decode()
    with squid(identity) as place:
        said = await refused(server, "websocket", f"https://{place}", ca=stranger)
    assert "The TLS connection to the proxy" in said


async def test_squid_reaches_no_server(identity: Path) -> None:
    with squid(identity) as place:
        assert "refuses to connect: 503" in await refused("http://127.0.0.1:9", "websocket", f"https://{place}")
