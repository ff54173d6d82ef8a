"""The records that belong to the chosen one, as buttons that jump to them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from wsgui.core.i18n import _
from wsgui.core.visible import one_line
from wsgui.core.wire.links import Link

MOST_BUTTONS = 2
LONGEST = 24
"""Characters of a record's line that a button shows."""
LONGEST_IN_MENU = 100


class LinkRow(QWidget):
    """The first two as buttons, the others in a menu."""

    jump_wanted = Signal(int)
    """The ``seq`` of the record."""

    def __init__(self) -> None:
        super().__init__()
        self.links: Sequence[Link] = ()
        self._buttons = [QToolButton() for _number in range(MOST_BUTTONS)]
        self._more = QToolButton()
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._more)
        self._more.setMenu(self._menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for place, button in enumerate(self._buttons):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _checked=False, place=place: self.jump_wanted.emit(self.links[place].seq))
            layout.addWidget(button)
        layout.addWidget(self._more)
        self.show_links(())

    def show_links(self, links: Sequence[Link]) -> None:
        """Show these; the row is hidden when there are none."""
        self.links = links
        self.setVisible(bool(links))
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(links))
            if place < len(links):
                button.setText(_text(links[place], LONGEST))
                button.setAccessibleName(_text(links[place], LONGEST_IN_MENU))
        rest = links[MOST_BUTTONS:]
        self._more.setVisible(bool(rest))
        self._more.setText(_("{n} more").format(n=len(rest)))
        self._menu.clear()
        for link in rest:
            action = self._menu.addAction(_text(link, LONGEST_IN_MENU))
            action.triggered.connect(lambda _checked=False, seq=link.seq: self.jump_wanted.emit(seq))


def _text(link: Link, limit: int) -> str:
    """Without the underlines that Qt makes of ampersands."""
    return f"{link.label} #{link.seq}  {one_line(link.summary, limit)}".replace("&", "&&")
