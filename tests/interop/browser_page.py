"""A page of any origin in Chromium, with the real socket.io-client in it."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.interop.chromium import Page
from wsgui.core.option_types import Protocol
from wsgui.core.options import OptionValues

HERE = Path(__file__).resolve().parent
CLIENTS = {
    Protocol.SOCKETIO: HERE / "node_modules/socket.io-client/dist/socket.io.min.js",
    Protocol.SOCKETIO_V2: HERE / "node_modules/socket.io-client-2/dist/socket.io.js",
}

SOCKETIO = """
new Promise((resolve) => {
  const socket = io(URL, { ...OPTIONS, reconnection: false, forceNew: true, timeout: 5000 });
  const end = (what) => { resolve(what); socket.close(); };
  socket.on("connect_error", (error) => end({ connected: false, said: String(error) }));
  socket.on("connect", () => {
    const engine = socket.io.engine;
    const told = () => ({ connected: true, transport: engine.transport.name });
    if (engine.transport.name === "websocket" || !AWAIT_UPGRADE) return end(told());
    engine.on("upgrade", () => end(told()));
    engine.on("upgradeError", () => end(told()));
  });
})
"""
WEBSOCKET = """
new Promise((resolve) => {
  let socket;
  try { socket = new WebSocket(URL); } catch (error) { resolve({ connected: false, said: String(error) }); return; }
  socket.onopen = () => { resolve({ connected: true, transport: "websocket" }); socket.close(); };
  socket.onerror = () => resolve({ connected: false, said: "error" });
})
"""


@dataclass(frozen=True)
class Outcome:
    """What came of a connection."""

    connected: bool
    transport: str = ""
    said: str = ""


async def show(page: Page, url: str) -> None:
    """Open an empty page there, without asking whoever may be listening."""
    await page.ask("Page.enable")
    await page.ask("Fetch.enable", patterns=[{"urlPattern": f"{url.rstrip('/')}/*", "resourceType": "Document"}])
    page.events.clear()
    # Page.navigate would have no answer before the page has one.
    await page.evaluate(f"void setTimeout(() => location.assign({json.dumps(url)}))")
    paused = await page.until(lambda event: event["method"] == "Fetch.requestPaused")
    empty = base64.b64encode(b"<!doctype html><title>page</title>").decode()
    html = [{"name": "Content-Type", "value": "text/html"}]
    request = paused["params"]["requestId"]
    await page.ask("Fetch.fulfillRequest", requestId=request, responseCode=200, responseHeaders=html, body=empty)
    await page.until(lambda event: event["method"] == "Page.loadEventFired")
    await page.ask("Fetch.disable")


async def connect(
    page: Page, url: str, values: OptionValues, protocol: Protocol = Protocol.SOCKETIO, *, upgrades: bool = False
) -> Outcome:
    """Connect from the page that is open; with ``upgrades`` the upgrade is waited for, too."""
    script = WEBSOCKET
    if protocol is not Protocol.WEBSOCKET:
        await page.evaluate(f"{CLIENTS[protocol].read_text()}\n;void 0")
        script = SOCKETIO
    options = {name: value for name, value in values.items() if name not in ("ca", "rejectUnauthorized")}
    filled = script.replace("URL,", f"{json.dumps(url)},").replace("(URL)", f"({json.dumps(url)})")
    filled = filled.replace("OPTIONS", json.dumps(options)).replace("AWAIT_UPGRADE", json.dumps(upgrades))
    told: dict[str, Any] = await page.evaluate(filled)
    return Outcome(**told)
