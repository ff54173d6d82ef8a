"""Sends the same again and again from a pane, and says in its row how far it is."""

from __future__ import annotations

from collections.abc import Callable

from wsgui.core.i18n import _
from wsgui.core.repetition import Repetition, repeat
from wsgui.core.tasks import TaskOwner
from wsgui.ui.repeat_row import RepeatRow


class Repeating:
    """Belongs to one pane; ``row`` stops it."""

    def __init__(self, row: RepeatRow) -> None:
        self._row = row
        self._tasks = TaskOwner("repeating")
        row.stop_wanted.connect(self._tasks.cancel)

    def begin(self, send: Callable[[], bool], repetition: Repetition) -> None:
        """Call ``send`` until it returns false, often enough, or the person stops it."""
        self._tasks.start(self._send_again(send, repetition), "repeat")

    async def end(self) -> None:
        """Stop it."""
        await self._tasks.close()

    async def _send_again(self, send: Callable[[], bool], repetition: Repetition) -> None:
        of = "" if repetition.times is None else f" / {repetition.times:,}"
        sent = 0

        def send_one(number: int) -> bool:
            nonlocal sent
            if not send():
                return False
            sent = number
            self._row.show_progress(_("Sent: {n}").format(n=f"{number:,}{of}"), running=True)
            return True

        try:
            await repeat(send_one, repetition)
        finally:
            self._row.show_progress(_("Ended; sent: {n}").format(n=f"{sent:,}{of}"), running=False)
