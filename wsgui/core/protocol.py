"""What can be spoken to a server, and the sets that an option may belong to. Light to import: the window needs it."""

from __future__ import annotations

from enum import StrEnum


class Protocol(StrEnum):
    """What is spoken to the server. The value is what the command line calls it."""

    SOCKETIO = "socketio"
    SOCKETIO_V2 = "socketio-v2"
    WEBSOCKET = "websocket"


SOCKETIO = frozenset({Protocol.SOCKETIO, Protocol.SOCKETIO_V2})
SOCKETIO_4 = frozenset({Protocol.SOCKETIO})
SOCKETIO_2 = frozenset({Protocol.SOCKETIO_V2})
WEBSOCKET = frozenset({Protocol.WEBSOCKET})
SINCE_3 = frozenset({Protocol.SOCKETIO, Protocol.WEBSOCKET})
