"""A test body on the program's own loop: the window's tests run as the program does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager

from PySide6.QtWidgets import QApplication

from wsgui.app import ReadyLoop
from wsgui.core.records import Direction, Kind, Record
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.settings import Question
from wsgui.ui.window import Window

PATIENCE_SECONDS = 15.0
"""No test is meant to come near it; it only ends those that would wait for ever."""


def run(application: QApplication, body: Callable[[], Coroutine[object, object, None]]) -> None:
    """Run ``body()`` on a :class:`ReadyLoop`. An exception that the loop's handler gets fails the test."""
    complaints: list[dict[str, object]] = []
    loop = ReadyLoop(application)
    loop.set_exception_handler(lambda _loop, context: complaints.append(context))
    application.setQuitOnLastWindowClosed(False)
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(body())
    assert complaints == []


async def until(condition: Callable[[], bool], what: str = "it", seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until something is so, giving Qt and asyncio their turns."""
    try:
        async with asyncio.timeout(seconds):
            while not condition():  # noqa: ASYNC110 - what a widget shows has no event to wait for
                await asyncio.sleep(0.005)
    except TimeoutError:
        raise AssertionError(f"{what} never came") from None


@asynccontextmanager
async def window(*, wait: bool = True) -> AsyncIterator[Window]:
    """A shown window, closed as a person closes it, with nothing left behind. ``wait``: for all its parts."""
    shown = Window()
    ready = asyncio.Event()
    shown.ready.connect(ready.set)
    shown.show()
    if wait:
        await asyncio.wait_for(ready.wait(), PATIENCE_SECONDS)
    try:
        yield shown
    finally:
        shown.settings.set_asks(Question.UNSAVED, asks=False)
        shown.close()
        await asyncio.wait_for(shown.closed.wait(), PATIENCE_SECONDS)
        await asyncio.sleep(0)
        names = [task.get_name() for task in asyncio.all_tasks()]
        left = [name for name in names if name.startswith(("window:", "tab:", "session:", "engine:"))]
        shown.deleteLater()
        assert left == []


def recorded(tab: ConnectionTab, kind: Kind, direction: Direction | None = None) -> list[Record]:
    """The tab's records of a kind."""
    return [record for record in tab.records() if record.kind is kind and direction in (None, record.direction)]


def notice(shown: Window) -> str:
    """What the newest toast of the window says; empty where there is none."""
    return shown.toasts.shown[-1].text if shown.toasts.shown else ""
