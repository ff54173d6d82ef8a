"""The command ``wsgui lab``: serve until somebody ends it, or list what can be served."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from wsgui.core.i18n import _
from wsgui.core.option_types import Protocol
from wsgui.lab.catalogue import HEALTHY, HEALTHY_OFFERS, offer, offers
from wsgui.lab.offer import Fault, Offer
from wsgui.lab.server import CannotListen


def listing() -> str:
    """What ``--list`` prints: a line per server, its id, the cause that is to be found, and its title."""
    found = offers().values()
    ids = max(len(one.id) for one in found)
    causes = max(len(_cause(one)) for one in found)
    return "\n".join(f"{one.id:<{ids}}  {_cause(one):<{causes}}  {_(one.title)}" for one in found)


def listing_json() -> str:
    """The same as JSON: a list of objects, with what a client must be told besides the URL."""
    rows = [
        {
            "id": one.id,
            "cause": _cause(one) or None,
            "title": _(one.title),
            "protocol": one.protocol.value,
            "options": one.given,
            "origin": one.origin or None,
            "trusted": one.trusted,
            "slow": isinstance(one, Fault) and one.slow,
        }
        for one in offers().values()
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False)


def healthy_id(protocol: Protocol) -> str:
    """The id of the healthy server that speaks the protocol."""
    return next(one.id for one in HEALTHY_OFFERS if one.protocol is protocol)


def _cause(one: Offer) -> str:
    return one.cause if isinstance(one, Fault) else ""


async def run(port: int, id: str | None, announce: Callable[[str], None], *, with_parent: bool = False) -> int:  # noqa: A002
    """Serve on ``port`` (0: any free one) until cancelled, Ctrl-C or SIGTERM; give the exit status.

    ``announce`` gets the line ``listening on URL`` and must not keep it back, a parent process waits for it. Where the
    URL is not enough, lines before it say how to come to the server: ``protocol``, ``options`` (JSON), ``origin``.
    With ``with_parent`` the end of standard input is the sign to end, and Ctrl-C is left to the parent. To be run in
    the main thread, which is the only one that can have signal handlers.
    """
    served = offer(id or HEALTHY)
    if served is None:
        sys.stderr.write(_("There is no fault {fault}: wsgui lab --list shows them all.").format(fault=id) + "\n")
        return 2
    try:
        with _told_to_end(with_parent) as end:
            async with served.serve(port) as url:
                for line in (*hints(served, url), f"listening on {url}"):
                    announce(line)
                await end.wait()
    except CannotListen as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def hints(served: Offer, url: str) -> list[str]:
    """What a client must be told besides the URL, a line each."""
    lines = []
    if served.protocol is not Protocol.SOCKETIO:
        lines.append(f"protocol {served.protocol.value}")
    if options := served.options(url):
        lines.append(f"options {json.dumps(options, ensure_ascii=False)}")
    if origin := served.page(url):
        lines.append(f"origin {origin}")
    return lines


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
