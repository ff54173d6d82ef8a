"""What each fault says to one request, byte for byte: a row is a fault, the request, and a pattern for the answer."""

from __future__ import annotations

import re
from typing import NamedTuple

from tests.lab.faults.probe import ACCEPT as ACCEPTED
from tests.lab.faults.probe import OPEN, POLLING, get, options, upgrade

ACCEPT = re.escape(ACCEPTED).encode()
PAGE = "Origin: http://localhost:5173"
V2 = r"/socket.io/?EIO=3&transport="
SWITCHED = rb"HTTP/1\.1 101 [^\r]*\r\n(?:[\w-]+: [^\r]*\r\n)+\r\n"
OPENED = SWITCHED + rb"(?:" + OPEN + rb")"


class Signature(NamedTuple):
    """``by_client``: the request is what is wrong, so that a healthy server would answer it in the same way."""

    fault: str
    request: bytes
    answer: bytes
    by_client: bool = False


def answered(status: str, *headers: str, body: str = "") -> bytes:
    """A pattern for an answer with these headers, patterns themselves, in this order, and more between them."""
    between = r"(?:[^\r\n]+\r\n)*?"
    lines = "".join(f"{between}{header}\r\n" for header in headers)
    return rf"HTTP/1\.1 {status} [^\r]*\r\n{lines}{between}\r\n{body}".encode()


def json_error(code: int, message: str, status: int = 400) -> bytes:
    """Node sends its errors as one chunk; a proxy may give them a length."""
    body = rf'(?:[0-9a-f]+\r\n)?\{{"code":{code},"message":"{message}"\}}'
    return answered(str(status), "Content-Type: application/json", body=body)


def bare_error(message: str, status: int = 400) -> bytes:
    return answered(str(status), "Connection: close", "Content-Type: text/html", body=f"{message}$")


def nginx(status: int, title: str) -> bytes:
    return answered(str(status), "Server: nginx", "Content-Type: text/html", body=f".*<title>{status} {title}</title>")


def allowing(*headers: str) -> bytes:
    """A good handshake with these headers."""
    return answered("200", *headers, body=r'0\{"sid":"')


SIGNATURES = [
    # The address
    Signature("path-without-slash", get(), answered("200", body=r'0\{"sid":"'), by_client=True),
    Signature("not-http-ssh", get(), rb"SSH-2\.0-OpenSSH_9\.2"),
    Signature("not-http-http2", get(), rb"\x00\x00\x06\x04\x00\x00\x00\x00\x00"),
    Signature("local-network-access", get(), answered("200", body=r'0\{"sid":"'), by_client=True),
    # TLS, as far as it can be seen without
    Signature("http-to-tls-port-nginx", get(), nginx(400, "The plain HTTP request was sent to HTTPS port")),
    # The HTTP front
    Signature("redirect", get(), answered("301", r"Location: http://localhost:\d+/socket\.io/\?EIO=4&transport=polling")),
    Signature("redirect", upgrade(), answered("301", r"Location: http://localhost:\d+/socket\.io/\?EIO=4.*")),
    Signature("redirect-to-https", get(), answered("301", r"Location: https://127\.0\.0\.1:\d+/socket\.io/\?EIO=4.*")),
    Signature("redirect-loop", get(), answered("302", r"Location: http://lab/socket\.io/\?EIO=4&transport=polling")),
    Signature("redirect-slash", get(), answered("301", r"Location: /socket\.io\?EIO=4&transport=polling")),
    Signature("html-instead-of-handshake", get(), answered("200", "Content-Type: text/html.*", body="<!doctype html>")),
    Signature("html-instead-of-handshake", upgrade(), answered("200", "Content-Type: text/html.*")),
    Signature("nextjs-answers", get(), answered("308", r"location: /socket\.io\?EIO=4.*", "Refresh: .*")),
    Signature("nextjs-answers", get("/socket.io?EIO=4"), answered("404", "X-Powered-By: Next.js")),
    Signature("wrong-path", get(), answered("404", body=r".*Cannot GET /socket\.io/\?EIO=4")),
    Signature("wrong-path", get(POLLING.replace("/socket", "/api/socket")), answered("200", body=r'0\{"sid":"')),
    Signature("missing-trailing-slash", get("/socket.io?EIO=4"), answered("404", body=r".*Cannot GET"), True),
    Signature("no-socketio", get(), answered("404", "X-Powered-By: Express", body=r".*Cannot GET /socket\.io/\?EIO=4")),
    Signature("no-socketio", upgrade(), answered("404", "X-Powered-By: Express", body=r".*Cannot GET /socket\.io/")),
    Signature("prefix-stripped", get(), answered("404", body=r".*Cannot GET /\?EIO=4")),
    Signature("prefix-stripped", upgrade(), nginx(502, "Bad Gateway")),
    Signature("gateway-error", get(), nginx(502, "Bad Gateway")),
    Signature("gateway-error-503", get(), answered("503", body=".*No server is available to handle this request")),
    Signature("gateway-error-504", get(), nginx(504, "Gateway Time-?out")),
    Signature("gateway-error-521", get(), answered("521", "Server: cloudflare", "CF-RAY: .*", body="error code: 521")),
    Signature("query-stripped", get(), json_error(0, "Transport unknown")),
    Signature("query-stripped", upgrade(), bare_error("Transport unknown")),
    Signature("http-auth-required", get(), answered("401", 'WWW-Authenticate: Basic realm="staging"')),
    Signature("http-auth-required-login", get(), answered("302", "Location: /login.*")),
    Signature("http-auth-required-middleware", get(), answered("401", body=r'\{"error":"no session"\}')),
    Signature("http-auth-required-middleware", upgrade(), rb"$"),
    Signature("http-auth-required-challenge", get(), answered("403", "cf-mitigated: challenge", body=".*Just a mo")),
    Signature("headers-too-large", get(f"{POLLING}&token={'x' * 9000}"), nginx(414, "URI Too Long")),
    Signature("headers-too-large-node", get(POLLING, f"X-Token: {'x' * 17_000}"), answered("431"), by_client=True),
    # The Engine.IO handshake
    Signature("websocket-only-server", get(), json_error(0, "Transport unknown")),
    Signature("websocket-only-server", upgrade(), OPENED, by_client=True),
    Signature("polling-only-server", get(), answered("200", body=r'0\{"sid":"[^"]+","upgrades":\[\]')),
    Signature("polling-only-server", upgrade(), bare_error("Transport unknown")),
    Signature("upgrades-not-allowed", get(), answered("200", body=r'0\{"sid":"[^"]+","upgrades":\[\]')),
    Signature("upgrades-not-allowed", upgrade(), OPENED, by_client=True),
    Signature("session-unknown", get(f"{POLLING}&sid=gone"), json_error(1, "Session ID unknown"), by_client=True),
    Signature("forbidden-by-server", get(), json_error(4, "not today", 403)),
    Signature("forbidden-by-server", upgrade(), bare_error("not today")),
    Signature("bad-request", get(), json_error(3, "Bad request")),
    Signature("bad-request", upgrade(), bare_error("Bad request")),
    Signature("protocol-too-old", get(f"{V2}polling"), json_error(5, "Unsupported protocol version"), by_client=True),
    Signature(
        "protocol-too-old-websocket",
        upgrade(f"{V2}websocket"),
        SWITCHED + bare_error("Unsupported protocol version"),
        by_client=True,
    ),
    Signature("protocol-too-old-silent", get(f"{V2}polling"), json_error(5, "Unsupported protocol version"), True),
    Signature("protocol-too-new", get(), answered("200", "Set-Cookie: io=.*", body=r'\d+:0\{"sid":"[^}]*\}2:40')),
    Signature("protocol-too-new-websocket", upgrade(), SWITCHED + rb'\x81.0\{"sid":"[^}]*\}\x81\x0240'),
    Signature("handshake-malformed", get(), answered("200", body=r'0\{"sid":"[^"]+","upgr$')),
    Signature("handshake-malformed", upgrade(), SWITCHED + rb'\x81\x240\{"sid":"[\w-]{20}","upgr'),
    Signature("handshake-nonsense", get(), answered("200", body=r'0\{"sid":null,"upgrades":.*"pingInterval":-1')),
    Signature("handshake-endless", get(), answered("200", body=r'0\{"sid":"x{1000000}')),
    Signature(
        "handshake-gzip-bomb",
        get(),
        answered("200", "Content-Encoding: gzip", r"Content-Length: 6\d{4}", body=r"\x1f\x8b"),
    ),
    Signature("plain-websocket-server", get(), answered("426", body="Upgrade Required")),
    Signature("socketio-not-plain-websocket-path", upgrade(), OPENED, by_client=True),
    # What a browser would refuse
    Signature("cors-missing", get(POLLING, PAGE), rb"(?!.*Access-Control)" + allowing()),
    Signature("cors-missing", options(POLLING, PAGE), json_error(2, "Bad handshake method")),
    Signature("cors-origin-mismatch", get(POLLING, PAGE), allowing("Access-Control-Allow-Origin: http://localhost:5173/")),
    Signature("cors-origin-port", get(POLLING, PAGE), allowing("Access-Control-Allow-Origin: http://localhost:3000")),
    Signature(
        "cors-wildcard-credentials",
        get(POLLING, PAGE),
        rb"(?!.*Allow-Credentials)" + allowing(r"Access-Control-Allow-Origin: \*"),
    ),
    Signature(
        "cors-no-credentials",
        get(POLLING, PAGE),
        rb"(?!.*Allow-Credentials)" + allowing("Access-Control-Allow-Origin: http://localhost:5173"),
    ),
    Signature("cors-duplicate", get(POLLING, PAGE), allowing(*["Access-Control-Allow-Origin: .*"] * 2)),
    Signature("cors-preflight-refused", options(POLLING, PAGE), answered("204", "Access-Control-Allow-Headers: x-ok")),
    Signature("cors-preflight-forbidden", options(POLLING, PAGE), nginx(405, "Method Not Allowed")),
    Signature("cors-preflight-forbidden", get(POLLING, PAGE), allowing("Access-Control-Allow-Origin: .*"), True),
    Signature("origin-rejected", get(POLLING, PAGE), json_error(3, "Bad request")),
    Signature("origin-rejected", upgrade("/socket.io/?EIO=4&transport=websocket", PAGE), bare_error("Bad request")),
    Signature("origin-rejected", get(POLLING, "Origin: http://lab"), allowing(), by_client=True),
    Signature("cookie-blocked", get(), allowing(r"Set-Cookie: SERVERID=\d; path=/; HttpOnly; SameSite=Lax")),
    Signature("csp-blocks", get("/"), answered("200", "Content-Security-Policy: .*connect-src 'self'")),
    Signature("affinity-needs-cookies", get(), allowing(r"Set-Cookie: SERVERID=\d; path=/")),
    # The WebSocket upgrade
    Signature("upgrade-headers-stripped", upgrade(), json_error(3, "Bad request")),
    Signature("upgrade-refused", upgrade(), answered("403", "Content-Type: text/html.*", body=".*Request Rejected")),
    Signature("upgrade-refused-no-library", upgrade(), answered("500", "server: uvicorn", body="Internal Server")),
    Signature("upgrade-not-handled-proxied", upgrade(), nginx(502, "Bad Gateway")),
    Signature("handshake-101-invalid", upgrade(), rb"(?!.*%s)" % ACCEPT + SWITCHED),
    Signature("handshake-101-no-accept", upgrade(), rb"(?!.*Sec-WebSocket-Accept)" + SWITCHED),
    Signature("handshake-101-no-upgrade", upgrade(), rb"(?!.*Upgrade: )" + SWITCHED),
    Signature("handshake-101-no-connection", upgrade(), rb"(?!.*Connection: )" + SWITCHED),
    Signature("proxy-unreachable", get(), allowing(), by_client=True),
    Signature("upgrade-closed", upgrade(), SWITCHED + rb"$"),
    Signature("upgrade-closed-frame", upgrade(), SWITCHED + rb"\x88\x10\x03\xf3internal error"),
    Signature("extension-mismatch", upgrade(), answered("101", "Sec-WebSocket-Extensions: x-webkit-deflate-frame")),
    Signature(
        "extension-parameter",
        upgrade("/socket.io/?EIO=4&transport=websocket", "Sec-WebSocket-Extensions: permessage-deflate"),
        answered("101", "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99"),
    ),
    Signature("subprotocol-mismatch", upgrade("/", "Sec-WebSocket-Protocol: chat"), rb"(?!.*Protocol: )" + SWITCHED),
    Signature("subprotocol-unasked", upgrade("/"), answered("101", "Sec-WebSocket-Protocol: chat")),
    Signature("proxy-refused", get("chat:80", method="CONNECT"), answered("403", "X-Squid-Error: ERR_ACCESS_DENIED 0")),
    Signature("proxy-refused", get(f"http://chat{POLLING}"), answered("403", "X-Squid-Error: ERR_ACCESS_DENIED 0")),
    Signature("proxy-auth-required", get("chat:80", method="CONNECT"), answered("407", "Proxy-Authenticate: Basic .*")),
    Signature("proxy-auth-required", upgrade("http://chat/socket.io/"), answered("407", "Proxy-Authenticate: .*")),
    # Frames
    Signature("second-upgrade-handler", upgrade(), SWITCHED + OPENED),
    Signature("second-upgrade-handler-path", upgrade(), SWITCHED + bare_error("Bad Request")),
    Signature("second-upgrade-handler-instead", upgrade(), bare_error("Bad Request")),
    Signature("second-upgrade-handler-twice", upgrade(), OPENED + bare_error("Bad request")),
    Signature("second-upgrade-handler-proxy", upgrade(), OPENED + rb"HTTP/1\.1 502 Bad Gateway\r\n\r\n$"),
    Signature("invalid-close-code", upgrade(), OPENED + rb"\x88\x09\x03\xeebecause"),
    Signature("invalid-close-code-1005", upgrade(), OPENED + rb"\x88\x02\x03\xed"),
    Signature("invalid-close-code-999", upgrade(), OPENED + rb"\x88\x02\x03\xe7"),
    Signature("invalid-close-code-5000", upgrade(), OPENED + rb"\x88\x02\x13\x88"),
    Signature("invalid-close-code-byte", upgrade(), OPENED + rb"\x88\x01\x03"),
    Signature("masked-server-frame", upgrade(), OPENED + rb"\x81\x81\x1f\x2e\x3d\x4c\x29"),
    Signature("frame-reserved-bits", upgrade(), OPENED + rb"\xb1\x016"),
    Signature("frame-unknown-opcode", upgrade(), OPENED + rb"\x83\x01\?"),
    Signature("frame-fragmented-control", upgrade(), OPENED + rb"\x09\x05hello"),
    Signature("frame-oversized-control", upgrade(), OPENED + rb"\x89\x7e\x00\x7ex{126}"),
    Signature("frame-orphan-continuation", upgrade(), OPENED + rb"\x80\x016"),
    Signature("frame-lying-length", upgrade(), OPENED + rb"\x81\x7f\x80\x00{7}"),
    Signature("utf8-invalid", upgrade(), OPENED + rb'\x81\x0a42\["caf\xe9"\]'),
    Signature("utf8-invalid-reason", upgrade(), OPENED + rb"\x88\x09\x03\xe8termin\xe9"),
    Signature(
        "compression-broken",
        upgrade("/socket.io/?EIO=4&transport=websocket", "Sec-WebSocket-Extensions: permessage-deflate"),
        answered("101", "Sec-WebSocket-Extensions: permessage-deflate") + rb"(?:" + OPEN + rb")\xc1\x04\xff{4}",
    ),
    Signature("compression-broken", upgrade(), OPENED, by_client=True),
    Signature("compression-not-negotiated", upgrade(), OPENED + rb"\xc1\x03"),
    Signature("dropped-without-close", upgrade(), OPENED + rb"$"),
    # Lifetime and limits
    Signature("heartbeat-too-long", get(), answered("200", body=r'0\{.*"pingInterval":60000,"pingTimeout":30000')),
    Signature("payload-too-large", get(), answered("200", body=r'0\{.*"maxPayload":1000\}')),
]  # fmt: skip
