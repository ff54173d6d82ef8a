"""Lines are broken between words, but not where that would take Qt seconds."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from wsgui.ui.wrapping import LONGEST_WORD, wrap_for

BETWEEN, ANYWHERE = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere, QTextOption.WrapMode.WrapAnywhere


@pytest.mark.parametrize(
    ("texts", "mode"),
    [
        ([], BETWEEN),
        (["some words " * 10_000, "x" * LONGEST_WORD], BETWEEN),
        (["some words", "x" * (LONGEST_WORD + 1)], ANYWHERE),
    ],
)
def test_where_lines_are_broken(qapp: QApplication, qtbot: QtBot, texts: list[str], mode: QTextOption.WrapMode) -> None:
    view = QPlainTextEdit()
    qtbot.addWidget(view)
    wrap_for(view, texts)
    assert view.wordWrapMode() == mode
