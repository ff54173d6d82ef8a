"""The server behind the proxies."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.interop.node_server import NodeServer
from tests.interop.proxies.through import AUTHORITY


@pytest.fixture
def server(node_server: Callable[..., NodeServer], tls: bool) -> str:
    """The URL of a Socket.IO 4 server."""
    identity = AUTHORITY.issue_cert("127.0.0.1")
    certificate = {"cert": identity.cert_chain_pems[0], "key": identity.private_key_pem}
    options = {"tls": {name: pem.bytes().decode() for name, pem in certificate.items()}} if tls else {}
    started = node_server(**options)
    return started.url.replace("http:", "https:") if tls else started.url
