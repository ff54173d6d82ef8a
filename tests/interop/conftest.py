"""What the tests against real servers share: Node.js, or an audible word that it is not there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from tests.interop.node_server import NodeServer, missing


@pytest.fixture(scope="session")
def node() -> None:
    """Skip without Node.js; where everything must run, that is a failure."""
    if reason := missing():
        if os.environ.get("CI"):
            pytest.fail(f"Nothing may be skipped here. {reason}", pytrace=False)
        pytest.skip(reason)


@pytest.fixture
def node_server(node: None) -> Iterator[Callable[..., NodeServer]]:
    """``node_server(**options)``: start ``servers/socketio4.js`` with these options of the Socket.IO server.

    ``script="..."`` starts another one of that folder. All are stopped at the end of the test.
    """
    servers: list[NodeServer] = []

    def start(script: str = "socketio4.js", **options: object) -> NodeServer:
        server = NodeServer(script, options)
        servers.append(server)
        server.start()
        return server

    yield start
    for server in servers:
        server.stop()
