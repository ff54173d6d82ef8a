"""The faults of the lab from the window: found, started, filled in, diagnosed and stopped."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.diagnosis.diagnosing import diagnosed, left
from tests.ui.running import run, until, window
from wsgui.lab.catalogue import offers
from wsgui.ui.diagnosis.faults_window import FaultsWindow
from wsgui.ui.window import Window


async def faults(shown: Window) -> FaultsWindow:
    shown.show_faults()
    assert shown.faults is not None
    found = shown.faults
    await until(lambda: found.filled, "the list")
    return found


def test_a_fault_is_started_filled_in_diagnosed_and_stopped(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            list_window = await faults(shown)
            tab = shown.tab
            list_window.choose("cors-missing")
            QTest.mouseClick(list_window.start_button, Qt.MouseButton.LeftButton)
            await until(lambda: bool(tab.address.url), "the URL")
            await until(lambda: list_window.stop_button.isEnabled(), "that it runs")
            assert list_window.start_button.text() == "Fill in the &URL"
            pane = await diagnosed(tab)
            assert pane.origin_edit.text() == "http://localhost:5173"
            assert pane.run.report is not None
            assert pane.run.report.cause == "cors-missing"
            port = urlsplit(tab.address.url).port
            assert port is not None
            QTest.mouseClick(list_window.stop_button, Qt.MouseButton.LeftButton)
            await until(lambda: not reachable(port), "its end")
            await until(lambda: not list_window.stop_button.isEnabled(), "nothing to stop")
        assert left() == []

    run(qapp, body)


def test_what_runs_ends_with_the_window(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            list_window = await faults(shown)
            list_window.choose("polling-only-server")
            list_window.start()
            await until(lambda: bool(shown.tab.address.url), "the URL")
            port = urlsplit(shown.tab.address.url).port
            assert port is not None
            assert reachable(port)
        assert not reachable(port)
        assert left() == []

    run(qapp, body)


def test_every_server_of_the_lab_is_in_the_list_and_is_found(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            list_window = await faults(shown)
            assert set(list_window._items) == set(offers())
            list_window.filter_edit.setText("close CODE 47746 nothing-like-it")
            assert all(item.isHidden() for item in list_window._items.values())
            list_window.filter_edit.setText("cors wildcard")
            found = {key for key, item in list_window._items.items() if not item.isHidden()}
            assert "cors-wildcard-credentials" in found
            assert len(found) < 5

    run(qapp, body)


def reachable(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
