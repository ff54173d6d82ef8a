"""The healthy server apart from its events: the admin namespace, plain HTTP, origins, and a clean stop."""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import AsyncExitStack

import aiohttp
import pytest
import socketio

from tests.lab.visitor import LIMIT, Visitor, visit
from tests.lab.wire import CLOSE, POLLING, WEBSOCKET, fetch, handshake, last_words, websocket
from wsgui import __version__
from wsgui.lab.events import EVENTS
from wsgui.lab.server import CannotListen, serve


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
async def test_other_origins_are_allowed_by_an_option(any_origin: bool, status: int) -> None:
    origin = "http://elsewhere.example"
    async with (
        serve(any_origin=any_origin) as url,
        aiohttp.ClientSession(headers={"Origin": origin}) as http,
        http.get(url + POLLING) as answer,
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
    async with AsyncExitStack() as stack:
        async with serve() as url:
            socket = await stack.enter_async_context(websocket(url))
            poll = asyncio.create_task(fetch(f"{url}{POLLING}&sid={await handshake(url)}"))
            await fetch(f"{url}/health")
        assert await last_words(socket) == (CLOSE, 1000)
        assert await poll == CLOSE
    assert asyncio.all_tasks() == before


_UPGRADE = (
    f"GET {WEBSOCKET}{{sid}} HTTP/1.1\r\nHost: lab\r\nConnection: Upgrade\r\n"
    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


@pytest.mark.parametrize(
    "upgrading", [pytest.param(False, id="answers nothing"), pytest.param(True, id="upgrades without a probe")]
)
async def test_stop_does_not_wait_for_clients_that_are_stuck(upgrading: bool) -> None:
    before = asyncio.all_tasks()
    loop = asyncio.get_running_loop()
    with socket.socket() as client:
        client.setblocking(False)
        async with asyncio.timeout(LIMIT):
            async with serve() as url:
                sid = f"&sid={await handshake(url)}" if upgrading else ""
                await loop.sock_connect(client, ("127.0.0.1", int(url.rpartition(":")[2])))
                await loop.sock_sendall(client, _UPGRADE.format(sid=sid).encode())
                assert (await loop.sock_recv(client, 4096)).startswith(b"HTTP/1.1 101 ")
            while await loop.sock_recv(client, 4096):
                pass  # the end comes from the server: the client does nothing
    assert asyncio.all_tasks() == before
