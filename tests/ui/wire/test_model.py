"""The rows of the wire, and the tree of one of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.wire.conftest import WIRE
from wsgui.core.records import Severity
from wsgui.core.wire.tree import Item
from wsgui.ui import theme
from wsgui.ui.wire.model import WireColumn, WireModel, size_text, time_text
from wsgui.ui.wire.pane import WirePane
from wsgui.ui.wire.tree_model import AT_ONCE, TreeModel


def cells(model: WireModel, row: int) -> list[object]:
    return [model.data(model.index(row, column)) for column in WireColumn]


def test_only_what_was_on_the_wire(pane: WirePane, qtmodeltester: ModelTester) -> None:
    assert list(pane.model.seqs()) == WIRE
    qtmodeltester.check(pane.model, force_py=True)  # type: ignore[no-untyped-call]


def test_the_cells(pane: WirePane) -> None:
    assert cells(pane.model, 0)[1:] == [
        "→",
        "GET",
        "the session opens, upgrades: websocket · /socket.io/?EIO=4&transport=polling",
        "200",
        "text/plain",
        "99 B",
        "50.0 ms",
        "",
    ]
    assert cells(pane.model, 3)[1:] == ["←", "text", "ack 0 in / · 430[1]", "", "ack", "8 B", "100.0 ms", ""]
    assert cells(pane.model, 4)[1:3] == ["←", "close"]
    assert str(cells(pane.model, 4)[WireColumn.WHAT]).startswith("47746 Not allowed in a close frame")


def test_what_a_server_sent_is_made_visible(pane: WirePane) -> None:
    assert "⟨U+202E⟩" not in str(cells(pane.model, 2)[WireColumn.WHAT])  # it is an escape in the JSON
    assert "\\u202e" in str(cells(pane.model, 2)[WireColumn.WHAT])


def test_colours_headings_and_sides(pane: WirePane) -> None:
    model = pane.model
    colour = model.data(model.index(4, WireColumn.METHOD), Qt.ItemDataRole.ForegroundRole)
    assert colour == QColor(theme.LIGHT.bad)
    assert model.wire_row(4).severity is Severity.BAD
    side = model.data(model.index(0, WireColumn.SIZE), Qt.ItemDataRole.TextAlignmentRole)
    assert side == int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    heading = model.headerData(WireColumn.WATERFALL, Qt.Orientation.Horizontal)
    assert heading == "Waterfall"


@pytest.mark.parametrize(("size", "text"), [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (2_500_000, "2.5 MB")])
def test_sizes(size: int, text: str) -> None:
    assert size_text(size) == text


@pytest.mark.parametrize(("seconds", "text"), [(0.0012, "1.2 ms"), (0.9999, "999.9 ms"), (2.5, "2.50 s")])
def test_times(seconds: float, text: str) -> None:
    assert time_text(seconds) == text


# The tree


@pytest.fixture
def tree(qapp: QApplication) -> TreeModel:
    return TreeModel()


def test_is_a_good_tree(tree: TreeModel, qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    tree.show_items([Item("a", "x", (Item("b", value={"c": [1, {"d": None}], "e": {}}),)), Item("f")])
    qtmodeltester.check(tree, force_py=True)  # type: ignore[no-untyped-call]


def test_unfolds_only_as_far_as_somebody_looks(tree: TreeModel) -> None:
    tree.show_items([Item("big", value=list(range(1_000_000)))])
    big = tree.index(0, 0)
    assert tree.hasChildren(big)
    assert tree.rowCount(big) == 0
    tree.fetchMore(big)
    assert tree.rowCount(big) == AT_ONCE
    assert tree.canFetchMore(big)
    tree.fetchMore(big)
    last = tree.index(2 * AT_ONCE - 1, 1, big)
    assert tree.data(last) == str(2 * AT_ONCE - 1)
    assert tree.parent(last) == big


def test_ends_where_there_is_no_more(tree: TreeModel) -> None:
    tree.show_items([Item("few", value={"a": 1})])
    few = tree.index(0, 0)
    tree.fetchMore(few)
    assert (tree.rowCount(few), tree.canFetchMore(few)) == (1, False)
    assert not tree.hasChildren(tree.index(0, 0, few))
    assert tree.parent(few) == QModelIndex()


def test_a_line_in_words_and_in_full(tree: TreeModel) -> None:
    tree.show_items([Item("la\nbel", "te\x1bxt", bad=True), Item("v", value={"a": [b"\1"]}), Item("s", value="plain")])
    assert [tree.data(tree.index(0, column)) for column in (0, 1)] == ["la⏎bel", "te␛xt"]
    assert tree.data(tree.index(0, 1), Qt.ItemDataRole.ForegroundRole) == QColor(theme.current().bad)
    assert tree.text(tree.index(0, 0)) == "te\x1bxt"
    assert tree.text(tree.index(1, 0)).replace("\n", "").replace(" ", "") == '{"a":["01"]}'
    assert tree.text(tree.index(2, 0)) == "plain"
    assert tree.headerData(1, Qt.Orientation.Horizontal) == "Value"
