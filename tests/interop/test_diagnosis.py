"""The diagnosis against the real servers of npm: what Node puts on the wire, and not what the lab thinks it does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.request import urlopen

import pytest

from tests.checks.diagnosing import report_on, told
from tests.interop.node_server import NodeServer
from wsgui.core.findings import Level, Verdict
from wsgui.core.option_types import Protocol
from wsgui.core.options import OptionValues

Start = Callable[..., NodeServer]

PAGE = "http://localhost:5173"
WEBSOCKET_ONLY: OptionValues = {"transports": ["websocket"]}


@dataclass(frozen=True, kw_only=True)
class Case:
    """A server, a client, and the cause that comes of them."""

    script: str = "bare.js"
    server: Mapping[str, object] = field(default_factory=dict)
    values: OptionValues = field(default_factory=dict)
    protocol: Protocol = Protocol.SOCKETIO
    origin: str = ""
    path: str = ""
    cause: str | None = None
    level: Level | None = None


V2 = Protocol.SOCKETIO_V2
PLAIN = Protocol.WEBSOCKET

CASES = {
    # Socket.IO 4 as it comes, and with the options of the guide
    "healthy": Case(),
    "healthy, with a handler": Case(script="socketio4.js"),
    "the guide's server": Case(
        server={"cors": {"origin": PAGE, "credentials": True}, "allowEIO3": True, "pingTimeout": 60000,
                "pingInterval": 25000, "upgradeTimeout": 30000, "maxHttpBufferSize": 1e8},
        values={"withCredentials": True}, origin=PAGE,
    ),
    "its own path": Case(server={"path": "/live"}, values={"path": "/live"}),
    "another path": Case(server={"path": "/live"}, cause="wrong-path"),
    "the usual other path": Case(server={"path": "/api/socket.io"}, cause="wrong-path"),
    "another path, with a handler": Case(script="socketio4.js", server={"path": "/live"}, cause="wrong-path"),
    "the path in the URL": Case(server={"path": "/live"}, path="/live/", cause="path-used-as-namespace"),
    "no slash": Case(values={"addTrailingSlash": False}, cause="missing-trailing-slash"),
    "websocket only": Case(server={"transports": ["websocket"]}, cause="websocket-only-server"),
    "websocket only, both": Case(server={"transports": ["websocket"]}, values=WEBSOCKET_ONLY),
    "polling only": Case(
        server={"transports": ["polling"]}, cause="polling-only-server", level=Level.POLLING_ONLY
    ),
    "polling only, a WebSocket wanted": Case(
        server={"transports": ["polling"]}, values=WEBSOCKET_ONLY, cause="polling-only-server",
        level=Level.CANNOT_CONNECT,
    ),
    "no upgrades": Case(server={"allowUpgrades": False}, cause="polling-only-server", level=Level.POLLING_ONLY),
    "refused": Case(server={"refuses": True}, cause="forbidden-by-server"),
    "a broken middleware": Case(server={"middleware": "fails"}, cause="bad-request"),
    "rejected": Case(server={"middleware": "rejects"}, cause="auth-rejected"),
    "rejected over a WebSocket": Case(
        server={"middleware": "rejects"}, values=WEBSOCKET_ONLY, cause="auth-rejected"
    ),
    "no answer to CONNECT": Case(server={"middleware": "hangs"}, cause="connect-unanswered"),
    "disconnected": Case(server={"middleware": "leaves"}, cause="server-disconnects"),
    "no such namespace": Case(path="/nowhere", cause="namespace-unknown"),
    "another parser": Case(script="socketio4.js", server={"parser": "msgpack"}, cause="packet-rejected"),
    "another parser over a WebSocket": Case(
        script="socketio4.js", server={"parser": "msgpack"}, values=WEBSOCKET_ONLY, cause="packet-rejected"
    ),
    "msgpack, both": Case(script="socketio4.js", server={"parser": "msgpack"}, values={"parser": "msgpack"}),
    "msgpack, both, over a WebSocket": Case(
        script="socketio4.js", server={"parser": "msgpack"}, values={"parser": "msgpack", **WEBSOCKET_ONLY}
    ),
    "msgpack, the client": Case(script="socketio4.js", values={"parser": "msgpack"}, cause="packet-rejected"),
    "too large an auth": Case(
        server={"maxHttpBufferSize": 500}, values={"auth": {"token": "t" * 900}}, cause="payload-too-large"
    ),
    "too rare a heartbeat": Case(server={"pingInterval": 90000}, cause="heartbeat-too-long", level=Level.WILL_DROP),
    # CORS
    "no cors": Case(origin=PAGE, cause="cors-missing", level=Level.BROWSER_FAILS),
    "no cors, websocket only": Case(origin=PAGE, values=WEBSOCKET_ONLY),
    "another origin": Case(
        server={"cors": {"origin": "https://app.example.com"}}, origin=PAGE, cause="cors-origin-mismatch"
    ),
    "a list of others": Case(server={"cors": {"origin": ["https://a.example"]}}, origin=PAGE, cause="cors-missing"),
    "any origin": Case(server={"cors": {"origin": "*"}}, origin=PAGE),
    "any origin with cookies": Case(
        server={"cors": {"origin": "*"}}, origin=PAGE, values={"withCredentials": True},
        cause="cors-wildcard-credentials",
    ),
    "no credentials": Case(
        server={"cors": {"origin": PAGE}}, origin=PAGE, values={"withCredentials": True}, cause="cors-no-credentials"
    ),
    "a header that is not allowed": Case(
        server={"cors": {"origin": PAGE, "allowedHeaders": ["x-ok"]}}, origin=PAGE,
        values={"extraHeaders": {"X-Mine": "1234"}}, cause="cors-preflight-refused",
    ),
    # The other generation
    "version 2": Case(script="socketio2.js", protocol=V2),
    "version 2, websocket only": Case(script="socketio2.js", protocol=V2, values=WEBSOCKET_ONLY),
    "a new client of version 2": Case(script="socketio2.js", cause="protocol-too-new"),
    "the same over a WebSocket": Case(script="socketio2.js", values=WEBSOCKET_ONLY, cause="protocol-too-new"),
    "an old client": Case(protocol=V2, cause="protocol-too-old"),
    "an old client over a WebSocket": Case(protocol=V2, values=WEBSOCKET_ONLY, cause="protocol-too-old"),
    "an old client that is allowed": Case(server={"allowEIO3": True}, protocol=V2),
    # Plain WebSocket
    "plain": Case(script="ws.js", protocol=PLAIN),
    "plain, compressed": Case(script="ws.js", server={"perMessageDeflate": True}, protocol=PLAIN),
    "plain, a subprotocol": Case(script="ws.js", protocol=PLAIN, values={"protocols": ["chat", "superchat"]}),
    "plain, another subprotocol": Case(
        script="ws.js", server={"protocol": "other"}, protocol=PLAIN, values={"protocols": ["chat"]},
        cause="subprotocol-mismatch",
    ),
    "plain, refused": Case(
        script="ws.js", server={"refuse": {"status": 403, "body": "no"}}, protocol=PLAIN, cause="http-auth-required"
    ),
    "Socket.IO with a plain client": Case(protocol=PLAIN, cause="socketio-not-plain-websocket"),
    "the same at its own path": Case(
        protocol=PLAIN, path="/socket.io/?EIO=4&transport=websocket", cause="socketio-not-plain-websocket"
    ),
    # Two handlers of upgrades on one server
    "two handlers": Case(script="two-handlers.js", cause="second-upgrade-handler", level=Level.POLLING_ONLY),
    "two handlers, with cors": Case(
        script="two-handlers.js", server={"cors": {"origin": "*"}}, cause="second-upgrade-handler"
    ),
    "two handlers, another path": Case(
        script="two-handlers.js", server={"second": {"path": "/chat"}}, cause="second-upgrade-handler"
    ),
    "two handlers, another path, with cors": Case(
        script="two-handlers.js", server={"second": {"path": "/chat"}, "cors": {"origin": "*"}},
        cause="second-upgrade-handler",
    ),
    "two handlers, websocket only": Case(
        script="two-handlers.js", values=WEBSOCKET_ONLY, cause="second-upgrade-handler", level=Level.CANNOT_CONNECT
    ),
    "two handlers, routed": Case(script="two-handlers.js", server={"routed": True}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
async def test_the_cause_is_found(case: Case, node_server: Start) -> None:
    server = node_server(script=case.script, **case.server)
    url = server.url.replace("http", "ws", 1) if case.protocol is PLAIN else server.url
    report = await report_on(url + case.path, case.values, case.protocol, origin=case.origin)
    assert report.causes == ((case.cause,) if case.cause else ()), told(report)
    assert (report.verdict is Verdict.OK) is (case.cause is None)
    if case.level:
        assert report.level is case.level


async def test_what_the_server_says_of_itself(node_server: Start) -> None:
    options = {"pingInterval": 20000, "pingTimeout": 15000, "maxHttpBufferSize": 123456, "allowEIO3": True}
    server = node_server(script="bare.js", cookie=True, cors={"origin": PAGE}, **options)
    found = (await report_on(server.url, origin=PAGE)).server
    assert (found.eio, found.allow_eio3) == (4, True)
    assert (found.ping_interval, found.ping_timeout, found.max_payload) == (20000, 15000, 123456)
    assert (found.upgrades, found.transports) == (("websocket",), ("polling", "websocket"))
    assert (found.cookie, found.cors) == ("io", PAGE)


async def test_a_refused_page_is_told_by_the_browser_view(node_server: Start) -> None:
    report = await report_on(node_server(script="bare.js").url, origin=PAGE)
    assert report.browser.allowed is False
    assert "Access-Control-Allow-Origin" in report.browser.reason


@pytest.mark.parametrize(
    "values", [{}, WEBSOCKET_ONLY, {"path": "/elsewhere"}], ids=["healthy", "websocket only", "another path"]
)
async def test_it_asks_no_more_than_a_person_would(values: OptionValues, node_server: Start) -> None:
    url = node_server(script="counting.js", cors={"origin": PAGE}).url
    await report_on(url, values, origin=PAGE)
    figures = json.loads(await asyncio.to_thread(lambda: urlopen(f"{url}/figures").read()))
    assert 5 < figures["requests"] <= 25
    assert 1 < figures["most"] <= 5
