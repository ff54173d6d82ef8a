"""A tap for what happens beside the session of a tab: in the same recording, but not counted as the session's."""

from __future__ import annotations

from wsgui.core.records import Direction, Facts, Kind
from wsgui.net.tap import Tap


class Aside(Tap):
    """Tells all that it is told to another tap. Meanwhile ``telling`` is true."""

    def __init__(self) -> None:
        super().__init__(lambda records: None)
        self._tap: Tap | None = None
        self.telling = False

    def follow(self, tap: Tap) -> None:
        """Tell it to this one from now on."""
        self._tap = tap

    def record(
        self,
        kind: Kind,
        direction: Direction = Direction.NONE,
        data: str | bytes | None = None,
        facts: Facts | None = None,
        *,
        raw: bytes | None = None,
        via: int | None = 0,
    ) -> int:
        assert self._tap is not None
        self.telling = True
        try:
            return self._tap.record(kind, direction, data, facts, raw=raw, via=via)
        finally:
            self.telling = False

    def next_socket(self) -> int:
        assert self._tap is not None
        return self._tap.next_socket()
