"""A headless Chromium, driven by the DevTools protocol.

https://chromedevtools.github.io/devtools-protocol/
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import websockets

from scripts.setup import PROGRAMS, is_there

Json = dict[str, Any]

FLAGS = [
    "--headless",
    "--no-sandbox",  # which root may not have; what is opened is our own
    "--no-first-run",
    "--no-proxy-server",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-dev-shm-usage",  # containers have 64 MB of it
    "--disable-background-networking",
    "--disable-component-update",
    "--remote-debugging-port=0",
]
PATIENCE_SECONDS = 60.0


def missing() -> str | None:
    """What keeps Chromium from running, in one sentence."""
    if is_there("chromium"):
        return None
    return f"chromium is missing: `make test` installs it as root, or install {PROGRAMS['chromium']}."


class DevToolsError(Exception):
    """Chromium refuses a command, or a script in the page has failed."""


class Page:
    """One page. What it reports is in ``events``, in order: ``{"method": ..., "params": ...}``."""

    def __init__(self, connection: websockets.ClientConnection, session: str | None = None) -> None:
        self.events: list[Json] = []
        self._connection = connection
        self._session = session
        self._asked = 0

    async def ask(self, method: str, **params: object) -> Json:
        """The answer to a command. Raises :class:`DevToolsError`, and ``TimeoutError``."""
        self._asked += 1
        wanted: Json = {"id": self._asked, "method": method, "params": params}
        if self._session is not None:
            wanted["sessionId"] = self._session
        await self._connection.send(json.dumps(wanted))
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                said = await self._next()
                if said.get("id") == self._asked and said.get("sessionId") == self._session:
                    break
        if "error" in said:
            raise DevToolsError(f"{method}: {said['error']['message']}")
        result: Json = said["result"]
        return result

    async def evaluate(self, expression: str) -> Any:
        """What an expression of JavaScript comes out as; a promise, when it is fulfilled."""
        said = await self.ask("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if failed := said.get("exceptionDetails"):
            raise DevToolsError(failed.get("exception", {}).get("description") or failed["text"])
        return said["result"].get("value")

    async def open(self, url: str) -> None:
        """Go there, and wait until all is loaded."""
        await self.ask("Page.enable")
        await self.ask("Page.navigate", url=url)
        await self.until(lambda event: event["method"] == "Page.loadEventFired")

    async def until(self, is_it: Callable[[Json], bool]) -> Json:
        """The first event of that kind, perhaps one that has come already."""
        looked_at = 0
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                for event in self.events[looked_at:]:
                    if is_it(event):
                        return event
                looked_at = len(self.events)
                await self._next()

    async def _next(self) -> Json:
        said: Json = json.loads(await self._connection.recv())
        if "method" in said and said.get("sessionId") == self._session:
            self.events.append(said)
        return said


@asynccontextmanager
async def chromium(*flags: str) -> AsyncIterator[Page]:
    """An empty page in a browser that nobody else has used; both are gone at the end."""
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as folder:
        command = ["chromium", *FLAGS, *flags, f"--user-data-dir={folder}"]
        silent = asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(*command, stdin=silent, stdout=silent, stderr=silent)
        try:
            url = await _listening(process, Path(folder, "DevToolsActivePort"))
            async with websockets.connect(url, max_size=None, proxy=None) as connection:
                browser = Page(connection)
                target = (await browser.ask("Target.createTarget", url="about:blank"))["targetId"]
                attached = await browser.ask("Target.attachToTarget", targetId=target, flatten=True)
                yield Page(connection, attached["sessionId"])
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


async def _listening(process: asyncio.subprocess.Process, told: Path) -> str:
    """The URL for commands, as soon as the browser has told it in its own file."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while process.returncode is None:
            if url := _read(told):
                return url
            await asyncio.sleep(0.02)
    raise RuntimeError(f"Chromium ended with {process.returncode} instead of listening")


def _read(told: Path) -> str:
    """The URL in that file: a line with the port and one with the path; empty while they are not there."""
    lines = told.read_text().splitlines() if told.exists() else []
    return f"ws://127.0.0.1:{lines[0]}{lines[1]}" if len(lines) == 2 else ""
