"""The option sets that both clients are run with in the protocol of Socket.IO 2: one row each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from tests.interop.node_server import NodeServer
from tests.interop.parity.case import Case, Step, Upstream
from tests.interop.parity.option_sets import (
    ASK,
    BYTES,
    CONNECT,
    ECHO,
    ECHOED,
    FAST,
    LEAVE,
    ONCE,
    POLLING,
    REFUSED,
    TALK,
    UPGRADED,
    WEBSOCKET,
)
from wsgui.core.option_types import Protocol

CHAT: Sequence[Step] = (("until", "connect", 1, "/chat"), ("emit", "/chat", "seen", [], ASK), ("until", "ack"))
ENGINE_CLOSED: Step = ("emit", "/", "close-engine", [])
AGAIN: Step = ("until", "connect", 2)


def _server(script: str, options: Mapping[str, object]) -> Upstream:
    @asynccontextmanager
    async def serve() -> AsyncIterator[str]:
        server = NodeServer(script, options)
        await asyncio.to_thread(server.start)
        try:
            yield server.url
        finally:
            await asyncio.to_thread(server.stop)

    return serve


def _case(
    name: str,
    suffix: str,
    options: Mapping[str, object],
    steps: Sequence[Step],
    server: Mapping[str, object] | None = None,
    *,
    script: str = "socketio2.js",
    namespaces: Sequence[str] = (),
) -> Case:
    upstream = _server(script, server or {})
    return Case(f"v2: {name}", suffix, options, steps, upstream, namespaces, protocol=Protocol.SOCKETIO_V2)


V2_OPTION_SETS: tuple[Case, ...] = (
    _case("defaults", "", {}, UPGRADED),
    _case("polling", "", POLLING, TALK),
    _case("websocket", "", WEBSOCKET, TALK),
    _case("upgrade off", "", {"upgrade": False}, TALK),
    _case("websocket, then polling", "", {"transports": ["websocket", "polling"]}, TALK),
    _case("server without upgrades", "", {}, TALK, {"allowUpgrades": False}),
    _case("server without polling", "", ONCE, [REFUSED], {"transports": ["websocket"]}),
    _case("server without websocket", "", {**ONCE, **WEBSOCKET}, [REFUSED], {"transports": ["polling"]}),
    _case("upgrade remembered", "", {"rememberUpgrade": True, **FAST},
          [CONNECT, ("until", "upgrade"), ENGINE_CLOSED, AGAIN, ECHO, ECHOED, LEAVE]),
    _case("upgrade not remembered", "", FAST,
          [CONNECT, ("until", "upgrade"), ENGINE_CLOSED, AGAIN, ("until", "upgrade", 2), ECHO, ECHOED, LEAVE]),
    _case("polling, closed by the server", "", {**POLLING, **FAST}, [CONNECT, ENGINE_CLOSED, AGAIN, LEAVE]),
    _case("path", "", {"path": "/other"}, UPGRADED, {"path": "/other"}),
    _case("wrong path", "", {"path": "/wrong", **ONCE}, [REFUSED]),
    _case("wrong path, websocket", "", {"path": "/wrong", **ONCE, **WEBSOCKET}, [REFUSED]),
    _case("query in the URL", "/?a=1&b=x%20y", {}, UPGRADED),
    _case("query as an option", "", {"query": {"token": "a b&c=d", "n": 5, "on": True, "é": "ü"}}, UPGRADED),
    _case("namespace and query", "/chat", {"query": {"token": "a b", "x": "ü"}, **POLLING}, [*CHAT, LEAVE]),
    _case("namespace and query, websocket", "/chat?a=1", WEBSOCKET, [*CHAT, LEAVE]),
    _case("several namespaces", "", POLLING, [CONNECT, *CHAT, LEAVE], namespaces=["/", "/chat"]),
    _case("admitted by the query", "", {"query": {"token": "secret"}, **WEBSOCKET},
          [("until", "connect", 1, "/admin"), LEAVE], namespaces=["/", "/admin"]),
    _case("a refused namespace", "", {**POLLING, **FAST}, [CONNECT, REFUSED, ECHO, ECHOED, LEAVE],
          namespaces=["/", "/admin"]),
    _case("a refusal with data", "", {"query": {"why": "data"}, **WEBSOCKET}, [CONNECT, REFUSED, LEAVE],
          namespaces=["/", "/admin"]),
    _case("a refused namespace is asked for again", "", {**WEBSOCKET, **FAST},
          [CONNECT, REFUSED, ENGINE_CLOSED, AGAIN, ("until", "connect_error", 2), LEAVE],
          namespaces=["/", "/admin"]),
    _case("a namespace that there is not", "/nowhere", WEBSOCKET, [REFUSED, LEAVE]),
    _case("a refused root", "", POLLING, [REFUSED, LEAVE], {"root": "refused"}),
    _case("joined later, left early", "", WEBSOCKET,
          [CONNECT, ("join", "/chat"), *CHAT, ("leave", "/chat"), ECHO, ECHOED, LEAVE]),
    _case("disconnected by the server", "", WEBSOCKET,
          [CONNECT, ("emit", "/", "disconnect-me", []), ("until", "disconnect")]),
    _case("the whole connection ended by the server", "", POLLING,
          [CONNECT, ("emit", "/", "disconnect-me", [True]), ("until", "disconnect")]),
    _case("answered", "", WEBSOCKET,
          [CONNECT, ("emit", "/", "ask", ["how many"]), ECHOED, ("answer", 3, b"\x03"), ("until", "event", 2), LEAVE]),
    _case("binary over polling", "", POLLING, BYTES),
    _case("binary over websocket", "", WEBSOCKET, BYTES),
    _case("Base64 over websocket", "", {"forceBase64": True, **WEBSOCKET}, BYTES),
    _case("Base64 with an upgrade", "", {"forceBase64": True}, [CONNECT, ("until", "upgrade"), *BYTES[1:]]),
    _case("no time stamp", "", {"timestampRequests": False}, UPGRADED),
    _case("time stamp everywhere, renamed", "", {"timestampRequests": True, "timestampParam": "now"}, UPGRADED),
    _case("headers", "", {"extraHeaders": {"X-Test": "yes", "Authorization": "Bearer t"}}, UPGRADED),
    _case("headers of one transport", "", {"transportOptions": {"polling": {"extraHeaders": {"X-Only": "polling"}}}},
          UPGRADED),
    _case("a query of one transport, which there is not", "",
          {"transportOptions": {"polling": {"query": {"a": "1"}}}, **POLLING}, TALK),
    _case("subprotocols, which are ignored", "", {"protocols": ["one"], **WEBSOCKET}, TALK),
    _case("credentials, which are ignored", "", {"auth": {"token": "secret"}, **WEBSOCKET}, TALK),
    _case("no compression", "", {"perMessageDeflate": False, **WEBSOCKET}, TALK),
    _case("given up", "", {"path": "/wrong", "reconnectionAttempts": 2, **FAST}, [("until", "reconnect_failed")]),
    _case("no time at all", "", {"timeout": 0, **WEBSOCKET, **ONCE}, [REFUSED]),
    _case("a server of version 4", "", {**POLLING, **ONCE}, [REFUSED], script="socketio4.js"),
    _case("a server of version 4, websocket", "", {**WEBSOCKET, **ONCE}, [REFUSED], script="socketio4.js"),
    _case("a server of version 4 that allows it", "", {}, [CONNECT, ("until", "upgrade"), ECHO, ECHOED, LEAVE],
          {"allowEIO3": True}, script="socketio4.js"),
)  # fmt: skip
