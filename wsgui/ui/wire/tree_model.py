"""The decoded tree for Qt: unfolded only as far as somebody looks, some hundred lines at a time."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from wsgui.core import javascript_json
from wsgui.core.i18n import N_, _
from wsgui.core.visible import one_line
from wsgui.core.wire.tree import NOTHING, Item, Later, children
from wsgui.ui import theme

Index = QModelIndex | QPersistentModelIndex

AT_ONCE = 200
"""Lines below one that are made at a time."""
LONGEST_LABEL = 200
HEADERS = (N_("Part"), N_("Value"))


class Node:
    """A line, and those of the lines below it that were made so far."""

    def __init__(self, item: Item, parent: Node | None, row: int) -> None:
        self.item = item
        self.parent = parent
        self.row = row
        self.nodes: list[Node] = []
        self._left: Iterator[Item] = itertools.chain(item.items, children(item.value))
        self.has_nodes = bool(item.items) or (isinstance(item.value, dict | list | Later) and bool(item.value))
        self.is_long = isinstance(item.value, Later)
        self.has_more = self.has_nodes

    def more(self) -> list[Node]:
        """The next lines below it, to be appended to ``nodes``."""
        items = list(itertools.islice(self._left, AT_ONCE))
        self.has_more = len(items) == AT_ONCE
        return [Node(item, self, len(self.nodes) + number) for number, item in enumerate(items)]


class TreeModel(QAbstractItemModel):
    """Shows :func:`wsgui.core.wire.tree.decoded` of one record."""

    def __init__(self) -> None:
        super().__init__()
        self._root = Node(Item(""), None, 0)
        self._fixed_font = theme.fixed_font()

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these lines and what is below them."""
        self.beginResetModel()
        self._root = Node(Item("", items=tuple(items)), None, 0)
        self._root.nodes = self._root.more()
        self.endResetModel()

    def node(self, index: Index) -> Node:
        """The line at an index; the invisible root for an invalid one."""
        node = index.internalPointer() if index.isValid() else self._root
        assert isinstance(node, Node)
        return node

    def text(self, index: Index) -> str:
        """A line as text to be pasted elsewhere: its whole value as JSON, or what it says."""
        item = self.node(index).item
        if item.value is NOTHING:
            return item.text
        value = item.value.load() if isinstance(item.value, Later) else item.value
        return value if isinstance(value, str) else javascript_json.dumps(value, indent=True, default=_hex)

    # What Qt asks for

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's own
        nodes = self.node(parent).nodes
        inside = 0 <= row < len(nodes) and 0 <= column < len(HEADERS)
        return self.createIndex(row, column, nodes[row]) if inside else QModelIndex()

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override] # noqa: B008 - two in one
        parent = self.node(index).parent
        if parent is None or parent is self._root:
            return QModelIndex()
        return self.createIndex(parent.row, 0, parent)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.column() > 0 else len(self.node(parent).nodes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return len(HEADERS)

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008 - Qt's own default
        return parent.column() <= 0 and self.node(parent).has_nodes

    def canFetchMore(self, parent: Index) -> bool:
        return parent.column() <= 0 and self.node(parent).has_more

    def fetchMore(self, parent: Index) -> None:
        node = self.node(parent)
        new = node.more()
        if new:
            above = parent if isinstance(parent, QModelIndex) else self.createIndex(node.row, 0, node)
            self.beginInsertRows(above, len(node.nodes), len(node.nodes) + len(new) - 1)
            node.nodes += new
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self.node(index).item
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(item.label, LONGEST_LABEL) if index.column() == 0 else one_line(item.text)
        if role == Qt.ItemDataRole.ForegroundRole:
            look = theme.current()
            return QColor(look.bad if item.bad else look.muted if index.column() == 0 else look.text)
        if role == Qt.ItemDataRole.FontRole and index.column() == 1:
            return self._font(item)
        return None

    def _font(self, item: Item) -> QFont | None:
        return None if item.value is NOTHING else self._fixed_font

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(HEADERS[section])
        return None


def _hex(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)
