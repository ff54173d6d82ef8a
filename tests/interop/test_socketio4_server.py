"""The server of this folder does what its comments say, by the word of a client that is not ours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
import socketio
from socketio.exceptions import ConnectionError as RefusedConnection

from tests.interop.node_server import NodeServer


@pytest.fixture
async def client() -> AsyncIterator[socketio.AsyncClient]:
    # A session of its own is what python-engineio leaves open when the server dies.
    async with aiohttp.ClientSession() as http:
        client = socketio.AsyncClient(reconnection=False, http_session=http)
        yield client
        await client.disconnect()


def events(client: socketio.AsyncClient, event: str, namespace: str = "/") -> asyncio.Queue[tuple[object, ...]]:
    """The arguments of every such event from now on."""
    queue: asyncio.Queue[tuple[object, ...]] = asyncio.Queue()
    client.on(event, lambda *args: queue.put_nowait(args), namespace=namespace)
    return queue


@pytest.mark.parametrize("transport", ["polling", "websocket"])
async def test_echoes_and_acknowledges(
    node_server: Callable[..., NodeServer], client: socketio.AsyncClient, transport: str
) -> None:
    echoes = events(client, "echo")
    await client.connect(node_server().url, transports=[transport])
    assert await client.call("echo", ("a", {"b": [1, None]}, b"\x00\xff")) == ("a", {"b": [1, None]}, b"\x00\xff")
    assert await echoes.get() == ("a", {"b": [1, None]}, b"\x00\xff")


async def test_takes_the_options_of_the_server(
    node_server: Callable[..., NodeServer], client: socketio.AsyncClient
) -> None:
    server = node_server(transports=["polling"], path="/other/")
    with pytest.raises(RefusedConnection, match="404"):
        await client.connect(server.url, transports=["polling"])
    await client.connect(server.url, transports=["polling"], socketio_path="other")


async def test_admin_wants_a_token(node_server: Callable[..., NodeServer], client: socketio.AsyncClient) -> None:
    server = node_server()
    refusals = events(client, "connect_error", "/admin")
    with pytest.raises(RefusedConnection):
        await client.connect(server.url, namespaces=["/admin"], auth={"token": "guess"})
    assert await refusals.get() == ({"message": "not authorized", "data": {"code": "E_AUTH"}},)
    await client.connect(server.url, namespaces=["/admin"], auth={"token": "secret"})
    assert await client.call("ack", 1, namespace="/admin") == ("admin", 1)


async def test_comes_back_on_the_same_port(
    node_server: Callable[..., NodeServer], client: socketio.AsyncClient
) -> None:
    server = node_server()
    gone = events(client, "disconnect")
    await client.connect(server.url, transports=["websocket"])
    url = server.url
    server.restart()
    await gone.get()
    assert server.url == url
    await client.connect(url, transports=["websocket"])
    assert await client.call("ack") == "ok"


async def test_floods_in_order_without_a_gap(
    node_server: Callable[..., NodeServer], client: socketio.AsyncClient
) -> None:
    ticks = events(client, "tick")
    await client.connect(node_server(pingInterval=50).url, transports=["websocket"])
    done = await client.call("flood", {"n": 5000, "size": 100})
    assert done["n"] == 5000
    seen = [(await ticks.get())[0] for _ in range(5000)]
    assert [tick["seq"] for tick in seen] == list(range(1, 5001))  # type: ignore[index]
    assert {len(tick["payload"]) for tick in seen} == {100}  # type: ignore[index]
