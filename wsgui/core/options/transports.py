"""The rows of the option table about the transports: which, in what order, and how their requests look."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.core.option_types import Group, Option, OptionType
from wsgui.core.protocol import SOCKETIO, SOCKETIO_4

ROWS: tuple[Option, ...] = (
    Option(
        name="transports",
        type=OptionType.TRANSPORTS,
        default=["polling", "websocket", "webtransport"],
        group=Group.TRANSPORTS,
        label=N_("Transports, in order"),
        help=N_(
            "Only the first one is tried; the others are what the connection may be upgraded to. "
            '["websocket", "polling"] therefore does not fall back to polling when the WebSocket fails, unless '
            "tryAllTransports is on. The server must allow the first one too."
        ),
        protocols=SOCKETIO,
        caveat=N_("webtransport (HTTP/3) is not available here and is left out."),
    ),
    Option(
        name="tryAllTransports",
        type=OptionType.BOOLEAN,
        default=False,
        group=Group.TRANSPORTS,
        label=N_("Try all transports"),
        help=N_(
            "When the first transport fails while opening, go on with the next one (since 4.8.0). A client that "
            "fell back to polling in this way stays with polling: the failed transport is off its list."
        ),
        protocols=SOCKETIO_4,
    ),
    Option(
        name="upgrade",
        type=OptionType.BOOLEAN,
        default=True,
        group=Group.TRANSPORTS,
        label=N_("Upgrade the transport"),
        help=N_(
            "After connecting by polling, try a better transport beside it and move over when it works. If it fails "
            "or hangs, the connection goes on by polling. Off: stay with the first transport."
        ),
        protocols=SOCKETIO,
    ),
    Option(
        name="rememberUpgrade",
        type=OptionType.BOOLEAN,
        default=False,
        group=Group.TRANSPORTS,
        label=N_("Remember the upgrade"),
        help=N_(
            "If the last WebSocket worked, begin with a WebSocket the next time, without polling first. It is "
            "remembered for as long as the program runs, and forgotten at the next transport error."
        ),
        protocols=SOCKETIO,
    ),
    Option(
        name="forceBase64",
        type=OptionType.BOOLEAN,
        default=False,
        group=Group.TRANSPORTS,
        label=N_("Binary as Base64"),
        help=N_(
            "Sends binary data as Base64 text and adds b64=1 to every request, for proxies that break binary data."
        ),
        protocols=SOCKETIO,
    ),
    Option(
        name="timestampRequests",
        type=OptionType.BOOLEAN,
        default=None,
        group=Group.TRANSPORTS,
        label=N_("Timestamp in the URL"),
        help=N_(
            "A parameter that is different in every request, so that nothing on the way answers from a cache. Not set: "
            "polling has it, WebSocket has not. true: both have it. false: none."
        ),
        protocols=SOCKETIO,
    ),
    Option(
        name="timestampParam",
        type=OptionType.TEXT,
        default="t",
        group=Group.TRANSPORTS,
        label=N_("Name of the timestamp"),
        help=N_("The name of the parameter that timestampRequests adds."),
        protocols=SOCKETIO,
    ),
    Option(
        name="transportOptions",
        type=OptionType.TRANSPORT_OPTIONS,
        default={},
        group=Group.TRANSPORTS,
        label=N_("Options per transport"),
        help=N_(
            "Options for one transport only, which win over the general ones: "
            '{"polling": {"extraHeaders": {"X-Test": "1"}}}.'
        ),
        protocols=SOCKETIO,
        caveat=N_("Address, TLS, proxy and cookies cannot differ from transport to transport: the general ones apply."),
    ),
)
