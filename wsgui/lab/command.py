"""The command ``wsgui lab``: serve until somebody ends it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from wsgui.core.i18n import _
from wsgui.lab.catalogue import HEALTHY, offers
from wsgui.lab.server import CannotListen


def listing() -> str:
    """What ``--list`` prints: a line per server, its id and its title."""
    found = offers().values()
    width = max(len(offer.id) for offer in found)
    return "\n".join(f"{offer.id:<{width}}  {_(offer.title)}" for offer in found)


async def run(port: int, fault: str | None, announce: Callable[[str], None], *, with_parent: bool = False) -> int:
    """Serve on ``port`` (0: any free one) until cancelled, Ctrl-C or SIGTERM; give the exit status.

    ``announce`` gets the line ``listening on URL`` and must not keep it back, a parent process waits for it. With
    ``with_parent`` the end of standard input is the sign to end, and Ctrl-C is left to the parent. To be run in the
    main thread, which is the only one that can have signal handlers.
    """
    offer = offers().get(fault or HEALTHY)
    if offer is None:
        sys.stderr.write(_("There is no fault {fault}: wsgui lab --list shows them all.").format(fault=fault) + "\n")
        return 2
    try:
        with _told_to_end(with_parent) as end:
            async with offer.serve(port) as url:
                announce(f"listening on {url}")
                await end.wait()
    except CannotListen as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


@contextmanager
def _told_to_end(with_parent: bool) -> Iterator[asyncio.Event]:
    loop = asyncio.get_running_loop()
    end = asyncio.Event()
    if with_parent:
        # A daemon, because nothing can interrupt the read; on the bare descriptor, because a daemon that holds the
        # lock of sys.stdin when Python ends aborts the process.
        threading.Thread(target=_watch_input, args=(loop, end), name="lab: parent", daemon=True).start()
    # Windows has no signals of this kind: there Ctrl-C is a KeyboardInterrupt, which cancels this task.
    handled = () if sys.platform == "win32" else (signal.SIGINT, signal.SIGTERM)
    for number in handled:
        left_to_parent = with_parent and number == signal.SIGINT
        loop.add_signal_handler(number, (lambda: None) if left_to_parent else end.set)
    try:
        yield end
    finally:
        for number in handled:
            loop.remove_signal_handler(number)


def _watch_input(loop: asyncio.AbstractEventLoop, end: asyncio.Event) -> None:
    while os.read(0, 1024):
        pass
    if not loop.is_closed():
        loop.call_soon_threadsafe(end.set)
