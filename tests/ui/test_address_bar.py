"""The address bar in wide and in narrow windows."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from wsgui.ui.address_bar import AddressBar


def place_of(bar: AddressBar, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(bar, QPoint()), widget.size())


@pytest.mark.parametrize("with_environment", [False, True])
@pytest.mark.parametrize("width", [1200, 900, 780, 640])
def test_nothing_is_cut_and_the_url_has_its_room(qtbot: QtBot, width: int, with_environment: bool) -> None:
    bar = AddressBar([])
    qtbot.addWidget(bar)
    if with_environment:
        bar.environment_box.addItem("production")
    bar.resize(width, bar.heightForWidth(width))
    with qtbot.waitExposed(bar):
        bar.show()
    QApplication.processEvents()
    shown = [each for each in [*bar.findChildren(QComboBox), *bar.findChildren(QPushButton)] if each.isVisible()]
    places = [place_of(bar, each) for each in shown]
    assert len(shown) == 6 + with_environment
    assert all(bar.rect().contains(place) for place in places)
    assert not any(one.intersects(other) for one, other in itertools.combinations(places, 2))
    assert [each.objectName() for each in shown if each.width() < each.minimumSizeHint().width()] == []
    assert bar.url_edit.width() >= 140
    assert bar.profile_box.width() > bar.profile_box.fontMetrics().horizontalAdvance("No profile") + 40
