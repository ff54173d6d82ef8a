"""Less motion: chosen in the menu, kept, and honoured by all that moves by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QProgressBar
from pytestqt.qtbot import QtBot

from tests.ui.running import run, window
from wsgui.ui import motion
from wsgui.ui.pulse.pane import REFRESH, PulsePane
from wsgui.ui.settings import Settings


@pytest.fixture(autouse=True)
def as_ever(qapp: QApplication) -> Iterator[None]:
    yield
    motion.choose(Settings(), less=False)


def test_is_chosen_in_the_menu_and_kept(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            (action,) = (each for each in shown.findChildren(QAction) if each.text() == "L&ess motion")
            assert not action.isChecked()
            assert not motion.less()
            action.trigger()
            assert motion.less()
            assert Settings().less_motion
            action.trigger()
            assert not motion.less()

    run(qapp, body)


def test_what_was_chosen_holds_at_the_next_start(qapp: QApplication) -> None:
    settings = Settings()
    settings.less_motion = True
    motion.apply(settings)
    assert motion.less()


def test_no_line_blinks_and_then_it_blinks_as_before(qapp: QApplication) -> None:
    before = QApplication.cursorFlashTime()
    assert before > 0
    motion.choose(Settings(), less=True)
    assert QApplication.cursorFlashTime() == 0
    motion.choose(Settings(), less=False)
    assert QApplication.cursorFlashTime() == before


@pytest.mark.parametrize("less", [False, True])
def test_bars_do_not_run_to_and_fro(qtbot: QtBot, less: bool) -> None:
    motion.choose(Settings(), less=less)
    bar = QProgressBar()
    qtbot.addWidget(bar)
    motion.show_busy(bar)
    assert (bar.minimum() == bar.maximum()) is not less


@pytest.mark.parametrize("less", [False, True])
def test_the_pulse_moves_in_steps(qtbot: QtBot, less: bool) -> None:
    motion.choose(Settings(), less=less)
    pane = PulsePane()
    qtbot.addWidget(pane)
    with qtbot.waitExposed(pane):
        pane.show()
    pane.notice()
    assert pane._reading.interval() == (motion.STEP_MILLISECONDS if less else REFRESH)
