"""The switches of one tab: which events its log leaves out, and which it marks. Everything is recorded all the same.

Nothing is done for an event as it comes. While something is hidden or the panel is in view, what was recorded is
counted in short steps, at most 30 times a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from wsgui.core.event_tally import EventTally, without
from wsgui.core.i18n import _, plural
from wsgui.core.visible import one_line
from wsgui.ui.named import named

if TYPE_CHECKING:
    from wsgui.core.recorded import Recorded
    from wsgui.ui.log.pane import LogPane

MARKS = {"◆": "accent", "●": "changed", "▲": "warning", "■": "good", "★": "bad"}
"""Sign -> colour, a field of the theme."""
_NAMED = 3
"""Names of hidden events in the note."""


class Listeners(QObject):
    """``counted`` is told when there are other counts, or switches."""

    counted = Signal()

    def __init__(self, log: LogPane) -> None:
        super().__init__(log)
        self._log = log
        self._tally: EventTally | None = None
        self._of: Recorded | None = None
        self.hidden: list[str] = []
        self.marks: dict[str, str] = {}
        """Event -> sign."""
        self.watched = False
        """Whether somebody looks at the counts."""
        self._note: HiddenNote | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)
        log.model.counted.connect(self._notice)
        log.switches_ended.connect(self._show_all)

    @property
    def tally(self) -> EventTally | None:
        """The counts so far."""
        return self._tally

    def watch(self, on: bool) -> None:
        """Count, or only as long as something is hidden."""
        self.watched = on
        self._notice()

    def hide(self, name: str, *, hidden: bool) -> None:
        """Leave the events of that name out of the log, or show them again."""
        if hidden != (name in self.hidden):
            self.hidden = [*self.hidden, name] if hidden else [each for each in self.hidden if each != name]
            self._log.model.switch(without(self.hidden))
            self._changed()

    def show_all(self) -> None:
        """Leave nothing out."""
        self._log.model.switch(None)
        self._show_all()

    def mark(self, name: str, sign: str) -> None:
        """Show the events of that name with a sign of :data:`MARKS` in its colour; an empty sign shows them as ever."""
        self.marks.pop(name, None)
        if sign:
            self.marks[name] = sign
        self._log.model.mark({event: (each, MARKS[each]) for event, each in self.marks.items()})
        self.counted.emit()

    def _show_all(self) -> None:
        self.hidden = []
        self._changed()

    def _changed(self) -> None:
        self._notice()
        self._show_note()
        self.counted.emit()

    def _notice(self) -> None:
        """There may be more."""
        if (self.watched or self.hidden) and not self._timer.isActive():
            self._timer.start()

    def _step(self) -> None:
        recording = self._log.model.recording
        if recording is not self._of:
            self._of = recording
            self._tally = EventTally(recording) if recording is not None else None
        if self._tally is None or not self._tally.look():
            self._timer.stop()
            self._show_note()
            self.counted.emit()

    def _show_note(self) -> None:
        if self._note is None:
            if not self.hidden:
                return
            self._note = HiddenNote(self)
            self._log.add_note(self._note)
        self._note.show_hidden(self.hidden, self._tally.total(self.hidden) if self._tally else 0)


class HiddenNote(QWidget):
    """Says over the rows of the log how many are not among them."""

    def __init__(self, listeners: Listeners) -> None:
        super().__init__()
        self.setObjectName("hiddenNote")
        self.text = QLabel()
        self.text.setProperty("tone", "warning")
        self.button = named(QPushButton(_("Show them")), "showHiddenButton")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.text)
        row.addWidget(self.button)
        row.addStretch(1)
        self.button.clicked.connect(listeners.show_all)

    def show_hidden(self, names: list[str], count: int) -> None:
        """Say it, or nothing if nothing is hidden."""
        told = ", ".join(f"“{one_line(name, 30)}”" for name in names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
        text = plural("{n:,} event is hidden here: {names}", "{n:,} events are hidden here: {names}", count)
        said = text.format(n=count, names=told)
        if said != self.text.text():
            self.text.setText(said)
        self.setVisible(bool(names))
