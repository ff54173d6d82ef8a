"""What a person sees of a recording's pulse, and does with it: point, zoom, move, pause, without a pointer too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.pulse.conftest import Append
from wsgui.core.records import Direction, Kind
from wsgui.ui import theme
from wsgui.ui.pulse import readout
from wsgui.ui.pulse.pane import PulsePane


def shown(pane: PulsePane, qtbot: QtBot, records: int) -> None:
    qtbot.waitUntil(lambda: pane.chart.pulse._read == records)


def wheel(pane: PulsePane, notches: int, part: float) -> None:
    place = QPointF(pane.chart._left + part * pane.chart._plot_width, 50)
    event = QWheelEvent(
        place, pane.chart.mapToGlobal(place), QPoint(), QPoint(0, notches * 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(pane.chart, event)


def spot(pane: PulsePane, t: float) -> QPoint:
    span = pane.chart.span
    x = pane.chart._left + (t - span.begin) / span.length * pane.chart._plot_width
    return QPoint(round(x), 60)


@pytest.mark.usefixtures("session")
def test_a_finished_recording_is_shown_whole_and_in_words(pane: PulsePane, qtbot: QtBot) -> None:
    shown(pane, qtbot, 14)
    assert pane.chart.span == (0.0, 60.0)
    words = pane.chart.accessibleDescription()
    assert "2 pings, 1 late, 0 missed." in words
    assert "The last round trip took 12.0 ms." in words
    assert "6 messages received, 0 sent." in words
    assert pane.line.text == "2 pings · 1 late"
    assert not pane.pause_button.isVisible()
    assert not pane._ticking.isActive()
    assert not pane._reading.isActive()


@pytest.mark.usefixtures("session")
def test_pointing_tells_the_values(pane: PulsePane, qtbot: QtBot) -> None:
    shown(pane, qtbot, 14)
    chart = pane.chart
    QTest.mouseMove(chart, spot(pane, 53.1))
    assert chart.pointed == pytest.approx(53.1, abs=0.1)
    assert "WebSocket for 59.8 s" in chart.picture()._reading(2)
    assert "ping late, after 28.0 s" in chart.picture()._reading(2)
    QTest.mouseMove(chart, spot(pane, 30.5))
    assert [value.text for value in chart.picture()._traffic_values()] == ["received 5/s", "sent 0/s"]
    assert readout.round_trip(chart.pulse, 40.0, 0.1) == "12.0 ms"
    pane.bytes_button.click()
    assert chart.picture()._traffic_values()[0].text == "received 45 B/s"
    QTest.mouseMove(chart, QPoint(2, 60))
    assert chart.pointed is None


@pytest.mark.usefixtures("session")
def test_the_wheel_zooms_about_the_pointer_and_a_double_click_resets(pane: PulsePane, qtbot: QtBot) -> None:
    shown(pane, qtbot, 14)
    wheel(pane, 2, 0.25)
    span = pane.chart.span
    assert span.length == pytest.approx(60 / 1.25**2)
    assert span.begin + span.length / 4 == pytest.approx(15.0)
    wheel(pane, -2, 0.25)
    assert pane.chart.span == pytest.approx((0.0, 60.0))
    wheel(pane, 5, 0.5)
    QTest.mouseDClick(pane.chart, Qt.MouseButton.LeftButton, pos=spot(pane, 30.0))
    assert pane.chart.span == (0.0, 60.0)


@pytest.mark.usefixtures("session")
def test_dragging_moves(pane: PulsePane, qtbot: QtBot) -> None:
    shown(pane, qtbot, 14)
    wheel(pane, 4, 0.5)
    before = pane.chart.span
    begin = spot(pane, 30.0)
    QTest.mousePress(pane.chart, Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseMove(pane.chart, begin + QPoint(100, 0))
    QTest.mouseRelease(pane.chart, Qt.MouseButton.LeftButton, pos=begin + QPoint(100, 0))
    moved = before.begin - pane.chart.span.begin
    assert moved == pytest.approx(100 / pane.chart._plot_width * before.length)
    QTest.mouseMove(pane.chart, begin)
    assert before.begin - pane.chart.span.begin == pytest.approx(moved)


@pytest.mark.usefixtures("session")
def test_all_of_it_with_keys(pane: PulsePane, qtbot: QtBot) -> None:
    shown(pane, qtbot, 14)
    chart = pane.chart
    for key, span in (
        (Qt.Key.Key_Plus, (6.0, 54.0)),
        (Qt.Key.Key_Right, (10.8, 58.8)),
        (Qt.Key.Key_Left, (6.0, 54.0)),
        (Qt.Key.Key_Minus, (0.0, 60.0)),
        (Qt.Key.Key_Plus, (6.0, 54.0)),
        (Qt.Key.Key_Home, (0.0, 60.0)),
        (Qt.Key.Key_Plus, (6.0, 54.0)),
        (Qt.Key.Key_0, (0.0, 60.0)),
    ):
        QTest.keyClick(chart, key)
        assert chart.span == pytest.approx(span), key
    QTest.keyClick(chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert chart.pointed == pytest.approx(58.8)
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.pointed is None


def test_a_live_pulse_counts_down_grows_and_ends(pane: PulsePane, qtbot: QtBot, append: Append) -> None:
    now = [0.5]
    append(0.0, Kind.STATE, facts={"state": "connecting", "attempt": 0})
    append(0.1, Kind.TRANSPORT, facts={"transport": "websocket"})
    append(0.1, Kind.ENGINE, Direction.IN, '{"pingInterval":25000,"pingTimeout":20000}', {"packet": "open"})
    pane.follow_clock(lambda: now[0])
    qtbot.waitUntil(lambda: pane.line.text.startswith("next ping in 25 s"))
    now[0] = 13.5
    qtbot.waitUntil(lambda: pane.line.text.startswith("next ping in 12 s"))
    assert pane.chart.span == (0.0, 15.0)
    now[0] = 24.5
    qtbot.waitUntil(lambda: pane.line.text.startswith("next ping in 0.6 s"))
    now[0] = 29.0
    qtbot.waitUntil(lambda: pane.line.text.startswith("ping 3.9 s late, given up in 16 s"))
    append(29.0, Kind.ENGINE, Direction.IN, None, {"packet": "ping"})
    pane.notice()
    qtbot.waitUntil(lambda: "1 late" in pane.line.text)
    append(30.0, Kind.STATE, facts={"state": "closed"})
    pane.follow_clock(None)
    qtbot.waitUntil(lambda: pane.chart.pulse.end == 30.0)
    assert (pane._ticking.isActive(), pane._reading.isActive()) == (False, False)
    assert pane.chart.span == (0.0, 30.0)


def test_pause_holds_the_picture_and_the_numbers_until_space_is_pressed_again(
    pane: PulsePane, qtbot: QtBot, append: Append
) -> None:
    now = [20.0]
    append(19.0, Kind.EVENT, Direction.IN, '2["tick"]')
    pane.follow_clock(lambda: now[0])
    shown(pane, qtbot, 1)
    QTest.keyClick(pane.chart, Qt.Key.Key_Space)
    assert pane.pause_button.isChecked()
    assert "paused" in pane.chart.picture()._reading(2)
    append(21.0, Kind.EVENT, Direction.IN, '2["tick"]')
    now[0] = 40.0
    pane.notice()
    assert (pane._ticking.isActive(), pane._reading.isActive()) == (False, False)
    QTest.keyClick(pane.chart, Qt.Key.Key_Plus)
    assert pane.chart.view.now == 20.0
    assert pane.chart.pulse.number_received == 1
    QTest.keyClick(pane.chart, Qt.Key.Key_Space)
    assert pane.chart.pulse.number_received == 2
    assert pane.chart.view.now == 40.0
    pane.follow_clock(None)


def test_reads_nothing_out_of_sight_and_catches_up(pane: PulsePane, qtbot: QtBot, append: Append) -> None:
    pane.follow_clock(lambda: 5.0)
    pane.hide()
    append(1.0, Kind.EVENT, Direction.IN, '2["tick"]')
    pane.notice()
    assert (pane._ticking.isActive(), pane._reading.isActive()) == (False, False)
    pane.show()
    shown(pane, qtbot, 1)
    pane.follow_clock(None)


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("choice", [theme.Choice.LIGHT, theme.Choice.DARK])
@pytest.mark.parametrize("size", [(900, 400), (500, 190), (260, 120), (60, 30)])
def test_is_painted_in_every_size_and_theme(
    qapp: QApplication, pane: PulsePane, qtbot: QtBot, choice: theme.Choice, size: tuple[int, int]
) -> None:
    shown(pane, qtbot, 14)
    theme.apply(qapp, choice)
    pane.chart.setMinimumSize(1, 1)
    pane.chart.resize(*size)
    image = pane.chart.grab().toImage()
    ground = image.pixelColor(2, 2).name()
    assert ground == theme.current().surface
    theme.apply(qapp, theme.Choice.LIGHT)


@pytest.mark.usefixtures("session")
def test_what_has_no_room_is_said_in_the_top_line(pane: PulsePane, qtbot: QtBot) -> None:
    shown(pane, qtbot, 14)
    picture = pane.chart.picture()
    assert "round trip" not in picture._reading(2)
    assert picture._reading(1).endswith("round trip last 12.0 ms")
    assert "received 0/s" in picture._reading(0)
