"""The icons: one drawing each, in the colours of the theme that is on, sharp on every screen.

An icon is drawn when it is first painted, and again when the theme or the scale is another. Until the window was
painted once, icons take up their room and stay empty: to read and draw them would let the window open later.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolButton

from wsgui import resources
from wsgui.ui import theme


class Icon(StrEnum):
    """What can be shown; the value is the name of the file in ``resources/icons``."""

    BEAUTIFY = "beautify"
    BUG = "bug"
    CLEAR = "clear"
    CLOCK = "clock"
    CLOSE = "close"
    CODE = "code"
    COMPARE = "compare"
    CONNECT = "connect"
    CONSOLE = "console"
    COPY = "copy"
    DELETE = "delete"
    DIAGNOSE = "diagnose"
    DISCONNECT = "disconnect"
    DOCUMENT = "document"
    EDIT = "edit"
    ENVIRONMENT = "environment"
    EXPORT = "export"
    FAILED = "failed"
    FILTER = "filter"
    FIND = "find"
    FOLDER = "folder"
    FOLLOW = "follow"
    HELP = "help"
    IMPORT = "import"
    LANGUAGE = "language"
    LISTENER = "listener"
    LOG = "log"
    MESSAGE = "message"
    MOON = "moon"
    PASSED = "passed"
    PASTE = "paste"
    PAUSE = "pause"
    PLUS = "plus"
    PROFILE = "profile"
    PULSE = "pulse"
    RECORDING = "recording"
    REPEAT = "repeat"
    RESET = "reset"
    RUN = "run"
    SAVE = "save"
    SEND = "send"
    SEQUENCE = "sequence"
    SERVER = "server"
    SETTINGS = "settings"
    UNDO = "undo"
    WARNING = "warning"
    WIRE = "wire"


def icon(which: Icon, tone: str = "text") -> QIcon:
    """The icon in a colour of the theme, by that colour's name: for a button, an action, a tab, a row."""
    return QIcon(_Drawing(which, tone))


def show_icon(button: QAbstractButton, which: Icon, tone: str = "text") -> None:
    """Show the icon on a button, before its text, in the 16 pixels that the style gives it: there it is sharpest."""
    button.setIcon(icon(which, tone))
    if isinstance(button, QToolButton) and button.text():
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)


def begin_drawing() -> None:
    """From now on icons are drawn: the window was painted and takes input."""
    if not _drawings.on:
        _drawings.on = True
        for widget in QApplication.allWidgets():
            if isinstance(widget, QAbstractButton) and not widget.icon().isNull():
                widget.update()


class _Drawings:
    """All that were drawn so far, by name, colour and size in pixels of the screen."""

    def __init__(self) -> None:
        self.on = False
        self._done: dict[tuple[Icon, str, int], QPixmap] = {}

    def get(self, which: Icon, colour: str, pixels: int) -> QPixmap:
        if not self.on or pixels <= 0:
            return QPixmap()
        key = which, colour, pixels
        if key not in self._done:
            self._done[key] = _draw(which, colour, pixels)
        return self._done[key]


_drawings = _Drawings()


def _draw(which: Icon, colour: str, pixels: int) -> QPixmap:
    from PySide6.QtCore import QBuffer, QByteArray  # Qt's types cost their part when they are named
    from PySide6.QtGui import QImageReader

    source = resources.path("icons", f"{which}.svg").read_text("utf-8").replace("currentColor", colour)
    buffer = QBuffer()
    buffer.setData(QByteArray(source.encode()))
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(pixels, pixels))
    return QPixmap.fromImage(reader.read())


class _Drawing(QIconEngine):
    """Draws one icon, whatever Qt asks for."""

    def __init__(self, which: Icon, tone: str) -> None:
        super().__init__()
        self._which = which
        self._tone = tone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        square = QRect(0, 0, side, side)
        square.moveCenter(rect.center())
        painter.drawPixmap(square, self._draw(side, mode, painter.device().devicePixelRatio()))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:
        return self._draw(min(size.width(), size.height()), mode, scale)

    def clone(self) -> QIconEngine:
        return _Drawing(self._which, self._tone)

    def _draw(self, side: int, mode: QIcon.Mode, scale: float) -> QPixmap:
        tone = "disabled" if mode is QIcon.Mode.Disabled else self._tone
        drawn = QPixmap(_drawings.get(self._which, getattr(theme.current(), tone), round(side * scale)))
        drawn.setDevicePixelRatio(scale)
        return drawn
