"""Causes that only a browser knows: the server answers, and the page may not have the answer.

CORS concerns polling alone. A WebSocket is never refused by CORS: the server itself has to look at its Origin.
"""

from __future__ import annotations

from typing import Final

from wsgui.core.causes.cause import Cause, Fix, Side
from wsgui.core.causes.snippets import NODE_CORS, PYTHON_CORS
from wsgui.core.findings import Change, Part
from wsgui.core.i18n import N_

_WEBSOCKET_ALONE = Fix(
    Side.CLIENT,
    N_("Or use the WebSocket alone: CORS does not concern it."),
    'const socket = io("https://example.com", { transports: ["websocket"] });',
    Change(options={"transports": ["websocket"]}),
)
_NO_CREDENTIALS = Fix(
    Side.CLIENT,
    N_("Or leave withCredentials off, if no cookie is needed."),
    'const socket = io("https://example.com", { withCredentials: false });',
    Change(options={"withCredentials": None}),
)
_NODE_EXACT = Fix(
    Side.NODE, N_("Name the page's origin exactly, and allow credentials if cookies are used."), NODE_CORS
)
_PYTHON_EXACT = Fix(Side.PYTHON, N_("Name the page's origin exactly."), PYTHON_CORS)

CAUSES: Final[tuple[Cause, ...]] = (
    Cause(
        id="cors-missing",
        title=N_("The server does not allow the page's origin: the CORS header is missing."),
        explanation=N_(
            "A browser gives a page the answer of another origin only if the answer allows it. The handshake is fine, "
            "but it has no Access-Control-Allow-Origin, so the page learns nothing but “xhr poll error”."
        ),
        signature=N_("200 with a valid handshake and no Access-Control-Allow-Origin."),
        breaks=Part.BROWSER,
        fixes=(
            Fix(
                Side.NODE,
                N_("Give Socket.IO the option cors. The cors middleware of Express does not reach its answers."),
                NODE_CORS,
            ),
            _PYTHON_EXACT,
            _WEBSOCKET_ALONE,
            Fix(
                Side.NGINX,
                N_("Let nginx serve page and Socket.IO from one origin; then there is no CORS at all."),
                "location /socket.io/ {\n    proxy_pass http://127.0.0.1:3000;\n    proxy_http_version 1.1;\n"
                '    proxy_set_header Upgrade $http_upgrade;\n    proxy_set_header Connection "upgrade";\n}',
            ),
        ),
        explains=("cors-preflight-refused",),
    ),
    Cause(
        id="cors-origin-mismatch",
        title=N_("The server allows another origin than the page's."),
        explanation=N_(
            "The header names one origin, and the page has another. An origin is scheme, host and port, without a "
            "slash at the end: http://localhost:3000 is neither http://127.0.0.1:3000 nor https://localhost:3000."
        ),
        signature=N_("Access-Control-Allow-Origin is there and is not the page's origin, letter by letter."),
        breaks=Part.BROWSER,
        fixes=(
            Fix(
                Side.NODE,
                N_("Write the origin exactly, without a slash at the end; several go into a list."),
                NODE_CORS,
            ),
            Fix(Side.PYTHON, N_("Write the origin exactly, without a slash at the end."), PYTHON_CORS),
            _WEBSOCKET_ALONE,
        ),
        explains=("cors-preflight-refused",),
    ),
    Cause(
        id="cors-wildcard-credentials",
        title=N_("The server allows every origin with “*”, which does not count for requests with cookies."),
        explanation=N_(
            "With withCredentials the client sends cookies, and then a browser wants the exact origin in the header. "
            "The asterisk is for requests without cookies."
        ),
        signature=N_("Access-Control-Allow-Origin: * on a request with credentials."),
        breaks=Part.BROWSER,
        fixes=(_NODE_EXACT, _PYTHON_EXACT, _NO_CREDENTIALS),
    ),
    Cause(
        id="cors-no-credentials",
        title=N_("The server does not allow cookies from this origin."),
        explanation=N_(
            "With withCredentials a browser wants a second header that allows it. The origin is right, and "
            "Access-Control-Allow-Credentials: true is missing."
        ),
        signature=N_("Access-Control-Allow-Origin fits; Access-Control-Allow-Credentials is missing or not “true”."),
        breaks=Part.BROWSER,
        fixes=(
            Fix(Side.NODE, N_("Add credentials: true to the option cors."), NODE_CORS),
            Fix(
                Side.PYTHON,
                N_("Leave cors_credentials on, which is the default."),
                'sio = socketio.AsyncServer(\n    async_mode="asgi",\n'
                '    cors_allowed_origins=["https://app.example.com"],\n    cors_credentials=True,\n)',
            ),
            _NO_CREDENTIALS,
        ),
    ),
    Cause(
        id="cors-duplicate",
        title=N_("The CORS header comes twice."),
        explanation=N_(
            "Both the application and a proxy before it add the header, and a browser takes none then. Exactly one of "
            "them may add it."
        ),
        signature=N_("Two Access-Control-Allow-Origin lines in one answer."),
        breaks=Part.BROWSER,
        fixes=(
            Fix(
                Side.NGINX,
                N_("Remove add_header for this path, or hide the one of the application."),
                "location /socket.io/ {\n    proxy_pass http://127.0.0.1:3000;\n"
                "    proxy_hide_header Access-Control-Allow-Origin;\n"
                '    add_header Access-Control-Allow-Origin "https://app.example.com" always;\n}',
            ),
            Fix(
                Side.APACHE,
                N_("Set the header instead of adding one."),
                "Header always unset Access-Control-Allow-Origin\n"
                'Header set Access-Control-Allow-Origin "https://app.example.com"',
            ),
            Fix(
                Side.NODE,
                N_("Or take the option cors out of Socket.IO, if the proxy is to do it alone."),
                "const io = new Server(httpServer);",
            ),
        ),
    ),
    Cause(
        id="cors-preflight-refused",
        title=N_("The browser asks before it sends your headers, and the server refuses."),
        explanation=N_(
            "For extra headers a browser first sends OPTIONS and wants to read which headers are allowed. Socket.IO "
            "answers that only if its option cors is set, and only with the headers listed there."
        ),
        signature=N_('OPTIONS gets 400 {"code":2,...}, or the header is not in Access-Control-Allow-Headers.'),
        breaks=Part.BROWSER,
        fixes=(
            Fix(
                Side.NODE,
                N_("List the headers in cors.allowedHeaders; without the list all that are asked for are allowed."),
                "const io = new Server(httpServer, {\n  cors: {\n"
                '    origin: "https://app.example.com",\n    allowedHeaders: ["X-Api-Key"],\n  },\n});',
            ),
            Fix(
                Side.CLIENT,
                N_("Send the value as auth instead of as a header: then the browser does not ask."),
                'const socket = io("https://example.com", { auth: { key: "my-key" } });',
            ),
        ),
    ),
    Cause(
        id="origin-rejected",
        title=N_("The server itself refuses the page's origin."),
        explanation=N_(
            "This is no CORS rule of the browser: the server looks at the Origin header and says no, on the WebSocket "
            "as well. Clients that send no Origin get in."
        ),
        signature=N_("400 or 403 with this Origin, and a handshake without it."),
        breaks=Part.BROWSER,
        fixes=(
            Fix(
                Side.NODE,
                N_("Add the origin to the list, or let the function answer callback(null, false) instead of an error."),
                'const allowed = ["https://app.example.com"];\n'
                "const io = new Server(httpServer, {\n"
                "  cors: { origin: (origin, callback) => callback(null, allowed.includes(origin)) },\n"
                "});",
            ),
            Fix(
                Side.PYTHON,
                N_("Add the origin. Behind a proxy the server sees another host, so its own origin has to be listed."),
                PYTHON_CORS,
            ),
            Fix(
                Side.NGINX,
                N_("Tell the application the host that the browser asked for."),
                "proxy_set_header Host $host;\nproxy_set_header X-Forwarded-Proto $scheme;",
            ),
        ),
        explains=("forbidden-by-server", "bad-request", "upgrade-refused", "cors-missing", "cors-preflight-refused"),
    ),
    Cause(
        id="cookie-blocked",
        title=N_("The browser does not keep or does not send the server's cookie."),
        explanation=N_(
            "The page is on another site than the server, and the cookie's SameSite or Secure says that it is not for "
            "others; some browsers block all such cookies. Session affinity by cookie and logins break by that."
        ),
        signature=N_("Set-Cookie without SameSite=None; Secure on an answer to another site."),
        breaks=Part.BROWSER,
        fixes=(
            Fix(
                Side.NODE,
                N_("Mark the cookie for use across sites, and serve it over https."),
                "const io = new Server(httpServer, {\n"
                '  cookie: { name: "io", sameSite: "none", secure: true, httpOnly: true },\n'
                '  cors: { origin: "https://app.example.com", credentials: true },\n'
                "});",
            ),
            Fix(
                Side.PYTHON,
                N_("Mark the cookie for use across sites."),
                'sio = socketio.AsyncServer(\n    async_mode="asgi",\n'
                '    cookie={"name": "io", "SameSite": "None", "Secure": True},\n)',
            ),
            Fix(
                Side.HAPROXY,
                N_("Mark the affinity cookie for use across sites."),
                'backend app\n    cookie SERVERID insert indirect nocache secure attr "SameSite=None"\n'
                "    server app1 127.0.0.1:3001 cookie app1",
            ),
            Fix(Side.HOSTING, N_("Put page and server under one domain: app.example.com and api.example.com.")),
            Fix(
                Side.CLIENT,
                N_("Send cookies at all (withCredentials), or use the WebSocket alone, which needs no affinity."),
                'const socket = io("https://example.com", { withCredentials: true });',
                Change(options={"withCredentials": True}),
            ),
        ),
    ),
    Cause(
        id="csp-blocks",
        title=N_("The page's Content-Security-Policy forbids the connection."),
        explanation=N_(
            "The page itself lists the servers that it may connect to (connect-src), and this one is not among them. "
            "A WebSocket to another host has to be listed as wss:// in its own right."
        ),
        signature=N_("Nothing leaves the browser; the policy in the page's header or meta tag lacks the server."),
        breaks=Part.BROWSER,
        fixes=(
            Fix(
                Side.NGINX,
                N_("Add the server to connect-src where the page is served, with https:// and with wss://."),
                "add_header Content-Security-Policy \"connect-src 'self' https://api.example.com "
                'wss://api.example.com" always;',
            ),
            Fix(
                Side.NODE,
                N_("The same with helmet, in the application that serves the page."),
                "app.use(helmet({\n  contentSecurityPolicy: {\n    directives: {\n"
                '      connectSrc: ["\'self\'", "https://api.example.com", "wss://api.example.com"],\n'
                "    },\n  },\n}));",
            ),
        ),
    ),
)
"""Section E of the catalogue, in its order."""
