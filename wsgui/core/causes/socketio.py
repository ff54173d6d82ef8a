"""Causes in Socket.IO itself: the transport works, and the namespace or a packet is refused."""

from __future__ import annotations

from typing import Final

from wsgui.core.causes.cause import Cause, Fix, Side
from wsgui.core.findings import Change, Part, Stage
from wsgui.core.i18n import N_

CAUSES: Final[tuple[Cause, ...]] = (
    Cause(
        id="auth-rejected",
        title=N_("The server's middleware refuses the connection: the credentials are not accepted."),
        explanation=N_(
            "The transport is open, and the application says no to this client with a message of its own. Often the "
            "token is missing, expired, or sent in another place than the server reads it from."
        ),
        signature=N_('CONNECT is answered with CONNECT_ERROR: 44{"message":...}.'),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Send a valid token in auth. As a function it is asked anew at every reconnection."),
                'const socket = io("https://example.com", {\n'
                '  auth: (callback) => callback({ token: localStorage.getItem("token") }),\n});',
            ),
            Fix(
                Side.NODE,
                N_("Read it from where the client puts it: auth and query are two different things."),
                "io.use((socket, next) => {\n"
                "  console.log(socket.handshake.auth, socket.handshake.query);\n"
                "  next();\n"
                "});",
            ),
            Fix(
                Side.PYTHON,
                N_("The credentials are the third argument of the connect handler."),
                '@sio.event\nasync def connect(sid, environ, auth):\n    if not auth or not auth.get("token"):\n'
                '        raise socketio.exceptions.ConnectionRefusedError("no token")',
            ),
        ),
        explains=(Stage.HEARTBEAT, Stage.LIMITS, "server-disconnects"),
    ),
    Cause(
        id="connect-unanswered",
        title=N_("The server does not answer the request to join the namespace."),
        explanation=N_(
            "A middleware of the server never calls next(), or a handler fails or waits for something that does not "
            "come. The JavaScript client waits with it and reports nothing; the server hangs up after 45 s."
        ),
        signature=N_("40 is sent and neither 40 nor 44 comes back; after connectTimeout an empty close frame, 88 00."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.NODE,
                N_("Call next() in every branch, also after an error."),
                "io.use(async (socket, next) => {\n"
                "  try {\n"
                "    socket.data.user = await findUser(socket.handshake.auth.token);\n"
                "    next();\n"
                "  } catch (error) {\n"
                "    next(error);\n"
                "  }\n"
                "});",
            ),
            Fix(
                Side.PYTHON,
                N_("Look for an exception or a blocking call in the connect handler."),
                'sio = socketio.AsyncServer(async_mode="asgi", logger=True)',
            ),
        ),
        explains=(Stage.HEARTBEAT, Stage.LIMITS, "connect-slow"),
    ),
    Cause(
        id="connect-slow",
        title=N_("The server takes long to let a client into the namespace."),
        explanation=N_(
            "The middleware or connect handler does slow work, such as asking a database, before it agrees. The "
            "JavaScript client waits, and the Python client gives up after one second unless it is told otherwise."
        ),
        signature=N_("More than a second between 40 and its answer, while the handshake itself is fast."),
        breaks=Part.ENDURANCE,
        fixes=(
            Fix(
                Side.NODE,
                N_("Let the client in first, and do the slow work afterwards."),
                'io.on("connection", async (socket) => {\n'
                '  socket.emit("profile", await loadProfile(socket.handshake.auth.token));\n'
                "});",
            ),
            Fix(
                Side.PYTHON,
                N_("Give the Python client more time."),
                'await sio.connect("https://example.com", wait_timeout=10)',
            ),
        ),
    ),
    Cause(
        id="namespace-unknown",
        title=N_("The server has no such namespace."),
        explanation=N_(
            "A client can only join a namespace that the server has created; the main one, “/”, is always there. The "
            "name has to be the same on both sides, letter by letter."
        ),
        signature=N_('44/name,{"message":"Invalid namespace"}; a Python server says “Unable to connect”.'),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.NODE,
                N_("Create the namespace. Its own middleware and listeners belong to it alone."),
                'io.of("/chat").on("connection", (socket) => {});',
            ),
            Fix(
                Side.PYTHON,
                N_("Register a handler for the namespace, or allow it by name."),
                'sio = socketio.AsyncServer(async_mode="asgi", namespaces=["/", "/chat"])',
            ),
            Fix(
                Side.CLIENT,
                N_("Correct the namespace in the URL: what follows the host is its name, not the HTTP path."),
                'const socket = io("https://example.com/chat");',
            ),
        ),
        explains=("server-disconnects", Stage.HEARTBEAT, Stage.LIMITS),
    ),
    Cause(
        id="packet-rejected",
        title=N_("The server cannot read a packet and hangs up."),
        explanation=N_(
            "Right after our packet the server closes without a code. It uses another parser (msgpack), expects "
            "another order of packets, or somebody changes them on the way."
        ),
        signature=N_("An empty close frame, 88 00, or the packet 1 on polling, directly after what was sent."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Use the parser of the server."),
                'const socket = io("https://example.com", { parser: require("socket.io-msgpack-parser") });',
                Change(options={"parser": "msgpack"}),
            ),
            Fix(
                Side.NODE,
                N_("Or leave the parser out on the server."),
                "const io = new Server(httpServer);",
            ),
            Fix(
                Side.PYTHON,
                N_("The server's serializer has to be that of the clients."),
                'sio = socketio.AsyncServer(async_mode="asgi", serializer="msgpack")',
            ),
        ),
        explains=("connect-unanswered", "server-disconnects", Stage.HEARTBEAT, Stage.LIMITS),
    ),
    Cause(
        id="server-disconnects",
        title=N_("The server lets the client in and disconnects it at once."),
        explanation=N_(
            "The application calls disconnect() in its connection handler, mostly after a check of its own. The client "
            "does not reconnect by itself after that."
        ),
        signature=N_("The packet 41 right after the namespace was joined; the client says “io server disconnect”."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.NODE,
                N_(
                    "Refuse in a middleware instead, with a message: the client then gets a connect_error that says "
                    "why."
                ),
                'io.use((socket, next) => {\n  next(isAllowed(socket) ? undefined : new Error("not allowed"));\n});',
            ),
            Fix(
                Side.PYTHON,
                N_("Refuse in the connect handler instead, with a message."),
                'raise socketio.exceptions.ConnectionRefusedError("not allowed")',
            ),
            Fix(
                Side.CLIENT,
                N_("If trying again makes sense, connect by hand."),
                'socket.on("disconnect", (reason) => {\n'
                '  if (reason === "io server disconnect") socket.connect();\n'
                "});",
            ),
        ),
        explains=(Stage.HEARTBEAT, Stage.LIMITS),
    ),
)
"""Section I of the catalogue, in its order."""
