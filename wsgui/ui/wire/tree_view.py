"""The decoded tree as a view: sentences are broken into lines, values stay in one."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from wsgui.core.i18n import _
from wsgui.core.wire.tree import NOTHING
from wsgui.ui.named import named
from wsgui.ui.wire.tree_model import TreeModel

LABEL_WIDTH = 240
_MARGIN = 8


class TreeView(QTreeView):
    """Shows a :class:`TreeModel`."""

    def __init__(self, model: TreeModel) -> None:
        super().__init__()
        named(self, "wireTree", _("Decoded"))
        self.setModel(model)
        self.setItemDelegateForColumn(1, _Sentences(self, model))
        self.setWordWrap(True)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        header = self.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        self.setColumnWidth(0, LABEL_WIDTH)
        header.sectionResized.connect(lambda *_sizes: self.scheduleDelayedItemsLayout())


class _Sentences(QStyledItemDelegate):
    """Makes a row as high as its sentence needs."""

    def __init__(self, view: TreeView, model: TreeModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        one_line = option.fontMetrics.height() + 4
        width = self._view.columnWidth(1) - _MARGIN
        item = self._model.node(index).item
        if item.value is not NOTHING or option.fontMetrics.horizontalAdvance(item.text) <= width:
            return QSize(size.width(), one_line)
        text = str(self._model.data(index))
        needed = option.fontMetrics.boundingRect(QRect(0, 0, width, 10_000), Qt.TextFlag.TextWordWrap, text)
        return QSize(size.width(), needed.height() + 4)
