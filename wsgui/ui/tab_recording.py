"""What a tab records: begun when it is first needed, and what the tab counts and shows of each record."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from wsgui.core.records import Direction, Kind, Record

if TYPE_CHECKING:
    from wsgui.core.recording import Recording
    from wsgui.net.tap import Tap
    from wsgui.ui.aside import Aside
    from wsgui.ui.connection_tab import ConnectionTab
    from wsgui.ui.pulse.heart import Heart

MOST_BACKLOG = 50_000
"""Records not yet written, beyond which reading from the socket waits for the disk."""


class TabRecording:
    """Belongs to one tab. All of it is ``None`` until :meth:`open`."""

    def __init__(self, tab: ConnectionTab) -> None:
        self._tab = tab
        self.recording: Recording | None = None
        self.tap: Tap | None = None
        """What a session tells through."""
        self.aside: Aside | None = None
        """What a diagnosis tells through: in the recording, but not of the session."""
        self.heart: Heart | None = None
        self.watch: Callable[[Sequence[Record]], None] | None = None
        """What wants to see all records, while a sequence runs."""
        self._told_problem = False

    def open(self, url: str) -> Tap:
        """The tap of the recording, which is begun if it is the first time."""
        if self.tap is None:
            from wsgui.core.recording import Recording, new_path
            from wsgui.net.tap import Tap
            from wsgui.ui.aside import Aside
            from wsgui.ui.pulse.heart import Heart

            tab = self._tab
            self.recording = Recording(new_path(url), url, tab.address.protocol.value)
            self.heart = Heart(time.monotonic())  # the tap's time begins now, too
            self.aside = Aside()
            self.tap = Tap(self._make_taker(self.recording, self.aside))
            self.aside.follow(self.tap)
            tab.strip.set_heart(self.heart)
            tab.pages.set_recording(self.recording)
        return self.tap

    async def close(self) -> None:
        """Write the rest and close the file."""
        if self.recording is not None:
            await asyncio.to_thread(self.recording.close)
            self.recording = None

    def is_behind(self) -> bool:
        """Whether so much waits for the disk that the session should stop reading."""
        return self.recording is not None and self.recording.backlog > MOST_BACKLOG

    def take_problem(self) -> str:
        """Why nothing is written any more, the first time it is asked after; empty if all is well."""
        if self.recording is None or not self.recording.problem or self._told_problem:
            return ""
        self._told_problem = True
        return self.recording.problem

    def records(self) -> list[Record]:
        """All records so far; for a person's eyes, not for a million of them."""
        if self.recording is None:
            return []
        self.recording.flush()
        return self.recording.rows(0, self.recording.count)

    def _make_taker(self, recording: Recording, aside: Aside) -> Callable[[Sequence[Record]], None]:
        """What is called for all records, also in a flood: append, count, and nothing else."""
        # Local names: a widget takes several times as long as a plain object to look up an attribute.
        tab = self._tab
        extend, notice, take_other = recording.extend, tab.log.notice, self._take_other
        strip, events = tab.strip, tab.events
        event, incoming = Kind.EVENT, Direction.IN

        def take(records: Sequence[Record]) -> None:
            extend(records)
            notice()
            if aside.telling:
                return
            if self.watch is not None:
                self.watch(records)
            if records[0].kind is event and records[0].direction is incoming:  # many at once are always of one kind
                strip.received += len(records)
                if events.answers:
                    for record in records:
                        events.answer_by_rule(record)
                return
            for record in records:
                take_other(record)

        return take

    def _take_other(self, record: Record) -> None:
        tab = self._tab
        if record.kind is Kind.EVENT:
            tab.strip.sent += 1
        elif record.kind is Kind.WS_MESSAGE:
            if record.direction is Direction.IN:
                tab.strip.received += 1
            else:
                tab.strip.sent += 1
        elif record.kind is Kind.CONNECT_ERROR and (option := record.fact("option")):
            tab.options.blame(str(option), str(record.fact("description")))
        elif record.kind is Kind.ACK or record.kind is Kind.CONNECT:
            tab.show_round_trip()
        elif self.heart:
            self.heart.take(record)
