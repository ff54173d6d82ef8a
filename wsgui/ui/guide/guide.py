"""Opens the guide. The window of the guide is made when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from wsgui.core.i18n import _
from wsgui.ui.command import add_command
from wsgui.ui.icons import Icon

if TYPE_CHECKING:
    from wsgui.ui.guide.guide_window import GuideWindow


class Guide(QObject):
    """Belongs to the window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: GuideWindow | None = None

    def add_actions(self, menu: QMenu) -> None:
        """What the Help menu offers."""
        add_command(menu, _("&User guide"), self.show, "F1", Icon.HELP)

    def show(self) -> None:
        """Show the page for what has the keyboard."""
        from wsgui.ui.guide.topics import topic_of

        self.show_page(topic_of(QApplication.focusWidget()))

    def show_page(self, topic: str) -> None:
        """Show a page, ``PAGE`` or ``PAGE#SECTION``."""
        if self.dialog is None:
            from wsgui.ui.guide.guide_window import GuideWindow

            self.dialog = GuideWindow(self._window)
        self.dialog.show()  # first: a place in a page is where it is in this width
        self.dialog.show_topic(topic)
        self.dialog.raise_()
        self.dialog.activateWindow()

    def show_cause(self, cause: str) -> None:
        """Show what the guide says of a cause, by its id."""
        self.show_page(f"causes#{cause}")
