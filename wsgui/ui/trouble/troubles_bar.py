"""The bar at the top of the window that says that something has gone wrong in the program, now or the last time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QToolBar, QVBoxLayout, QWidget

from wsgui.core.crash_files import BadEnd, folder, write_report
from wsgui.core.i18n import _, plural
from wsgui.core.last_lines import LastLines
from wsgui.core.redact import secrets_of
from wsgui.core.trouble import Trouble, Troubles, clean
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.named import named
from wsgui.ui.trouble.band import Band
from wsgui.ui.trouble.crash_dialog import CrashDialog
from wsgui.ui.trouble.system import system_facts

if TYPE_CHECKING:
    from wsgui.ui.window import Window


class TroublesBar(QToolBar):
    """One band for the errors of this run, however many, and one for the end of the last run."""

    def __init__(self, window: Window, lines: LastLines) -> None:
        super().__init__(window)
        named(self, "troublesBar", _("Errors of wsgui itself"))
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.toggleViewAction().setVisible(False)
        self._window = window
        self._lines = lines
        self._began = datetime.now(UTC)
        self._troubles = Troubles()
        self._path: Path | None = None
        self._dismissed = 0
        """The errors that were told when the band was dismissed last."""
        self._end: BadEnd | None = None
        self._recording: Path | None = None
        self.now_band = Band("errorBand")
        self.report_button = self.now_band.add("showErrorReport", _("Show the report"), self.show_report)
        self.now_band.dismiss_button.clicked.connect(self._dismiss)
        self.end_band = Band("badEndBand")
        self.open_button = self.end_band.add("openLastRecording", _("Open the recording"), self._open_recording)
        self.end_report_button = self.end_band.add("showEndReport", _("Show the report"), self._show_end_report)
        self.end_band.dismiss_button.clicked.connect(self._hide_if_empty)
        bands = QWidget()
        bands.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(bands)
        column.setContentsMargins(8, 4, 8, 0)
        column.setSpacing(4)
        for band in (self.now_band, self.end_band):
            band.hide()
            column.addWidget(band)
        self.addWidget(bands)
        window.addToolBar(Qt.ToolBarArea.TopToolBarArea, self)

    # Errors of this run

    def take(self, trouble: Trouble) -> None:
        """Tell of an error; of the next ones only how many they are."""
        if self._troubles.take(trouble):
            # Not in a thread: the loop may be what is broken, and the file is small.
            self._write()
        self._say()
        self.show()

    @property
    def report(self) -> str:
        """The report as it is now."""
        return self._troubles.report(system_facts(), self._lines.lines, self._secrets())

    def show_report(self) -> None:
        """Show the report, to be read, copied and saved."""
        self._write()
        CrashDialog(self._window, self.report, self._path).open()

    def _write(self) -> None:
        try:
            self._path = write_report(folder(), self._began, self.report)
        except OSError as error:
            self._path = None
            self.now_band.label.setAccessibleDescription(str(error))

    def _say(self) -> None:
        count = self._troubles.count - self._dismissed
        if self._recordings_are_safe():
            one = _("Something went wrong in wsgui; the recording is safe.")
            many = plural(
                "{n:,} error in wsgui; the recording is safe.", "{n:,} errors in wsgui; the recording is safe.", count
            )
        else:
            one = _("Something went wrong in wsgui; it goes on.")
            many = plural("{n:,} error in wsgui; it goes on.", "{n:,} errors in wsgui; it goes on.", count)
        self.now_band.say(one if count == 1 else many.format(n=count))

    def _dismiss(self) -> None:
        self._dismissed = self._troubles.count
        self._hide_if_empty()

    def _recordings_are_safe(self) -> bool:
        """Whether something is recorded, and all of it reaches the disk."""
        recordings = [tab.recording for tab in self._tabs() if tab.recording is not None]
        return bool(recordings) and not any(recording.problem for recording in recordings)

    def _secrets(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for tab in self._tabs():
            found |= secrets_of(tab.options.values())
        return found

    def _tabs(self) -> list[ConnectionTab]:
        tabs = (self._window.tabs.widget(index) for index in range(self._window.tabs.count()))
        return [tab for tab in tabs if isinstance(tab, ConnectionTab)]

    # The end of the last run

    def tell_bad_end(self, end: BadEnd, recording: Path | None) -> None:
        """Tell that the last run did not end in order; ``recording``: what it was recording then."""
        self._end, self._recording = end, recording
        self.open_button.setVisible(recording is not None)
        self.end_report_button.setVisible(bool(end.text))
        if recording is not None:
            self.end_band.say(_("wsgui did not end properly the last time; the recording was kept."))
        else:
            self.end_band.say(_("wsgui did not end properly the last time."))
        self.show()

    def _show_end_report(self) -> None:
        assert self._end is not None
        facts = "\n".join(f"{name}: {value}" for name, value in system_facts().items())
        CrashDialog(self._window, clean(f"{facts}\n\n{self._end.text}", self._secrets()), self._end.path).open()

    def _open_recording(self) -> None:
        assert self._recording is not None
        self._window.shelf.open(self._recording)
        self.end_band.hide()
        self._hide_if_empty()

    def _hide_if_empty(self) -> None:
        self.setHidden(self.now_band.isHidden() and self.end_band.isHidden())
