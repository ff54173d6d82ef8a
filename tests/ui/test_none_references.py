"""Keeps a PySide6 out that loses references to ``None``.

PySide6 6.12.0 on Python 3.11 under Linux took one too many with every Qt call that returns nothing, and after some
7,000 of them the process was gone. From Python 3.12 on ``None`` cannot be lost.
"""

from __future__ import annotations

import sys

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 1000
NOISE = 100
"""References that come and go for reasons of their own; a loss of one per call is ten times that."""


def references_lost(label: QLabel) -> int:
    """How many references to ``None`` there are less after ``CALLS`` calls."""
    before = sys.getrefcount(None)
    for number in range(CALLS):
        label.setText(str(number))
    return before - sys.getrefcount(None)


@pytest.fixture
def label(qtbot: QtBot) -> QLabel:
    label = QLabel()
    qtbot.addWidget(label)
    return label


def test_calls_that_return_nothing_keep_none(label: QLabel) -> None:
    assert references_lost(label) <= NOISE


def test_the_count_can_tell_or_need_not() -> None:
    """Either ``None`` is counted, so that a loss would show, or it is immortal and there is nothing to lose."""
    before = sys.getrefcount(None)
    held = [None] * CALLS
    gained = sys.getrefcount(None) - before
    assert len(held) == CALLS
    assert (gained == 0) if sys.version_info >= (3, 12) else gained >= CALLS - NOISE
