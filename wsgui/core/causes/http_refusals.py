"""Causes at the HTTP front: the way is right, and the request is refused, limited, or answered too late."""

from __future__ import annotations

from typing import Final

from wsgui.core.causes.cause import Cause, Fix, Side, after
from wsgui.core.findings import Change, Part, Stage
from wsgui.core.i18n import N_

CAUSES: Final[tuple[Cause, ...]] = (
    Cause(
        id="http-auth-required",
        title=N_("The server wants a login before it lets anybody to Socket.IO."),
        explanation=N_(
            "A password, a login page or a check for robots stands before the application. A Socket.IO client cannot "
            "fill in a page; it can only send what you give it: a header or a cookie."
        ),
        signature=N_("401, 403 or a login or challenge page in place of the handshake."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Send the credentials as a header. A browser cannot do that for a WebSocket."),
                'const socket = io("https://example.com", {\n'
                '  extraHeaders: { Authorization: "Bearer my-token" },\n});',
            ),
            Fix(
                Side.NGINX,
                N_("Leave the path of Socket.IO open, and check the token in the application."),
                "location /socket.io/ {\n    auth_basic off;\n    proxy_pass http://127.0.0.1:3000;\n}",
            ),
            Fix(
                Side.HOSTING,
                N_("Add a rule that skips the challenge for /socket.io/."),
                platform="cloudflare",
            ),
            Fix(
                Side.CLIENT,
                N_("Send the header ngrok-skip-browser-warning: it takes you past ngrok's warning page."),
                'const socket = io("https://example.ngrok-free.app", {\n'
                '  extraHeaders: { "ngrok-skip-browser-warning": "1" },\n});',
                Change(options={"extraHeaders": {"ngrok-skip-browser-warning": "1"}}),
                platform="ngrok",
            ),
            Fix(
                Side.HOSTING,
                N_("Turn Deployment Protection off for this deployment, or use its bypass for automation."),
                platform="vercel",
            ),
        ),
        explains=after(Stage.HTTP),
    ),
    Cause(
        id="rate-limited",
        title=N_("The server or a proxy limits the number of requests."),
        explanation=N_(
            "One connection by polling with its upgrade takes four or five requests within a moment. A limit that "
            "suits page views stops it in the middle."
        ),
        signature=N_("429, or the limit's own status, on the second or third request of a connection."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.NGINX,
                N_("Allow a burst for this path."),
                "location /socket.io/ {\n    limit_req zone=perip burst=30 nodelay;\n"
                "    proxy_pass http://127.0.0.1:3000;\n}",
            ),
            Fix(
                Side.CLIENT,
                N_("Use the WebSocket alone: it takes one request."),
                'const socket = io("https://example.com", { transports: ["websocket"] });',
                Change(options={"transports": ["websocket"]}),
            ),
            Fix(Side.HOSTING, N_("Raise the limit for /socket.io/, and wait a few minutes before the next try.")),
        ),
        explains=after(Stage.TLS),
    ),
    Cause(
        id="headers-too-large",
        title=N_("The request's headers or its URL are too large for the server."),
        explanation=N_(
            "A long token in the query or many cookies pass the limit of the server or a proxy: 16 KB in Node, 8 KB "
            "in nginx. Socket.IO can send a token in its first packet instead, which has no such limit."
        ),
        signature=N_("431, 414, or 400 “Request Header Or Cookie Too Large”."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Send the token as auth: it goes into the CONNECT packet, not into URL or headers."),
                'const socket = io("https://example.com", { auth: { token: "my-token" } });',
            ),
            Fix(
                Side.NODE,
                N_("Read it there, and raise the limit only if headers must be large."),
                "io.use((socket, next) => {\n  const { token } = socket.handshake.auth;\n"
                '  next(token ? undefined : new Error("no token"));\n});',
            ),
            Fix(Side.NGINX, N_("Raise the limit of nginx."), "large_client_header_buffers 4 32k;"),
        ),
        explains=after(Stage.TLS),
    ),
    Cause(
        id="http-timeout",
        title=N_("The connection is accepted, and HTTP gets no answer."),
        explanation=N_(
            "TCP and TLS work, the request is sent, and nothing comes back. The application hangs, a middleware never "
            "calls next(), or a forwarder has lost its target."
        ),
        signature=N_("No byte of an answer until the time is over."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.NODE,
                N_("Look for a middleware that does not call next() in every case, and for code that blocks."),
                "io.engine.use((req, res, next) => {\n  next(); // in every branch\n});",
            ),
            Fix(Side.PYTHON, N_("Look for blocking calls in async handlers: time.sleep, requests, a database.")),
            Fix(Side.HOSTING, N_("Check the target of the load balancer or port forwarding, and that it runs.")),
        ),
        explains=after(Stage.TLS),
    ),
    Cause(
        id="server-overloaded",
        title=N_("The server answers far too late: it is overloaded or its event loop is blocked."),
        explanation=N_(
            "TCP is accepted at once, because the operating system does that, while the application takes long to "
            "answer. Work that blocks the event loop delays every client, and heartbeats come too late."
        ),
        signature=N_("Connecting takes milliseconds; the first byte of an answer takes seconds, or varies widely."),
        breaks=Part.ENDURANCE,
        fixes=(
            Fix(
                Side.NODE,
                N_("Find what blocks: measure the delay of the event loop, and move heavy work into a worker."),
                'const { monitorEventLoopDelay } = require("perf_hooks");\n'
                "const delay = monitorEventLoopDelay();\ndelay.enable();\n"
                "setInterval(() => console.log(delay.max / 1e6), 10000);",
            ),
            Fix(
                Side.PYTHON,
                N_("Move blocking work into a thread."),
                "result = await asyncio.to_thread(heavy_work)",
            ),
            Fix(Side.HOSTING, N_("Give the instance more CPU, or run more of them, with session affinity.")),
        ),
        explains=("connect-slow", "connect-unanswered", "ping-timeout", "upgrade-timeout"),
    ),
)
"""The rest of section C of the catalogue, and a server that is too slow."""
