"""What the options make of a request: cookies, and no more than JavaScript sends."""

import pytest

from tests.net.raw_server import EngineServer, raw_server, until_closed
from tests.net.session_log import session
from wsgui.core.records import Kind


@pytest.mark.parametrize("keep", [False, True])
async def test_cookies_come_back_only_with_credentials(keep: bool) -> None:
    server = EngineServer(cookie="affinity=1")
    async with (
        raw_server(server) as url,
        session(url, transports=["polling"], withCredentials=keep) as (_running, log),
    ):
        await log.until(Kind.CONNECT)
        sent = [request.headers.get("cookie") for request in server.requests]
    assert sent[0] is None
    assert set(sent[1:]) == {"affinity=1" if keep else None}


async def test_one_request_of_javascript_is_one_request() -> None:
    server = EngineServer(websocket=until_closed)
    async with raw_server(server) as url, session(f"{url}/?a=1", transports=["websocket"]) as (_running, log):
        await log.until(Kind.CONNECT)
    (request,) = server.requests
    assert request.target == "/socket.io/?a=1&EIO=4&transport=websocket"
    assert "accept-encoding" not in request.headers
    assert "permessage-deflate" in request.headers["sec-websocket-extensions"]
