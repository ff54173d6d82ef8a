"""Faults on purpose against the real servers, which say what they saw: Socket.IO 4 and ``ws``."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.interop.node_server import NodeServer
from tests.interop.test_plain_websocket import said
from tests.net.client_faults.test_client_faults import do
from tests.net.session_log import session
from tests.net.websocket_log import websocket
from wsgui.core.records import Kind

Start = Callable[..., NodeServer]


@pytest.mark.parametrize(
    ("fault", "value", "reason"),
    [
        ("silent-to-pings", None, "ping timeout"),
        ("drop-connection", None, "transport close"),
        ("reset-connection", None, "transport close"),
        ("close-with-code", "1000", "transport close"),
        ("close-with-code", "1006", "transport error"),
        ("close-with-code", "47746", "transport error"),
        ("malformed-packet", "Engine.IO packet of an unknown type", "parse error"),
        ("malformed-packet", "Socket.IO packet of an unknown type", "forced close"),
        ("malformed-packet", "Event that is broken JSON", "forced close"),
        ("malformed-packet", "Frame with an unknown opcode", "transport error"),
    ],
)
async def test_socketio_names_the_reason(node_server: Start, fault: str, value: str | None, reason: str) -> None:
    server = node_server("reasons.js", pingInterval=300, pingTimeout=200)
    async with session(server.url, transports=["websocket"], reconnection=False) as (running, log):
        await log.until(Kind.CONNECT)
        do(running.faults, fault, value)
        assert await said(server, "reason") == reason
        await log.until(Kind.STATE, state="closed")


async def test_polling_that_is_silent_times_out(node_server: Start) -> None:
    server = node_server("reasons.js", pingInterval=300, pingTimeout=200)
    async with session(server.url, transports=["polling"], reconnection=False) as (running, log):
        await log.until(Kind.CONNECT)
        do(running.faults, "silent-to-pings")
        assert await said(server, "reason") == "ping timeout"


async def test_a_throttled_client_is_heard_late_and_stays(node_server: Start) -> None:
    server = node_server("reasons.js")
    async with session(server.url, transports=["websocket"]) as (running, log):
        await log.until(Kind.CONNECT)
        do(running.faults, "throttle", "3000")
        running.send("say", ["x" * 600])
        assert await said(server, "said") == "x" * 600


@pytest.mark.parametrize(
    ("packet", "code"),
    [
        ("Text frame that is not UTF-8", "WS_ERR_INVALID_UTF8"),
        ("Frame with an unknown opcode", "WS_ERR_INVALID_OPCODE"),
        ("Frame with a reserved bit set", "WS_ERR_UNEXPECTED_RSV_2_3"),
        ("Ping that is a fragment", "WS_ERR_EXPECTED_FIN"),
        ("Ping of more than 125 bytes", "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH"),
        ("Continuation of nothing", "WS_ERR_INVALID_OPCODE"),
        ("Frame without a mask", "WS_ERR_EXPECTED_MASK"),
    ],
)
async def test_ws_names_the_broken_rule(node_server: Start, packet: str, code: str) -> None:
    server = node_server("ws.js")
    async with websocket(server.url) as (running, log):
        await log.until(Kind.CONNECT)
        do(running.faults, "malformed-packet", packet)
        assert await said(server, "error") == code
        await log.until(Kind.STATE, state="closed")
