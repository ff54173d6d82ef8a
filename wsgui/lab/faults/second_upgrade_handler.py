"""Socket.IO and a ``ws`` server on one HTTP server: two 101, and two receivers that unmask the same bytes in place.

The client gets ``HTTP/1.1 101`` twice, then the open packet: ``Invalid frame header``, ``RSV1 must be clear``. The
second receiver unmasks what the first one has unmasked already: to it, the client's close frame has a random code, and
it says ``WS_ERR_INVALID_CLOSE_CODE`` in the server's log, as the lab does in its own. A text message is no UTF-8 to it.
"""

from __future__ import annotations

import logging

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine, Settings
from wsgui.lab.raw.http import Request
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO
from wsgui.lab.raw.websocket import CLOSE, TEXT, close_frame, frame, mask

_LOGGER = logging.getLogger("wsgui.lab")


class TwoReceivers(Engine):
    async def upgrade(self, connection: Connection, request: Request) -> None:
        refused = self.verify(request)
        if refused:
            await super().upgrade(connection, request)
            return
        await connection.send(self.switch(request).encode() * 2)
        if not request.query.get("sid"):
            packet = self.open_packet(self.open(request, "websocket"))
            await connection.send(frame(TEXT, packet.encode()))
        await receive_twice(connection)


async def receive_twice(connection: Connection) -> None:
    """Both receivers take each frame, one after the other, in the same buffer."""
    reader = connection.reader
    while True:
        first, second = await reader.readexactly(2)
        size = second & 0x7F
        if size > 125:
            return
        key = await reader.readexactly(4)
        buffer = mask(await reader.readexactly(size), key)
        opcode = first & 0xF
        if opcode == CLOSE:
            await connection.send(frame(CLOSE, buffer[:2]))
        buffer = mask(buffer, key)
        broken = complaint(opcode, buffer)
        if broken:
            _LOGGER.info(broken)
        if opcode == CLOSE:
            return  # the first receiver has ended the connection: what the second one thinks stays in the log
        if broken:
            await connection.send(close_frame(1007))
            return


def complaint(opcode: int, payload: bytes) -> str:
    """What the second receiver says of what it takes for the payload; nothing if it happens to be in order."""
    if opcode == CLOSE and len(payload) > 1:
        code = int.from_bytes(payload[:2], "big")
        if not ((1000 <= code <= 1014 and code not in (1004, 1005, 1006)) or 3000 <= code <= 4999):
            return f"WS_ERR_INVALID_CLOSE_CODE Invalid WebSocket frame: invalid status code {code}"
    elif opcode == TEXT:
        try:
            payload.decode()
        except UnicodeDecodeError:
            return "WS_ERR_INVALID_UTF8 Invalid WebSocket frame: invalid UTF-8 sequence"
    return ""


FAULT = Fault(
    id="second-upgrade-handler",
    cause="second-upgrade-handler",
    title=N_("A second WebSocket server on the same HTTP server answers too: two 101, and random close codes."),
    serve=lambda port: serve_engine(TwoReceivers(SocketIO, Settings(cors=False)), port),
)
