"""Causes in the Engine.IO handshake: Socket.IO is there, and refuses, or speaks another version."""

from __future__ import annotations

from typing import Final

from wsgui.core.causes.cause import FROM_THE_ANSWER, Cause, Fix, Side, after
from wsgui.core.findings import Change, Part, Stage
from wsgui.core.i18n import N_
from wsgui.core.option_types import Protocol

CAUSES: Final[tuple[Cause, ...]] = (
    Cause(
        id="websocket-only-server",
        title=N_("The server takes WebSockets only, and the client begins with polling."),
        explanation=N_(
            "The server's option transports has only websocket, so it refuses the polling that a client begins with. "
            "The WebSocket itself works."
        ),
        signature=N_('400 {"code":0,"message":"Transport unknown"} on polling; a WebSocket opens.'),
        breaks=Part.POLLING,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Begin with the WebSocket."),
                'const socket = io("https://example.com", { transports: ["websocket"] });',
                Change(options={"transports": ["websocket"]}),
            ),
            Fix(
                Side.NODE,
                N_("Or allow polling on the server."),
                'const io = new Server(httpServer, { transports: ["polling", "websocket"] });',
            ),
            Fix(
                Side.PYTHON,
                N_("Or allow polling on the server."),
                'sio = socketio.AsyncServer(async_mode="asgi", transports=["polling", "websocket"])',
            ),
            Fix(
                Side.HOSTING,
                N_("Stay with the WebSocket alone: functions have no affinity, so polling would fail there anyway."),
                platform="vercel",
            ),
        ),
        explains=(Stage.POLLING, Stage.AFFINITY, Stage.UPGRADE, *FROM_THE_ANSWER),
    ),
    Cause(
        id="polling-only-server",
        title=N_("The server offers no upgrade to a WebSocket."),
        explanation=N_(
            "The handshake lists no upgrades, because the server allows polling only or has upgrades turned off. The "
            "client stays with polling and does not say so."
        ),
        signature=N_('The handshake has "upgrades":[]; a WebSocket is refused with code 0, or works all the same.'),
        breaks=Part.WEBSOCKET,
        fixes=(
            Fix(
                Side.NODE,
                N_("Allow both transports and the upgrade between them; that is the default."),
                'const io = new Server(httpServer, { transports: ["polling", "websocket"], allowUpgrades: true });',
            ),
            Fix(
                Side.PYTHON,
                N_(
                    "Allow upgrades. A WSGI server needs one that knows WebSockets, such as gevent or simple-websocket."
                ),
                'sio = socketio.AsyncServer(async_mode="asgi", allow_upgrades=True)',
            ),
            Fix(
                Side.CLIENT,
                N_("If polling is meant, say so: nothing is tried in vain then."),
                'const socket = io("https://example.com", { transports: ["polling"] });',
                Change(options={"transports": ["polling"]}),
            ),
        ),
        explains=(Stage.WEBSOCKET, Stage.FRAMES, Stage.UPGRADE),
    ),
    Cause(
        id="session-unknown",
        title=N_("The server does not know the session."),
        explanation=N_(
            "The request names a session that this server has not, or no longer. The server was restarted, or the "
            "session had ended because the client was silent for too long."
        ),
        signature=N_('400 {"code":1,"message":"Session ID unknown"} on a session that worked before.'),
        breaks=Part.POLLING,
        fixes=(
            Fix(Side.CLIENT, N_("Reconnect: a new handshake makes a new session. Keep reconnection on.")),
            Fix(
                Side.NODE,
                N_("Look for restarts in the server's log, and give slow clients more time."),
                "const io = new Server(httpServer, { pingTimeout: 30000 });",
            ),
            Fix(Side.HOSTING, N_("If more than one instance runs, turn session affinity on.")),
        ),
        explains=(Stage.UPGRADE,),
    ),
    Cause(
        id="forbidden-by-server",
        title=N_("The server's own check refuses the request."),
        explanation=N_(
            "The function allowRequest of the server said no to this handshake. It sees headers, cookies, address and "
            "query, and something in them is not as it wants."
        ),
        signature=N_('403 with {"code":4,...} on polling; the WebSocket gets a 400 with the same text.'),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.NODE,
                N_("Log what allowRequest sees, and why it says no."),
                "const io = new Server(httpServer, {\n"
                "  allowRequest: (req, callback) => {\n"
                "    console.log(req.headers.origin, req.url);\n"
                "    callback(null, true);\n"
                "  },\n"
                "});",
            ),
            Fix(
                Side.CLIENT,
                N_("Send what the server looks for: a header, a cookie (withCredentials) or a query parameter."),
                'const socket = io("https://example.com", { extraHeaders: { "X-Api-Key": "my-key" } });',
            ),
        ),
        explains=after(Stage.HANDSHAKE),
    ),
    Cause(
        id="bad-request",
        title=N_("A middleware of the server fails on the request."),
        explanation=N_(
            "The server began with the handshake, and a function of the application ended it with an error. It is one "
            "that was given to io.engine.use(), or the one that decides on CORS."
        ),
        signature=N_('400 {"code":3,"message":"Bad request"} already on polling.'),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.NODE,
                N_("Let the server say why."),
                'io.engine.on("connection_error", (err) => {\n  console.log(err.code, err.message, err.context);\n});',
            ),
            Fix(Side.CLIENT, N_("Try without extra headers, query and Origin, one at a time, to see which one it is.")),
        ),
        explains=after(Stage.HANDSHAKE),
    ),
    Cause(
        id="protocol-too-old",
        title=N_("The client speaks Socket.IO 2, and the server only 3 and 4."),
        explanation=N_(
            "The client asks for revision 3 of Engine.IO, and the server knows revision 4 alone. On a WebSocket the "
            "refusal comes inside the stream, so a browser reports “Invalid frame header”."
        ),
        signature=N_('400 {"code":5,"message":"Unsupported protocol version"}; on a WebSocket after the 101.'),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Use socket.io-client 4. Here: choose Socket.IO 3 and 4 as the protocol."),
                'const { io } = require("socket.io-client"); // npm install socket.io-client@4',
                Change(protocol=Protocol.SOCKETIO),
            ),
            Fix(
                Side.NODE,
                N_("Or let the server take both."),
                "const io = new Server(httpServer, { allowEIO3: true });",
            ),
            Fix(
                Side.PYTHON,
                N_("python-socketio 5 takes new clients only. For old ones there is python-socketio 4."),
            ),
        ),
        explains=after(Stage.PATH),
    ),
    Cause(
        id="protocol-too-new",
        title=N_("The client speaks Socket.IO 3 and 4, and the server is Socket.IO 2."),
        explanation=N_(
            "The two generations write packets in different ways and send heartbeats in opposite directions. A client "
            "of the wrong one connects not at all, or is dropped after half a minute."
        ),
        signature=N_('The handshake has a length before it, 97:0{"sid":...}, and 2:40 follows unasked.'),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Use socket.io-client 2 with this server. Here: choose Socket.IO 2 as the protocol."),
                'const io = require("socket.io-client"); // npm install socket.io-client@2',
                Change(protocol=Protocol.SOCKETIO_V2),
            ),
            Fix(
                Side.NODE,
                N_("Or bring the server to version 4; allowEIO3 lets the old clients in while they last."),
                "const io = new Server(httpServer, { allowEIO3: true });",
            ),
        ),
        explains=after(Stage.PATH),
    ),
    Cause(
        id="handshake-malformed",
        title=N_("The answer looks like a handshake, but is not a valid one."),
        explanation=N_(
            "Something that was made to resemble Socket.IO answers, or a proxy has changed the body on the way. The "
            "session id or the heartbeat values are missing or impossible."
        ),
        signature=N_("200 with a body that begins like 0{...} and lacks sid, or has a pingInterval below zero."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.NODE,
                N_("Check the options of the server: pingInterval and pingTimeout are milliseconds above zero."),
                "const io = new Server(httpServer, { pingInterval: 25000, pingTimeout: 20000 });",
            ),
            Fix(Side.PYTHON, N_("Check ping_interval and ping_timeout: they are seconds above zero.")),
            Fix(Side.NGINX, N_("Take rules that change bodies (sub_filter, add_after_body) off this path.")),
        ),
        explains=after(Stage.HANDSHAKE),
    ),
    Cause(
        id="plain-websocket-server",
        title=N_("The server is a plain WebSocket server, not Socket.IO."),
        explanation=N_(
            "A WebSocket opens, but nothing in it is Socket.IO, which is a protocol of its own on top. A Socket.IO "
            "client waits for an open packet that never comes, and ends with “timeout”."
        ),
        signature=N_('426 or 400 on polling; a 101 on the WebSocket, and then no 0{"sid":...}.'),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Use WebSocket itself. Here: choose plain WebSocket as the protocol."),
                'const socket = new WebSocket("wss://example.com/path");',
                Change(protocol=Protocol.WEBSOCKET),
            ),
            Fix(
                Side.NODE,
                N_("Or run Socket.IO on the server."),
                'const io = require("socket.io")(httpServer);',
            ),
            Fix(
                Side.HOSTING,
                N_("A WebSocket API of API Gateway cannot carry Socket.IO. Use a load balancer, or plain WebSocket."),
                platform="aws-apigateway",
            ),
        ),
        explains=(Stage.PATH, *after(Stage.PATH)),
    ),
    Cause(
        id="socketio-not-plain-websocket",
        title=N_("The server is Socket.IO, and the client speaks plain WebSocket."),
        explanation=N_(
            "A plain WebSocket can open at the path of Socket.IO, but it does not join a namespace and does not answer "
            "the heartbeat. The server closes it after a while, and no event ever arrives."
        ),
        signature=N_('The first message is 0{"sid":...}; then only a 2, the heartbeat, which nobody answers.'),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Use socket.io-client. Here: choose Socket.IO as the protocol."),
                'const { io } = require("socket.io-client");\nconst socket = io("https://example.com");',
                Change(protocol=Protocol.SOCKETIO),
            ),
            Fix(
                Side.NODE,
                N_("Or offer a plain WebSocket on a path of its own, beside Socket.IO."),
                "const wss = new WebSocketServer({ noServer: true });",
            ),
        ),
        explains=after(Stage.PATH),
    ),
)
"""Section D of the catalogue, and of I what concerns the choice of the protocol."""
