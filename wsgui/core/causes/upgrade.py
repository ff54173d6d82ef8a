"""Causes in the HTTP exchange that turns into a WebSocket, and in the forward proxy that it may go through."""

from __future__ import annotations

from typing import Final

from wsgui.core.causes.cause import Cause, Explained, Fix, Side, after
from wsgui.core.causes.snippets import APACHE_WEBSOCKET, HAPROXY_WEBSOCKET, NGINX_WEBSOCKET, NODE_ONE_UPGRADE
from wsgui.core.findings import Change, Part, Stage
from wsgui.core.i18n import N_

_NO_WEBSOCKET: tuple[Explained, ...] = (Stage.FRAMES, Stage.UPGRADE)
_POLLING_ALONE = Fix(
    Side.CLIENT,
    N_("Until it is mended, polling works: the client uses it by itself, unless it asks for WebSocket alone."),
    'const socket = io("https://example.com", { transports: ["polling"] });',
    Change(options={"transports": ["polling"]}),
)

CAUSES: Final[tuple[Cause, ...]] = (
    Cause(
        id="upgrade-headers-stripped",
        title=N_("A proxy drops the headers that ask for a WebSocket."),
        explanation=N_(
            "Upgrade and Connection are for the next hop only, so a proxy drops them unless it is told to pass them "
            "on. The server then sees an ordinary request for a WebSocket, which makes no sense, and says so."
        ),
        signature=N_('400 with JSON, {"code":3,"message":"Bad request"}, answers the WebSocket handshake.'),
        breaks=Part.WEBSOCKET,
        fixes=(
            Fix(Side.NGINX, N_("Pass the headers Upgrade and Connection on."), NGINX_WEBSOCKET),
            Fix(Side.APACHE, N_("Allow the upgrade; it needs Apache 2.4.47 or later."), APACHE_WEBSOCKET),
            Fix(
                Side.HAPROXY,
                N_("HAProxy passes them on in mode http. Look for rules that delete headers, and for other hops."),
                HAPROXY_WEBSOCKET,
            ),
            Fix(
                Side.CADDY,
                N_("Caddy passes them on by itself. Look for header_up rules that touch Connection, and other hops."),
            ),
            Fix(
                Side.HOSTING,
                N_("Turn WebSockets on under Network in the dashboard."),
                platform="cloudflare",
            ),
            Fix(
                Side.HOSTING,
                N_("Turn Web sockets on in the app's general settings."),
                "az webapp config set --name APP --resource-group GROUP --web-sockets-enabled true",
                platform="azure",
            ),
            Fix(
                Side.HOSTING,
                N_("Let the origin request policy AllViewer pass the headers of the WebSocket on."),
                platform="cloudfront",
            ),
            _POLLING_ALONE,
        ),
        explains=_NO_WEBSOCKET,
    ),
    Cause(
        id="upgrade-refused",
        title=N_("The WebSocket is refused, while ordinary requests pass."),
        explanation=N_(
            "A rule on the way does not let WebSockets through, or the server has no library for them. Polling is not "
            "affected, so the client stays with it in silence."
        ),
        signature=N_("An error status (403, 404, 500, 501) on the WebSocket handshake only."),
        breaks=Part.WEBSOCKET,
        fixes=(
            Fix(
                Side.PYTHON,
                N_("uvicorn needs a WebSocket library; its log says “No supported WebSocket library detected”."),
                "# pip install 'uvicorn[standard]'\nuvicorn.run(app, ws=\"auto\")",
            ),
            Fix(Side.HOSTING, N_("Find the rule of the firewall or WAF that refuses the request: its log names it.")),
            Fix(
                Side.HAPROXY,
                N_("Let the path pass before the rule (http-request deny) that refuses the request."),
                "frontend web\n    bind :80\n    http-request allow if { path_beg /socket.io/ }\n"
                "    default_backend app",
            ),
            Fix(
                Side.HOSTING,
                N_(
                    "WebSockets work in functions on Fluid compute only, not in older projects or on the edge runtime. "
                    'There use the WebSocket alone, transports: ["websocket"].'
                ),
                platform="vercel",
            ),
            Fix(Side.HOSTING, N_("Turn Web sockets on in the app's general settings."), platform="azure"),
            Fix(
                Side.HOSTING,
                N_("Netlify's classic functions know no WebSockets: run the server where they are supported."),
                platform="netlify",
            ),
            Fix(
                Side.NODE,
                N_("Look for code that answers upgrades with an error, such as one that checks tokens or origins."),
                'httpServer.on("upgrade", (req) => console.log("upgrade", req.url, req.headers.origin));',
            ),
            _POLLING_ALONE,
        ),
        explains=_NO_WEBSOCKET,
    ),
    Cause(
        id="upgrade-not-handled",
        title=N_("Nobody on the server takes the WebSocket at this path."),
        explanation=N_(
            "The server has an upgrade handler, which does not feel responsible for this path. Socket.IO closes such "
            "a connection after a second without a word."
        ),
        signature=N_("The connection is held for about 1.0 s and closed with 0 bytes; behind nginx, 502 after 1 s."),
        breaks=Part.WEBSOCKET,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Use the path of the server, with the slash at the end."),
                'const socket = io("https://example.com", { path: "/socket.io/" });',
            ),
            Fix(
                Side.NODE,
                N_("Give the server the path that clients ask for."),
                'const io = new Server(httpServer, { path: "/socket.io/" });',
            ),
            Fix(Side.NGINX, N_("Hand the path on unchanged: no slash after the port in proxy_pass."), NGINX_WEBSOCKET),
        ),
        explains=_NO_WEBSOCKET,
    ),
    Cause(
        id="upgrade-unanswered",
        title=N_("The request for a WebSocket gets no answer at all."),
        explanation=N_(
            "Something accepts the request and never hands it on or answers it. Development proxies without the "
            "option ws do that, as does Next.js at a path that it does not know."
        ),
        signature=N_("No byte comes back, and the connection stays open."),
        breaks=Part.WEBSOCKET,
        fixes=(
            Fix(
                Side.NODE,
                N_("http-proxy-middleware: set ws, and hand the server's upgrades to it."),
                "const proxy = createProxyMiddleware({\n"
                '  target: "http://127.0.0.1:3000",\n'
                '  pathFilter: "/socket.io",\n'
                "  ws: true,\n"
                "});\n"
                "app.use(proxy);\n"
                'httpServer.on("upgrade", proxy.upgrade);',
            ),
            Fix(
                Side.NODE,
                N_("Vite: set ws for this path in vite.config.js."),
                "export default {\n  server: {\n"
                '    proxy: { "/socket.io": { target: "http://127.0.0.1:3000", ws: true } },\n  },\n};',
            ),
            Fix(Side.NGINX, N_("Pass the upgrade on to the server of Socket.IO."), NGINX_WEBSOCKET),
            _POLLING_ALONE,
        ),
        explains=_NO_WEBSOCKET,
    ),
    Cause(
        id="upgrade-no-open-packet",
        title=N_("The WebSocket opens, and Socket.IO says nothing in it."),
        explanation=N_(
            "The handshake is accepted, but by something that is not Socket.IO: another WebSocket server in the same "
            "process got the connection first. The client waits for the open packet until its time is over."
        ),
        signature=N_('101, then no 0{"sid":...}.'),
        breaks=Part.WEBSOCKET,
        fixes=(
            Fix(
                Side.NODE,
                N_("Let one upgrade handler decide by the path who gets the connection."),
                NODE_ONE_UPGRADE,
            ),
            Fix(Side.CLIENT, N_("If the server is a plain WebSocket server, choose plain WebSocket as the protocol.")),
        ),
        explains=_NO_WEBSOCKET,
    ),
    Cause(
        id="upgrade-closed",
        title=N_("The WebSocket opens and is closed at once, before Socket.IO can use it."),
        explanation=N_(
            "The handshake succeeds, and then the connection ends during the open packet or the probe of the upgrade. "
            "A second handler in the server, a proxy or a limit ends it."
        ),
        signature=N_("101, then a close frame or FIN before the open packet, or instead of 3probe."),
        breaks=Part.WEBSOCKET,
        fixes=(
            Fix(
                Side.NODE,
                N_("Look for other code that listens to “upgrade” and closes sockets; one handler may be there."),
                NODE_ONE_UPGRADE,
            ),
            Fix(
                Side.HOSTING, N_("Read the log of the proxy or platform: a close code above 1000 has its reason there.")
            ),
            _POLLING_ALONE,
        ),
        explains=(Stage.UPGRADE, "dropped-without-close"),
    ),
    Cause(
        id="handshake-101-invalid",
        title=N_("The server's answer to the WebSocket handshake is not valid."),
        explanation=N_(
            "The status is 101, but a header that has to prove that the server understood the request is wrong, "
            "missing or there twice. Servers written by hand do that, and caches that repeat an old answer."
        ),
        signature=N_("101 with a wrong Sec-WebSocket-Accept, or without Upgrade or Connection."),
        breaks=Part.WEBSOCKET,
        fixes=(
            Fix(
                Side.NODE,
                N_("Leave the handshake to a library, such as ws."),
                "const wss = new WebSocketServer({ server: httpServer });",
            ),
            Fix(Side.HOSTING, N_("Take caches off the path of the WebSocket.")),
        ),
        explains=_NO_WEBSOCKET,
    ),
    Cause(
        id="subprotocol-mismatch",
        title=N_("Client and server do not agree on a subprotocol."),
        explanation=N_(
            "The client asked for a subprotocol and the server confirmed none of those, or the server named one "
            "unasked. Browsers and Node end the connection then."
        ),
        signature=N_("Sec-WebSocket-Protocol in only one of request and answer, or with another value."),
        breaks=Part.WEBSOCKET,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Ask for the subprotocol that the server speaks, or for none."),
                'const socket = new WebSocket("wss://example.com", ["chat.v1"]);',
                Change(options={"protocols": None}),
            ),
            Fix(
                Side.NODE,
                N_("Confirm one that was asked for."),
                "const wss = new WebSocketServer({\n"
                "  server: httpServer,\n"
                '  handleProtocols: (protocols) => (protocols.has("chat.v1") ? "chat.v1" : false),\n'
                "});",
            ),
        ),
        explains=_NO_WEBSOCKET,
    ),
    Cause(
        id="extension-mismatch",
        title=N_("The server answers with an extension that was not offered, or with wrong parameters."),
        explanation=N_(
            "The client offers compression (permessage-deflate) or nothing, and the answer names something else. "
            "Browsers and Node end the connection; some other clients do not notice."
        ),
        signature=N_("Sec-WebSocket-Extensions in the 101 names what the request did not, or a bad parameter."),
        breaks=Part.WEBSOCKET,
        fixes=(
            Fix(
                Side.NODE,
                N_("Turn compression off, which is the default."),
                "const io = new Server(httpServer, { perMessageDeflate: false });",
            ),
            Fix(
                Side.CLIENT,
                N_("Offer no compression, to see whether it is that. A browser always offers it."),
                'const socket = io("https://example.com", { perMessageDeflate: false });',
                Change(options={"perMessageDeflate": False}),
            ),
            Fix(
                Side.NGINX,
                N_("Set no Sec-WebSocket-Extensions of its own; pass on what both sides say."),
                NGINX_WEBSOCKET,
            ),
        ),
        explains=_NO_WEBSOCKET,
    ),
    Cause(
        id="proxy-refused",
        title=N_("The forward proxy refuses the way to the server."),
        explanation=N_(
            "The client goes through a proxy of its own network, which does not allow this host or port. Often only "
            "port 443 is open for CONNECT, and that is what a WebSocket needs."
        ),
        signature=N_("CONNECT is answered with 403 or another error, by the proxy and not by the server."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(Side.CLIENT, N_("Use wss:// on port 443: a proxy lets that through where it refuses the rest.")),
            Fix(
                Side.CLIENT,
                N_("Try without the proxy, if the server can be reached directly."),
                change=Change(options={"proxy": None, "proxyFromEnvironment": False}),
            ),
            Fix(
                Side.HOSTING,
                N_("Ask whoever runs the proxy to allow host and port. For squid:"),
                "acl SSL_ports port 3000\nhttp_access allow CONNECT SSL_ports",
            ),
        ),
        explains=after(Stage.PROXY),
    ),
    Cause(
        id="proxy-auth-required",
        title=N_("The forward proxy wants a user name and a password."),
        explanation=N_(
            "The proxy answers that it does not know who is asking. The request has not left the network yet, so the "
            "server has no part in it."
        ),
        signature=N_("407 with Proxy-Authenticate."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Give name and password in the option proxy: http://user:password@host:port."),
                'const agent = new HttpsProxyAgent("http://user:password@proxy.example.com:3128");\n'
                'const socket = io("https://example.com", { agent });',
            ),
        ),
        explains=after(Stage.PROXY),
    ),
    Cause(
        id="proxy-unreachable",
        title=N_("The forward proxy is not there."),
        explanation=N_(
            "A proxy is set, in the option or in the environment, and it does not accept connections. Nothing is sent "
            "to the server."
        ),
        signature=N_("The TCP connection to the proxy is refused or times out."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Correct the proxy's address, or go without it."),
                change=Change(options={"proxy": None, "proxyFromEnvironment": False}),
            ),
            Fix(Side.CLIENT, N_("Check the variables HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY.")),
        ),
        explains=after(Stage.PROXY),
    ),
)
"""Section G of the catalogue, in its order."""
