"""Hostile text in every part of the window: seen as signs, cut, and never taken for markup. No link opens by itself."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.core.comparison.runs import of
from tests.hostile.display.attacks import ATTACKS, LONG, MARK, diagnosis, planted
from tests.hostile.display.harm import harmful
from tests.hostile.display.seen import look, shows
from tests.net.raw_server import EngineServer, RawWebSocket, raw_server
from tests.ui.recordings.opening import listed, opened
from tests.ui.running import run, until, window
from wsgui.core.protocol import Protocol
from wsgui.core.recording import folder
from wsgui.core.records import Kind
from wsgui.net.session import Status
from wsgui.net.state import State
from wsgui.ui.diagnosis.run import Form
from wsgui.ui.diagnosis.run import State as RunState
from wsgui.ui.recordings.tab import RecordingTab

pytestmark = pytest.mark.layer("display")

TEXTS = {name: ATTACKS[name] for name in ("HTML", "a page", "rich text behind text", "fake log lines", "a mnemonic")}
TEXTS |= {"everything": "".join(ATTACKS.values()), "a long line": LONG[:100_000]}
EACH_TEXT = pytest.mark.parametrize("attack", TEXTS)


class LinksOpened:
    """Stands where a browser would be started."""

    def __init__(self) -> None:
        self.urls: list[str] = []

    def __call__(self, url: QUrl) -> bool:
        self.urls.append(url.toString())
        return True


def record_it(attack: str, name: str = "20260101-100000-a") -> None:
    path = folder() / f"{name}.sqlite"
    recording = of([record for _place, record in planted(TEXTS[attack])], path, "http://localhost:3000")
    recording.tell(title=TEXTS[attack][:5000], outcome=TEXTS[attack][:5000])
    recording.close()


async def look_at_log(tab: RecordingTab) -> list[str]:
    """The details of every row, what Find finds, and what is copied."""
    found: list[str] = []
    pane = tab.log
    await until(lambda: pane.model.rowCount() > 0, "the rows")
    for row in range(pane.model.rowCount()):
        pane.view.selectRow(row)
        await turn()
        found += look(f"details of row {row}", pane.details)
    pane.view.selectAll()
    pane.copy_all()
    await until(lambda: MARK in QGuiApplication.clipboard().text(), "the copy")
    copied = QGuiApplication.clipboard().text()
    assert len(copied.splitlines()) == copied.count("\n") + 1 == pane.model.rowCount()
    assert not harmful(copied, "\n")
    pane.find_bar.open()
    QTest.keyClicks(pane.find_bar.edit, MARK)
    await turn()
    return found + look("found")


async def look_at_wire(tab: RecordingTab) -> list[str]:
    """Every row of the wire, in each way of looking at it."""
    found: list[str] = []
    tab.pages.show_page("wire")
    wire = tab.pages.wire
    assert wire is not None
    await until(lambda: wire.model.rowCount() > 0, "the rows of the wire")
    for row in range(wire.model.rowCount()):
        wire.view.selectRow(row)
        await turn()
        for page in range(wire.detail.tabs.count()):
            wire.detail.show_tab(page)
            await turn()
            found += look(f"wire row {row}", wire.detail)
    return found + look("the wire")


async def turn() -> None:
    import asyncio

    for _time in range(3):
        await asyncio.sleep(0)


@EACH_TEXT
def test_a_recording(attack: str, qapp: QApplication) -> None:
    record_it(attack)
    record_it("HTML", "20260102-100000-b")
    found: list[str] = []
    seen: set[str] = set()

    async def body() -> None:
        async with window() as shown:
            view = await listed(shown, 2)
            found.extend(look("the list of recordings"))
            seen.update(shows())
            view.close()
            tab = await opened(shown, folder() / "20260101-100000-a.sqlite")
            found.extend(await look_at_log(tab))
            seen.update(shows())
            found.extend(await look_at_wire(tab))
            seen.update(shows())
            tab.pages.show_page("pulse")
            await turn()
            found.extend(look("the pulse"))
            shown.reporting.show()
            dialog = shown.reporting.dialog
            assert dialog is not None
            await until(dialog.save_button.isEnabled, "the report")
            found.extend(look("the report"))
            seen.update(shows())
            dialog.close()

    run(qapp, body)
    assert found == []
    names = {name.split()[-1] for name in seen}
    assert {"logView", "wireHex", "reportPreview", "recordingTitle"} <= names, seen


@EACH_TEXT
def test_a_comparison(attack: str, qapp: QApplication) -> None:
    record_it(attack)
    record_it("HTML", "20260102-100000-b")
    found: list[str] = []

    async def body() -> None:
        async with window() as shown:
            view = await listed(shown, 2)
            view.table.selectAll()
            view.compare_chosen()
            await until(lambda: shown.comparing.dialog is not None, "the dialog")
            dialog = shown.comparing.dialog
            assert dialog is not None
            await until(lambda: dialog.model.rowCount() > 0, "the comparison")
            found.extend(look("the comparison"))
            assert shows()

    run(qapp, body)
    assert found == []


@EACH_TEXT
def test_a_diagnosis(attack: str, qapp: QApplication) -> None:
    found: list[str] = []

    async def body() -> None:
        async with window() as shown:
            shown.tab.pages.show_page("diagnosis")
            pane = shown.tab.diagnosing.pane
            assert pane is not None
            report = diagnosis(TEXTS[attack])
            pane.run.report, pane.run.state = report, RunState.DONE
            pane.run.form = Form(url="http://localhost:3000", protocol=Protocol.SOCKETIO, values={})
            pane.run.changed.emit()
            await until(lambda: pane.findings.topLevelItemCount() > 0, "the findings")
            for finding in report.findings:
                pane.findings.open_finding(finding.id)
            pane.findings.expandAll()
            await turn()
            found.extend(look("the findings"))
            assert any("findingsView" in name for name in shows()), shows()
            pane.findings.copy_current()
            assert not harmful(QGuiApplication.clipboard().text(), "\n\t")

    run(qapp, body)
    assert found == []


@EACH_TEXT
def test_a_connection(attack: str, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that says it in everything that is shown while it is connected."""
    text = TEXTS[attack][:100_000]
    links = LinksOpened()
    monkeypatch.setattr(QDesktopServices, "openUrl", links)
    found: list[str] = []

    async def play(socket: RawWebSocket) -> None:
        socket.send("42" + json.dumps([text[:60_000], text[:1000]]))
        socket.send("420" + json.dumps(["asks", text[:60_000]]))
        await socket.expect("42" + '["bye"]')
        socket.close(4000, text.encode("utf-8", "replace")[:100].decode("utf-8", "ignore"))

    # what a lone surrogate cannot be is a part of a URL
    sid = text[:20_000].encode("utf-8", "replace").decode()
    server = EngineServer({"sid": sid}, websocket=play, connect_answer="40" + json.dumps({"sid": sid}))

    async def body() -> None:
        async with raw_server(server) as url, window() as shown:
            tab = shown.tab
            tab.options.set_values({"transports": ["websocket"], "reconnection": False})
            tab.connect_to(url)
            await until(lambda: len([each for each in tab.records() if each.kind is Kind.EVENT]) == 2, "the events")
            await turn()
            found.extend(look("connected"))
            edit = shown.findChild(QLineEdit, "eventNameEdit")
            assert edit is not None
            QTest.keyClicks(edit, MARK[0])
            await until(lambda: MARK in "".join(tab.event_names.names()), "the names of events")
            found.extend(look("names of events offered"))
            filter_edit = tab.log.filter_edit
            QTest.keyClicks(filter_edit, "event:")
            await turn()
            found.extend(look("the filter completes"))
            filter_edit.clear()
            tab.status = Status(State.CONNECTED, "websocket", text, None, ("/",), problem=text)
            tab._show(tab.status)
            await turn()
            found.extend(look("the strip"))

    run(qapp, body)
    assert found == []
    assert links.urls == []
