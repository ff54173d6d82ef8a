"""What the reconnection options come to: the delays before the first attempts, under the options themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel

from wsgui.core.i18n import _, plural
from wsgui.core.option_types import Protocol
from wsgui.core.options import OptionValues
from wsgui.net.reconnection import Backoff, delay_ranges
from wsgui.ui.named import named

if TYPE_CHECKING:
    from wsgui.ui.options.form import OptionForm

SHOWN = 6
"""Attempts."""


class DelayPreview(QLabel):
    """Follows a form."""

    def __init__(self, form: OptionForm) -> None:
        super().__init__()
        named(self, "delayPreview", _("Delays before the attempts to reconnect"))
        self.setProperty("tone", "muted")
        self.setWordWrap(True)
        self.setIndent(10)  # in line with the names of the options above
        self._form = form
        form.changed.connect(self._write)
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._write()

    def _write(self) -> None:
        from wsgui.net.dialect import values_for  # the window opens sooner without it

        if self._form.protocol is Protocol.WEBSOCKET:
            self.setText(_("A plain WebSocket does not reconnect by itself, here as in JavaScript."))
        else:
            self.setText(delays_in_words(values_for(self._form.protocol, self._form.values())))


def delays_in_words(values: OptionValues) -> str:
    """``Waits 0.5–1.5 s, 1–3 s … before each attempt, without end.``"""
    backoff = Backoff(values)
    if not backoff.enabled:
        return _("Does not reconnect.")
    waits = [_in_words(low, high) for low, high in delay_ranges(values, SHOWN)]
    goes_on = backoff.most > SHOWN
    while goes_on and len(waits) > 1 and waits[-1] == waits[-2]:
        waits.pop()  # it stays at that; saying so once is enough
    delays = ", ".join(waits) + " …" * goes_on
    if backoff.most == float("inf"):
        return _("Waits {delays} before the attempts, and does not give up.").format(delays=delays)
    many = int(backoff.most)
    text = plural(
        "Waits {delays} before the attempt, then gives up.",
        "Waits {delays} before the attempts, and gives up after {n}.",
        many,
    )
    return text.format(delays=delays, n=many)


def _in_words(low: float, high: float) -> str:
    """``0.55–1.5 s``: nobody needs the milliseconds by which the formula misses a round number."""
    shortest, longest = round(low, 2), round(high, 2)
    if shortest == longest:
        return _("{seconds:g} s").format(seconds=shortest)
    return _("{least:g}–{most:g} s").format(least=shortest, most=longest)
