"""One row of the wire in full: decoded, its headers, as text, its bytes, its timing, and what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.i18n import N_, _
from wsgui.core.kinds import ARROWS, LABEL
from wsgui.core.records import Record
from wsgui.core.visible import one_line
from wsgui.core.wire.curl import as_curl
from wsgui.core.wire.frames import EXCHANGES, payload_of
from wsgui.core.wire.hex_parts import wire_bytes
from wsgui.core.wire.links import Link
from wsgui.core.wire.meaning import record_words
from wsgui.core.wire.raw_text import body_text, heads_text
from wsgui.core.wire.tree import decoded
from wsgui.ui.elided_label import ElidedLabel
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.named import named
from wsgui.ui.wire.hex_view import HexView
from wsgui.ui.wire.link_row import LinkRow
from wsgui.ui.wire.text_view import LONGEST, TextView
from wsgui.ui.wire.timing_view import TimingView
from wsgui.ui.wire.tree_model import TreeModel
from wsgui.ui.wire.tree_view import TreeView

TABS = (N_("Decoded"), N_("Headers"), N_("Raw"), N_("Hex"), N_("Timing"))
DECODED, HEADERS, RAW, HEX, TIMING = range(5)
_MOST_UNFOLDED = 50
"""Lines of the tree that are unfolded by themselves."""


class WireDetail(QWidget):
    """Shows one record of the wire. A tab is filled when it is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.record: Record | None = None
        self._version = 4
        self._filled: set[int] = set()
        self._wanted = DECODED
        """The tab that the person chose; a row without headers shows another for a while."""
        self.title = ElidedLabel()
        self.title.setProperty("tone", "muted")
        self.links = LinkRow()
        self.tree_model = TreeModel()
        self.tree_model.setParent(self)
        self.tree = TreeView(self.tree_model)
        self.heads = TextView("wireHeaders", _("Headers"))
        self.raw = TextView("wireRaw", _("Raw"))
        self.hex = HexView()
        self.timing = TimingView()
        self.tabs = named(QTabWidget(documentMode=True), "wireTabs")
        self.tabs.tabBar().setDrawBase(False)
        scrolled = QScrollArea(widgetResizable=True)
        scrolled.setFrameShape(QScrollArea.Shape.NoFrame)
        scrolled.setWidget(self.timing)
        for page, label in zip((self.tree, self.heads, self.raw, self.hex, scrolled), TABS, strict=True):
            self.tabs.addTab(page, _(label))
        self.copy_menu = QMenu(self)
        self._add_copies()
        self._lay_out()
        self.tabs.currentChanged.connect(self._fill)
        self.tabs.tabBarClicked.connect(self._want)
        self.show_record(None)

    def _lay_out(self) -> None:
        self._copy = named(QToolButton(), "wireCopy")
        self._copy.setText(_("Copy ▾"))
        show_icon(self._copy, Icon.COPY)
        self._copy.setToolTip(_("Copy or save"))
        self._copy.setMenu(self.copy_menu)
        self._copy.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.tabs.setCornerWidget(self._copy)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.links)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.tabs, 1)

    def _add_copies(self) -> None:
        menu = self.copy_menu
        self.curl_action = self._action(menu, _("Copy as c&URL"), lambda record: _copy(as_curl(record)))
        self._action(menu, _("Copy as &hex"), lambda record: _copy(wire_bytes(record, self._version).data.hex(" ")))
        self._action(menu, _("Copy as &text"), lambda record: _copy("\n\n".join(self._texts(record))))
        self.save_action = self._action(menu, _("&Save body…"), lambda _record: self._choose_file())
        copy_value = QAction(_("Copy value"), self.tree)
        copy_value.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy_value.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy_value.triggered.connect(lambda: _copy(self.tree_model.text(self.tree.currentIndex())))
        self.tree.addAction(copy_value)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _action(self, menu: QMenu, text: str, do: Callable[[Record], None]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda: None if self.record is None else do(self.record))
        menu.addAction(action)
        return action

    def show_record(self, record: Record | None, links: Sequence[Link] = (), version: int = 4) -> None:
        """Show this record and the links to others, or nothing. ``version``: of Engine.IO, on its connection."""
        self.record, self._version = record, version
        self._filled.clear()
        self.links.show_links(links)
        self.setEnabled(record is not None)
        exchange = record is not None and record.kind in EXCHANGES
        self.curl_action.setEnabled(exchange and record is not None and record.fact("method") != "CONNECT")
        self.tabs.setTabEnabled(HEADERS, exchange or record is None)
        if record is None:
            self.title.setText(_("Select a row to see all of it."))
        else:
            words = record_words(record)
            parts = (f"#{record.seq}", ARROWS[record.direction], _(LABEL[record.kind]), words and f"· {words}")
            self.title.setText(one_line("  ".join(filter(None, parts)), 300))
        wanted = self._wanted if self.tabs.isTabEnabled(self._wanted) else DECODED
        if wanted != self.tabs.currentIndex():
            self.tabs.setCurrentIndex(wanted)  # which fills it
        self._fill(wanted)

    def _want(self, tab: int) -> None:
        if self.tabs.isTabEnabled(tab):
            self._wanted = tab

    def show_tab(self, tab: int) -> None:
        """Go to a tab, as if the person had clicked it."""
        self._want(tab)
        self.tabs.setCurrentIndex(tab)

    def _fill(self, tab: int) -> None:
        if tab in self._filled:
            return
        self._filled.add(tab)
        record = self.record
        match tab:
            case _ if record is None:
                self.tree_model.show_items(())
                self.heads.show_parts(())
                self.raw.show_parts(())
            case 0:
                self.tree_model.show_items(decoded(record))
                self._unfold()
            case 1:
                self.heads.show_parts(heads_text(record))
            case 2:
                self.raw.show_parts(body_text(record, self._version, LONGEST))
            case 3:
                self.hex.show_bytes(wire_bytes(record, self._version))
            case 4:
                self.timing.show_record(record)

    def _unfold(self) -> None:
        """Open the packets, as long as there is room for them."""
        model = self.tree_model
        waiting = [model.index(row, 0) for row in range(model.rowCount())]
        left = _MOST_UNFOLDED
        while waiting and left > 0:
            index = waiting.pop(0)
            if model.node(index).is_long:
                continue
            if model.canFetchMore(index):
                model.fetchMore(index)
            left -= model.rowCount(index)
            if left > 0 and model.rowCount(index):
                self.tree.expand(index)
                waiting += [model.index(row, 0, index) for row in range(model.rowCount(index))]

    # Copying and saving

    def _texts(self, record: Record) -> list[str]:
        return [part.text for part in (*heads_text(record), *body_text(record, self._version))]

    def _choose_file(self) -> None:
        if self.record is None:
            return
        record, version = self.record, self._version
        dialog = QFileDialog(self, _("Save body"), f"body-{record.seq}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.save_body(record, version, Path(path)))
        dialog.open()

    def save_body(self, record: Record, version: int, path: Path) -> None:
        """Write the body of an exchange or the messages of a frame; what goes wrong stands in the title."""
        try:
            path.write_bytes(payload_of(record, version))
        except OSError as error:
            self.title.setText(_("Not saved to {path}: {why}.").format(path=path, why=error.strerror or error))
        else:
            self.title.setText(_("Saved to {path}.").format(path=path))


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
