"""A fault is broken in one way: whatever it leaves alone serves a whole session to a stock client."""

from __future__ import annotations

import pytest
import socketio

from tests.lab.visitor import LIMIT, visit
from wsgui.lab.catalogue import faults

POLLING_WORKS = [
    "cors-missing",
    "cors-origin-mismatch",
    "cors-wildcard-credentials",
    "cors-no-credentials",
    "cors-duplicate",
    "csp-blocks",
    "cors-preflight-refused",
    "cors-preflight-forbidden",
    "origin-rejected",
    "local-network-access",
    "mixed-content",
    "path-without-slash",
    "polling-only-server",
    "upgrades-not-allowed",
    "connect-slow",
    "upgrade-headers-stripped",
    "upgrade-refused",
    "upgrade-refused-no-library",
    "upgrade-not-handled",
    "upgrade-not-handled-proxied",
    "upgrade-unanswered",
    "upgrade-no-open-packet",
    "upgrade-closed",
    "upgrade-closed-frame",
    "upgrade-timeout",
    "handshake-101-invalid",
    "handshake-101-no-accept",
    "handshake-101-no-upgrade",
    "handshake-101-no-connection",
    "extension-mismatch",
    "extension-parameter",
    "second-upgrade-handler",
    "second-upgrade-handler-path",
    "second-upgrade-handler-instead",
    "second-upgrade-handler-twice",
    "second-upgrade-handler-proxy",
    "invalid-close-code",
    "masked-server-frame",
    "frame-reserved-bits",
    "frame-lying-length",
    "utf8-invalid",
    "compression-broken",
    "dropped-without-close",
    "dropped-reset",
    "proxy-buffering",
    "heartbeat-too-long",
    "idle-timeout",
    "proxy-refused",
    "proxy-auth-required",
    "proxy-unreachable",
    "missing-trailing-slash",
]
WEBSOCKET_WORKS = [
    "cors-missing",
    "cors-origin-mismatch",
    "csp-blocks",
    "origin-rejected",
    "websocket-only-server",
    "upgrades-not-allowed",
    "no-session-affinity",
    "affinity-needs-cookies",
    "cookie-blocked",
    "payload-too-large-proxy",
    "connection-limit-closed",
    "connection-limit",
    "proxy-buffering",
    "compression-broken",
    "extension-parameter",
    "upgrade-timeout",
    "heartbeat-too-long",
    "idle-timeout",
    "headers-too-large",
    "connect-slow",
    "proxy-refused",
    "handshake-cached",
]
FAULTS = faults()


@pytest.mark.parametrize(
    ("name", "transport"),
    [(name, "polling") for name in POLLING_WORKS] + [(name, "websocket") for name in WEBSOCKET_WORKS],
)
async def test_serves_a_session(name: str, transport: str) -> None:
    async with FAULTS[name].serve(0) as url, visit(url, transport) as visitor:
        assert await visitor.call("echo", 1, b"two", "три") == (1, b"two", "три")


@pytest.mark.parametrize("name", ["wrong-path", "http-auth-required", "auth-rejected"])
async def test_serves_who_knows_how(name: str) -> None:
    ways: dict[str, dict[str, object]] = {
        "wrong-path": {"socketio_path": "/api/socket.io"},
        "http-auth-required": {"headers": {"Authorization": "Basic d3NndWk6c2VjcmV0"}},
        "auth-rejected": {"auth": {"token": "secret"}},
    }
    client = socketio.AsyncClient(reconnection=False)
    async with FAULTS[name].serve(0) as url:
        await client.connect(url, transports=["websocket"], wait_timeout=LIMIT, **ways[name])
        assert await client.call("sum", (1, 2)) == 3
        await client.disconnect()
