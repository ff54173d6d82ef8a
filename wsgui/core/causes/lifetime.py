"""Causes that show with time or with size: the connection works, and then it does not."""

from __future__ import annotations

from typing import Final

from wsgui.core.causes.cause import Cause, Fix, Side
from wsgui.core.causes.snippets import HAPROXY_WEBSOCKET, NGINX_UNBUFFERED, NGINX_WEBSOCKET
from wsgui.core.findings import Change, Part
from wsgui.core.i18n import N_

CAUSES: Final[tuple[Cause, ...]] = (
    Cause(
        id="idle-timeout",
        title=N_("Something on the way cuts connections that are silent for a while."),
        explanation=N_(
            "A proxy or load balancer ends a connection on which nothing moves for a set time, and the heartbeat comes "
            "less often than that. The connection then drops at always the same age, and reconnects."
        ),
        signature=N_("FIN without a close frame, or 504 on polling, at one constant age below the heartbeat."),
        breaks=Part.ENDURANCE,
        fixes=(
            Fix(
                Side.NGINX,
                N_("Raise the time-out above pingInterval + pingTimeout (45 s). Its default is 60 s."),
                NGINX_WEBSOCKET,
            ),
            Fix(Side.HAPROXY, N_("Set timeout tunnel: it holds for an open WebSocket."), HAPROXY_WEBSOCKET),
            Fix(Side.APACHE, N_("Raise the time-out of the proxy."), "ProxyTimeout 90"),
            Fix(
                Side.NODE,
                N_("Or let the heartbeat come more often than the time-out."),
                "const io = new Server(httpServer, { pingInterval: 10000 });",
            ),
            Fix(
                Side.PYTHON,
                N_("Or let the heartbeat come more often; here it is in seconds."),
                'sio = socketio.AsyncServer(async_mode="asgi", ping_interval=10)',
            ),
            Fix(
                Side.HOSTING,
                N_("Raise the idle time-out of the load balancer; it is 60 s by default."),
                "aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN \\\n"
                "  --attributes Key=idle_timeout.timeout_seconds,Value=120",
                platform="aws-alb",
            ),
            Fix(
                Side.HOSTING,
                N_("The router ends what is silent for 55 s, and that cannot be changed: keep pingInterval below it."),
                platform="heroku",
            ),
            Fix(
                Side.HOSTING,
                N_("Connections that are silent for 100 s are ended: keep pingInterval below that."),
                platform="cloudflare",
            ),
            Fix(
                Side.HOSTING,
                N_("With ingress-nginx in Kubernetes, raise its time-outs by annotations of the Ingress."),
                'nginx.ingress.kubernetes.io/proxy-read-timeout: "3600"\n'
                'nginx.ingress.kubernetes.io/proxy-send-timeout: "3600"',
            ),
            Fix(
                Side.HOSTING,
                N_(
                    "A connection ends with its function, at the maximum duration: let the client reconnect, and keep "
                    "what must last outside of the function."
                ),
                platform="vercel",
            ),
            Fix(
                Side.HOSTING,
                N_("Raise the backend service's time-out; 30 s is its default, and it counts for WebSockets too."),
                "gcloud compute backend-services update BACKEND --global --timeout=3600",
                platform="google",
            ),
        ),
        explains=("heartbeat-too-long", "dropped-without-close", "ping-timeout", "session-unknown"),
    ),
    Cause(
        id="ping-timeout",
        title=N_("The heartbeat fails: a ping or its answer does not arrive in time."),
        explanation=N_(
            "The server sends a ping every pingInterval and wants an answer within pingTimeout, and the client waits "
            "for the next ping as long as both together. One of the two was blocked or asleep, or the network was gone."
        ),
        signature=N_("No 2 within pingInterval + pingTimeout, or an empty close frame that long after the last 3."),
        breaks=Part.ENDURANCE,
        fixes=(
            Fix(
                Side.NODE,
                N_("Look for work that blocks the event loop; give slow networks more time."),
                "const io = new Server(httpServer, { pingInterval: 25000, pingTimeout: 30000 });",
            ),
            Fix(
                Side.PYTHON,
                N_("Look for blocking calls in handlers; give slow networks more time, in seconds."),
                'sio = socketio.AsyncServer(async_mode="asgi", ping_timeout=30)',
            ),
            Fix(
                Side.CLIENT,
                N_("Keep reconnection on: phones and laptops sleep, and background tabs are slowed down."),
                change=Change(options={"reconnection": None}),
            ),
        ),
        explains=("dropped-without-close",),
    ),
    Cause(
        id="heartbeat-too-long",
        title=N_("The heartbeat comes too seldom for the usual proxies."),
        explanation=N_(
            "The server sends a ping so seldom that nothing moves on the connection for about a minute or more. Many "
            "proxies and platforms cut it before the next ping: nginx and AWS after 60 s, Heroku after 55 s."
        ),
        signature=N_("The handshake says that pingInterval is 55000 or more."),
        breaks=Part.ENDURANCE,
        fixes=(
            Fix(
                Side.NODE,
                N_("Go back to the defaults."),
                "const io = new Server(httpServer, { pingInterval: 25000, pingTimeout: 20000 });",
            ),
            Fix(
                Side.PYTHON,
                N_("Go back to the defaults; here they are in seconds. A value in milliseconds is the usual slip."),
                'sio = socketio.AsyncServer(async_mode="asgi", ping_interval=25, ping_timeout=20)',
            ),
            Fix(
                Side.NGINX,
                N_("Or raise the time-outs on the way above the sum of both."),
                "proxy_read_timeout 150s;\nproxy_send_timeout 150s;",
            ),
        ),
    ),
    Cause(
        id="payload-too-large",
        title=N_("A message is larger than the server or a proxy allows."),
        explanation=N_(
            "The server has a limit for one message (maxHttpBufferSize, 1 MB by default) and ends the connection when "
            "one is larger. A proxy has a limit of its own for the requests of polling."
        ),
        signature=N_(
            "Close code 1009, 88 02 03 f1, on a WebSocket; 413 on polling, with an empty body or a proxy's page."
        ),
        breaks=Part.ENDURANCE,
        fixes=(
            Fix(
                Side.NODE,
                N_("Raise the limit, in bytes."),
                "const io = new Server(httpServer, { maxHttpBufferSize: 1e7 });",
            ),
            Fix(
                Side.PYTHON,
                N_("Raise the limit, in bytes."),
                'sio = socketio.AsyncServer(async_mode="asgi", max_http_buffer_size=10_000_000)',
            ),
            Fix(Side.NGINX, N_("Raise the limit for polling; its default is 1 MB."), "client_max_body_size 10m;"),
            Fix(Side.APACHE, N_("Raise the limit for polling."), "LimitRequestBody 10485760"),
            Fix(
                Side.CLIENT,
                N_("Send large data in pieces, or upload it by HTTP and send its address."),
                "for (let at = 0; at < data.byteLength; at += 500000) {\n"
                '  await socket.emitWithAck("chunk", data.slice(at, at + 500000));\n'
                "}",
            ),
            Fix(
                Side.HOSTING,
                N_("API Gateway takes 128 KB per message and 32 KB per frame, which cannot be raised."),
                platform="aws-apigateway",
            ),
        ),
        explains=("dropped-without-close",),
    ),
    Cause(
        id="upgrade-timeout",
        title=N_("The upgrade takes longer than the server allows."),
        explanation=N_(
            "The client opens a WebSocket beside polling and has to finish the change within upgradeTimeout. On a slow "
            "way, or with a busy client, the server gives up first and the connection stays on polling."
        ),
        signature=N_("An empty close frame on the WebSocket with sid, upgradeTimeout after it opened (10 s)."),
        breaks=Part.WEBSOCKET,
        fixes=(
            Fix(
                Side.NODE,
                N_("If the time is set very low, raise it; 10 s are the default."),
                "const io = new Server(httpServer, { upgradeTimeout: 10000 });",
            ),
            Fix(
                Side.CLIENT,
                N_("Or begin with the WebSocket: then nothing has to be upgraded."),
                'const socket = io("https://example.com", { transports: ["websocket", "polling"] });',
                Change(options={"transports": ["websocket", "polling"]}),
            ),
        ),
    ),
    Cause(
        id="connection-limit",
        title=N_("The server or a proxy takes no more connections."),
        explanation=N_(
            "There is a limit of connections, in all or for one address, and it is reached. A page that opens a "
            "connection with each rendering, and forgets to close the old one, reaches it alone."
        ),
        signature=N_("The first connections work, and further ones get 503 or are closed without a byte."),
        breaks=Part.ENDURANCE,
        fixes=(
            Fix(
                Side.NGINX,
                N_("Raise the limit for one address, and that of all connections (worker_connections)."),
                "location /socket.io/ {\n    limit_conn peraddr 50;\n    proxy_pass http://127.0.0.1:3000;\n}",
            ),
            Fix(
                Side.HAPROXY,
                N_("Raise maxconn: a WebSocket counts for as long as it lives."),
                "global\n    maxconn 20000\ndefaults\n    maxconn 20000",
            ),
            Fix(
                Side.NODE,
                N_("Raise the limit of the server, and that of open files of the process (ulimit -n)."),
                "httpServer.maxConnections = 20000;",
            ),
            Fix(
                Side.CLIENT,
                N_("Close what is no longer used: in React, in the function that the effect returns."),
                "useEffect(() => {\n  const socket = io(url);\n  return () => socket.close();\n}, [url]);",
            ),
            Fix(Side.HOSTING, N_("Look up how many connections your plan allows at one time.")),
        ),
        explains=("connection-closed-at-once", "gateway-error", "upgrade-refused"),
    ),
    Cause(
        id="proxy-buffering",
        title=N_("A proxy holds the answers back and passes them on late, in blocks."),
        explanation=N_(
            "Polling lives from answers that arrive at once. A proxy that collects them first, or unpacks and packs "
            "them anew, delays every event, and heartbeats come too late."
        ),
        signature=N_("Answers arrive long after the server wrote them, several at a time."),
        breaks=Part.ENDURANCE,
        fixes=(
            Fix(Side.NGINX, N_("Turn buffering off for this path."), NGINX_UNBUFFERED),
            Fix(
                Side.CADDY,
                N_("Pass every byte on at once."),
                "example.com {\n    reverse_proxy /socket.io/* 127.0.0.1:3000 {\n        flush_interval -1\n    }\n}",
            ),
            Fix(
                Side.APACHE,
                N_("Pass on at once what comes in."),
                'ProxyPass "/socket.io/" "http://127.0.0.1:3000/socket.io/" flushpackets=on',
            ),
            Fix(
                Side.CLIENT,
                N_("Use the WebSocket alone: it is not buffered."),
                'const socket = io("https://example.com", { transports: ["websocket"] });',
                Change(options={"transports": ["websocket"]}),
            ),
        ),
        explains=("ping-timeout", "connect-slow", "connect-unanswered", "server-overloaded"),
    ),
)
"""Section J of the catalogue, in its order, and the buffering of C9."""
