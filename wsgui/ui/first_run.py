"""The first thing to be seen: three ways to begin, in the place of the log until something is connected."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from wsgui.core.i18n import N_, _
from wsgui.ui import theme
from wsgui.ui.icons import Icon, icon, show_icon
from wsgui.ui.named import named
from wsgui.ui.plain_label import PlainLabel

_WAYS = (
    (
        "demo_wanted",
        Icon.SERVER,
        N_("No server at hand?"),
        N_("The built-in one sends events and answers yours."),
        N_("Try the built-in server"),
    ),
    (
        "paste_wanted",
        Icon.PASTE,
        N_("Have some code?"),
        N_("A snippet with io(…), a curl command or a link becomes URL and options."),
        N_("Paste a snippet…"),
    ),
    (
        "file_wanted",
        Icon.FOLDER,
        N_("Have a project?"),
        N_("A .env file, or an export of Postman, Insomnia or Hoppscotch, says where its server is."),
        N_("Open a file…"),
    ),
)
"""The signal, the icon, the question, the sentence and the button of each."""
_ICON = 24


class FirstRun(QScrollArea):
    """Says what the person wants. Where texts need more room than there is, it scrolls."""

    demo_wanted = Signal()
    paste_wanted = Signal()
    file_wanted = Signal()
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "firstRun", _("Three ways to begin"))
        self._redraw: list[Callable[[], None]] = []
        theme.changed.connect(self._draw)
        self.setWidgetResizable(True)
        title = PlainLabel(_("Enter a URL above and press Connect (F5), or begin in one of three ways."))
        title.setProperty("tone", "title")
        away = named(QToolButton(), "hideFirstRun", _("Do not show this again"))
        show_icon(away, Icon.CLOSE)
        away.setAutoRaise(True)
        away.setToolTip(_("Do not show this again"))
        away.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        away.clicked.connect(self.dismissed)
        top = QHBoxLayout()
        top.addWidget(title, 1)
        top.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        ways = QHBoxLayout()
        ways.setSpacing(12)
        for way in _WAYS:
            ways.addWidget(self._card(*way), 1)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(ways)
        column.addStretch()
        self.setWidget(inner)

    def _draw(self) -> None:
        for draw in self._redraw:
            draw()

    def _card(self, signal: str, which: Icon, question: str, sentence: str, offer: str) -> QFrame:
        card = QFrame()
        card.setProperty("card", True)
        picture = QLabel()

        def draw() -> None:
            picture.setPixmap(icon(which, "accent").pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))

        draw()
        self._redraw.append(draw)
        button = named(QPushButton(_(offer)), f"firstRun_{signal}")
        button.setAutoDefault(False)
        button.clicked.connect(getattr(self, signal))
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(picture)
        head.addWidget(PlainLabel(_(question), "title"), 1)
        column.addLayout(head)
        column.addWidget(PlainLabel(_(sentence), "muted"))
        column.addStretch()
        column.addWidget(button)
        return card
