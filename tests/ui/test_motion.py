"""Less motion: as the system was told, or chosen, kept, and honoured by all that moves by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QProgressBar
from pytestqt.qtbot import QtBot

from tests.ui.running import run, until, window
from wsgui.ui import motion
from wsgui.ui.pulse.pane import REFRESH, PulsePane
from wsgui.ui.settings import Motion, Settings


@pytest.fixture(autouse=True)
def as_ever(qapp: QApplication) -> Iterator[None]:
    yield
    choose(Motion.SYSTEM)
    motion._state.system_wants_less = False


def choose(wish: Motion) -> None:
    settings = Settings()
    settings.reduced_motion = wish
    motion.apply(settings)


def test_what_was_chosen_holds_at_the_next_start(qapp: QApplication) -> None:
    async def body() -> None:
        Settings().reduced_motion = Motion.REDUCED
        async with window():
            await until(motion.less, "the setting")

    run(qapp, body)


def test_the_system_decides_where_nothing_is_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "GNOME")
    monkeypatch.setenv("PATH", str(tmp_path))
    motion.heed_system()
    assert not motion.less()
    program = tmp_path / "gsettings"
    for answer in ("true", "false"):
        program.write_text(
            f'#!/bin/sh\ntest "$*" = "get org.gnome.desktop.interface enable-animations" && echo {answer}\n'
        )
        program.chmod(0o755)
        motion.heed_system()
        assert motion.less() is (answer == "false")
    choose(Motion.FULL)
    assert not motion.less()


@pytest.mark.parametrize(
    ("text", "less"), [("[KDE]\nAnimationDurationFactor=0\n", True), ("[KDE]\n", False), ("\0=", False), (None, False)]
)
def test_plasma_says_it_in_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str | None, less: bool
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "KDE")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    if text is not None:
        (tmp_path / "kdeglobals").write_text(text)
    motion.heed_system()
    assert motion.less() is less


def test_no_line_blinks_and_then_it_blinks_as_before(qapp: QApplication) -> None:
    before = QApplication.cursorFlashTime()
    assert before > 0
    choose(Motion.REDUCED)
    assert QApplication.cursorFlashTime() == 0
    choose(Motion.FULL)
    assert QApplication.cursorFlashTime() == before


@pytest.mark.parametrize("less", [False, True])
def test_bars_do_not_run_to_and_fro(qtbot: QtBot, less: bool) -> None:
    choose(Motion.REDUCED if less else Motion.FULL)
    bar = QProgressBar()
    qtbot.addWidget(bar)
    motion.show_busy(bar)
    assert (bar.minimum() == bar.maximum()) is not less


@pytest.mark.parametrize("less", [False, True])
def test_the_pulse_moves_in_steps(qtbot: QtBot, less: bool) -> None:
    choose(Motion.REDUCED if less else Motion.FULL)
    pane = PulsePane()
    qtbot.addWidget(pane)
    with qtbot.waitExposed(pane):
        pane.show()
    pane.notice()
    assert pane._reading.interval() == (motion.STEP_MILLISECONDS if less else REFRESH)
