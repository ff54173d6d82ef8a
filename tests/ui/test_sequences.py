"""Sequences in the window: made by hand or from the log, changed, run, stopped, handed on."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QLabel

from tests.ui.running import notice, recorded, run, until, window
from wsgui import cli
from wsgui.core.connection_plan import Check, Pause, Send, Step, Wait, as_sequence
from wsgui.core.records import Direction, Kind
from wsgui.core.sequence_file import read_plan, read_sequences, sequences_path, write_sequences
from wsgui.core.sequences import SavedSequence
from wsgui.core.value_check import Test
from wsgui.lab.raw.plain import serve_plain
from wsgui.lab.server import serve
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.empty_state import EmptyState
from wsgui.ui.sequences.panel import SequencePanel

GOOD: tuple[Step, ...] = (Send("sum", [1, 2], ack=True), Check("0", Test.EQUALS, 3), Pause(0.001))
BAD: tuple[Step, ...] = (Send("sum", [1, 2], ack=True), Check("0", Test.EQUALS, 4), Send("echo"))


async def panel_of(tab: ConnectionTab) -> SequencePanel:
    tab.events.setCurrentWidget(tab.events.sequences)
    panel = tab.events.sequences.content
    await until(lambda: "Reading" not in panel.said.text(), "the sequences")
    return panel


async def connected(tab: ConnectionTab, url: str) -> None:
    tab.connect_to(url)
    await until(lambda: tab.status.transport == "websocket", "the connection")


def results(panel: SequencePanel) -> list[str]:
    items = [panel.table.item(row, 1) for row in range(panel.table.rowCount())]
    return [item.text() if item else "" for item in items]


def test_a_sequence_passes_and_says_so_in_the_log_and_in_the_panel(qapp: QApplication) -> None:
    async def body() -> None:
        write_sequences(sequences_path(), (SavedSequence("all", GOOD), SavedSequence("plain", (Wait(),), plain=True)))
        async with serve() as url, window() as shown:
            tab = shown.tab
            panel = await panel_of(tab)
            assert [panel.box.itemText(row) for row in range(panel.box.count())] == ["all"]
            panel.run_button.click()
            assert "no connection" in panel.said.text()
            await connected(tab, url)
            panel.times_edit.setText("2")
            panel.run_button.click()
            await until(lambda: panel.said.text() == "Passed: all 3 steps", "the end")
            await until(lambda: panel.run_button.text() == "&Run", "the button")
            assert results(panel)[1].startswith("✓ passed · run 2 · ")
            assert results(panel)[1].endswith(" · 3")
            notes = [str(record.fact("text")) for record in recorded(tab, Kind.NOTE) if record.fact("outcome")]
            assert notes[-2:] == ["Run 2, step 3 of 3, pause for 0.001 s: passed", "The sequence “all” passed."]
            assert tab.recorded.watch is None
            await until(lambda: read_sequences(sequences_path())[0].times == 2, "the number of times")

    run(qapp, body)


def test_a_step_that_fails_leads_to_its_row(qapp: QApplication) -> None:
    async def body() -> None:
        write_sequences(sequences_path(), (SavedSequence("bad", BAD),))
        async with serve() as url, window() as shown:
            tab = shown.tab
            panel = await panel_of(tab)
            await connected(tab, url)
            panel.run_button.click()
            await until(lambda: panel.said.text() == "Failed at step 2", "the end")
            await until(lambda: panel.row_button.isEnabled(), "the row")
            assert results(panel)[1:] == ["✗ failed. Expected: 0 is 4. Got: 3", "– not run"]
            tab.pages.show_page("wire")
            panel.row_button.click()
            assert tab.pages.current == "log"
            failure = recorded(tab, Kind.ERROR)[0]
            assert tab.log.view.chosen() == [failure.seq]
            assert failure.fact("expected") == "0 is 4"

    run(qapp, body)


def test_a_run_is_stopped_and_ends_with_its_tab(qapp: QApplication) -> None:
    async def body() -> None:
        write_sequences(sequences_path(), (SavedSequence("long", (Wait("never", seconds=900),)),))
        async with serve() as url, window() as shown:
            tab = shown.tab
            panel = await panel_of(tab)
            await connected(tab, url)
            panel.run_button.click()
            await until(lambda: tab.recorded.watch is not None, "the run")
            assert panel.run_button.text() == "&Stop"
            assert not panel.add_button.isEnabled()
            panel.run_button.click()
            await until(lambda: panel.said.text() == "Stopped", "the stop")
            await until(lambda: panel.run_button.text() == "&Run", "the button")
            panel.run_button.click()
            await until(lambda: tab.recorded.watch is not None, "the run")

    run(qapp, body)


def test_steps_are_added_changed_moved_and_removed(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            tab = shown.tab
            panel = await panel_of(tab)
            press_offer(panel, "No sequence yet")
            dialog = panel.findChild(QInputDialog, "sequenceNameDialog")
            assert dialog is not None
            dialog.setTextValue(" First  one ")
            dialog.accept()
            await until(lambda: panel.box.currentText() == "First one", "the sequence")
            tab.send.event_edit.setText("say")
            tab.send.payload_edit.setPlainText('{"$hex": "00"}')
            press_offer(panel, "No step yet")
            await until(lambda: panel.table.rowCount() == 1, "the step")
            assert not panel.findChildren(EmptyState)[0].isVisible()
            await add(panel, 3, "0.a", '{"b": }', "The JSON is broken at line 1, column 7", '{"b": 1}')
            await add(panel, 3, "x", "1", "number of the argument", "2", path="1")
            panel.table.selectRow(2)
            panel.up_button.click()
            await until(lambda: steps() == ("send", "1", "0.a"), "the move")
            await until(lambda: panel.table.currentRow() == 1, "the row")
            panel.remove_button.click()
            await until(lambda: steps() == ("send", "0.a"), "the end of it")
            await until(lambda: panel.table.rowCount() == 2, "the rows")
            panel.table.selectRow(0)
            panel.edit_button.click()
            assert panel.dialog is not None
            panel.dialog.event_edit.clear()
            panel.dialog.buttons.accepted.emit()
            assert "Enter the event's name" in panel.dialog.said.text()
            panel.dialog.event_edit.setText("other")
            panel.dialog.seconds_edit.setText("2,5")
            panel.dialog.buttons.accepted.emit()
            await until(
                lambda: (
                    read_sequences(sequences_path())[0].steps[0]
                    == Send("other", [{"$hex": "00"}], "/", ack=True, seconds=2.5)
                ),
                "the change",
            )

    def steps() -> tuple[str, ...]:
        found = read_sequences(sequences_path())[0].steps
        return tuple(step.path if isinstance(step, Check) else type(step).__name__.lower() for step in found)

    async def add(panel: SequencePanel, which: int, at: str, wrong: str, said: str, value: str, path: str = "") -> None:
        count = len(read_sequences(sequences_path())[0].steps)
        panel.add_button.menu().actions()[which].trigger()
        dialog = panel.dialog
        assert dialog is not None
        dialog.path_edit.setText(at)
        dialog.test_box.setCurrentIndex(0)
        dialog.text_edit.setPlainText(wrong)
        dialog.buttons.accepted.emit()
        assert said in dialog.said.text()
        dialog.path_edit.setText(path or at)
        dialog.text_edit.setPlainText(value)
        dialog.buttons.accepted.emit()
        await until(lambda: panel.table.rowCount() == count + 1, "the step")

    run(qapp, body)


def test_rows_of_the_log_become_a_sequence_that_runs(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            tab = shown.tab
            await connected(tab, url)
            tab.send.event_edit.setText("echo")
            tab.send.payload_edit.setPlainText("7")
            tab.send.send_button.click()
            await until(lambda: bool(recorded(tab, Kind.ACK, Direction.IN)), "the acknowledgement")
            first = recorded(tab, Kind.EVENT, Direction.OUT)[0].seq
            await until(lambda: tab.log.model.rowCount() >= first + 1, "the rows")
            view = tab.log.view
            view.selectRow(first - 1)
            view.selectionModel().select(
                tab.log.model.index(first, 0),
                view.selectionModel().SelectionFlag.Select | view.selectionModel().SelectionFlag.Rows,
            )
            next(action for action in view.actions() if action.text() == "Save as sequence").trigger()
            panel = tab.events.sequences.content
            await until(lambda: panel.table.rowCount() == 2, "the sequence")
            assert panel.sequence is not None
            assert panel.sequence.steps == (Send("echo", [7], "/", ack=True), Wait("echo", "/"))
            panel.run_button.click()
            await until(lambda: panel.said.text() == "Passed: all 2 steps", "the end")

    run(qapp, body)


def test_a_sequence_is_handed_on_to_the_command_line_and_taken_over(qapp: QApplication, tmp_path: Path) -> None:
    async def body() -> None:
        write_sequences(sequences_path(), (SavedSequence("good", GOOD),))
        theirs = tmp_path / "theirs.wsgui"
        async with serve() as url, window() as shown:
            tab = shown.tab
            panel = await panel_of(tab)
            tab.address.url_edit.setText(url)
            ours = tmp_path / "ours.wsgui"
            choose(panel.files.ask_where(), ours)
            await until(lambda: str(ours) in notice(shown), "the file")
            assert await asyncio.to_thread(cli.main, ["run", str(ours)]) == 0
            plan = read_plan(ours)
            theirs.write_text(as_sequence(plan).replace("good", "theirs"), encoding="utf-8")
            choose(panel.files.ask_what_to_import(), theirs)
            await until(lambda: panel.box.currentText() == "theirs", "their sequence")
            panel.files.show_code()
            assert panel.files.code is not None
            assert "check(" in panel.files.code.text
            panel.files.code.reject()

    run(qapp, body)


def choose(dialog: QFileDialog, path: Path) -> None:
    dialog.fileSelected.emit(str(path))
    dialog.reject()


def test_a_sequence_of_plain_messages(qapp: QApplication) -> None:
    async def body() -> None:
        steps = (Send("", ["hi"]), Wait(), Check("0", Test.EQUALS, "hi"))
        write_sequences(sequences_path(), (SavedSequence("plain", steps, plain=True),))
        async with serve_plain() as url, window() as shown:
            tab = shown.tab
            tab.address.protocol_box.setCurrentIndex(2)
            tab.connect_to(url)
            await until(lambda: tab.status.state.value == "connected", "the connection")
            tabs = tab.sending.message_tabs
            tabs.setCurrentWidget(tabs.sequences)
            panel = tabs.sequences.content
            await until(lambda: panel.table.rowCount() == 3, "the sequence")
            panel.run_button.click()
            await until(lambda: panel.said.text() == "Passed: all 3 steps", "the end")

    run(qapp, body)


def press_offer(panel: SequencePanel, said: str) -> None:
    """What is offered where there is nothing to show."""
    (state,) = panel.findChildren(EmptyState)
    assert said in next(label.text() for label in state.findChildren(QLabel))
    assert state.isVisible()
    state.button.click()


def more(panel: SequencePanel, text: str) -> None:
    next(action for action in panel.more_button.menu().actions() if action.text() == text).trigger()


def test_each_change_is_taken_back_and_a_deletion_too(qapp: QApplication) -> None:
    async def body() -> None:
        write_sequences(sequences_path(), (SavedSequence("first", GOOD), SavedSequence("second", BAD)))
        async with window() as shown:
            panel = await panel_of(shown.tab)
            before = read_sequences(sequences_path())
            assert not panel.undo_button.isEnabled()
            panel.table.selectRow(1)
            panel.remove_button.click()
            await until(lambda: panel.table.rowCount() == 2, "the rows")
            more(panel, "Delete the sequence")
            await until(lambda: panel.box.count() == 1, "the end of it")
            assert "“first” was deleted" in notice(shown)
            assert panel.box.currentText() == "second"
            panel.table.setFocus()
            QTest.keyClick(panel.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
            await until(lambda: panel.box.currentText() == "first", "the sequence")
            assert panel.table.rowCount() == 2
            panel.undo_button.click()
            await until(lambda: panel.table.rowCount() == 3, "the step")
            assert not panel.undo_button.isEnabled()
            assert read_sequences(sequences_path()) == before

    run(qapp, body)


def test_what_another_tab_has_changed_since_is_not_undone(qapp: QApplication) -> None:
    async def body() -> None:
        write_sequences(sequences_path(), (SavedSequence("one", GOOD),))
        async with window() as shown:
            here = await panel_of(shown.tab)
            here.table.selectRow(2)
            here.remove_button.click()
            await until(lambda: here.table.rowCount() == 2, "the rows")
            there = await panel_of(shown.new_tab())
            there.table.selectRow(0)
            there.remove_button.click()
            await until(lambda: here.table.rowCount() == 1, "the change of the other tab")
            shown.tabs.setCurrentIndex(0)
            here.undo_button.click()
            await until(lambda: "“one” was changed elsewhere" in notice(shown), "the notice")
            assert [len(each.steps) for each in read_sequences(sequences_path())] == [1]

    run(qapp, body)


def test_what_could_not_be_written_is_said_and_nothing_is_there_to_undo(qapp: QApplication) -> None:
    async def body() -> None:
        write_sequences(sequences_path(), (SavedSequence("one", GOOD),))
        async with window() as shown:
            panel = await panel_of(shown.tab)
            panel.table.selectRow(2)
            panel.remove_button.click()
            await until(panel.undo_button.isEnabled, "the change")
            folder, aside = sequences_path().parent, sequences_path().parent.with_name("aside")
            folder.rename(aside)
            folder.write_text("no folder")
            panel.undo_button.click()
            await until(lambda: "could not be used" in notice(shown), "the reason")
            assert panel.table.rowCount() == 2
            folder.unlink()
            aside.rename(folder)
            panel.undo_button.click()
            await until(lambda: panel.table.rowCount() == 3, "the step")
            folder.rename(aside)
            folder.write_text("no folder")
            more(panel, "Delete the sequence")
            await until(lambda: notice(shown).count("could not be used") == 1, "the reason")
            assert panel.box.count() == 1
            assert not panel.undo_button.isEnabled()
            folder.unlink()
            aside.rename(folder)

    run(qapp, body)


def test_a_sequence_has_a_note_and_keeps_its_name_where_none_is_given(qapp: QApplication) -> None:
    async def body() -> None:
        write_sequences(sequences_path(), (SavedSequence("one", GOOD),))
        async with window() as shown:
            panel = await panel_of(shown.tab)
            assert panel.box.toolTip() == ""
            answer(panel, "Note…", "sequenceNoteDialog", " Bug 7 <b>again</b> ")
            await until(lambda: "Bug 7 &lt;b&gt;again" in panel.box.toolTip(), "the note")
            assert read_sequences(sequences_path())[0].note == "Bug 7 <b>again</b>"
            answer(panel, "Rename…", "sequenceNameDialog", "  ")
            answer(panel, "Rename…", "sequenceNameDialog", " two ")
            await until(lambda: panel.box.currentText() == "two", "the name")
            panel.undo_button.click()
            await until(lambda: panel.box.currentText() == "one", "the name before")
            await add_empty_send(panel)
            panel.undo_button.click()
            await until(lambda: panel.table.rowCount() == len(GOOD), "the steps before")

    run(qapp, body)


async def add_empty_send(panel: SequencePanel) -> None:
    """A step whose arguments are written otherwise than they were made."""
    assert panel.sequence is not None
    panel.changes.alter(panel.sequence.key, lambda known: replace(known, steps=(*known.steps, Send("ping"))))
    await until(lambda: panel.table.rowCount() == len(GOOD) + 1, "the step")


def answer(panel: SequencePanel, text: str, name: str, value: str) -> None:
    more(panel, text)
    dialog = next(each for each in panel.findChildren(QInputDialog, name) if each.isVisible())
    dialog.setTextValue(value)
    dialog.accept()
