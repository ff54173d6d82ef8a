"""The faults of the built-in server: each is started as a process of its own, and the form says how to come to it."""

from __future__ import annotations

import asyncio
import importlib
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.causes import CAUSES, SECTIONS
from wsgui.core.i18n import N_, _
from wsgui.core.tasks import TaskOwner
from wsgui.lab.process import LabDidNotStart, Place, fault_process
from wsgui.ui import theme
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.named import named
from wsgui.ui.plain_label import PlainLabel

if TYPE_CHECKING:
    from wsgui.lab.offer import Offer

_ID = Qt.ItemDataRole.UserRole
_TITLE, _CAUSE, _STATE = range(3)
_AIR = 8
"""Pixels between the texts of two rows."""


class _Running(NamedTuple):
    place: Place
    process: AsyncExitStack


class FaultsWindow(QDialog):
    """Stays open beside the window. What it started runs until it is stopped here, or the window is closed."""

    place_chosen = Signal(Place)
    """A server runs, and the person wants to come to it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("faultsWindow")
        self.setWindowTitle(_("Faults of the built-in server"))
        self.resize(980, 640)
        self._tasks = TaskOwner("faults window")
        self._running: dict[str, _Running] = {}
        self._starting: set[str] = set()
        self._wanted = ""
        """The fault to choose as soon as there is a list."""
        self._items: dict[str, QTreeWidgetItem] = {}
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self.filter_edit = named(QLineEdit(), "faultFilter", _("Find a fault"))
        self.filter_edit.setPlaceholderText(_("Find a fault: words of its title, its cause or its id"))
        self.filter_edit.setClearButtonEnabled(True)
        self.list = named(QTreeWidget(), "faultList", _("Faults"))
        self.list.setHeaderLabels([_("What is wrong with the server"), _("What Diagnose is to find"), _("State")])
        self.list.setUniformRowHeights(True)
        self.list.setEditTriggers(QTreeWidget.EditTrigger.NoEditTriggers)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_TITLE, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_CAUSE, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(_CAUSE, 360)
        header.setSectionResizeMode(_STATE, QHeaderView.ResizeMode.ResizeToContents)
        self.start_button = named(QPushButton(_("&Start and fill in the URL")), "startFaultButton")
        self.start_button.setProperty("role", "primary")
        self.start_button.setDefault(True)
        show_icon(self.start_button, Icon.RUN)
        self.stop_button = named(QPushButton(_("S&top")), "stopFaultButton")
        self._said = PlainLabel(
            _("Each of these servers does one thing wrong. Start one, then press Connect or Diagnose."), "muted"
        )
        self._lay_out()
        self.filter_edit.textChanged.connect(lambda _text: self._filter())
        self.list.currentItemChanged.connect(lambda *_items: self._show_buttons())
        self.list.itemActivated.connect(lambda _item: self.start())
        self.start_button.clicked.connect(self.start)
        self.stop_button.clicked.connect(self.stop)
        self._show_buttons()
        self._tasks.start(self._fill(), "fill")

    @property
    def chosen(self) -> str:
        """The id of the fault that is chosen; empty if none is."""
        item = self.list.currentItem()
        return str(item.data(_TITLE, _ID) or "") if item else ""

    def choose(self, key: str) -> None:
        """Choose the fault of that id, once the list is there."""
        if not self.filled:
            self._wanted = key
            return
        self.filter_edit.clear()
        self.list.setCurrentItem(self._items[key])
        self.list.setFocus()

    @property
    def filled(self) -> bool:
        """Whether the list is there."""
        return bool(self._items)

    def start(self) -> None:
        """Start what is chosen, unless it runs already, and let the form say how to come to it."""
        key = self.chosen
        if key in self._running:
            self.place_chosen.emit(self._running[key].place)
        elif key and key not in self._starting:
            self._starting.add(key)
            self._show_state(key)
            self._tasks.start(self._start(key), f"start {key}")

    def stop(self) -> None:
        """Stop what is chosen."""
        if self.chosen in self._running:
            self._tasks.start(self._stop(self.chosen), "stop")

    async def end_all(self) -> None:
        """Stop everything."""
        await self._tasks.close()
        for key in list(self._running):
            await self._stop(key)

    async def _fill(self) -> None:
        offers = await asyncio.to_thread(_load)
        place = {cause.id: title for title, causes in SECTIONS for cause in causes}
        groups: dict[str, list[QTreeWidgetItem]] = {title: [] for title, _causes in SECTIONS}
        for offer in offers:
            cause = str(getattr(offer, "cause", ""))
            found = _(CAUSES[cause].title) if cause else _("Nothing: all is well.")
            item = QTreeWidgetItem([_(offer.title), found, ""])
            item.setData(_TITLE, _ID, offer.id)
            for column, text in ((_TITLE, f"{_(offer.title)}\n{offer.id}"), (_CAUSE, found)):
                item.setToolTip(column, text)
            groups.setdefault(place[cause] if cause else N_("Without a fault"), []).append(item)
            self._items[offer.id] = item
        for title, items in groups.items():
            group = QTreeWidgetItem([_(title)])
            group.setSizeHint(_TITLE, QSize(0, self.list.fontMetrics().height() + _AIR))  # all rows are as high as it
            group.setForeground(_TITLE, QColor(theme.current().muted))
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            group.addChildren(items)
            self._groups.append((group, items))
            self.list.addTopLevelItem(group)
        self.list.expandAll()
        self._filter()
        if self._wanted:
            self.choose(self._wanted)

    async def _start(self, key: str) -> None:
        process = AsyncExitStack()
        try:
            place = await process.enter_async_context(fault_process(key))
        except LabDidNotStart as error:
            self._said.setText(str(error))
            return
        finally:
            self._starting.discard(key)
            self._show_state(key)
        self._running[key] = _Running(place, process)
        self._show_state(key)
        self._said.setText(_("It listens at {url}; the form is filled in.").format(url=place.url))
        self.place_chosen.emit(place)

    async def _stop(self, key: str) -> None:
        running = self._running.pop(key)
        await running.process.aclose()
        self._show_state(key)

    # What is shown

    def _show_state(self, key: str) -> None:
        said = _("● runs") if key in self._running else ""
        if key in self._starting:
            said = _("starting …")
        self._items[key].setText(_STATE, said)
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.start_button.setEnabled(bool(self.chosen) and self.chosen not in self._starting)
        runs = self.chosen in self._running
        self.start_button.setText(_("Fill in the &URL") if runs else _("&Start and fill in the URL"))
        self.stop_button.setEnabled(runs)

    def _filter(self) -> None:
        words = self.filter_edit.text().casefold().split()
        for key, item in self._items.items():
            text = f"{item.text(_TITLE)} {item.text(_CAUSE)} {key}".casefold()
            item.setHidden(not all(word in text for word in words))
        for group, items in self._groups:
            group.setHidden(all(item.isHidden() for item in items))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._said, 1)
        buttons.addWidget(self.stop_button)
        buttons.addWidget(self.start_button)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.filter_edit)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)


def _load() -> list[Offer]:
    """A hundred and more small files: they are read in a thread."""
    catalogue = importlib.import_module("wsgui.lab.catalogue")
    return list(catalogue.offers().values())
