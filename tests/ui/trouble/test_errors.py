"""Each kind of unexpected error, in the real window: told quietly, counted, reported, and the window goes on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, qCritical
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget

from tests.ui.running import run, until, window
from wsgui.core.crash_files import folder
from wsgui.core.tasks import TaskOwner
from wsgui.lab.server import serve
from wsgui.ui.trouble.crash_dialog import CrashDialog
from wsgui.ui.trouble.guard import Guard
from wsgui.ui.trouble.troubles_bar import TroublesBar
from wsgui.ui.window import Window

Expect = Callable[[str], None]


@asynccontextmanager
async def guarded() -> AsyncIterator[tuple[Window, Guard]]:
    """A window as ``app.main`` has it. The handlers of the tests are back at the end."""
    loop = asyncio.get_running_loop()
    before = loop.get_exception_handler()
    async with window(wait=False) as shown:
        guard = Guard(shown)
        guard.watch(loop)
        try:
            await until(lambda: guard._mark is not None, "the mark")
            yield shown, guard
        finally:
            guard.end()
            loop.set_exception_handler(before)


def fail(text: str = "it broke") -> None:
    raise ValueError(text)


class Unpaintable(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        self.hide()
        fail()


class Stubborn:
    def __del__(self) -> None:
        fail()


async def failing() -> None:
    fail()


def in_a_slot(shown: Window) -> None:
    QTimer.singleShot(0, shown, fail)


def in_a_drawing(shown: Window) -> None:
    Unpaintable(shown).show()


def in_a_task(shown: Window) -> None:
    TaskOwner("unlucky").start(failing(), "work")


def in_the_loop(shown: Window) -> None:
    asyncio.get_running_loop().call_soon(fail)


def in_a_thread(shown: Window) -> None:
    threading.Thread(target=fail, name="unlucky").start()


def while_clearing_away(shown: Window) -> None:
    Stubborn()


def in_qt(shown: Window) -> None:
    qCritical("it broke")


def without_an_exception(shown: Window) -> None:
    asyncio.get_running_loop().call_exception_handler({"message": "it broke"})


KINDS: dict[Callable[[Window], None], str] = {
    in_a_slot: "in the window",
    in_a_drawing: "in the window",
    in_a_task: "in a task (unlucky: work failed)",
    in_the_loop: "in a task (Exception in callback",
    in_a_thread: "in a thread (unlucky)",
    while_clearing_away: "while something was cleared away (Exception ignored",
    in_qt: "in Qt",
    without_an_exception: "in a task",
}


def band_text(bar: TroublesBar) -> str:
    label = bar.findChild(QLabel, "errorBandLabel")
    assert label is not None
    return label.text()


@pytest.mark.parametrize("cause", KINDS, ids=lambda cause: cause.__name__)
def test_an_error_is_told_and_the_window_goes_on(
    qapp: QApplication, expected_logs: Expect, cause: Callable[[Window], None]
) -> None:
    expected_logs("it broke")

    async def body() -> None:
        async with serve() as url, guarded() as (shown, guard):
            cause(shown)
            await until(lambda: guard._bar is not None and guard._bar.isVisible(), "the band")
            assert band_text(guard.bar) == "Something went wrong in wsgui; it goes on."
            text = guard.bar.report
            assert KINDS[cause] in text
            assert "it broke" in text
            assert ("ValueError" in text) is (cause not in (in_qt, without_an_exception))
            assert "Qt: 6." in text
            assert "The last lines of the log:" in text
            assert [path.read_text(encoding="utf-8") for path in folder().glob("*.txt")] == [text]
            shown.tab.connect_to(url)
            await until(lambda: shown.tab.status.transport == "websocket", "the connection")

    run(qapp, body)


def test_several_errors_are_counted_in_one_band(qapp: QApplication, expected_logs: Expect) -> None:
    expected_logs("ValueError")

    async def body() -> None:
        async with serve() as url, guarded() as (shown, guard):
            shown.tab.connect_to(url)
            await until(lambda: shown.tab.status.transport == "websocket", "the connection")
            focus = qapp.focusWidget()
            in_a_slot(shown)
            await until(lambda: guard._bar is not None and guard._bar.isVisible(), "the band")
            assert band_text(guard.bar) == "Something went wrong in wsgui; the recording is safe."
            for _ in range(4):
                in_a_slot(shown)
            in_a_thread(shown)
            await until(lambda: band_text(guard.bar) == "6 errors in wsgui; the recording is safe.", "the count")
            assert len(shown.findChildren(TroublesBar)) == 1
            assert qapp.focusWidget() is focus
            guard.bar.now_band.dismiss_button.click()
            assert guard.bar.isHidden()
            in_a_slot(shown)
            await until(guard.bar.isVisible, "the band")
            assert band_text(guard.bar) == "Something went wrong in wsgui; the recording is safe."
            assert "6 times" in guard.bar.report

    run(qapp, body)


def test_the_report_is_read_copied_and_saved(qapp: QApplication, expected_logs: Expect, tmp_path: Path) -> None:
    expected_logs("ValueError")

    async def body() -> None:
        async with guarded() as (shown, guard):
            shown.tab.options.set_values({"auth": {"token": "hunter2-and-more"}})
            QTimer.singleShot(0, shown, lambda: fail("with hunter2-and-more"))
            await until(lambda: guard._bar is not None and guard._bar.isVisible(), "the band")
            guard.bar.report_button.click()
            dialog = shown.findChild(CrashDialog)
            assert dialog is not None
            assert dialog.isVisible()
            edit = dialog.findChild(QPlainTextEdit, "crashText")
            assert edit is not None
            text = edit.toPlainText()
            assert "ValueError: with •••" in text
            assert "hunter2" not in text
            dialog.copy_button.click()
            assert qapp.clipboard().text() == text
            dialog.save(tmp_path / "report.txt")
            assert (tmp_path / "report.txt").read_text(encoding="utf-8") == text
            dialog.save(tmp_path / "none" / "report.txt")
            assert "No such file" in dialog.said.text()
            dialog.reject()
            (written,) = folder().glob("*.txt")
            assert "hunter2" not in written.read_text(encoding="utf-8")

    run(qapp, body)


def test_a_folder_that_cannot_be_written_to_does_not_hide_the_error(qapp: QApplication, expected_logs: Expect) -> None:
    expected_logs("ValueError")
    expected_logs("No mark of this run can be kept")
    folder().parent.mkdir(parents=True)
    folder().write_text("in the way")

    async def body() -> None:
        loop = asyncio.get_running_loop()
        before = loop.get_exception_handler()
        async with window(wait=False) as shown:
            guard = Guard(shown)
            guard.watch(loop)
            try:
                in_a_slot(shown)
                await until(lambda: guard._bar is not None and guard._bar.isVisible(), "the band")
                guard.bar.report_button.click()
                dialog = shown.findChild(CrashDialog)
                assert dialog is not None
                assert "ValueError" in dialog.text_edit.toPlainText()
                assert dialog.said.isHidden()
                await until(lambda: guard._starting is not None and not guard._starting.is_alive(), "the thread")
            finally:
                guard.end()
                loop.set_exception_handler(before)

    run(qapp, body)


def test_an_error_while_telling_does_not_come_back_for_ever(
    qapp: QApplication, expected_logs: Expect, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_logs("ValueError")
    told: list[object] = []

    async def body() -> None:
        async with guarded() as (shown, guard):
            guard.bar.take = lambda trouble: (told.append(trouble), fail("in the band"))  # type: ignore[method-assign, assignment, func-returns-value]
            in_a_slot(shown)
            await until(lambda: bool(told), "the error")
            await asyncio.sleep(0.1)
            assert len(told) == 1

    run(qapp, body)


def test_keys_reach_the_band(qapp: QApplication, expected_logs: Expect) -> None:
    expected_logs("ValueError")

    async def body() -> None:
        async with guarded() as (shown, guard):
            await until(shown.isActiveWindow, "the keyboard")
            in_a_slot(shown)
            await until(lambda: guard._bar is not None and guard._bar.isVisible(), "the band")
            for _ in range(200):
                if guard.bar.report_button.hasFocus():
                    break
                focus = qapp.focusWidget()
                assert focus is not None
                shown.focusNextChild()
            assert guard.bar.report_button.hasFocus()
            QTest.keyClicks(guard.bar.report_button, " ")
            dialog = shown.findChild(CrashDialog)
            assert dialog is not None
            dialog.reject()

    run(qapp, body)
