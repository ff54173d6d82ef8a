"""The pulse of a live connection in the window: the strip's line, the pane, a late ping, the rates."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.running import run, until, window
from wsgui.core.pulse import Phase
from wsgui.lab.engine import Server
from wsgui.lab.events import answer_events
from wsgui.lab.server import listen
from wsgui.net.state import State


@asynccontextmanager
async def pinging() -> AsyncIterator[tuple[Server, str]]:
    """A server of the lab that pings every second, which is as often as python-engineio can announce."""
    server = Server(cors_allowed_origins="*", ping_interval=1, ping_timeout=20)
    app = web.Application()
    server.attach(app)
    answer_events(server, "/")
    async with listen(app, 0) as url:
        yield server, url
        await server.eio.dismiss_clients()
        await server.eio.close()


def test_the_strip_and_the_pane_show_the_heart_beat(qapp: QApplication) -> None:
    async def body() -> None:
        async with pinging() as (server, url), window() as shown:
            tab = shown.tab
            assert tab.findChild(QWidget, "pulsePane") is None
            tab.pages.show_page("pulse")
            tab.connect_to(url)
            await until(lambda: tab.status.transport == "websocket", "the upgrade")
            heart, pane = tab.recorded.heart, tab.pages.pulse
            assert heart is not None
            assert pane is not None
            await until(lambda: heart.beats.number >= 2, "pings")
            await until(lambda: heart.line.text.startswith("next ping in 0."), "a countdown")
            assert heart.beats.seen is not None
            assert heart.beats.seen >= 1.0
            for _ in range(50):
                await server.emit("tick", {})
            tab.send.event_edit.setText("sum")
            tab.send.payload_edit.setPlainText("1, 2")
            tab.send.send_button.click()
            await until(lambda: pane.chart.pulse.number_received == 51, "all messages")  # the answer is one
            await until(lambda: pane.chart.pulse.round_trips.last is not None, "the round trip")
            assert pane.chart.pulse.number_sent == 1
            assert pane.chart.pulse.phase is Phase.WEBSOCKET
            assert [stay.phase for stay in pane.chart.pulse.stays] == [
                Phase.CONNECTING, Phase.POLLING, Phase.WEBSOCKET,
            ]  # fmt: skip
            assert pane.pause_button.isVisible()
            tab.stop()
            await until(lambda: tab.status.state is State.CLOSED, "the end")
            await until(lambda: pane.chart.pulse.phase is Phase.CLOSED, "the end in the pane")
            await until(lambda: not (pane._ticking.isActive() or pane._reading.isActive()), "rest")
            assert not pane.pause_button.isVisible()
            assert "next ping" not in heart.line.text

    run(qapp, body)


def test_a_late_ping_is_seen(qapp: QApplication) -> None:
    async def body() -> None:
        async with pinging() as (server, url), window() as shown:
            tab = shown.tab
            tab.connect_to(url)
            await until(lambda: tab.recorded.heart is not None and tab.recorded.heart.beats.number >= 1, "a ping")
            heart = tab.recorded.heart
            assert heart is not None
            late = heart.beats.late
            (client,) = server.eio.sockets.values()
            plan, client.schedule_ping = client.schedule_ping, lambda: None  # no ping after the one on its way
            await until(lambda: "late" in heart.line.text and "given up in" in heart.line.text, "the warning")
            plan()
            await until(lambda: heart.beats.late > late, "the late ping")

    run(qapp, body)


def test_the_pane_shows_what_was_before_it_was_opened(qapp: QApplication) -> None:
    async def body() -> None:
        async with pinging() as (server, url), window() as shown:
            tab = shown.tab
            tab.connect_to(url)
            await until(lambda: tab.status.transport == "websocket", "the upgrade")
            for _ in range(30):
                await server.emit("tick", {})
            await until(lambda: tab.strip.received == 30, "the events")
            tab.pages.show_page("pulse")
            pane = tab.pages.pulse
            assert pane is not None
            await until(lambda: pane.chart.pulse.number_received == 30, "all of them in the pane")
            tab.pages.show_page("log")
            await asyncio.sleep(0)
            assert not pane.isVisible()
            assert not pane._ticking.isActive()

    run(qapp, body)
