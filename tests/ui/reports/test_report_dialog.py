"""The report for a bug: seen before it goes, clean unless asked for otherwise, copied or saved whole."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tests.ui.recordings.opening import opened, session
from tests.ui.running import notice, run, until, window
from wsgui.core.redact import MARK
from wsgui.lab.server import serve
from wsgui.net.state import State
from wsgui.ui.reports.report_dialog import ReportDialog
from wsgui.ui.window import Window


async def shown_report(shown: Window) -> ReportDialog:
    shown.reporting.show()
    dialog = shown.reporting.dialog
    assert dialog is not None
    await until(dialog.save_button.isEnabled, "the report")
    return dialog


def test_a_connection_s_report(qapp: QApplication, tmp_path: Path) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            tab = shown.tab
            tab.options.set_values({"auth": {"token": "open sesame"}, "transports": ["websocket"]})
            tab.connect_to(url)
            await until(lambda: tab.status.state is State.CONNECTED, "the connection")
            dialog = await shown_report(shown)
            text = dialog.preview.toPlainText()
            assert f"# {url}".replace(".", "\\.").replace("\\", "") in text.replace("\\", "")
            assert 'transports: ["websocket"]' in text
            assert "Connect: Joined /" in text
            assert "open sesame" not in text
            assert MARK in text
            assert dialog.taken_label.text().startswith("Taken out: auth")
            dialog.copy_button.click()
            assert QGuiApplication.clipboard().text() == dialog.markdown
            dialog.redact_box.setChecked(False)
            await until(lambda: "open sesame" in dialog.preview.toPlainText(), "what was taken out")
            dialog.redact_box.setChecked(True)
            await until(lambda: dialog.save_button.isEnabled() and "open sesame" not in dialog.markdown)
            dialog.save(tmp_path / "report.doc")
            await until(lambda: "must end in one of .html" in dialog.taken_label.text(), "the sentence")
            dialog.save(tmp_path / "none" / "report.html")
            await until(lambda: "cannot be written" in dialog.taken_label.text(), "the other sentence")
            dialog.save(tmp_path / "report.html")
            await until(lambda: shown.reporting.dialog is None, "the end")
            page = (tmp_path / "report.html").read_text(encoding="utf-8")
            assert "What happened" in page
            assert "open sesame" not in page
            assert "report.html" in notice(shown)

    run(qapp, body)


def test_a_recording_s_report(qapp: QApplication) -> None:
    path = session("20260101-100000-a")

    async def body() -> None:
        async with window() as shown:
            await opened(shown, path)
            dialog = await shown_report(shown)
            assert "What happened" in dialog.preview.toPlainText()

    run(qapp, body)


def test_the_window_may_be_closed_while_it_is_made(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.reporting.show()
            await asyncio.sleep(0)

    run(qapp, body)
