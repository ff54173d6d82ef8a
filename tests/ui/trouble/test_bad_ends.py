"""A program that died, and the next start: what it says of the last one, and the recording that was open."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit

from tests.ui.running import run, until, window
from wsgui.core import recording
from wsgui.core.crash_files import folder
from wsgui.core.recordings import Outcome, entries
from wsgui.lab.server import serve
from wsgui.ui.recordings.tab import RecordingTab
from wsgui.ui.trouble.crash_dialog import CrashDialog
from wsgui.ui.trouble.guard import Guard
from wsgui.ui.window import Window

ROOT = Path(__file__).parents[3]


async def die(url: str, how: str) -> tuple[int, str]:
    """Start the program, let it connect and end so; its exit status and what it wrote to stderr."""
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.ui.trouble.dying", url, how,
        cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    async with asyncio.timeout(60):
        out, err = await program.communicate()
    assert out.decode().strip() == "connected", err.decode()
    assert program.returncode is not None
    return program.returncode, err.decode()


async def started_again(shown: Window) -> Guard:
    loop = asyncio.get_running_loop()
    guard = Guard(shown)
    handler = loop.get_exception_handler()
    guard.watch(loop)
    loop.set_exception_handler(handler)
    await until(lambda: guard._mark is not None, "the mark")
    return guard


@pytest.mark.parametrize(
    ("how", "number", "words"),
    [
        ("segfault", signal.SIGSEGV, ("Fatal Python error: Segmentation fault", "dying.py")),
        (
            "qt-fatal",
            signal.SIGABRT,
            ("WARNING qt: it is over", "A qFatal() call was made from Python", "Fatal Python error: Aborted"),
        ),
    ],
)
def test_after_a_crash_the_next_start_offers_the_report_and_the_recording(
    qapp: QApplication, how: str, number: signal.Signals, words: tuple[str, ...]
) -> None:
    async def body() -> None:
        async with serve() as url:
            status, _said = await die(url, how)
            assert status == -number
        async with window(wait=False) as shown:
            guard = await started_again(shown)
            await until(lambda: guard._bar is not None and guard._bar.isVisible(), "the band")
            label = guard.bar.findChild(QLabel, "badEndBandLabel")
            assert label is not None
            assert label.text() == "wsgui did not end properly the last time; the recording was kept."
            guard.bar.end_report_button.click()
            dialog = shown.findChild(CrashDialog)
            assert dialog is not None
            edit = dialog.findChild(QPlainTextEdit, "crashText")
            assert edit is not None
            for each in words:
                assert each in edit.toPlainText()
            dialog.reject()
            guard.bar.open_button.click()
            await until(lambda: isinstance(shown.tabs.currentWidget(), RecordingTab), "the recording")
            tab = shown.tabs.currentWidget()
            assert isinstance(tab, RecordingTab)
            await until(lambda: tab.log.model.rowCount() > 3, "its rows")
            assert guard.bar.isHidden()
            guard.end()
        assert [path.suffix for path in folder().iterdir()] == [".txt"]

        async with window(wait=False) as again:
            guard = await started_again(again)
            await asyncio.sleep(0.1)
            assert guard._bar is None  # it is told once
            guard.end()

    run(qapp, body)


def test_after_a_kill_there_is_no_report_but_the_recording(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as url:
            assert (await die(url, "killed"))[0] == -signal.SIGKILL
        async with window(wait=False) as shown:
            guard = await started_again(shown)
            await until(lambda: guard._bar is not None and guard._bar.isVisible(), "the band")
            assert guard.bar.end_report_button.isHidden()
            assert guard.bar.open_button.isVisible()
            guard.bar.end_band.dismiss_button.click()
            assert guard.bar.isHidden()
            guard.end()
        (entry,) = entries(recording.folder())
        assert entry.outcome is Outcome.INTERRUPTED
        assert list(folder().iterdir()) == []

    run(qapp, body)


@pytest.mark.parametrize("how", ["terminated", "hung-up"])
def test_an_orderly_end_leaves_nothing_to_tell(qapp: QApplication, how: str) -> None:
    async def body() -> None:
        async with serve() as url:
            status, said = await die(url, how)
            assert (status, said.replace("This plugin does not support propagateSizeHints()\n", "")) == (0, "")
        async with window(wait=False) as shown:
            guard = await started_again(shown)
            await asyncio.sleep(0.1)
            assert guard._bar is None
            guard.end()
        (entry,) = entries(recording.folder())
        assert entry.outcome is Outcome.CONNECTED

    run(qapp, body)
