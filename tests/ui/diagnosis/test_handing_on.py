"""The report for others: copied and saved in every format, without what is secret."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.ui.diagnosis.diagnosing import diagnosed, facing
from tests.ui.running import notice, run, until
from wsgui.core.causes import CAUSES
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.diagnosis.pane import DiagnosisPane

SECRET = "open-sesame-4711"


async def diagnosed_with_secret(tab: ConnectionTab) -> DiagnosisPane:
    tab.options.replace_values(
        {
            "auth": {"token": SECRET},
            "extraHeaders": {"Authorization": f"Bearer {SECRET}"},
            "query": {"access_token": SECRET, "harmless": SECRET},  # what is secret is so wherever it stands
        }
    )
    pane = await diagnosed(tab)
    report = pane.run.report
    assert report is not None
    quoted = "".join(each.label + each.text for finding in report.findings for each in finding.evidence)
    assert SECRET in quoted  # on the page it is shown: it is the person's own
    return pane


def test_copied_as_markdown_without_secrets(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("cors-missing") as (shown, tab):
            pane = await diagnosed_with_secret(tab)
            QTest.mouseClick(pane.copy_button, Qt.MouseButton.LeftButton)
            text = QGuiApplication.clipboard().text()
            assert text.startswith("#")
            assert CAUSES["cors-missing"].title in text
            assert "HTTP/1.1 200 OK" in text
            assert SECRET not in text
            assert notice(shown) == "The report was copied as Markdown, without secrets."

    run(qapp, body)


def test_saved_in_every_format_without_secrets(qapp: QApplication, tmp_path: Path) -> None:
    async def body() -> None:
        async with facing("cors-missing") as (shown, tab):
            pane = await diagnosed_with_secret(tab)
            for suffix, begin in ((".html", "<!doctype html>"), (".md", "#"), (".json", "{")):
                file = tmp_path / f"report{suffix}"
                pane.save_to(str(file))
                await until(lambda file=file: file.name in notice(shown), suffix)  # type: ignore[misc]
                text = file.read_text(encoding="utf-8")
                assert text.lower().lstrip().startswith(begin)
                assert SECRET not in text
                assert "cors-missing" in text or "CORS" in text
            assert json.loads(text)["diagnosis"]["cause"] == "cors-missing"

    run(qapp, body)


def test_the_dialog_offers_the_formats(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("healthy-node") as (_shown, tab):
            pane = await diagnosed(tab)
            QTest.mouseClick(pane.save_button, Qt.MouseButton.LeftButton)
            dialog = pane.findChild(QFileDialog, "saveReportDialog")
            assert dialog is not None
            suffixes = [text.partition("(*")[2].rstrip(")") for text in dialog.nameFilters()]
            assert suffixes[0] == ".html"
            assert set(suffixes) == {".html", ".md", ".json"}
            dialog.filterSelected.emit(dialog.nameFilters()[suffixes.index(".json")])
            assert dialog.defaultSuffix() == "json"
            dialog.reject()

    run(qapp, body)


@pytest.mark.parametrize(
    ("name", "said"),
    [("report.txt", "must end in one of"), ("nowhere/report.html", "cannot be written")],
)
def test_a_file_that_cannot_be_written_is_said(qapp: QApplication, tmp_path: Path, name: str, said: str) -> None:
    async def body() -> None:
        async with facing("healthy-node") as (shown, tab):
            pane = await diagnosed(tab)
            pane.save_to(str(tmp_path / name))
            await until(lambda: said in notice(shown), said)

    run(qapp, body)
    assert list(tmp_path.iterdir()) == []
