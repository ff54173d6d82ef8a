"""The lab's faults, met by the real JavaScript client: it says of them what it says of the real ones."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from wsgui.lab.catalogue import faults

SCRIPT = Path(__file__).parent / "clients" / "meet.js"
LIMIT = 20.0  # seconds
FAULTS = faults()

ERRORS = {
    "connection-refused": "ECONNREFUSED",
    "connection-closed-at-once": "ECONNRESET",
    "connection-reset-at-once": "ECONNRESET",
    "not-http-ssh": "HPE_INVALID_CONSTANT",
    "not-http-http2": "HPE_INVALID_CONSTANT",
    "http-to-tls-port": "ECONNRESET",
    "tls-to-http-port": "EPROTO",
    "tls-version": "EPROTO",
    "tls-cipher": "EPROTO",
    "certificate-expired": "CERT_HAS_EXPIRED",
    "certificate-not-yet-valid": "CERT_NOT_YET_VALID",
    "certificate-wrong-host": "ERR_TLS_CERT_ALTNAME_INVALID",
    "certificate-common-name": "ERR_TLS_CERT_ALTNAME_INVALID",
    "certificate-self-signed": "DEPTH_ZERO_SELF_SIGNED_CERT",
    "certificate-missing-intermediate": "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "certificate-private-authority": "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "tls-intercepted": "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "http-auth-required": "Unexpected server response: 401",
    "upgrade-headers-stripped": "Unexpected server response: 400",
    "upgrade-refused": "Unexpected server response: 403",
    "upgrade-not-handled": "ECONNRESET",
    "upgrade-not-handled-proxied": "Unexpected server response: 502",
    "handshake-101-invalid": "Invalid Sec-WebSocket-Accept header",
    "handshake-101-no-accept": "Invalid Sec-WebSocket-Accept header",
    "handshake-101-no-upgrade": "Unexpected server response: 101",
    "handshake-101-no-connection": "Unexpected server response: 101",
    "extension-mismatch": "Server indicated an extension that was not requested",
    "extension-parameter": "Invalid Sec-WebSocket-Extensions header",
    "second-upgrade-handler": "WS_ERR_UNEXPECTED_RSV_1",
    "second-upgrade-handler-path": "WS_ERR_UNEXPECTED_RSV_1",
    "second-upgrade-handler-twice": "WS_ERR_UNEXPECTED_RSV_1",
    "second-upgrade-handler-proxy": "WS_ERR_UNEXPECTED_RSV_1",
    "second-upgrade-handler-instead": "Unexpected server response: 400",
    "invalid-close-code": "WS_ERR_INVALID_CLOSE_CODE",
    "invalid-close-code-1005": "WS_ERR_INVALID_CLOSE_CODE",
    "invalid-close-code-999": "WS_ERR_INVALID_CLOSE_CODE",
    "invalid-close-code-5000": "WS_ERR_INVALID_CLOSE_CODE",
    "invalid-close-code-byte": "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH",
    "masked-server-frame": "WS_ERR_UNEXPECTED_MASK",
    "frame-reserved-bits": "WS_ERR_UNEXPECTED_RSV_2_3",
    "frame-unknown-opcode": "WS_ERR_INVALID_OPCODE",
    "frame-orphan-continuation": "WS_ERR_INVALID_OPCODE",
    "frame-fragmented-control": "WS_ERR_EXPECTED_FIN",
    "frame-oversized-control": "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH",
    "frame-lying-length": "WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH",
    "utf8-invalid": "WS_ERR_INVALID_UTF8",
    "utf8-invalid-reason": "WS_ERR_INVALID_UTF8",
    "compression-broken": "Z_DATA_ERROR",
    "compression-not-negotiated": "WS_ERR_UNEXPECTED_RSV_1",
    "auth-rejected": "not authorized",
    "namespace-unknown": "Invalid namespace",
    "path-used-as-namespace": "Invalid namespace",
}
"""Fault -> the code of the client's error, or its message where there is no code."""

ENDS = {
    "dropped-without-close": ("transport close", 1006),
    "dropped-reset": ("transport close", 1006),
    "packet-rejected": ("transport close", 1005),
    "payload-too-large": ("transport close", 1009),
    "server-disconnects": ("io server disconnect", None),
}
"""Fault -> the reason of the disconnect, and the close code."""


async def meet(name: str) -> dict[str, object]:
    fault = FAULTS[name]
    async with fault.serve(0) as url, asyncio.timeout(LIMIT):
        options = json.dumps({**fault.options(url), "transports": ["websocket"]})
        client = await asyncio.create_subprocess_exec(
            "node", str(SCRIPT), "socket.io-client", url, options, str(LIMIT * 1000), stdout=asyncio.subprocess.PIPE
        )
        said: dict[str, object] = json.loads((await client.communicate())[0])
    return said


@pytest.mark.parametrize("name", ERRORS)
async def test_the_client_does_not_connect(node: None, name: str) -> None:
    said = await meet(name)
    assert (said["outcome"], said["cause"]) == ("connect_error", ERRORS[name])


@pytest.mark.parametrize("name", ENDS)
async def test_the_client_is_disconnected(node: None, name: str) -> None:
    said = await meet(name)
    assert (said["outcome"], said["words"], said.get("cause")) == ("disconnect", *ENDS[name])
