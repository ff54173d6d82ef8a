"""How the program looks: two themes of named colours, and the palette and style sheet made of them.

``apply`` once at the start and again when the choice changes. What paints by itself asks ``current()`` for a
colour and repaints on ``changed``; everything else follows from the palette.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from wsgui.core.records import Direction, Severity
from wsgui.ui.style_sheet import style_sheet

ARGUMENTS = ("-style", "Fusion")
"""For the application's command line. ``setStyle`` would return the style to Python, which costs 10 ms at the start."""


class Choice(StrEnum):
    """What the person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(NamedTuple):
    """The colours, as ``#rrggbb``. Each text colour has a contrast of 4.5 and more on each ground."""

    name: str
    # Grounds
    window: str
    surface: str
    """Where one reads and writes: editors, tables."""
    raised: str
    """Buttons, tool tips."""
    hover: str
    selection: str
    good_tint: str
    warning_tint: str
    bad_tint: str
    accent: str
    """The colour that leads: the main button, the focus; readable as text too."""
    accent_hover: str
    # Lines
    border: str
    """Between things; nothing is told by it."""
    edge: str
    """Around what one writes into or chooses from, and the handles one takes: 3 and more on each of its grounds."""
    # Texts
    text: str
    muted: str
    on_accent: str
    disabled: str
    """Readable, but with less contrast than the others: 3."""
    good: str
    warning: str
    bad: str
    mark: str
    """Behind a text that was found."""
    changed: str
    """A value that differs from its default."""
    sent: str
    received: str


LIGHT = Theme(
    name="light",
    window="#f5f6f8",
    surface="#ffffff",
    raised="#eceef2",
    hover="#e3e6ec",
    selection="#d8e6fc",
    good_tint="#dcf1e4",
    warning_tint="#f9ecd0",
    bad_tint="#fbe2e0",
    accent="#1c5cc7",
    accent_hover="#174da8",
    border="#c3c9d3",
    edge="#7f8896",
    text="#1b2027",
    muted="#555e6d",
    on_accent="#ffffff",
    disabled="#7b8494",
    good="#14653a",
    warning="#7d5000",
    bad="#ad2323",
    mark="#ffe08a",
    changed="#7439ad",
    sent="#1a56ba",
    received="#14653a",
)
DARK = Theme(
    name="dark",
    window="#1a1d22",
    surface="#202429",
    raised="#2b3037",
    hover="#353b44",
    selection="#2a4163",
    good_tint="#1f3a2c",
    warning_tint="#3d3320",
    bad_tint="#472a2b",
    accent="#7fb2ff",
    accent_hover="#a3c8ff",
    border="#454c57",
    edge="#747d8a",
    text="#e6e9ed",
    muted="#aab3c0",
    on_accent="#0c1627",
    disabled="#7d8693",
    good="#6fd69a",
    warning="#ebbd5f",
    bad="#ff9d94",
    mark="#54430f",
    changed="#d0b0f8",
    sent="#8fbcff",
    received="#6fd69a",
)


class _Look(QObject):
    changed = Signal()
    theme = LIGHT
    choice = Choice.SYSTEM
    follows = False


_look = _Look()
changed = _look.changed
"""Emitted after another theme was put on."""


def current() -> Theme:
    """The theme that is on."""
    return _look.theme


def apply(app: QApplication, choice: Choice) -> None:
    """Put a theme on the whole program; with ``SYSTEM`` it follows the system from now on."""
    hints = app.styleHints()
    _look.choice = choice
    if not _look.follows:
        _look.follows = True
        hints.colorSchemeChanged.connect(lambda: _put_on(app))
    scheme = {Choice.LIGHT: Qt.ColorScheme.Light, Choice.DARK: Qt.ColorScheme.Dark}
    hints.setColorScheme(scheme.get(choice, Qt.ColorScheme.Unknown))  # the title bar is the system's to colour
    _put_on(app)


def _put_on(app: QApplication) -> None:
    dark = _look.choice is Choice.DARK
    if _look.choice is Choice.SYSTEM:
        dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    theme = DARK if dark else LIGHT
    if theme is _look.theme and app.styleSheet():
        return
    _look.theme = theme
    app.setPalette(palette(theme))
    colours = theme._asdict()
    app.setStyleSheet(style_sheet(colours, colours.pop("name")))
    _look.changed.emit()


def palette(theme: Theme) -> QPalette:
    """The palette that goes with a theme."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    result = QPalette()
    for each, colour in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.surface),
        (role.AlternateBase, theme.window),
        (role.Text, theme.text),
        (role.PlaceholderText, theme.muted),
        (role.Button, theme.raised),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.bad),
        (role.ToolTipBase, theme.raised),
        (role.ToolTipText, theme.text),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Accent, theme.accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.changed),
        (role.Light, theme.hover),
        (role.Midlight, theme.raised),
        (role.Mid, theme.border),
        (role.Dark, theme.border),
        (role.Shadow, theme.border),
    ):
        result.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        result.setColor(group.Disabled, each, QColor(theme.disabled))
    return result


def severity_colour(severity: Severity) -> QColor:
    """The colour of a text of that severity in the theme that is on."""
    return _colours()[severity]


def direction_colour(direction: Direction) -> QColor:
    """The colour of the sign for that direction in the theme that is on."""
    return _colours()[direction]


def _colours() -> Mapping[Severity | Direction, QColor]:
    return _COLOURS[_look.theme.name]


_COLOURS: Mapping[str, Mapping[Severity | Direction, QColor]] = {
    theme.name: {
        Severity.PLAIN: QColor(theme.text),
        Severity.MUTED: QColor(theme.muted),
        Severity.GOOD: QColor(theme.good),
        Severity.WARNING: QColor(theme.warning),
        Severity.BAD: QColor(theme.bad),
        Direction.OUT: QColor(theme.sent),
        Direction.IN: QColor(theme.received),
        Direction.NONE: QColor(theme.muted),
    }
    for theme in (LIGHT, DARK)
}


def fixed_font() -> QFont:
    """The system's font in which all characters are equally wide, in the size of the user interface."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(QApplication.font().pointSizeF())
    return font


def show_bad(widget: QWidget, *, bad: bool) -> None:
    """Give an editor the look of a value that is refused, or take it back."""
    if bool(widget.property("state")) != bad:
        widget.setProperty("state", "bad" if bad else None)
        restyle(widget)


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again at the properties of a widget that is shown already."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it will look for the first time; asking for the style costs several milliseconds at the start
    widget.style().unpolish(widget)
    widget.style().polish(widget)
