"""The lab in a process of its own, so that it takes nothing from the window: ``async with lab_process() as url``.

A thread waits for the child's first line, because asyncio's own subprocesses need an event loop that watches
children, and the window's loop is Qt's. The child ends when its standard input ends, which happens even if this
process is killed.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wsgui.core.i18n import _

LISTENING = "listening on "
PATIENCE = 5.0  # seconds that the child has to end by itself


class LabDidNotStart(Exception):  # noqa: N818 - says what happened
    """The child ended, or said something else, before it listened. The message is a sentence for people."""


@asynccontextmanager
async def lab_process() -> AsyncIterator[str]:
    """Run ``wsgui lab`` on a free port and yield its URL. Raises :exc:`LabDidNotStart`."""
    process = _start()
    try:
        yield await asyncio.to_thread(_url, process)
    finally:
        await asyncio.to_thread(_end, process)


def _start() -> subprocess.Popen[str]:
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "wsgui"]
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
    else:
        flags = 0
    return subprocess.Popen(  # noqa: S603 - our own program
        [*program, "lab", "--port", "0", "--with-parent"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        creationflags=flags,
    )


def _url(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    if not line.startswith(LISTENING):
        said = line or _("nothing")
        raise LabDidNotStart(_("The built-in server did not start; it said: {said}.").format(said=said))
    return line.removeprefix(LISTENING)


def _end(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.close()
    with process:  # closes the other pipe and waits, after the lines below made sure that there is an end
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
