"""A diagnosis in the window: findings as they come, the end, Cancel, again, and the end of a tab in the middle."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.diagnosis.diagnosing import diagnosed, ended, facing, items, left, page, texts
from tests.ui.options.finding import line, type_into
from tests.ui.recordings.opening import opened, session
from tests.ui.running import recorded, run, until, window
from wsgui.core.findings import Level, Status
from wsgui.core.records import Kind
from wsgui.ui import theme
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.diagnosis.run import State


def test_findings_come_one_by_one(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("invalid-close-code") as (_shown, tab):
            QTest.mouseClick(tab.address.diagnose_button, Qt.MouseButton.LeftButton)
            pane = page(tab)
            seen: set[int] = set()
            counted: set[tuple[int, str]] = set()
            pane.run.changed.connect(lambda: seen.add(pane.run.done))
            pane.run.changed.connect(lambda: counted.add((pane.findings.topLevelItemCount(), pane.headline.text())))
            assert pane.cancel_button.isVisible()
            assert not pane.run_button.isVisible()
            assert not pane.save_button.isEnabled()
            await ended(pane)
            report = pane.run.report
            assert report is not None
            assert seen >= set(range(1, len(report.findings) + 1))
            assert len({number for number, _said in counted}) > 3  # shown while it ran, not only in the end
            assert any(said.startswith("Diagnosing: ") and " checks." in said for _number, said in counted)
            assert pane.findings.topLevelItemCount() == len(report.findings)
            assert pane.run_button.text() == "Run again"
            assert pane.save_button.isEnabled()

    run(qapp, body)


def test_the_headline_says_verdict_cause_and_fix(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("polling-only-server") as (_shown, tab):
            pane = await diagnosed(tab)
            assert pane.headline.text() == (
                "It connects, but stays on HTTP long-polling: the WebSocket does not work. The server offers no "
                "upgrade to a WebSocket. Node server: Allow both transports and the upgrade between them; that is "
                "the default."
            )
            pill = pane.findChild(QLabel, "verdictPill")
            assert pill is not None
            assert (pill.text(), pill.property("pill")) == ("Polling only", "warning")

    run(qapp, body)


def test_a_consequence_is_grey_under_its_root(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("polling-only-server") as (_shown, tab):
            pane = await diagnosed(tab)
            root, consequence = items(pane.findings)[:2]
            assert root.text(0) == "✗ Failed"
            assert consequence.text(0) == "↳ Follows"
            muted = theme.current().muted
            assert [consequence.foreground(column).color().name() for column in range(2)] == [muted, muted]
            assert texts(consequence)[0] == (f"A consequence, no cause of its own. It follows from: {root.text(1)}")
            assert "Cause:" not in "".join(texts(consequence))

    run(qapp, body)


def test_a_healthy_server_is_said_to_work(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("healthy-node") as (_shown, tab):
            pane = await diagnosed(tab)
            assert pane.headline.text().startswith("The connection works.")
            assert pane.run.report is not None
            assert pane.run.report.level is Level.HEALTHY
            assert not pane.failed_button.isEnabled()
            assert not pane.fixes.apply_button.isVisible()

    run(qapp, body)


def test_cancel_keeps_what_was_found_and_leaves_nothing_running(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("http-timeout") as (_shown, tab):
            QTest.mouseClick(tab.address.diagnose_button, Qt.MouseButton.LeftButton)
            pane = page(tab)
            await until(lambda: pane.run.done > 3, "the first findings")
            QTest.mouseClick(pane.cancel_button, Qt.MouseButton.LeftButton)
            await ended(pane)
            assert pane.run.state is State.CANCELLED
            assert left() == []
            assert pane.headline.text().startswith("Not all was checked. ")
            assert pane.findings.topLevelItemCount() == pane.run.done
            notes = [str(each.fact("text")) for each in recorded(tab, Kind.NOTE)]
            assert notes[-1] == "Diagnosis: end."

    run(qapp, body)


def test_run_again_and_only_the_failed(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("polling-only-server") as (_shown, tab):
            pane = await diagnosed(tab)
            first = pane.run.report
            assert first is not None
            failed = {each.id for each in first.findings if each.is_problem}
            QTest.mouseClick(pane.failed_button, Qt.MouseButton.LeftButton)
            await until(lambda: pane.run.expected == len(failed), "the number of checks")
            await ended(pane)
            again = pane.run.report
            assert again is not None
            assert pane.run.done == len(failed)
            assert {each.id: each.status for each in again.findings} == {
                each.id: each.status for each in first.findings
            }
            assert again.cause == first.cause == "polling-only-server"
            assert [row.outcome for row in again.transports] == [row.outcome for row in first.transports]
            QTest.mouseClick(pane.run_button, Qt.MouseButton.LeftButton)
            await until(lambda: pane.run.running, "the start")
            await ended(pane)
            assert pane.run.done == len(first.findings)

    run(qapp, body)


def test_only_the_failed_of_another_form_are_all(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("polling-only-server") as (_shown, tab):
            pane = await diagnosed(tab)
            tab.options.replace_values({"transports": ["polling"]})
            QTest.mouseClick(pane.failed_button, Qt.MouseButton.LeftButton)
            await ended(pane)
            assert pane.run.report is not None
            assert pane.run.done == len(pane.run.report.findings) > 30
            assert pane.run.report.level is Level.HEALTHY

    run(qapp, body)


def test_closing_the_tab_in_the_middle_ends_it(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("http-timeout") as (shown, tab):
            tab.diagnosing.start()
            pane = page(tab)
            await until(lambda: pane.run.done > 3, "the first findings")
            shown.tabs.tabCloseRequested.emit(0)
            await until(lambda: left() == [], "the end of its tasks")
            assert pane.run.state is State.CANCELLED

    run(qapp, body)


def test_closing_the_window_in_the_middle_ends_it(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("http-timeout") as (_shown, tab):
            tab.diagnosing.start()
            await until(lambda: page(tab).run.done > 3, "the first findings")

    run(qapp, body)


def test_two_tabs_are_diagnosed_at_once(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("polling-only-server") as (shown, first):
            second = shown.new_tab()
            second.address.url_edit.setText("http://127.0.0.1:1/")
            first.diagnosing.start()
            second.diagnosing.start()
            await ended(page(first))
            await ended(page(second))
            causes = [each.report.cause for each in (page(first).run, page(second).run) if each.report]
            assert causes == ["polling-only-server", "connection-refused"]

    run(qapp, body)


def test_the_theme_changes_after_a_diagnosed_tab_was_closed(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("healthy-node") as (shown, tab):
            await diagnosed(tab)
            gone: list[bool] = []
            tab.destroyed.connect(lambda: gone.append(True))
            shown.tabs.tabCloseRequested.emit(0)
            await until(lambda: bool(gone), "the end of the tab")
            theme.apply(qapp, theme.Choice.DARK)
            theme.apply(qapp, theme.Choice.LIGHT)

    run(qapp, body)


def test_a_recording_in_front_gives_a_new_connection(qapp: QApplication) -> None:
    path = session("20260101-100000-a")

    async def body() -> None:
        async with window() as shown:
            await opened(shown, path)
            QTest.keyClick(shown, Qt.Key.Key_F8)
            tab = shown.tabs.currentWidget()
            assert isinstance(tab, ConnectionTab)
            assert "Enter the server's URL" in tab.address._problem.text()
            await until(tab.address.url_edit.hasFocus, "the keyboard")

    run(qapp, body)


def test_what_is_not_a_url_is_a_finding(qapp: QApplication) -> None:
    async def body() -> None:
        for url, cause, said in (
            ("undefined", "url-missing", "or has no scheme."),
            ("htp:/x y", "url-missing", "or has no scheme."),
            ("http://[::1", None, "The host “[::1” is not valid"),
            ("http://localhost:99999", None, "Port 99999 does not exist."),
        ):
            async with window() as shown:
                tab = shown.tab
                tab.address.url_edit.setText(url)
                pane = await diagnosed(tab)
                report = pane.run.report
                assert report is not None
                assert report.level is Level.CANNOT_CONNECT
                assert items(pane.findings)[0].text(0) == "✗ Failed"
                assert report.cause == cause
                assert said in pane.headline.text()
                assert [each.status for each in report.findings] == [Status.FAIL]
            assert left() == []

    run(qapp, body)


def test_a_refused_option_is_said_in_its_place(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("healthy-node") as (_shown, tab):
            await until(lambda: tab.options._is_filled, "the form")
            type_into(line(tab.options, "reconnectionDelay"), "250x")
            assert tab.options.problems()
            QTest.mouseClick(tab.address.diagnose_button, Qt.MouseButton.LeftButton)
            assert page(tab).run.state is State.NEW
            assert tab.address._problem.text() == tab.options.problems()[0].sentence

    run(qapp, body)


def test_an_origin_that_is_none_is_said_in_its_place(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("healthy-node") as (_shown, tab):
            tab.pages.show_page("diagnosis")
            pane = page(tab)
            for wrong, said in (
                ("app.example.com", "begins with http"),
                ("https://app.example.com/page", "has no path"),
                ("https://", "host"),
            ):
                pane.origin_edit.setText(wrong)
                QTest.mouseClick(pane.run_button, Qt.MouseButton.LeftButton)
                assert pane.run.state is State.NEW
                assert said in pane.origin_problem.text()
                await until(pane.origin_edit.hasFocus, "the keyboard")
            pane.origin_edit.clear()
            QTest.keyClicks(pane.origin_edit, "HTTPS://App.Example.com:443")
            assert not pane.origin_problem.isVisible()
            QTest.keyClick(pane.origin_edit, Qt.Key.Key_Return)
            await until(lambda: pane.run.running, "the start")
            await ended(pane)
            assert pane.run.form is not None
            assert pane.run.form.origin == "https://app.example.com"

    run(qapp, body)
