"""What the causes recommend for Node, run: each server starts, and the cure for two upgrade handlers is one."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable

import engineio
import pytest
import socketio

from tests.interop.node_server import NodeServer
from tests.net.session_log import session
from tests.net.websocket_log import websocket
from wsgui.core.causes import CAUSES, Side
from wsgui.core.causes.snippets import NODE_ONE_UPGRADE
from wsgui.core.records import Kind

Start = Callable[..., NodeServer]

TWO_UPGRADE_HANDLERS = """
const io = new Server(httpServer, { cors: { origin: "*" } });
const wss = new WebSocketServer({ server: httpServer, path: "/chat" });
"""

SERVERS = {
    fix.code: cause.id
    for cause in CAUSES.values()
    for fix in cause.fixes
    if fix.side is Side.NODE and fix.code.startswith("const io = new Server(httpServer")
}


@pytest.mark.parametrize("code", SERVERS, ids=SERVERS.values())
def test_a_recommended_server_starts(node_server: Start, code: str) -> None:
    assert node_server("recommended.js", code=code).port


KEYWORDS = {
    name
    for maker in (
        socketio.AsyncServer,
        socketio.base_server.BaseServer,
        engineio.AsyncServer,
        engineio.base_server.BaseServer,
    )
    for name in inspect.signature(maker).parameters
}
"""What a Python server can be given. It takes any other name in silence."""

PYTHON_SERVERS = {
    fix.code: cause.id
    for cause in CAUSES.values()
    for fix in cause.fixes
    if fix.side is Side.PYTHON and fix.code.startswith("sio = socketio.AsyncServer(")
}


@pytest.mark.parametrize("code", PYTHON_SERVERS, ids=PYTHON_SERVERS.values())
def test_a_recommended_python_server_knows_its_options(code: str) -> None:
    made = ast.parse(code).body[0]
    assert isinstance(made, ast.Assign)
    assert isinstance(made.value, ast.Call)
    assert {keyword.arg for keyword in made.value.keywords} <= KEYWORDS


async def test_one_upgrade_handler_serves_both(node_server: Start) -> None:
    server = node_server("recommended.js", code=NODE_ONE_UPGRADE)
    async with session(server.url, transports=["websocket"]) as (_, log):
        await log.until(Kind.CONNECT)
    async with websocket(f"{server.url.replace('http', 'ws')}/chat") as (_, plain):
        await plain.until(Kind.CONNECT)


async def test_two_upgrade_handlers_serve_none(node_server: Start) -> None:
    server = node_server("recommended.js", code=TWO_UPGRADE_HANDLERS)
    async with session(server.url, transports=["websocket"], reconnection=False) as (_, log):
        await log.until(Kind.CONNECT_ERROR)
