"""Work in a thread that can be given up, and how far it is: for a progress bar that asks now and then."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable


class GivenUpError(Exception):
    """The person pressed Cancel."""


class Background:
    """One piece of work. The work calls :meth:`went_on` from its thread."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        self._given_up = threading.Event()

    def went_on(self, done: int, total: int) -> None:
        """Say how far the work is. Raises :class:`GivenUpError` once it was given up."""
        self.done, self.total = done, total
        if self._given_up.is_set():
            raise GivenUpError

    def give_up(self) -> None:
        """Let the work end at its next step."""
        self._given_up.set()

    async def run(self, work: Callable[[], None]) -> None:
        """Do it. When this is cancelled the work is given up, too, and ends at its next step."""
        try:
            await asyncio.to_thread(work)
        except asyncio.CancelledError:
            self.give_up()
            raise
