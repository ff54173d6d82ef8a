"""The lab in a process of its own, so that it takes nothing from the window: ``async with lab_process() as url``.

A thread waits for the child's first lines, because asyncio's own subprocesses need an event loop that watches
children, and the window's loop is Qt's. The child ends when its standard input ends, which happens even if this
process is killed.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from wsgui.core.i18n import _, spoken
from wsgui.core.option_types import Protocol
from wsgui.core.option_values import OptionValues

LISTENING = "listening on "
PATIENCE = 5.0  # seconds that the child has to end by itself


class LabDidNotStart(Exception):  # noqa: N818 - says what happened
    """The child ended, or said something else, before it listened. The message is a sentence for people."""


@dataclass(frozen=True)
class Place:
    """Where a server of the lab is, and how to come to it."""

    url: str
    protocol: Protocol = Protocol.SOCKETIO
    options: OptionValues = field(default_factory=dict)
    origin: str = ""
    """Of the page, where a browser is meant."""


@asynccontextmanager
async def lab_process() -> AsyncIterator[str]:
    """Run ``wsgui lab`` on a free port and yield its URL. Raises :exc:`LabDidNotStart`."""
    async with fault_process() as place:
        yield place.url


@asynccontextmanager
async def fault_process(fault: str = "") -> AsyncIterator[Place]:
    """Run ``wsgui lab`` with a server of the catalogue, by its id; the healthy one without. Raises the same."""
    process = _start(["--fault", fault] if fault else [])
    try:
        yield await asyncio.to_thread(_place, process)
    finally:
        await asyncio.to_thread(_end, process)


def _start(arguments: list[str]) -> subprocess.Popen[str]:
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "wsgui"]
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
    else:
        flags = 0
    return subprocess.Popen(  # noqa: S603 - our own program
        [*program, "lab", "--port", "0", "--with-parent", "--language", spoken(), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        creationflags=flags,
    )


def _place(process: subprocess.Popen[str]) -> Place:
    assert process.stdout is not None
    hints: dict[str, str] = {}
    while not (line := process.stdout.readline().strip()).startswith(LISTENING):
        name, _space, value = line.partition(" ")
        if name not in ("protocol", "options", "origin"):
            said = line or _("nothing")
            raise LabDidNotStart(_("The built-in server did not start; it said: {said}.").format(said=said))
        hints[name] = value
    return Place(
        line.removeprefix(LISTENING),
        Protocol(hints.get("protocol", Protocol.SOCKETIO)),
        json.loads(hints.get("options", "{}")),
        hints.get("origin", ""),
    )


def _end(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.close()
    with process:  # closes the other pipe and waits, after the lines below made sure that there is an end
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
