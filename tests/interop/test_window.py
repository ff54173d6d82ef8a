"""The window against a real socket.io 4 server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.interop.node_server import NodeServer
from tests.net.session_log import FAST
from tests.ui.running import recorded, run, until, window
from wsgui.core.options import OptionValues
from wsgui.core.records import Kind
from wsgui.net.state import State
from wsgui.ui.window import Window

Server = Callable[..., NodeServer]
Body = Callable[[Window], Coroutine[object, object, None]]


def with_window(application: QApplication, options: OptionValues, body: Body) -> None:
    async def whole() -> None:
        async with window() as shown:
            shown.tab.options.set_values(options)
            await body(shown)

    run(application, whole)


@pytest.mark.parametrize(
    ("transports", "expected"),
    [(["polling"], "polling"), (["websocket"], "websocket"), (["polling", "websocket"], "websocket")],
)
def test_connects_and_is_answered(
    qapp: QApplication, node_server: Server, transports: list[str], expected: str
) -> None:
    url = node_server().url

    async def body(shown: Window) -> None:
        tab = shown.tab
        tab.connect_to(url)
        await until(lambda: tab.status.transport == expected, expected)
        QTest.keyClicks(tab.send.event_edit, "ack")
        QTest.keyClicks(tab.send.payload_edit, '"one", {"two": 2}')
        QTest.mouseClick(tab.send.send_button, Qt.MouseButton.LeftButton)
        await until(lambda: bool(recorded(tab, Kind.ACK)), "the ack")
        assert recorded(tab, Kind.ACK)[0].data == '30["ok","one",{"two":2}]'
        assert tab.strip.transport_label.text() == expected

    with_window(qapp, {"transports": transports}, body)


def test_a_refused_namespace_is_shown(qapp: QApplication, node_server: Server) -> None:
    url = node_server().url

    async def body(shown: Window) -> None:
        tab = shown.tab
        tab.connect_to(url + "/admin")
        await until(lambda: tab.status.failed, "the refusal")
        assert recorded(tab, Kind.CONNECT_ERROR)[0].fact("data") == {"code": "E_AUTH"}
        assert tab.strip.state_label.text() == "Failed"
        assert tab.address.connect_button.isEnabled()

    with_window(qapp, {}, body)


def test_the_servers_restart_is_survived(qapp: QApplication, node_server: Server) -> None:
    server = node_server()

    async def body(shown: Window) -> None:
        tab = shown.tab
        tab.connect_to(server.url)
        await until(lambda: tab.status.state is State.CONNECTED)
        await asyncio.to_thread(server.stop)
        await until(lambda: bool(recorded(tab, Kind.RECONNECT_ATTEMPT)), "an attempt")
        await asyncio.to_thread(server.start)
        await until(lambda: tab.status.state is State.CONNECTED, "the reconnection")
        await until(lambda: len(recorded(tab, Kind.CONNECT)) == 2)

    with_window(qapp, {**FAST}, body)
