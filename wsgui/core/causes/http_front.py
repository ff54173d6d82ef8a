"""Causes at the HTTP front: something answers, and it is not Socket.IO."""

from __future__ import annotations

from typing import Final

from wsgui.core.causes.cause import Cause, Fix, Side, after
from wsgui.core.causes.snippets import (
    APACHE_WEBSOCKET,
    CADDY_PROXY,
    HAPROXY_WEBSOCKET,
    NGINX_UNBUFFERED,
    NGINX_WEBSOCKET,
    NODE_ATTACH,
    PYTHON_ASGI,
)
from wsgui.core.findings import Change, Part, Stage
from wsgui.core.i18n import N_

CAUSES: Final[tuple[Cause, ...]] = (
    Cause(
        id="redirect",
        title=N_("The server redirects to another address, and a WebSocket is not redirected."),
        explanation=N_(
            "The answer to the handshake is another URL: mostly https instead of http, or another host name. Browsers "
            "do not follow it for a WebSocket, and across origins it shows as a CORS error."
        ),
        signature=N_("301, 302, 307 or 308 with a Location of another scheme, host or path."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Write the address that the redirect leads to into the URL."),
                'const socket = io("https://www.example.com");',
            ),
            Fix(
                Side.NGINX,
                N_("Leave the path of Socket.IO out of the redirect."),
                NGINX_WEBSOCKET + "\nlocation / {\n    return 301 https://$host$request_uri;\n}",
            ),
        ),
        explains=after(Stage.HTTP),
    ),
    Cause(
        id="redirect-slash",
        title=N_("A redirect takes the slash at the end of the path away, or puts one there."),
        explanation=N_(
            "Socket.IO asks for /socket.io/ with a slash, and a rule that tidies URLs sends the client to the path "
            "without it. There the server does not answer, or sends it back."
        ),
        signature=N_("301 or 308 with a Location that differs in the slash before the “?” only."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Ask for the path without the slash. The server has to be told the same (since 4.6)."),
                'const socket = io("https://example.com", { addTrailingSlash: false });',
                Change(options={"addTrailingSlash": False}),
            ),
            Fix(
                Side.NODE,
                N_("Accept the path without the slash."),
                "const io = new Server(httpServer, { addTrailingSlash: false });",
            ),
            Fix(
                Side.NGINX,
                N_("Let the rule that tidies URLs hold for the pages only, in a location of their own."),
                f"location / {{\n    rewrite ^(.+)/$ $1 permanent;\n}}\n{NGINX_WEBSOCKET}",
            ),
            Fix(
                Side.HOSTING,
                N_("In next.config.js keep Next.js from redirecting, where it rewrites the path to the server."),
                "skipTrailingSlashRedirect: true",
                platform="next",
            ),
        ),
        explains=after(Stage.HTTP),
    ),
    Cause(
        id="html-instead-of-handshake",
        title=N_("A web page answers where Socket.IO should."),
        explanation=N_(
            "The request went to a server that gives the same page for every path it does not know, as single-page "
            "applications and login walls do. The client says “server error” or “xhr poll error” and hides the page."
        ),
        signature=N_('200 with text/html where 0{"sid":...} is expected; the evidence has the page\'s title.'),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(Side.CLIENT, N_("Use the URL of the Socket.IO server, not that of the web page.")),
            Fix(Side.NGINX, N_("Hand the path on to Socket.IO before the rule for the page."), NGINX_WEBSOCKET),
            Fix(Side.CADDY, N_("Hand the path on before the file server."), CADDY_PROXY),
            Fix(
                Side.APACHE,
                N_("Hand the path on, above the rules that rewrite everything to index.html."),
                APACHE_WEBSOCKET,
            ),
            Fix(Side.NODE, N_("Attach Socket.IO to the very HTTP server that listens."), NODE_ATTACH),
        ),
        explains=after(Stage.HTTP),
    ),
    Cause(
        id="nextjs-answers",
        title=N_("Next.js answers the path, not Socket.IO."),
        explanation=N_(
            "The request reached the Next.js application, which has no Socket.IO at this path. It redirects to the "
            "path without the slash, answers that with 404, and leaves a WebSocket without any answer."
        ),
        signature=N_("308 to the path without the slash or 404, with X-Powered-By: Next.js."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Use the URL of the Socket.IO server, if it is a service of its own."),
                'const socket = io("https://api.example.com");',
            ),
            Fix(
                Side.NODE,
                N_("Or serve both with one custom server: Socket.IO takes its path, Next.js all the rest."),
                'const { createServer } = require("http");\n'
                'const next = require("next");\n'
                'const { Server } = require("socket.io");\n\n'
                "const app = next({ dev: false });\n"
                "app.prepare().then(() => {\n"
                "  const httpServer = createServer(app.getRequestHandler());\n"
                "  const io = new Server(httpServer);\n"
                "  httpServer.listen(3000);\n"
                "});",
            ),
            Fix(
                Side.HOSTING,
                N_(
                    "On Vercel put Socket.IO into a function of its own (Fluid compute), give the client its path and "
                    "the WebSocket transport alone. A route handler needs experimental_upgradeWebSocket()."
                ),
                platform="vercel",
            ),
        ),
        explains=after(Stage.HTTP),
    ),
    Cause(
        id="wrong-path",
        title=N_("Socket.IO is not at this path, but at another one."),
        explanation=N_(
            "The HTTP server is the right one, and Socket.IO answers there elsewhere. The option path of the client "
            "has to be that of the server, with what a proxy puts before it."
        ),
        signature=N_("404 at the path that was asked for, and a handshake at another one."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Give the path at which it answers in the option path."),
                'const socket = io("https://example.com", { path: "/api/socket.io/" });',
            ),
            Fix(
                Side.NODE,
                N_("Or give the server the path that the client asks for."),
                'const io = new Server(httpServer, { path: "/socket.io/" });',
            ),
            Fix(
                Side.NGINX,
                N_("Hand the path on as it is: a URI after the port in proxy_pass replaces it."),
                NGINX_WEBSOCKET,
            ),
        ),
        explains=after(Stage.HTTP),
    ),
    Cause(
        id="missing-trailing-slash",
        title=N_("The path is right but for the slash at its end."),
        explanation=N_(
            "A Socket.IO server answers /socket.io/ and not /socket.io, unless it was told otherwise. Client and "
            "server have to agree in the option addTrailingSlash."
        ),
        signature=N_("404 at one of /socket.io and /socket.io/, a handshake at the other."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Ask with the slash, which is the default."),
                'const socket = io("https://example.com");',
                Change(options={"addTrailingSlash": None}),
            ),
            Fix(
                Side.NODE,
                N_("Accept both."),
                "const io = new Server(httpServer, { addTrailingSlash: false });",
            ),
        ),
        explains=after(Stage.HTTP),
    ),
    Cause(
        id="no-socketio",
        title=N_("An HTTP server answers, but there is no Socket.IO at any of the usual paths."),
        explanation=N_(
            "The application that answers has no Socket.IO attached, or a proxy shortens the path before it arrives. "
            "With Express the usual slip is app.listen(): it makes a second HTTP server, without Socket.IO."
        ),
        signature=N_("404 everywhere; the text of the 404 names the path that the application saw."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(Side.NODE, N_("Attach Socket.IO to the HTTP server, and let that one listen, not app."), NODE_ATTACH),
            Fix(Side.PYTHON, N_("Serve the combined application, not the one of the web framework."), PYTHON_ASGI),
            Fix(
                Side.NGINX,
                N_("Write no slash after the port in proxy_pass: it would cut the path off."),
                NGINX_WEBSOCKET,
            ),
            Fix(Side.CLIENT, N_("Check host and port: another service may answer there.")),
        ),
        explains=after(Stage.HTTP),
    ),
    Cause(
        id="gateway-error",
        title=N_("A proxy answers that it cannot reach the server behind it."),
        explanation=N_(
            "The front is alive, and the application behind it is down, restarting, too slow, or listening elsewhere. "
            "In a browser it shows as a CORS error, because the proxy's error page has no CORS headers."
        ),
        signature=N_("502, 503, 504 or 52x with an error page of the proxy or the platform."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.NGINX,
                N_("Read the error log, and compare host and port of proxy_pass with where the application listens."),
                NGINX_WEBSOCKET,
            ),
            Fix(
                Side.HAPROXY,
                N_("Look why the health check fails: all servers of the backend are down."),
                HAPROXY_WEBSOCKET,
            ),
            Fix(
                Side.NODE,
                N_("If 502 comes now and then, keep connections open longer than the load balancer does (60 s)."),
                "httpServer.keepAliveTimeout = 65000;\nhttpServer.headersTimeout = 66000;",
            ),
            Fix(
                Side.HOSTING,
                N_("Read the application's log. H10 is a crash, H12 no answer within 30 s, H20 a slow start."),
                "heroku logs --tail",
                platform="heroku",
            ),
            Fix(
                Side.HOSTING,
                N_("520 to 526 say what the edge met at your server: 521 refused, 522 no answer, 525 and 526 TLS."),
                platform="cloudflare",
            ),
            Fix(
                Side.HOSTING,
                N_("A free instance sleeps: the first request wakes it up and may fail. Try again after a minute."),
                platform="render",
            ),
            Fix(
                Side.HOSTING,
                N_("Let the application listen on 0.0.0.0, on the port that Railway gives in PORT."),
                platform="railway",
            ),
            Fix(
                Side.HOSTING,
                N_("Let the application listen on 0.0.0.0, on the internal_port of fly.toml."),
                "fly logs",
                platform="fly",
            ),
        ),
        explains=after(Stage.HTTP),
    ),
    Cause(
        id="query-stripped",
        title=N_("A proxy drops the query string."),
        explanation=N_(
            "Everything the server has to know of a request (transport, protocol, session) is in the query. Without "
            "it the server knows no transport and refuses polling and WebSocket alike."
        ),
        signature=N_('400 {"code":0,"message":"Transport unknown"} on polling and on the WebSocket as well.'),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.NGINX,
                N_("A proxy_pass with a variable and a path needs the arguments: add $is_args$args, or no path."),
                "set $upstream http://127.0.0.1:3000;\nlocation /socket.io/ {\n"
                "    proxy_pass $upstream/socket.io/$is_args$args;\n}",
            ),
            Fix(
                Side.APACHE,
                N_("Let mod_proxy pass the request on, instead of a rewrite rule with its own query."),
                APACHE_WEBSOCKET,
            ),
        ),
        explains=("websocket-only-server", *after(Stage.PATH)),
    ),
    Cause(
        id="handshake-cached",
        title=N_("A cache gives every client the same handshake."),
        explanation=N_(
            "The answer to a handshake holds the id of one session, and a cache on the way hands it to several "
            "clients. The server then finds two in one session and ends it."
        ),
        signature=N_("Two handshakes bring the same sid, perhaps with an Age or X-Cache header."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(Side.NGINX, N_("Do not cache this path."), NGINX_UNBUFFERED),
            Fix(
                Side.HOSTING,
                N_("Exclude /socket.io/ from caching: a cache rule with “Bypass cache” for this path."),
                platform="cloudflare",
            ),
            Fix(
                Side.HOSTING,
                N_("Give /socket.io/ a behavior of its own with the policies CachingDisabled and AllViewer."),
                platform="cloudfront",
            ),
            Fix(
                Side.CLIENT,
                N_("Keep timestampRequests on: it makes every polling URL a new one."),
                change=Change(options={"timestampRequests": None}),
            ),
        ),
        explains=after(Stage.HANDSHAKE),
    ),
)
"""Section C of the catalogue, as far as something else answers."""
