"""Our client meets a server that plays the cases of the Autobahn test suite: the outcome, and every byte kept."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.hostile.autobahn_cases import CASES, Case, frame
from tests.hostile.holding import arrived, holding
from tests.net.raw_server import CLOSE, RawWebSocket, agrees, raw_server
from tests.net.websocket_log import websocket
from wsgui.core.records import Direction, Kind
from wsgui.core.ws_frames import FrameDecoder

pytestmark = pytest.mark.layer("WebSocket")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_case(case: Case) -> None:
    async def play(socket: RawWebSocket) -> None:
        for piece in case.pieces:
            socket.writer.write(piece)
            await socket.writer.drain()
        if not case.fails and not case.closes:
            socket.close(1000)
        while (await socket.receive())[0] != CLOSE:
            pass

    headers = [f"Sec-WebSocket-Extensions: {case.deflate}"] if case.deflate else []
    options = {"perMessageDeflate": bool(case.deflate)}
    async with (
        holding(),
        raw_server(agrees(play, *headers)) as url,
        websocket(url.replace("http", "ws"), **options) as (_running, log),
    ):
        closed = await log.until(Kind.WS_CLOSE, Direction.OUT)
    messages = [record.data for record in log.all(Kind.WS_MESSAGE, Direction.IN)]
    if case.many:
        assert len(messages) == case.many
    else:
        assert tuple(messages) == case.messages
    if case.fails:
        assert closed.fact("code") == case.fails
    sent = b"".join(case.pieces) + (b"" if case.fails or case.closes else frame(CLOSE, b"\x03\xe8"))
    told = arrived(log.records)
    if case.fails:
        assert sent.startswith(told), "what is recorded was sent, in that order"
    else:  # a record has all frames of a message, also where a ping came between them
        assert Counter(FrameDecoder().feed(told)) == Counter(FrameDecoder().feed(sent))
        assert len(told) == len(sent)
