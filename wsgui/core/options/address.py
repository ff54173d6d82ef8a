"""The rows of the option table that say where the requests go."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.core.option_types import Group, Option, OptionType
from wsgui.core.protocol import SOCKETIO, SOCKETIO_4

ROWS: tuple[Option, ...] = (
    Option(
        name="path",
        type=OptionType.PATH,
        default="/socket.io",
        group=Group.ADDRESS,
        label=N_("HTTP path"),
        help=N_(
            "The path of the HTTP requests. It must equal the path option of the server, which answers 404 otherwise. "
            'It is not the namespace: the namespace is the path of the URL, so io("https://host/chat") still '
            "requests /socket.io and then joins /chat."
        ),
        protocols=SOCKETIO,
    ),
    Option(
        name="addTrailingSlash",
        type=OptionType.BOOLEAN,
        default=True,
        group=Group.ADDRESS,
        label=N_("Slash at the end"),
        help=N_(
            "Requests /socket.io/ rather than /socket.io. A server with default settings answers 404 when this is off: "
            "turn it off only if the server has addTrailingSlash: false too, or a proxy strips the slash."
        ),
        protocols=SOCKETIO_4,
    ),
    Option(
        name="query",
        type=OptionType.QUERY,
        default={},
        group=Group.ADDRESS,
        label=N_("Query parameters"),
        help=N_(
            "Added to the URL of every request; the server reads them as socket.handshake.query. They stay the same "
            "for the life of a connection. A query in the URL wins: then this one is dropped as a whole, as in "
            "JavaScript."
        ),
        protocols=SOCKETIO,
    ),
)
