"""The window in a long night, in short: ``soaked_window WORK URL TIMES SAMPLES`` does one kind of work that many times.

- ``reconnections``: the server drops the connection as soon as it stands.
- ``events``: floods, each in a tab and a recording of its own; the recordings before it are tidied away.
- ``tabs``: a tab is opened, connected, shown page by page and closed; every tenth sees another language and theme.

Prints a list of samples, one JSON array (:class:`benchmarks.growth.Sample`) for each.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from benchmarks.growth import Sample, sample
from wsgui import language
from wsgui.app import create
from wsgui.core.recording import folder
from wsgui.core.recordings import tidy
from wsgui.net.session import EmitOptions
from wsgui.net.state import State
from wsgui.ui import theme
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.language import switch
from wsgui.ui.theme import Choice
from wsgui.ui.window import Window

LAST_MADE = "option_checkServerIdentity"
"""The form of the options is made bit by bit; this is there when it is whole."""
LONGEST_STEP_SECONDS = 1200.0
MOST_MEBIBYTES = 100
"""What the recordings may take: the oldest go."""
OPTIONS = {"reconnectionDelay": 1, "reconnectionDelayMax": 1, "randomizationFactor": 0}
SWITCHES = 10
"""Tabs from one change of language and theme to the next."""
PAGES = ("wire", "pulse", "log")


async def until(met: Callable[[], bool]) -> None:
    """Wait until something that a widget shows has come."""
    async with asyncio.timeout(LONGEST_STEP_SECONDS):
        while not met():  # noqa: ASYNC110 - what a widget shows has no event
            await asyncio.sleep(0.005)


async def close_front(window: Window) -> None:
    """Close the tab in front as the person does, and wait until nothing is left of it."""
    tab = window.tab
    window.tabs.tabCloseRequested.emit(window.tabs.currentIndex())
    await until(lambda: not isValid(tab))


async def connect(tab: ConnectionTab, url: str) -> None:
    tab.connect_to(url)
    await until(lambda: tab.status.state is State.CONNECTED)


async def reconnections(window: Window, url: str, times: int, samples: int) -> AsyncIterator[int]:
    """Drop after drop, in one tab and one recording."""
    tab = window.tab
    done, wanted = 0, 0

    def drop() -> None:
        tab.send.send_wanted.emit("drop-me", [], "/", EmitOptions())

    def changed() -> None:
        nonlocal done
        if tab.status.state is State.CONNECTED and tab.status.transport == "websocket":
            done += 1
            if done < wanted:
                asyncio.get_running_loop().call_soon(drop)

    tab.options.set_values(OPTIONS | {"transports": ["websocket"]})
    tab.status_changed.connect(lambda _status: changed())
    await connect(tab, url)

    def has_done_it() -> bool:
        return done >= wanted and not (tab.recording and tab.recording.backlog)

    for step in range(1, samples + 1):
        wanted = times * step // samples
        drop()
        await until(has_done_it)
        yield done


async def events(window: Window, url: str, times: int, samples: int) -> AsyncIterator[int]:
    """Flood after flood, each recorded in a file of its own."""
    for step in range(1, samples + 1):
        tab = window.new_tab()
        tab.options.set_values({"transports": ["websocket"]})
        await connect(tab, url)
        number = times * step // samples - times * (step - 1) // samples
        tab.send.send_wanted.emit("flood", [{"n": number, "size": 100}], "/", EmitOptions(ack=True))
        await until(lambda tab=tab, number=number: tab.strip.received >= number)  # type: ignore[misc] # mypy loses the defaults
        recording = tab.recording
        assert recording is not None
        await until(lambda recording=recording: not recording.backlog)  # type: ignore[misc] # as above
        assert recording.problem is None
        assert recording.count > number
        await close_front(window)
        await asyncio.to_thread(tidy, folder(), 0, MOST_MEBIBYTES)
        yield times * step // samples


async def tabs(window: Window, url: str, times: int, samples: int) -> AsyncIterator[int]:
    """Tab after tab, beside one that stays."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    for number in range(1, times + 1):
        tab = window.new_tab()
        await connect(tab, url)
        for page in PAGES:
            tab.pages.show_page(page)
        tab.address.protocol_box.setCurrentIndex(number % tab.address.protocol_box.count())
        if number % SWITCHES == 0:
            turn = number // SWITCHES % 2
            switch(application, ("ru", language.ENGLISH)[turn])
            theme.apply(application, (Choice.DARK, Choice.LIGHT)[turn])
        await asyncio.sleep(0)  # Qt has its turn
        await close_front(window)
        if number * samples // times != (number - 1) * samples // times:
            yield number


WORK: dict[str, Callable[[Window, str, int, int], AsyncIterator[int]]] = {
    "reconnections": reconnections,
    "events": events,
    "tabs": tabs,
}


async def soak(window: Window, work: AsyncIterator[int]) -> list[Sample]:
    gc.unfreeze()  # the window froze what was there at the start, and nobody counts what is frozen
    window.show()
    await until(lambda: window.findChild(QWidget, LAST_MADE) is not None)
    found: list[Sample] = []
    async for done in work:
        await asyncio.sleep(0.2)  # for what ends by itself: the goodbye of a socket, a thread
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        found.append(sample(done))
    window.close()
    await window.closed.wait()
    return found


def main() -> None:
    work, url, times, samples = sys.argv[1:]
    _application, loop, window = create([])
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        found: Awaitable[list[Sample]] = soak(window, WORK[work](window, url, int(times), int(samples)))
        print(json.dumps(runner.run(found)))  # type: ignore[arg-type] # a coroutine it is


if __name__ == "__main__":
    main()
