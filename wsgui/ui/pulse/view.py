"""Which part of the time the chart shows: at first, zoomed, moved, and whether it keeps up with the newest."""

from __future__ import annotations

from wsgui.ui.pulse.span import Span, live_span, whole_span


class View:
    """``now`` is the time that it is, or the end of a recording that is over (then it is not ``live``)."""

    def __init__(self) -> None:
        self.now = 0.0
        self.live = False
        self.following = True
        """Whether the newest is kept in view."""
        self._span: Span | None = None
        self._whole = False

    @property
    def span(self) -> Span:
        """What is shown."""
        if self._whole:
            return whole_span(self.now)
        if self._span is None:
            return live_span(self.now) if self.live else whole_span(self.now)
        return self._span.ending(self.now) if self.following and self.live else self._span

    def reset(self) -> None:
        """Back to what is shown at first: the newest of a live connection, all of a recording."""
        self._span, self._whole, self.following = None, False, True

    def show_all(self) -> None:
        """From the beginning to the newest, also when there will be more."""
        self._span, self._whole, self.following = None, True, True

    def zoom(self, factor: float, about: float | None = None) -> None:
        """Show ``factor`` times as much, around a time. While the newest is followed it stays where it is."""
        span = self.span
        if self.following and self.live:
            about = self.now
            span = span.ending(self.now)
        elif about is None:
            about = (span.begin + span.end) / 2
        self._show(span.zoomed(factor, about), following=self.following)

    def shift(self, seconds: float) -> None:
        """Show what is so much later; this ends the following."""
        self._show(self.span.moved(seconds), following=False)

    def hold(self) -> None:
        """Follow no longer, and show what is shown."""
        self._show(self.span, following=False)

    def follow(self) -> None:
        """Keep the newest in view, with the zoom as it is."""
        self.following = True

    def _show(self, span: Span, *, following: bool) -> None:
        self._span = span.within(0.0, max(self.now, 1.0))
        self._whole, self.following = False, following
