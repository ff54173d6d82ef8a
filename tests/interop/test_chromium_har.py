"""What Chromium saw of a session is imported, and is what wsgui itself records of the same one."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.interop.chromium import Json, chromium, missing
from tests.interop.chromium_archive import archive
from tests.interop.node_server import NodeServer
from tests.interop.test_har import archived, problems
from tests.net.session_log import ACK, session
from wsgui.core.describe import packet_of
from wsgui.core.har_import import import_har
from wsgui.core.past_recording import open_recording
from wsgui.core.recording import Recording
from wsgui.core.records import Kind, Record

SAID: list[object] = ["hello", {"a": [1, None]}, "\U0001f600"]
SESSION = """
new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.onload = resolve;
  script.onerror = reject;
  script.src = `${location.origin}/socket.io/socket.io.js`;
  document.head.append(script);
}).then(() => new Promise((resolve) => {
  const socket = io(location.origin, { transports: TRANSPORTS, forceNew: true });
  socket.io.on("reconnect_error", resolve);
  const say = () => socket.emit("echo", ...SAID, () => {
    socket.disconnect();
    resolve("answered");
  });
  socket.on("connect", () => {
    if (socket.io.engine.transport.name === TRANSPORTS.at(-1)) say();
    else socket.io.engine.once("upgrade", say);
  });
}))
"""


@pytest.fixture
def browser() -> None:
    """Skip without Chromium; where everything must run, that is a failure."""
    if reason := missing():
        if os.environ.get("CI"):
            pytest.fail(f"Nothing may be skipped here. {reason}", pytrace=False)
        pytest.skip(reason)


async def seen_by_chromium(url: str, transports: list[str], path: Path) -> list[Record]:
    """The records of what Chromium saw of a session."""
    async with chromium() as page:
        await page.open(f"{url}/socket.io/nothing")
        await page.ask("Network.enable", maxTotalBufferSize=10_000_000, maxResourceBufferSize=5_000_000)
        script = SESSION.replace("TRANSPORTS", json.dumps(transports)).replace("SAID", json.dumps(SAID))
        assert await page.evaluate(script) == "answered"
        await page.until(lambda _event: not underway(page.events))
        text = json.dumps(await archive(page))
    return await asyncio.to_thread(imported, text, path)


def underway(events: list[Json]) -> set[str]:
    """The requests and WebSockets that have begun and not ended."""

    def told(*names: str) -> set[str]:
        return {event["params"]["requestId"] for event in events if event["method"] in {f"Network.{n}" for n in names}}

    ended = told("loadingFinished", "loadingFailed", "webSocketClosed")
    return told("requestWillBeSent", "webSocketCreated") - ended


def imported(text: str, path: Path) -> list[Record]:
    """The records of an archive, which is valid."""
    path.write_text(text, encoding="utf-8")
    assert problems(path) == ""
    import_har(path, path.with_suffix(".sqlite"))
    with closing(open_recording(path.with_suffix(".sqlite"))) as recording:
        return recording.rows(0, recording.count)


async def seen_by_wsgui(url: str, transports: list[str], path: Path) -> list[Record]:
    """The records of the archive that wsgui makes of the same session."""
    async with session(url, transports=transports) as (running, log):
        await log.until(Kind.CONNECT)
        if len(transports) > 1:
            await log.until(Kind.UPGRADE)
        running.send("echo", SAID, namespace="/", options=ACK)
        await log.until(Kind.ACK)
        await running.close()
    with closing(Recording(None, url)) as recording:
        recording.extend(log.records)
        recording.flush()
        return await asyncio.to_thread(archived, recording, path)


def said(records: list[Record]) -> list[tuple[str, str, str, object]]:
    """The events and acknowledgements, and what they say."""
    packets = [(record, packet_of(record)) for record in records if record.kind in (Kind.EVENT, Kind.ACK)]
    return sorted(
        (record.kind.value, record.direction.value, packet.event, repr(packet.args))
        for record, packet in packets
        if packet
    )


@pytest.mark.parametrize("transports", [["polling"], ["websocket"], ["polling", "websocket"]], ids="-".join)
async def test_both_see_the_same(
    browser: None, node_server: Callable[..., NodeServer], tmp_path: Path, transports: list[str]
) -> None:
    server = await asyncio.to_thread(node_server)
    theirs = await seen_by_chromium(server.url, transports, tmp_path / "chromium.har")
    ours = await seen_by_wsgui(server.url, transports, tmp_path / "wsgui.har")
    assert len(said(theirs)) == 3
    assert said(theirs) == said(ours)
