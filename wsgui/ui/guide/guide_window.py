"""The window of the guide: contents and search at the left, the page at the right, and a way back.

An address outside of the guide is shown, and opened when that is asked for, never by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from wsgui import resources
from wsgui.core.guide import INDEX, Page, contents, read_guide, search
from wsgui.core.i18n import ENGLISH, _, spoken
from wsgui.ui.guide.page_view import PageView
from wsgui.ui.named import KEEPS_TEXT, named
from wsgui.ui.plain_label import PlainLabel

_ROW = 24
"""Pixels that a row of the contents is high."""
_KEY = Qt.ItemDataRole.UserRole
_SECTION = Qt.ItemDataRole.UserRole + 1


class Place(NamedTuple):
    """Where one reads."""

    page: str
    section: int
    scrolled: int | None = None
    """Pixels, where one has read on; else the section is at the top, or as near to it as the page ends."""


class GuideWindow(QDialog):
    """Stays open beside the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("guideWindow")
        self.setWindowTitle(_("User guide of wsgui"))
        self.resize(1040, 720)
        self.pages: dict[str, Page] = {}
        self._page = ""
        self._folder = Path()
        self._before: list[Place] = []
        self._after: list[Place] = []
        self.search_edit = named(QLineEdit(), "guideSearch", _("Search the guide"))
        self.search_edit.setPlaceholderText(_("Search the guide"))
        self.search_edit.setClearButtonEnabled(True)
        self.contents = named(QTreeWidget(), "guideContents", _("Contents of the guide"))
        self.contents.setHeaderHidden(True)
        self.contents.setRootIsDecorated(False)
        self.contents.setIndentation(12)
        self.hits = named(QListWidget(), "guideHits", _("Places that were found"))
        self.hits.setWordWrap(True)
        self.hits.setAlternatingRowColors(True)
        for each in (self.contents, self.hits):
            each.setProperty(KEEPS_TEXT, True)
        self.none_found = PlainLabel(_("No page has all of these words."), "muted")
        self.back_button = _button("guideBack", "←", _("Back"), self.go_back)
        self.forward_button = _button("guideForward", "→", _("Forward"), self.go_forward)
        self.home_button = _button("guideHome", "⌂", _("First page of the guide"), lambda: self.show_topic(INDEX))
        self.view = PageView()
        self.outside = _Outside()
        self._left = QStackedWidget()
        self._lay_out()
        self._connect()
        self._read()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._read()

    def show_topic(self, topic: str) -> None:
        """Go to ``PAGE`` or ``PAGE#SECTION``; to the first page, if there is no such page."""
        name, _hash, section = topic.partition("#")
        page = self.pages.get(name) or self.pages[INDEX]
        self.go_to(Place(page.name, page.place_of(section)))
        self.view.setFocus()

    def go_to(self, place: Place) -> None:
        """Go there, with a way back."""
        before = self._now()
        self._show(place)
        if before.page and self._now() != before:
            self._before.append(before)
            self._after.clear()
            self._show_ways()

    def go_back(self) -> None:
        """Where one was before."""
        if self._before:
            self._after.append(self._now())
            self._show(self._before.pop())

    def go_forward(self) -> None:
        """Where one came back from."""
        if self._after:
            self._before.append(self._now())
            self._show(self._after.pop())

    # The guide

    def _read(self) -> None:
        """Read the pages of the language that is spoken; of English, if it has none."""
        guide = resources.guide()
        folder = guide / spoken()
        folder = folder if folder.is_dir() else guide / ENGLISH
        if folder == self._folder:
            return
        place = self._now()
        self._folder, self._page = folder, ""
        self.pages = read_guide(folder)
        self._fill_contents()
        self._search(self.search_edit.text())
        self._show(Place(place.page, place.section) if place.page in self.pages else Place(INDEX, 0))

    def _now(self) -> Place:
        """The page in front, and the section that is at the top of it."""
        return Place(self._page, self.view.section, self.view.verticalScrollBar().value())

    def _show(self, place: Place) -> None:
        if place.page != self._page:
            self._page = place.page
            self.view.show_page(self.pages[place.page], self._folder)
        if place.scrolled is None:
            self.view.show_section(place.section)
        else:
            self.view.verticalScrollBar().setValue(place.scrolled)
        self.outside.hide()
        self._show_ways()
        self.contents.clearSelection()
        for item in self.contents.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive):
            if item.data(0, _KEY) == place.page:
                self.contents.setCurrentItem(item)

    def _show_ways(self) -> None:
        self.back_button.setEnabled(bool(self._before))
        self.forward_button.setEnabled(bool(self._after))

    def _fill_contents(self) -> None:
        self.contents.clear()
        for chapter in contents(self.pages):
            top = QTreeWidgetItem([chapter.title])
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = top.font(0)
            font.setBold(True)
            top.setFont(0, font)
            top.setSizeHint(0, QSize(0, _ROW))
            self.contents.addTopLevelItem(top)
            for name in chapter.pages:
                item = QTreeWidgetItem([self.pages[name].title])
                item.setData(0, _KEY, name)
                item.setSizeHint(0, QSize(0, _ROW))
                top.addChild(item)
        self.contents.expandAll()

    def _search(self, text: str) -> None:
        found = search(self.pages.values(), text)
        self.hits.clear()
        for hit in found:
            item = QListWidgetItem(f"{hit.title}\n{hit.excerpt}")
            item.setData(_KEY, hit.page)
            item.setData(_SECTION, hit.section)
            self.hits.addItem(item)
        self._left.setCurrentIndex(0 if not text.strip() else 1 if found else 2)

    # What the person does

    def _open_contents(self, item: QTreeWidgetItem) -> None:
        if name := item.data(0, _KEY):
            self.go_to(Place(str(name), 0))

    def _open_hit(self, item: QListWidgetItem) -> None:
        self.go_to(Place(str(item.data(_KEY)), int(item.data(_SECTION))))
        self.view.mark(self.search_edit.text().split()[0])

    def _follow(self, address: str) -> None:
        url = QUrl(address)
        if url.scheme():
            self.outside.offer(address)
            return
        name = url.path().removesuffix(".md") or self._page
        self.show_topic(f"{name}#{url.fragment()}")

    def _take_down(self) -> None:
        """The Down key in the search goes to what was found."""
        self.hits.setFocus()
        self.hits.setCurrentRow(max(self.hits.currentRow(), 0))

    # Layout

    def _lay_out(self) -> None:
        for page in (self.contents, self.hits, self.none_found):
            self._left.addWidget(page)
        self.none_found.setAlignment(Qt.AlignmentFlag.AlignTop)
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.search_edit)
        column.addWidget(self._left, 1)
        reading = QWidget()
        right = QVBoxLayout(reading)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(6)
        ways = QHBoxLayout()
        for button in (self.back_button, self.forward_button, self.home_button):
            ways.addWidget(button)
        ways.addStretch()
        right.addLayout(ways)
        right.addWidget(self.view, 1)
        right.addWidget(self.outside)
        halves = named(QSplitter(Qt.Orientation.Horizontal), "guideSplitter")
        halves.setChildrenCollapsible(False)
        halves.addWidget(beside)
        halves.addWidget(reading)
        halves.setStretchFactor(1, 1)
        halves.setSizes([270, 770])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(halves)

    def _connect(self) -> None:
        self.search_edit.textChanged.connect(self._search)
        self.search_edit.returnPressed.connect(self._take_down)
        self.contents.itemClicked.connect(lambda item, _column: self._open_contents(item))
        self.contents.itemActivated.connect(lambda item, _column: self._open_contents(item))
        self.hits.itemClicked.connect(self._open_hit)
        self.hits.itemActivated.connect(self._open_hit)
        self.view.link_wanted.connect(self._follow)
        for key, do in (
            (QKeySequence.StandardKey.Back, self.go_back),
            (QKeySequence.StandardKey.Forward, self.go_forward),
            (QKeySequence.StandardKey.Find, self.search_edit.setFocus),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(do)


class _Outside(QFrame):
    """An address that is not of the guide, and what can be done with it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("guideOutside")
        self._address = ""
        self.label = PlainLabel()
        self.label.setProperty(KEEPS_TEXT, True)
        self.open_button = named(QPushButton(_("Open in the &browser")), "guideOpenOutside")
        self.copy_button = named(QPushButton(_("&Copy the address")), "guideCopyOutside")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label, 1)
        row.addWidget(self.open_button)
        row.addWidget(self.copy_button)
        self.open_button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(self._address)))
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._address))
        self.hide()

    def offer(self, address: str) -> None:
        """Show an address."""
        self._address = address
        self.label.show_text(address)
        self.show()


def _button(name: str, sign: str, text: str, do: Callable[[], None]) -> QToolButton:
    button = named(QToolButton(), name, text)
    button.setText(sign)
    button.setToolTip(text)
    button.setAutoRaise(True)
    button.clicked.connect(lambda: do())
    return button
