"""What was sent from a pane, in a menu: to be put back into it, or saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton

from wsgui.core.i18n import _
from wsgui.core.visible import one_line
from wsgui.ui.command import add_command
from wsgui.ui.named import named

if TYPE_CHECKING:
    from wsgui.core.saved_messages import SavedMessage

MOST = 30
_LONGEST = 60
"""Characters of a message in the menu."""


class HistoryButton(QToolButton):
    """Keeps the messages of one pane as long as that is there."""

    chosen = Signal(object)
    """A message that is to be put back into the pane."""
    save_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        named(self, "historyButton", _("History"))
        self.setText(_("History"))
        self.setToolTip(_("What was sent from here, to edit it"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setEnabled(False)
        self.messages: list[SavedMessage] = []
        """The newest first."""
        self.list = QMenu(self)
        self.list.aboutToShow.connect(self._fill)
        self.setMenu(self.list)

    def keep(self, messages: Sequence[SavedMessage]) -> None:
        """These were sent, the newest first."""
        self.messages = [*messages, *(each for each in self.messages if each not in messages)][:MOST]
        self.setEnabled(bool(self.messages))

    def _fill(self) -> None:
        self.list.clear()
        saving = self.list.addMenu(_("Save"))
        self.list.addSeparator()
        for message in self.messages:
            sent = f"{message.event}  {message.text}" if message.event else message.text or _("(empty)")
            text = one_line(sent, _LONGEST).replace("&", "&&")
            add_command(saving, text, lambda message=message: self.save_wanted.emit(message))  # type: ignore[misc]
            add_command(self.list, text, lambda message=message: self.chosen.emit(message))  # type: ignore[misc]
