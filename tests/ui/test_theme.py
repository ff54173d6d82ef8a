"""Both themes can be read, and each covers the palette and the style sheet whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from wsgui import resources
from wsgui.core.records import Severity
from wsgui.ui import theme
from wsgui.ui.style_sheet import style_sheet
from wsgui.ui.theme import DARK, LIGHT, Choice, Theme

GROUNDS = ("window", "surface", "raised", "hover", "selection")
TEXTS = ("text", "muted", "accent", "good", "warning", "bad", "changed", "sent", "received")
PAIRS = [(text, ground) for text in TEXTS for ground in GROUNDS] + [
    ("good", "good_tint"),
    ("warning", "warning_tint"),
    ("bad", "bad_tint"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("surface", "text"),  # a toast
    *((text, "mark") for text in ("text", "muted", "good", "warning", "bad")),
]
LINES = [
    *((line, ground) for line in ("edge", "accent", "bad", "changed", "muted") for ground in ("window", "surface")),
    ("edge", "raised"),
    ("text", "window"),  # around the main button when it has the keyboard
]
"""What has to be seen to use the window: edges of fields, focus, states, icons. 3 by WCAG 2.2, 1.4.11."""
INPUTS = ("QLineEdit", "QPlainTextEdit", "QTextEdit", "QComboBox", "QAbstractSpinBox")

both = pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp, Choice.LIGHT)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.2, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def test_the_formula_is_the_one_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@both
def test_text_can_be_read(look: Theme) -> None:
    faint = {
        pair: round(contrast(*(getattr(look, name) for name in pair)), 2)
        for pair in PAIRS
        if contrast(*(getattr(look, name) for name in pair)) < 4.5
    }
    assert faint == {}


@both
def test_edges_focus_and_states_can_be_seen(look: Theme) -> None:
    faint = {pair: contrast(*(getattr(look, name) for name in pair)) for pair in LINES}
    assert {pair: round(ratio, 2) for pair, ratio in faint.items() if ratio < 3} == {}


@both
def test_the_drawings_of_controls_can_be_seen(look: Theme) -> None:
    for file in resources.path("controls").glob("*.svg"):
        on = ["accent"] if file.stem == f"check-{look.name}" else ["window", "surface"]
        if file.stem.startswith("check") and file.stem != f"check-{look.name}":
            continue  # of the other theme
        (stroke,) = re.findall('stroke="(#[0-9a-f]{6})"', file.read_text("utf-8"))
        assert all(contrast(stroke, getattr(look, ground)) >= 3 for ground in on), file.name


def test_fields_have_an_edge_and_whatever_has_the_keyboard_shows_it(qapp: QApplication) -> None:
    theme.apply(qapp, Choice.LIGHT)
    sheet = re.sub(r"\s+", " ", qapp.styleSheet())
    assert f"{', '.join(INPUTS)} {{ border-color: {LIGHT.edge} }}" in sheet
    (focused,) = re.findall(r"((?:Q\w+:focus,? ?)+){ border: 2px solid " + LIGHT.accent, sheet)
    for kind in (*INPUTS, "QPushButton", "QToolButton"):
        assert f"{kind}:focus" in focused
    for rule in ("QCheckBox:focus", "QAbstractItemView:focus", "QTabBar::tab:selected:focus"):
        assert rule in sheet


@both
def test_disabled_text_can_be_read_too(look: Theme) -> None:
    for ground in (look.window, look.surface):
        assert contrast(look.disabled, ground) >= 3


@both
def test_every_text_of_the_palette_can_be_read(look: Theme) -> None:
    role = QPalette.ColorRole
    palette = theme.palette(look)
    for text, ground in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.PlaceholderText, role.Base),
        (role.ButtonText, role.Button),
        (role.ToolTipText, role.ToolTipBase),
        (role.HighlightedText, role.Highlight),
        (role.Link, role.Window),
        (role.LinkVisited, role.Window),
    ):
        assert contrast(palette.color(text).name(), palette.color(ground).name()) >= 4.5, text


@both
def test_style_sheet_is_whole(look: Theme, qtbot: QtBot) -> None:
    colours = look._asdict()
    sheet = style_sheet(colours, colours.pop("name"))
    assert "$" not in sheet
    for url in re.findall(r"url\(([^)]+)\)", sheet):
        assert resources.path("controls").joinpath(url.rpartition("/")[2]).is_file()
    label = QLabel()
    qtbot.addWidget(label)
    label.setStyleSheet(sheet)  # Qt would warn of what it cannot parse


@pytest.mark.parametrize(("choice", "look"), [(Choice.LIGHT, LIGHT), (Choice.DARK, DARK)])
def test_a_choice_is_put_on(qapp: QApplication, choice: Choice, look: Theme) -> None:
    theme.apply(qapp, choice)
    assert theme.current() is look
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == look.window
    assert look.window in qapp.styleSheet()
    assert theme.severity_colour(Severity.BAD).name() == look.bad


def test_says_when_it_changes_and_only_then(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, Choice.LIGHT)
    with qtbot.waitSignal(theme.changed):
        theme.apply(qapp, Choice.DARK)
    with qtbot.assertNotEmitted(theme.changed):
        theme.apply(qapp, Choice.DARK)


def test_a_state_shows_at_once(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, Choice.LIGHT)
    label = QLabel("Connected")
    qtbot.addWidget(label)
    label.show()
    label.setProperty("tone", "good")
    theme.restyle(label)
    assert label.palette().color(QPalette.ColorRole.WindowText).name() == LIGHT.good
