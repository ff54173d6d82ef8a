"""A finding opens to its evidence: quoted, copied, and shown on the wire; the tables stand beside."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.diagnosis.diagnosing import buttons, cells, diagnosed, facing, items, page, texts
from tests.ui.running import run, until
from wsgui.core.findings import Evidence, Finding, Report, Stage, Status
from wsgui.core.records import Kind
from wsgui.core.verdict import Wish, conclude
from wsgui.ui.diagnosis.findings_view import LONGEST, FindingsView


def report_with(text: str, seq: int = 0) -> Report:
    """One failure with that evidence."""
    finding = Finding(
        id="cors_allows_page",
        stage=Stage.BROWSER,
        status=Status.FAIL,
        cause="cors-missing",
        summary=f"It says {text[:40]}",
        evidence=(Evidence("Answer", text, seq),),
    )
    return conclude("http://localhost:3000", [finding], Wish())


def test_the_finding_of_the_headline_is_open_with_its_evidence(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("cors-missing") as (_shown, tab):
            pane = await diagnosed(tab)
            first = items(pane.findings)[0]
            assert first.isExpanded()
            assert pane.findings.currentItem() is first
            assert any(text.startswith("HTTP/1.1 200 OK\n") for text in texts(first))

    run(qapp, body)


def test_evidence_is_copied(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("cors-missing") as (_shown, tab):
            pane = await diagnosed(tab)
            first = items(pane.findings)[0]
            QTest.mouseClick(buttons(pane.findings, first, "copyEvidence")[0], Qt.MouseButton.LeftButton)
            assert QGuiApplication.clipboard().text().startswith("HTTP/1.1 200 OK\n")
            pane.findings.setFocus()
            QTest.keyClick(pane.findings, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
            copied = QGuiApplication.clipboard().text()
            assert copied.startswith("✗ Failed: ")
            assert "HTTP/1.1 200 OK\n" in copied

    run(qapp, body)


def test_jumping_chooses_the_exchange_on_the_wire(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("cors-missing") as (_shown, tab):
            pane = await diagnosed(tab)
            assert pane.run.report is not None
            first = items(pane.findings)[0]
            evidence = next(each for each in pane.run.report.findings if each.cause == pane.run.report.cause).evidence
            jumps = buttons(pane.findings, first, "jumpToWire")
            assert len(jumps) == len([each for each in evidence if each.seq]) > 0
            QTest.mouseClick(jumps[0], Qt.MouseButton.LeftButton)
            assert tab.pages.current == "wire"
            wire = tab.pages.wire
            assert wire is not None
            seq = next(each.seq for each in evidence if each.seq)
            await until(lambda: wire.view.currentIndex().isValid(), "the row")
            assert wire.model.seq(wire.view.currentIndex().row()) == seq
            record = tab.recording.record(seq) if tab.recording else None
            assert record is not None
            assert record.kind is Kind.HTTP
            assert "transport=polling" in str(record.fact("url"))
            assert str(record.data) in "".join(each.text for each in evidence)

    run(qapp, body)


def test_an_exchange_that_a_filter_hides_is_shown_all_the_same(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("cors-missing") as (_shown, tab):
            pane = await diagnosed(tab)
            tab.pages.show_page("wire")
            wire = tab.pages.wire
            assert wire is not None
            wire.filter_edit.setText("kind:ws_ping")
            wire.filter_edit.apply()
            assert wire.model.rowCount() == 0
            tab.pages.show_page("diagnosis")
            jump = buttons(pane.findings, items(pane.findings)[0], "jumpToWire")[0]
            QTest.mouseClick(jump, Qt.MouseButton.LeftButton)
            await until(lambda: wire.view.currentIndex().isValid(), "the row")

    run(qapp, body)


def test_the_three_tables(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("cors-missing") as (_shown, tab):
            pane = await diagnosed(tab)
            assert pane.tables.isVisible()
            transports = cells(pane.tables.transports)
            assert [row[:3] for row in transports] == [
                ["Polling", "✓ Passed", "200"],
                ["WebSocket", "✓ Passed", "101"],
                ["Polling, then WebSocket", "✓ Passed", "101"],
            ]
            assert all(row[3].endswith(" ms") for row in transports)
            server = {row[0]: row[1:] for row in cells(pane.tables.server)}
            assert "".join(server["pingInterval"][0].split()) == "25000ms"
            assert {"pingTimeout", "maxHttpBufferSize", "upgrades", "allowEIO3", "cookie", "cors.origin"} <= set(server)
            assert any("Access-Control-Allow-Origin" in row[1] for row in cells(pane.tables.browser))
            assert any(row[0].startswith("CORS: ") for row in cells(pane.tables.differences))

    run(qapp, body)


def test_what_fails_of_a_transport_stands_under_it(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("upgrade-headers-stripped") as (_shown, tab):
            pane = await diagnosed(tab)
            table = pane.tables.transports
            rows = cells(table)
            failed = next(number for number, row in enumerate(rows) if row[0] == "WebSocket")
            assert rows[failed][1] == "✗ Failed"
            assert rows[failed + 1][0].startswith("What fails: ")
            assert table.columnSpan(failed + 1, 0) == table.columnCount()

    run(qapp, body)


def test_a_table_fits_its_column_or_can_be_scrolled(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("polling-only-server") as (shown, tab):
            shown.resize(1024, 640)
            pane = await diagnosed(tab)
            tables = pane.tables
            for table in (tables.transports, tables.server, tables.browser, tables.differences):
                widths = [table.columnWidth(column) for column in range(table.columnCount())]
                fits = sum(widths) <= table.viewport().width()
                assert fits is not table.horizontalScrollBar().isVisible(), table.objectName()
                assert table.verticalScrollBar().maximum() == 0
                assert fits or table is tables.server  # four columns of words that cannot be broken
                assert min(widths) > 20

    run(qapp, body)


def test_there_are_no_tables_before_there_is_something_in_them(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("healthy-node") as (_shown, tab):
            tab.pages.show_page("diagnosis")
            assert not page(tab).tables.isVisible()
            await diagnosed(tab)
            assert page(tab).tables.isVisible()

    run(qapp, body)


def test_a_long_text_is_cut_and_copied_whole(qapp: QApplication) -> None:
    text = "x" * 100_000
    view = FindingsView()
    view.resize(500, 400)
    view.show_report(report_with(text))
    view.open_finding("cors_allows_page")
    shown = max(texts(items(view)[0]), key=len)
    assert len(shown) < LONGEST + 100
    assert "94,000 more characters" in shown
    QTest.mouseClick(buttons(view, items(view)[0], "copyEvidence")[0], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == text
    view.deleteLater()


def test_what_a_server_says_is_never_markup_and_shows_its_control_characters(qapp: QApplication) -> None:
    view = FindingsView()
    view.show_report(report_with("<b>bold</b>\x1b[31m\u202eevil"))
    item = items(view)[0]
    quoted = max(texts(item), key=len)
    assert "<b>bold</b>" in quoted
    assert "\x1b" not in quoted
    assert "\u202e" not in quoted
    assert "\x1b" not in item.text(1)
    view.deleteLater()
