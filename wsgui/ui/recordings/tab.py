"""A tab that shows a recording again: read-only, with the panes of a connection and no address bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from wsgui.core.i18n import _, day, plural
from wsgui.core.visible import one_line
from wsgui.ui.connection_pages import ConnectionPages
from wsgui.ui.elided_label import ElidedLabel
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.named import KEEPS_TEXT, named

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from wsgui.core.past_recording import PastRecording
    from wsgui.core.recordings import Entry
    from wsgui.ui.settings import Settings

_LONGEST = 300
"""Characters of what a recording says of itself; anybody may have made it."""
FOLLOWING = 500
"""Milliseconds between two looks at a recording that is still being written."""


class RecordingTab(QWidget):
    """Shows one recording, which it closes in the end."""

    title_changed = Signal(str)
    problem = Signal(str)
    """Something the person should know that has no better place."""
    export_wanted = Signal()
    closed = Signal()
    """The file is let go."""

    def __init__(self, recording: PastRecording, entry: Entry, settings: Settings) -> None:
        super().__init__()
        self.recording = recording
        self.path: Path = entry.path
        self.pages = ConnectionPages(list, lambda: None, _("There are no records in this recording."), settings)
        self.pages.problem.connect(self.problem)
        self.log = self.pages.log
        self.log.edit_wanted.connect(
            lambda _record: self.problem.emit(_("A recording cannot send. Connect, and send from there."))
        )
        self.log.answer_wanted.connect(
            lambda _record: self.problem.emit(_("A recording cannot answer. Connect, and answer there."))
        )
        self._title = named(ElidedLabel(), "recordingTitle")
        self._title.setProperty("tone", "title")
        self._title.setProperty(KEEPS_TEXT, True)
        self._about = named(ElidedLabel(), "recordingAbout")
        self._about.setProperty("tone", "muted")
        read_only = named(QLabel(_("Read only")), "readOnlyLabel")
        read_only.setProperty("pill", "muted")
        self._export = named(QPushButton(_("&Export…")), "exportButton")
        show_icon(self._export, Icon.EXPORT)
        self._export.clicked.connect(self.export_wanted)
        self.pages.set_recording(recording)

        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._about)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addLayout(words, 1)
        head.addWidget(read_only)
        head.addWidget(self._export)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.pages, 1)

        self._timer = QTimer(self)
        self._timer.setInterval(FOLLOWING)
        self._timer.timeout.connect(self._follow)
        self.show_entry(entry)
        if recording.ended:
            self.log.view.follow(False)
            self.log.view.scrollToTop()
        else:
            self._timer.start()

    @property
    def title(self) -> str:
        """What stands on the tab."""
        return self._title.text()

    def show_entry(self, entry: Entry) -> None:
        """Say in the header what the list says of it."""
        self._title.setText(one_line(entry.title or entry.url or entry.path.name, _LONGEST))
        about = [
            span(entry.started, entry.ended),
            entry.url if entry.title else "",
            entry.what_came_of_it if entry.ended else _("still being written, or was interrupted"),
            plural("{n:,} record", "{n:,} records", self.recording.count).format(n=self.recording.count),
        ]
        self._about.setText("  ·  ".join(one_line(part, _LONGEST) for part in about if part))
        self.title_changed.emit(self.title)

    async def close_session(self) -> None:
        """Let go of the file. Named as the end of a connection's tab, for the window to end both alike."""
        self._timer.stop()
        self.pages.set_recording(None)
        self.recording.close()
        self.closed.emit()

    def _follow(self) -> None:
        if self.recording.refresh():
            self.log.notice()
        if self.recording.ended:
            from wsgui.core.recordings import describe_entry

            self._timer.stop()
            self.show_entry(describe_entry(self.path, self.recording))


def span(started: datetime, ended: datetime | None) -> str:
    """When it was, in the time of where the person is."""
    began = started.astimezone()
    text = f"{day(began)} {began:%H:%M:%S}"
    if ended is None:
        return text
    over = ended.astimezone()
    return f"{text} – {'' if over.date() == began.date() else day(over) + ' '}{over:%H:%M:%S}"
