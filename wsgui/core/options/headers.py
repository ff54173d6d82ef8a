"""The rows of the option table about what travels in headers: credentials, cookies, subprotocols, the origin."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.core.option_types import Group, Option, OptionType
from wsgui.core.protocol import SINCE_3, SOCKETIO, SOCKETIO_4

ROWS: tuple[Option, ...] = (
    Option(
        name="auth",
        type=OptionType.OBJECT,
        default=None,
        secret=True,
        group=Group.HEADERS,
        label=N_("Credentials"),
        help=N_(
            "Sent when a namespace is joined, after the connection is open, never in a URL or a header; the server "
            "reads it as socket.handshake.auth. An object: a server refuses anything else. Socket.IO 2 has no "
            "such option: there tokens travel in query."
        ),
        protocols=SOCKETIO_4,
    ),
    Option(
        name="extraHeaders",
        type=OptionType.HEADERS,
        default={},
        secret=True,
        group=Group.HEADERS,
        label=N_("Extra headers"),
        help=N_(
            "Sent with every polling request and with the WebSocket handshake. Browsers cannot set headers on a "
            "WebSocket: what works here and in Node may fail in a browser that begins with websocket. On polling a "
            "browser asks the server first (a CORS preflight)."
        ),
    ),
    Option(
        name="withCredentials",
        type=OptionType.BOOLEAN,
        default=False,
        group=Group.HEADERS,
        label=N_("Keep and send cookies"),
        help=N_(
            "Keeps the cookies that the server sets and sends them back. Load balancers with cookie affinity need it "
            "as long as polling is used. In a browser the server must then answer with "
            "Access-Control-Allow-Credentials and must not allow the origin *."
        ),
        protocols=SOCKETIO,
    ),
    Option(
        name="protocols",
        type=OptionType.TOKENS,
        default=[],
        group=Group.HEADERS,
        label=N_("WebSocket subprotocols"),
        help=N_(
            "The names offered in Sec-WebSocket-Protocol, in order of preference. The server picks one or none. "
            "Socket.IO 2 knows it within transportOptions only."
        ),
        protocols=SINCE_3,
    ),
    Option(
        name="origin",
        type=OptionType.TEXT,
        default=None,
        group=Group.HEADERS,
        label=N_("Origin header"),
        help=N_(
            "The Origin header of the WebSocket handshake, such as https://app.example.com. A browser sends the origin "
            "of its page and nothing else; Node sends none unless this is set."
        ),
        protocols=SINCE_3,
    ),
)
