"""Several panes in one place, of which one is in front: a row of tabs, and a page that is made when first shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from wsgui.core.i18n import _
from wsgui.ui.named import named
from wsgui.ui.settings import Settings


class Page(NamedTuple):
    """A page: its name for the program, what stands on its tab, and what makes its widget."""

    name: str
    label: str
    make: Callable[[], QWidget]
    comes_back: bool = True
    """Whether it is shown again at the next start, if it was in front last."""


class Pages(QWidget):
    """The first page is made at once."""

    shown = Signal(str)
    """The name of the page that is in front now."""

    def __init__(self, *pages: Page) -> None:
        super().__init__()
        self._pages = pages
        self._made: dict[int, QWidget] = {}
        self._others: dict[int, QWidget] = {}
        """What stands in for a page."""
        self._stack = QStackedWidget()
        self.bar = named(QTabBar(), "pageBar", _("What of the connection is shown"))
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        for page in pages:
            self.bar.addTab(page.label)
        self.bar.currentChanged.connect(self._show)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.bar)
        layout.addWidget(self._stack, 1)
        self._show(0)

    @property
    def current(self) -> str:
        """The name of the page in front."""
        return self._pages[self.bar.currentIndex()].name

    def offers(self) -> list[tuple[str, str]]:
        """The name and the label of each page, as it is shown now."""
        return [(page.name, self.bar.tabText(number)) for number, page in enumerate(self._pages)]

    def show_page(self, name: str) -> None:
        """Bring a page to the front, and not what stands in for it; a name that none has is passed over."""
        for number, page in enumerate(self._pages):
            if page.name == name:
                self.put_back(name)
                self.bar.setCurrentIndex(number)

    def stand_in(self, name: str, other: QWidget) -> None:
        """Show ``other`` in the place of a page until that is asked for by name, or put back."""
        number = [page.name for page in self._pages].index(name)
        self.put_back(name)
        self._others[number] = other
        self._stack.addWidget(other)
        if self.bar.currentIndex() == number:
            self._stack.setCurrentWidget(other)

    def put_back(self, name: str) -> None:
        """Show a page itself again, and delete what stood in for it."""
        number = [page.name for page in self._pages].index(name)
        if (other := self._others.pop(number, None)) is not None:
            if self._stack.currentWidget() is other:
                self._stack.setCurrentWidget(self._made[number])
            self._stack.removeWidget(other)
            other.deleteLater()

    def remember(self, settings: Settings) -> None:
        """Show the page that was in front last, a moment later: the window opens first. Keep each that is chosen."""
        if settings.page:
            QTimer.singleShot(0, self, lambda: self.show_page(settings.page))
        lasting = {page.name for page in self._pages if page.comes_back}
        self.shown.connect(lambda name: setattr(settings, "page", name) if name in lasting else None)

    def _show(self, number: int) -> None:
        page = self._pages[number]
        if number not in self._made:
            self._made[number] = page.make()
            self._stack.addWidget(self._made[number])
        self._stack.setCurrentWidget(self._others.get(number, self._made[number]))
        self.shown.emit(page.name)
