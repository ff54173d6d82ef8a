"""The healthy server apart from its events: the admin namespace, plain HTTP, origins, and a clean stop."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable

import aiohttp
import pytest
import socketio

from tests.lab.visitor import LIMIT, Visitor, visit
from wsgui import __version__
from wsgui.lab.events import EVENTS
from wsgui.lab.server import CannotListen, serve

HANDSHAKE = "/socket.io/?EIO=4&transport=polling"


@pytest.mark.parametrize("transport", ["polling", "websocket"])
@pytest.mark.parametrize(
    ("auth", "code"),
    [
        (None, "token-missing"),
        ({"user": "me"}, "token-missing"),
        ("secret", "token-missing"),
        ({"token": "?"}, "token-wrong"),
    ],
)
async def test_admin_refuses_with_message_and_data(lab: str, transport: str, auth: object, code: str) -> None:
    visitor = Visitor()
    with pytest.raises(socketio.exceptions.ConnectionError):
        await visitor.client.connect(lab, transports=[transport], namespaces=["/admin"], auth=auth, wait_timeout=LIMIT)
    (refusal,) = await visitor.receive("connect_error")
    assert isinstance(refusal, dict)
    assert refusal["message"] == "not authorized"
    assert refusal["data"]["code"] == code


@pytest.mark.parametrize("transport", ["polling", "websocket"])
async def test_admin_accepts_the_token(lab: str, transport: str) -> None:
    async with visit(lab, transport, namespaces=["/admin"], auth={"token": "secret"}) as visitor:
        await visitor.receive("welcome")
        assert await visitor.call("sum", 2, 3, namespace="/admin") == 5


async def test_health(lab: str) -> None:
    async with visit(lab, "websocket"), aiohttp.ClientSession() as http, http.get(f"{lab}/health") as answer:
        assert await answer.json() == {"status": "ok", "version": __version__, "pid": os.getpid(), "clients": 1}


async def test_page_names_every_event(lab: str) -> None:
    async with aiohttp.ClientSession() as http, http.get(lab) as answer:
        assert answer.content_type == "text/plain"
        text = await answer.text()
        assert all(f"  {event.name} " in text for event in EVENTS)


@pytest.mark.parametrize(("any_origin", "status"), [(False, 400), (True, 200)])
async def test_other_origins_are_allowed_by_an_option(
    any_origin: bool, status: int, expected_logs: Callable[[str], None]
) -> None:
    origin = "http://elsewhere.example"
    if not any_origin:
        expected_logs(f"ERROR wsgui.lab: {origin} is not an accepted origin")
    async with (
        serve(any_origin=any_origin) as url,
        aiohttp.ClientSession(headers={"Origin": origin}) as http,
        http.get(url + HANDSHAKE) as answer,
    ):
        assert answer.status == status
        assert answer.headers.get("Access-Control-Allow-Origin") == (origin if any_origin else None)


async def test_listens_on_loopback_only(lab: str) -> None:
    assert lab.startswith("http://127.0.0.1:")


async def test_port_in_use_is_one_sentence(lab: str) -> None:
    port = int(lab.rpartition(":")[2])
    with pytest.raises(CannotListen, match=f"^Port {port} is in use by another program: .*\\.$"):
        async with serve(port):
            pass


async def test_stop_parts_with_clients_and_leaves_no_task() -> None:
    before = asyncio.all_tasks()
    async with aiohttp.ClientSession() as http:
        async with serve() as url:
            visitor = Visitor()
            await visitor.client.connect(url, transports=["websocket"])
            async with http.get(url + HANDSHAKE) as handshake:
                sid = (await handshake.text()).partition('"sid":"')[2].partition('"')[0]
            poll = asyncio.create_task(_text(http, f"{url}{HANDSHAKE}&sid={sid}"))
            await visitor.call("ack")
        assert await visitor.receive("disconnect") == ("server disconnect",)
        assert await poll == "1"  # the Engine.IO packet "close"
        await visitor.client.wait()
        await visitor.client.disconnect()
    assert asyncio.all_tasks() == before


async def test_stop_does_not_wait_for_a_client_that_no_longer_listens() -> None:
    before = asyncio.all_tasks()
    with socket.socket() as client:
        client.setblocking(False)
        async with serve() as url:
            loop = asyncio.get_running_loop()
            await loop.sock_connect(client, ("127.0.0.1", int(url.rpartition(":")[2])))
            await loop.sock_sendall(client, _WEBSOCKET_HANDSHAKE)
            assert (await loop.sock_recv(client, 4096)).startswith(b"HTTP/1.1 101 ")
        # Here only because the server has cut off the client, which answers nothing.
        async with asyncio.timeout(LIMIT):
            while await loop.sock_recv(client, 4096):
                pass
    assert asyncio.all_tasks() == before


_WEBSOCKET_HANDSHAKE = (
    b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: lab\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


async def _text(http: aiohttp.ClientSession, url: str) -> str:
    async with http.get(url) as answer:
        return await answer.text()
