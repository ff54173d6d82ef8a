"""Causes in the frames of an open WebSocket: the handshake was good, and what follows breaks the protocol."""

from __future__ import annotations

from typing import Final

from wsgui.core.causes.cause import Cause, Fix, Side
from wsgui.core.causes.snippets import NODE_COUNT_UPGRADES, NODE_ONE_UPGRADE
from wsgui.core.findings import Change, Part, Stage
from wsgui.core.i18n import N_

_NO_COMPRESSION = Change(options={"perMessageDeflate": False})

CAUSES: Final[tuple[Cause, ...]] = (
    Cause(
        id="second-upgrade-handler",
        title=N_("Two WebSocket servers on one HTTP server answer the same connection."),
        explanation=N_(
            "Socket.IO and something else (a WebSocketServer, a development proxy, a second Socket.IO) both listen for "
            "upgrades on one HTTP server, and both answer into the same connection. The second answer is no WebSocket "
            "frame, so the browser reports “Invalid frame header” and ends the connection. On the server both read the "
            "browser's close frame from the same memory, one after the other, and the second one finds a random number "
            "where the close code was: another one each time. That is WS_ERR_INVALID_CLOSE_CODE; the 1002 beside it is "
            "the code that the server is about to send, not one that it got."
        ),
        signature=N_(
            "After the 101 there is HTTP text in the stream: a second “HTTP/1.1 101”, or “HTTP/1.1 400 Bad Request”, "
            "404 or 502; the server logs “invalid status code” with another five-digit number each time."
        ),
        breaks=Part.WEBSOCKET,
        fixes=(
            Fix(
                Side.NODE,
                N_(
                    "Let one handler decide by the path. Give every WebSocketServer noServer: true instead of server, "
                    "and Socket.IO destroyUpgrade: false."
                ),
                NODE_ONE_UPGRADE,
            ),
            Fix(
                Side.NODE,
                N_(
                    "To see who listens, print the listeners just before the server listens. Each of them answers "
                    "every upgrade, unless it looks at the path first."
                ),
                NODE_COUNT_UPGRADES,
            ),
            Fix(
                Side.NODE,
                N_("Or give the other WebSocket server a port of its own."),
                "const wss = new WebSocketServer({ port: 3001 });",
            ),
            Fix(
                Side.NODE,
                N_(
                    "In development the second one is often the proxy of Vite, webpack or Create React App with ws for "
                    "every path: limit it to its own path, or connect to the Socket.IO server's port directly."
                ),
                'export default {\n  server: { proxy: { "/api": { target: "http://127.0.0.1:3000" } } },\n};',
            ),
            Fix(
                Side.CLIENT,
                N_(
                    "Until then polling works. URL, CORS and time-outs have no part in this error: change none of them."
                ),
                'const socket = io("https://example.com", { transports: ["polling"] });',
                Change(options={"transports": ["polling"]}),
            ),
        ),
        explains=(
            Stage.FRAMES,
            Stage.UPGRADE,
            "upgrade-refused",
            "upgrade-no-open-packet",
            "upgrade-closed",
            "handshake-101-invalid",
            "dropped-without-close",
        ),
    ),
    Cause(
        id="invalid-close-code",
        title=N_("The other side ends the connection with a close code that must not be sent."),
        explanation=N_(
            "A close frame carries a number, and some numbers must never be sent: 1005, 1006 and 1015 only stand for "
            "“no code”, “no close frame” and “no TLS”, and 0 to 999 and all from 5000 on mean nothing. A program sends "
            "one because it passes on what it got (after a lost connection event.code is 1006), or because its library "
            "does not check. Node's ws answers it with WS_ERR_INVALID_CLOSE_CODE, and a server that does not listen "
            "for that error ends with it."
        ),
        signature=N_(
            "A close frame with a reserved code, the same one every time (0, 1005, 1006, 65535), which ws answers with "
            "1002: 88 02 03 ea."
        ),
        breaks=Part.ENDURANCE,
        fixes=(
            Fix(
                Side.NODE,
                N_("Where a code is passed on, as in a proxy, replace what must not be sent."),
                "function sendable(code) {\n"
                "  const ok = (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) ||\n"
                "    (code >= 3000 && code <= 4999);\n"
                "  return ok ? code : 1011;\n"
                "}\n"
                'upstream.on("close", (code, reason) => client.close(sendable(code), reason));',
            ),
            Fix(
                Side.NODE,
                N_("Listen for errors on every connection: without it a single bad frame ends the whole process."),
                'wss.on("connection", (ws) => {\n'
                '  ws.on("error", (error) => console.warn(error.code, error.message));\n'
                "});",
            ),
            Fix(
                Side.PYTHON,
                N_("aiohttp and websocket-client send every code that they are given: close with a real one."),
                'await ws.close(code=1000, message=b"done")  # or 4000 to 4999 for reasons of your own',
            ),
            Fix(
                Side.CLIENT,
                N_("Close with 1000 or with a code of your own from 4000 to 4999; browsers accept no others."),
                'socket.close(4001, "done");',
            ),
            Fix(
                Side.CLIENT,
                N_(
                    "If the number in the log is another one each time, this is not it: then two WebSocket servers "
                    "answer the same connection."
                ),
            ),
        ),
    ),
    Cause(
        id="masked-server-frame",
        title=N_("The server masks its frames, which only a client may do."),
        explanation=N_(
            "Frames from client to server are masked, those from server to client never are. A server that uses one "
            "function for both breaks the rule; browsers and Node end the connection, lenient clients do not notice."
        ),
        signature=N_("The mask bit is set in frames that come from the server: the second byte is 80 or more."),
        breaks=Part.WEBSOCKET,
        fixes=(
            Fix(
                Side.NODE,
                N_("Send through a library, or without the mask: ws does it by the role of the connection."),
                "ws.send(data, { mask: false });",
            ),
            Fix(Side.HOSTING, N_("In a device or a library of its own, do not set the mask bit on the server's side.")),
        ),
        explains=(Stage.UPGRADE, "frame-invalid", "dropped-without-close"),
    ),
    Cause(
        id="frame-invalid",
        title=N_("The server sends frames that break the WebSocket protocol."),
        explanation=N_(
            "A frame has reserved bits, an unknown opcode, a control frame that is too long or cut up, or a length "
            "that does not fit what follows. It was made by code that does not know the protocol well, or something "
            "else was written into the stream."
        ),
        signature=N_("The bytes after the handshake cannot be read as frames; the evidence shows the first wrong one."),
        breaks=Part.WEBSOCKET,
        fixes=(
            Fix(
                Side.NODE,
                N_("Write to the socket through the WebSocket only, never with socket.write()."),
                'wss.on("connection", (ws) => ws.send("hello"));',
            ),
            Fix(Side.NODE, N_("See whether a second upgrade handler writes into the stream."), NODE_COUNT_UPGRADES),
            Fix(Side.HOSTING, N_("Look for a proxy that adds to the stream: an error page, or bytes of its own.")),
        ),
        explains=(Stage.UPGRADE, "dropped-without-close"),
    ),
    Cause(
        id="utf8-invalid",
        title=N_("A text message is not valid UTF-8."),
        explanation=N_(
            "Text frames have to be UTF-8, and a client ends the connection with 1007 at the first byte that is not. "
            "Binary data was sent as text, or text in another encoding, or cut in the middle of a character."
        ),
        signature=N_("A text frame whose payload does not decode; the client closes with 1007."),
        breaks=Part.ENDURANCE,
        fixes=(
            Fix(
                Side.NODE,
                N_("Send bytes as a binary message, and text as a string."),
                "ws.send(buffer, { binary: true });",
            ),
            Fix(
                Side.PYTHON,
                N_("Send bytes as a binary message, and text as str."),
                "await ws.send_bytes(data)",
            ),
        ),
        explains=("dropped-without-close",),
    ),
    Cause(
        id="compression-broken",
        title=N_("Compressed messages cannot be unpacked."),
        explanation=N_(
            "Client and server agreed on permessage-deflate, and the data does not unpack, or compressed data comes "
            "without that. A proxy that changes frames does this, or a library with an error in its compression."
        ),
        signature=N_("RSV1 is set on a frame that was not agreed to be compressed, or inflating it fails."),
        breaks=Part.WEBSOCKET,
        fixes=(
            Fix(
                Side.NODE,
                N_("Turn compression off, which is the default."),
                "const io = new Server(httpServer, { perMessageDeflate: false });",
            ),
            Fix(
                Side.CLIENT,
                N_("Do not offer it, to see whether it is that. A browser always offers it."),
                'const socket = io("https://example.com", { perMessageDeflate: false });',
                _NO_COMPRESSION,
            ),
            Fix(
                Side.PYTHON,
                N_("Turn compression of WebSockets off in uvicorn."),
                "uvicorn.run(app, ws_per_message_deflate=False)",
            ),
        ),
        explains=(Stage.UPGRADE, "frame-invalid", "dropped-without-close"),
    ),
    Cause(
        id="dropped-without-close",
        title=N_("The connection is cut without a close frame."),
        explanation=N_(
            "A WebSocket ends with a close frame from each side; here TCP ended without one, which clients report as "
            "1006. A crash or restart of the server, a proxy or the network cuts connections like that."
        ),
        signature=N_("FIN or RST on an open WebSocket, with no close frame before it."),
        breaks=Part.ENDURANCE,
        fixes=(
            Fix(
                Side.NODE,
                N_("Look for crashes in the log at that time, and close connections before the process ends."),
                'process.on("SIGTERM", () => io.close());',
            ),
            Fix(
                Side.NGINX,
                N_("Raise the time-out for reading, if it happens at one and the same age."),
                "proxy_read_timeout 90s;",
            ),
            Fix(
                Side.CLIENT,
                N_("Keep reconnection on: a network may always fail."),
                change=Change(options={"reconnection": None}),
            ),
            Fix(
                Side.HOSTING,
                N_("A release of the edge network ends connections now and then: clients have to reconnect."),
                platform="cloudflare",
            ),
        ),
    ),
)
"""Section H of the catalogue, in its order."""
