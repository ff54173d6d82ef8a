"""The window's reports: what the tab in front says of itself goes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from wsgui.core.i18n import _
from wsgui.ui.command import add_command
from wsgui.ui.icons import Icon

if TYPE_CHECKING:
    from wsgui.ui.connection_tab import ConnectionTab
    from wsgui.ui.recordings.tab import RecordingTab
    from wsgui.ui.reports.report_dialog import Matter, ReportDialog
    from wsgui.ui.window import Window


class Reporting(QObject):
    """Belongs to the window. Nothing of it is made before it is needed."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: ReportDialog | None = None

    def add_actions(self, menu: QMenu) -> None:
        """What the File menu offers."""
        add_command(menu, _("Report for a &bug…"), self.show, "F9", Icon.DOCUMENT)

    def show(self) -> None:
        """Show the report on what is in front."""
        from wsgui.ui.recordings.tab import RecordingTab
        from wsgui.ui.reports.report_dialog import ReportDialog

        if self.dialog is not None:
            self.dialog.raise_()
            return
        front = self._window.front
        matter = _of_recording(front) if isinstance(front, RecordingTab) else _of_connection(front)
        dialog = self.dialog = ReportDialog(self._window, matter)
        dialog.told.connect(self._window.show_error)
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    async def close(self) -> None:
        """End what goes on."""
        if self.dialog is not None:
            await self.dialog.close_tasks()


def _of_connection(tab: ConnectionTab) -> Matter:
    from wsgui.ui.environments.resolving import secrets_in_use
    from wsgui.ui.reports.report_dialog import Matter

    url, name = tab.address.url, tab.recording.path.stem if tab.recording and tab.recording.path else "wsgui"
    if tab.recording is not None:
        tab.recording.flush()
    pane = tab.diagnosing.pane
    return Matter(
        url=url,
        name=name,
        tried=tab.snippet.text(),
        recording=tab.recording,
        diagnosis=pane.run.report if pane else None,
        secrets=secrets_in_use(tab),
    )


def _of_recording(tab: RecordingTab) -> Matter:
    from wsgui.ui.reports.report_dialog import Matter

    return Matter(url=tab.recording.meta.get("url", ""), name=tab.path.stem, recording=tab.recording)
