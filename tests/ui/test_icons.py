"""The icons are one family, each is there and used, and each is drawn sharp and in the colours of the theme."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from wsgui import resources
from wsgui.ui import icons, theme
from wsgui.ui.icons import Icon, icon, show_icon

FOLDER = resources.path("icons")
OWN = "wsgui"
"""The program's own icon is no part of the family."""
SVG = "{http://www.w3.org/2000/svg}"
FAMILY = {
    "viewBox": "0 0 24 24",
    "fill": "none",
    "stroke": "currentColor",
    "stroke-width": "1.5",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
}
SHAPES = {f"{SVG}path": {"d"}, f"{SVG}circle": {"cx", "cy", "r"}}

every = pytest.mark.parametrize("which", Icon, ids=str)


@pytest.fixture(autouse=True)
def drawn(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, theme.Choice.LIGHT)
    icons.begin_drawing()
    yield
    theme.apply(qapp, theme.Choice.LIGHT)


def test_each_icon_has_a_file_and_each_file_is_an_icon() -> None:
    assert {file.stem for file in FOLDER.glob("*.svg")} == {OWN, *Icon}


@every
def test_is_of_the_family(which: Icon) -> None:
    root = ET.parse(FOLDER / f"{which}.svg").getroot()
    assert root.tag == f"{SVG}svg"
    assert root.attrib == FAMILY
    assert list(root)
    for shape in root:
        assert set(shape.attrib) == SHAPES[shape.tag]
        numbers = [float(number) for value in shape.attrib.values() for number in re.findall(r"-?[\d.]+", value)]
        assert all(0 <= number <= 24 for number in numbers), shape.attrib
        assert not re.search("[a-z]", shape.get("d", "")), "written in absolute places, as the grid is"


def test_none_is_unused() -> None:
    ui = Path(icons.__file__).parent
    sources = [file.read_text("utf-8") for file in ui.rglob("*.py") if file.name != "icons.py"]
    used = {name for source in sources for name in re.findall(r"\bIcon\.([A-Z_]+)\b", source)}
    assert {each.name for each in Icon} - used == set()


def image(which: Icon, tone: str = "text", scale: float = 1.0, mode: QIcon.Mode = QIcon.Mode.Normal) -> QImage:
    return icon(which, tone).pixmap(QSize(16, 16), scale, mode).toImage()


def colours(picture: QImage) -> set[str]:
    """Those of the pixels that are covered whole."""
    whole = (picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height()))
    return {colour.name() for colour in whole if colour.alpha() > 250}


@every
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_is_drawn_in_the_pixels_of_the_screen(which: Icon, scale: float) -> None:
    picture = image(which, scale=scale)
    assert picture.size() == QSize(16, 16) * scale
    assert picture.devicePixelRatio() == scale
    assert any(picture.pixelColor(x, y).alpha() > 100 for x in range(picture.width()) for y in range(picture.height()))


def test_straight_lines_are_whole_pixels() -> None:
    for scale in (1.0, 2.0):
        picture = image(Icon.PLUS, scale=scale)
        opaque = [picture.pixelColor(picture.width() // 4, y).alpha() for y in range(picture.height())]
        assert [alpha for alpha in opaque if alpha] == [255] * int(scale)


def test_is_drawn_in_the_colours_of_the_theme(qapp: QApplication) -> None:
    for choice, look in ((theme.Choice.LIGHT, theme.LIGHT), (theme.Choice.DARK, theme.DARK)):
        theme.apply(qapp, choice)
        assert colours(image(Icon.PLUS)) == {look.text}
        assert colours(image(Icon.PLUS, "bad")) == {look.bad}
        assert colours(image(Icon.PLUS, "bad", mode=QIcon.Mode.Disabled)) == {look.disabled}


def test_a_button_shows_the_theme_that_is_put_on(qapp: QApplication, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    show_icon(button, Icon.PLUS, "warning")
    for choice, look in ((theme.Choice.DARK, theme.DARK), (theme.Choice.LIGHT, theme.LIGHT)):
        theme.apply(qapp, choice)
        assert QColor(look.warning).name() in colours(button.grab().toImage())


def test_a_tool_button_keeps_its_text(qtbot: QtBot) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    bare = button.sizeHint().width()
    button.setText("Clear the log")
    show_icon(button, Icon.CLEAR)
    assert button.sizeHint().width() > bare + button.fontMetrics().horizontalAdvance("Clear the log")


def test_nothing_is_read_before_the_window_was_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    drawings = icons._Drawings()
    monkeypatch.setattr(icons, "_drawings", drawings)
    assert image(Icon.PLUS).isNull()
    icons.begin_drawing()
    assert not image(Icon.PLUS).isNull()
