"""Faults on purpose in the window: never without arming, marked in red, shown before they go."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from tests.net.raw_server import CLOSE, RawWebSocket, agrees, raw_server
from tests.ui.running import recorded, run, until, window
from tests.ui.test_message_pane import choose_protocol
from wsgui.core.option_types import Protocol
from wsgui.core.records import Kind
from wsgui.net.state import State


def test_a_fault_must_be_armed_is_marked_and_goes_out_as_shown(qapp: QApplication) -> None:
    heard = bytearray()

    async def listen(peer: RawWebSocket) -> None:
        while data := await peer.reader.read(1 << 16):
            heard.extend(data)
            if data[0] == 0x80 | CLOSE:
                peer.frame(CLOSE, b"\x03\xe8")

    async def body() -> None:
        async with raw_server(agrees(listen)) as url, window() as shown:
            tab = shown.tab
            choose_protocol(tab, Protocol.WEBSOCKET)
            tab.show_faults()
            faults = tab.faulty.window_
            assert faults is not None
            assert not faults.arm_box.isEnabled()
            tab.connect_to(url)
            await until(lambda: tab.status.state is State.CONNECTED, "the connection")
            faults.choose("malformed-packet")
            assert not faults.do_button.isEnabled()
            assert tab.faulty.isHidden()
            faults.arm_box.click()
            assert tab.faulty.isVisible()
            announced = bytes.fromhex(faults.shown.toPlainText())
            faults.do_button.click()
            await until(lambda: bytes(heard) == announced, "the bytes that were shown")
            assert recorded(tab, Kind.FAULT)[-1].raw == announced

            faults.choose("delay")
            faults.do_button.click()
            assert "Delay what is sent" in tab.faulty.label.text()
            tab.faulty.disarm_button.click()
            assert tab.faulty.isHidden()
            assert not faults.do_button.isEnabled()

            faults.arm_box.click()
            tab.stop()
            await until(lambda: tab.status.state is State.CLOSED and tab.faulty.arming is None, "the end")
            assert tab.faulty.isHidden()
            tab.connect_now()
            await until(lambda: tab.status.state is State.CONNECTED, "the next connection")
            assert tab.faulty.isHidden()
            assert not faults.arm_box.isChecked()

    run(qapp, body)
