"""The lab's own servers, visited by the real JavaScript clients: they take them for Node's."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from wsgui.core.option_types import Protocol
from wsgui.lab.catalogue import HEALTHY_OFFERS
from wsgui.lab.offer import Offer

SCRIPT = Path(__file__).parent / "clients" / "visit.js"
CLIENT = {Protocol.SOCKETIO: "socket.io-client", Protocol.SOCKETIO_V2: "socket.io-client-2"}
LIMIT = 20.0  # seconds
OFFERS = [offer for offer in HEALTHY_OFFERS if offer.protocol in CLIENT]


@pytest.mark.parametrize("transports", ["polling", "websocket", "polling websocket"])
@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.id)
async def test_a_javascript_client_is_served(node: None, offer: Offer, transports: str) -> None:
    options = {"transports": transports.split()}
    async with offer.serve(0) as url, asyncio.timeout(LIMIT):
        client = await asyncio.create_subprocess_exec(
            "node", str(SCRIPT), CLIENT[offer.protocol], url, json.dumps(options), stdout=asyncio.subprocess.PIPE
        )
        said = json.loads((await client.communicate())[0])
    said.pop("first")
    assert said == {
        "echo": [1, {"bytes": [0, 255]}, {"text": "три"}],
        "binary": [{"bytes": [97, 98, 99]}, 3, {"bytes": [99, 98, 97]}],
        "answered": ["yes", {"bytes": [7]}],
        "transport": transports.split()[-1],
        "reason": "io server disconnect",
    }
