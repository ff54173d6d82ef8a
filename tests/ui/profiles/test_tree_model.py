"""The model of the tree of profiles, and what PySide makes of it."""

from __future__ import annotations

import gc
from pathlib import Path

import shiboken6
from PySide6.QtGui import QStandardItem
from PySide6.QtWidgets import QApplication

from tests.ui.profiles.test_profiles import CHAT
from wsgui.core.profiles.store import ProfileStore
from wsgui.ui.profiles.tree_model import ProfileModel


def test_no_item_outlives_its_tree(qapp: QApplication) -> None:
    store = ProfileStore()
    store.create(CHAT)
    before = {id(item) for item in gc.get_objects() if type(item) is QStandardItem}
    model = ProfileModel(store.folder)
    for text in ("", "chat", ""):
        model.fill(store.listing(), text, Path())
    items = [item for item in gc.get_objects() if type(item) is QStandardItem and id(item) not in before]
    assert model.rowCount() == 1
    assert items
    shiboken6.delete(model)
    assert [item for item in items if shiboken6.isValid(item)] == []
