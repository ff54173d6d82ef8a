"""The protocol by hand, for what a whole client would hide: the last packets of a server that stops."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

POLLING = "/socket.io/?EIO=4&transport=polling"
WEBSOCKET = "/socket.io/?EIO=4&transport=websocket"
CLOSE = "1"  # the Engine.IO packet


async def fetch(url: str) -> str:
    """The body of the answer to a GET."""
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        return await answer.text()


async def handshake(url: str) -> str:
    """Open an Engine.IO session over polling; its id."""
    return str(json.loads((await fetch(url + POLLING))[1:])["sid"])


@asynccontextmanager
async def websocket(url: str) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A WebSocket that has joined the main namespace, and leaves the close frame of the server to its reader."""
    async with aiohttp.ClientSession() as http, http.ws_connect(url + WEBSOCKET, autoclose=False) as socket:
        assert (await socket.receive_str()).startswith("0{")
        await socket.send_str("40")
        assert (await socket.receive_str()).startswith("40{")
        yield socket


async def last_words(socket: aiohttp.ClientWebSocketResponse) -> tuple[str, int | None]:
    """Read to the end: the last packet, and the close code if there was a close frame."""
    packet = ""
    while (message := await socket.receive()).type is aiohttp.WSMsgType.TEXT:
        packet = message.data
    return packet, message.data if message.type is aiohttp.WSMsgType.CLOSE else None
