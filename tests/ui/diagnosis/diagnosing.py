"""A server of the lab, a window, and a diagnosis of the one in the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem, QToolButton, QTreeWidgetItem, QWidget

from tests.ui.running import until, window
from wsgui.lab.catalogue import offer
from wsgui.lab.process import Place
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.diagnosis.findings_view import FindingsView
from wsgui.ui.diagnosis.pane import DiagnosisPane
from wsgui.ui.window import Window


@asynccontextmanager
async def served(key: str) -> AsyncIterator[Place]:
    """A server of the lab by its id, and how to come to it."""
    one = offer(key)
    assert one is not None
    async with one.serve(0) as url:
        yield Place(url, one.protocol, one.options(url), one.page(url))


@asynccontextmanager
async def facing(key: str) -> AsyncIterator[tuple[Window, ConnectionTab]]:
    """A window whose form says how to come to a server of the lab. No task of a diagnosis is left in the end."""
    async with served(key) as place:
        async with window() as shown:
            shown.resize(1280, 800)
            shown.tab.diagnosing.fill_in(place)
            yield shown, shown.tab
        assert left() == []


def left() -> list[str]:
    """The tasks of diagnoses that still run."""
    names = [task.get_name() for task in asyncio.all_tasks()]
    return [name for name in names if name.startswith(("diagnosis", "probe", "faults window"))]


def page(tab: ConnectionTab) -> DiagnosisPane:
    """The page Diagnosis, which is made by now."""
    assert tab.diagnosing.pane is not None
    return tab.diagnosing.pane


async def diagnosed(tab: ConnectionTab) -> DiagnosisPane:
    """Press Diagnose, and wait for the end."""
    QTest.mouseClick(tab.address.diagnose_button, Qt.MouseButton.LeftButton)
    await ended(page(tab))
    return page(tab)


async def ended(pane: DiagnosisPane) -> None:
    """Wait for the end of what runs, and until the page shows it."""
    await until(lambda: not pane.run.running and not pane.cancel_button.isVisible(), "the end of the diagnosis")


def items(view: FindingsView) -> list[QTreeWidgetItem]:
    """The findings from the top to the bottom."""
    found = [view.topLevelItem(row) for row in range(view.topLevelItemCount())]
    return [each for each in found if each is not None]


def under(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    """The rows under a finding."""
    found = [item.child(row) for row in range(item.childCount())]
    return [each for each in found if each is not None]


def texts(item: QTreeWidgetItem) -> list[str]:
    """What stands under a finding."""
    return [each.text(1) for each in under(item)]


def buttons(view: FindingsView, item: QTreeWidgetItem, name: str) -> list[QToolButton]:
    """The buttons of that name under a finding."""
    widgets: list[QWidget | None] = [view.itemWidget(each, 1) for each in under(item)]
    found = [widget.findChild(QToolButton, name) for widget in widgets if widget is not None]
    return [each for each in found if isinstance(each, QToolButton)]


def cells(table: QTableWidget) -> list[list[str]]:
    """The texts of a table, row by row, without cells that are not there."""
    rows: list[list[QTableWidgetItem | None]]
    rows = [[table.item(row, column) for column in range(table.columnCount())] for row in range(table.rowCount())]
    return [[cell.text() for cell in row if cell is not None] for row in rows]
