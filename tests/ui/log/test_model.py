"""The model shows what is written, takes it over in blocks, and rests when there is nothing to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from wsgui.core.filters import parse
from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Kind, Record
from wsgui.ui import theme
from wsgui.ui.log.model import Column, LogModel, text_of

Append = Callable[[int], None]


@pytest.fixture
def model(qapp: QApplication, recording: Recording) -> Iterator[LogModel]:
    theme.apply(qapp, theme.Choice.LIGHT)
    model = LogModel()
    model.set_recording(recording)
    yield model
    model.recording = None  # before it is closed; without a signal, for the tester of models listens to the end


def summaries(model: LogModel) -> list[object]:
    return [model.data(model.index(row, Column.SUMMARY)) for row in range(model.rowCount())]


def search(model: LogModel, text: str, qtbot: QtBot) -> None:
    model.set_condition(parse(text))
    qtbot.waitUntil(lambda: not model.searching)


def test_is_a_good_model(model: LogModel, append: Append, qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    append(5)
    model.notice()
    qtbot.waitUntil(lambda: model.rowCount() == 5)
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    search(model, "tick", qtbot)
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]


def test_shows_a_record(model: LogModel, recording: Recording, qtbot: QtBot) -> None:
    facts = {"code": 1006, "valid": False, "by": "server"}
    recording.append(Record(1, 0.0, 1.7e9 + 0.0259, 1, Direction.IN, Kind.WS_CLOSE, None, facts))
    recording.flush()
    model.refresh()
    cells = [str(model.data(model.index(0, column))) for column in Column]
    assert cells[Column.TIME].endswith(":20.025")
    assert cells[Column.DIRECTION : Column.SUMMARY] == ["←", "WS close"]
    assert "1006" in cells[Column.SUMMARY]
    colour = model.data(model.index(0, Column.SUMMARY), Qt.ItemDataRole.ForegroundRole)
    assert colour == QColor(theme.LIGHT.bad)
    spoken = model.data(model.index(0, Column.DIRECTION), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "received"
    heading = model.headerData(Column.DIRECTION, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert heading == "Direction"


def test_takes_over_in_one_block(model: LogModel, append: Append, qtbot: QtBot) -> None:
    blocks: list[tuple[int, int]] = []

    def note(_parent: QModelIndex, first: int, last: int) -> None:
        blocks.append((first, last))

    model.rowsInserted.connect(note)
    append(300)
    for _ in range(300):
        model.notice()
    qtbot.waitUntil(lambda: model.rowCount() == 300)
    append(10)
    model.notice()
    qtbot.waitUntil(lambda: model.rowCount() == 310)
    assert blocks == [(0, 299), (300, 309)]


def test_comes_back_for_what_was_not_yet_written(model: LogModel, recording: Recording, qtbot: QtBot) -> None:
    for seq in range(1, 5001):
        recording.append(Record(seq, 0.0, 0.0, 1, Direction.IN, Kind.NOTE, None, {"text": "x"}))
    model.notice()
    qtbot.waitUntil(lambda: model.rowCount() == 5000)


def test_rests_when_idle(model: LogModel, append: Append, qtbot: QtBot) -> None:
    append(10)
    model.notice()
    qtbot.waitUntil(lambda: model.rowCount() == 10)
    assert not model._timer.isActive()
    search(model, "tick", qtbot)
    assert not model._timer.isActive()


def test_filters(model: LogModel, append: Append, qtbot: QtBot) -> None:
    append(10)
    search(model, "tock", qtbot)
    assert summaries(model) == [f"tock  {seq}" for seq in (2, 4, 6, 8, 10)]
    assert [model.row_of(seq) for seq in (2, 3, 10, 11)] == [0, None, 4, None]
    append(4)
    model.notice()
    qtbot.waitUntil(lambda: model.rowCount() == 7)
    assert list(model.seqs()) == [2, 4, 6, 8, 10, 12, 14]
    model.set_condition(None)
    assert model.rowCount() == 14


def test_searches_a_long_recording_in_steps(model: LogModel, append: Append, qtbot: QtBot) -> None:
    append(30_000)
    model.set_condition(parse("tock"))
    assert model.searching
    assert 0 < model.rowCount() < 15_000
    qtbot.waitUntil(lambda: not model.searching)
    assert list(model.seqs()) == list(range(2, 30_001, 2))


def test_clear_hides_what_was_before(model: LogModel, append: Append, recording: Recording, qtbot: QtBot) -> None:
    append(10)
    model.refresh()
    recording.append(Record(11, 0.0, 0.0, 1, Direction.IN, Kind.EVENT, "2[]"))
    model.clear()
    recording.flush()
    append(3)
    model.refresh()
    assert list(model.seqs()) == [12, 13, 14]
    assert summaries(model) == ["tock  12", "tick  13", "tock  14"]
    search(model, "tock", qtbot)
    assert list(model.seqs()) == [12, 14]
    model.show_all()
    qtbot.waitUntil(lambda: not model.searching)
    assert list(model.seqs()) == [2, 4, 6, 8, 10, 12, 14]


def test_scrolls_anywhere(model: LogModel, append: Append) -> None:
    append(3000)
    model.refresh()
    for row in (2999, 0, 1500, 1499, 63, 64, 2998):
        assert model.line(row).cells[Column.SUMMARY].endswith(f"  {row + 1}")


def test_keeps_few_lines(model: LogModel, append: Append) -> None:
    append(5000)
    model.refresh()
    assert len(summaries(model)) == 5000
    assert len(model._lines) <= 1024
    assert len(model._records) <= 64


def test_copies_a_record_whole() -> None:
    record = Record(1, 0.0, 0.0, 1, Direction.OUT, Kind.WS_MESSAGE, "x" * 1000 + "\n")
    assert text_of(record).endswith(f"  →  WS message  {'x' * 1000}⏎")


def test_a_condition_of_its_own_holds_with_any_filter(
    qapp: QApplication, recording: Recording, append: Append, qtbot: QtBot
) -> None:
    model = LogModel(parse("tock"))
    append(20)
    model.set_recording(recording)
    qtbot.waitUntil(lambda: not model.searching)
    assert list(model.seqs()) == list(range(2, 21, 2))
    search(model, "1", qtbot)
    assert list(model.seqs()) == [10, 12, 14, 16, 18]
    filtered = model.filtered
    search(model, "", qtbot)
    assert list(model.seqs()) == list(range(2, 21, 2))
    assert (filtered, model.filtered) == (True, False)
    model.recording = None
