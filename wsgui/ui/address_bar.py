"""The top of a tab: protocol, URL and the buttons that act on the connection."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from wsgui.core.i18n import N_, _
from wsgui.core.protocol import Protocol
from wsgui.net.state import State
from wsgui.ui.flow_layout import FlowLayout
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.named import KEEPS_TEXT, named
from wsgui.ui.pasted_text import is_for_import
from wsgui.ui.profiles.box import ProfileBox
from wsgui.ui.theme import show_bad

PROTOCOL_LABEL = {
    Protocol.SOCKETIO: N_("Socket.IO 3 and 4"),
    Protocol.SOCKETIO_V2: N_("Socket.IO 2"),
    Protocol.WEBSOCKET: N_("WebSocket"),
}


_URL_WIDTH = 170
"""Pixels, at the least."""
_AT_ONCE = 5
"""Characters: nobody types so many in one go."""


class AddressBar(QWidget):
    """Tells what the person wants; knows nothing of sessions."""

    connect_wanted = Signal()
    stop_wanted = Signal()
    diagnose_wanted = Signal()
    import_wanted = Signal(str)
    """A text was put into the URL field that is no URL: a snippet, a command, a link."""

    def __init__(self, urls: list[str]) -> None:
        super().__init__()
        self._before = ""
        """The URL before the last change."""
        self.profile_box = ProfileBox()
        self.protocol_box = self._make_protocol_box()
        self.url_edit = named(QLineEdit(), "urlEdit", _("URL of the server"))
        self.url_edit.setPlaceholderText("http://localhost:3000")
        self._history = named(QComboBox(), "urlHistory", _("URL of the server, with those used before"))
        self._history.setEditable(True)
        self._history.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._history.setLineEdit(self.url_edit)
        self._history.addItems(urls)
        self._history.setCurrentIndex(-1)
        # Completing inside the field would connect to an older URL that merely begins with what was typed.
        if completer := self._history.completer():
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._history.setSizePolicy(self.url_edit.sizePolicy())
        self._history.setMinimumWidth(_URL_WIDTH)
        self.connect_button = named(QPushButton(_("&Connect")), "connectButton")
        self.connect_button.setProperty("role", "primary")
        show_icon(self.connect_button, Icon.CONNECT, "on_accent")
        self.disconnect_button = named(QPushButton(_("&Disconnect")), "disconnectButton")
        self.disconnect_button.setEnabled(False)
        show_icon(self.disconnect_button, Icon.DISCONNECT)
        self.diagnose_button = named(QPushButton(_("Dia&gnose")), "diagnoseButton")
        self.diagnose_button.setToolTip(_("Find the cause of a failure, with the evidence and the fix (F8)"))
        show_icon(self.diagnose_button, Icon.DIAGNOSE)
        self._problem = named(QLabel(), "urlProblem")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.setProperty("tone", "bad")
        self._problem.hide()

        self._boxes = _row(self.profile_box, self.protocol_box)
        line = _row(self._history, self.connect_button, self.disconnect_button, self.diagnose_button)
        line.setSizePolicy(self._history.sizePolicy())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(FlowLayout(self._boxes, line))
        column.addWidget(self._problem)

        self.url_edit.returnPressed.connect(self._return_pressed)
        self.url_edit.textEdited.connect(self._edited)
        self.url_edit.textChanged.connect(lambda text: setattr(self, "_before", text))
        self.connect_button.clicked.connect(self.connect_wanted)
        self.disconnect_button.clicked.connect(self.stop_wanted)
        self.diagnose_button.clicked.connect(self.diagnose_wanted)

    @cached_property
    def environment_box(self) -> QComboBox:
        """Which environment gives variables their values; made when there is one, for the window to open sooner."""
        box = named(QComboBox(), "environmentBox", _("Environment"))
        box.setProperty(KEEPS_TEXT, True)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setMaximumWidth(180)
        boxes = self._boxes.layout()
        assert isinstance(boxes, QHBoxLayout)
        boxes.insertWidget(1, box)
        QWidget.setTabOrder(self.profile_box, box)
        return box

    @property
    def url(self) -> str:
        return self.url_edit.text().strip()

    @property
    def protocol(self) -> Protocol:
        return Protocol(self.protocol_box.currentData())

    def set_url(self, url: str) -> None:
        """Put a URL into the field, and show how it begins."""
        self.url_edit.setText(url)
        self.url_edit.setCursorPosition(0)

    def set_protocol(self, protocol: Protocol) -> None:
        """Choose a protocol."""
        self.protocol_box.setCurrentIndex(self.protocol_box.findData(protocol.value))

    def remember(self, url: str) -> None:
        """Put a URL that was connected to at the top of the list."""
        if (row := self._history.findText(url)) >= 0:
            self._history.removeItem(row)
        self._history.insertItem(0, url)
        self._history.setCurrentIndex(0)

    def show_problem(self, sentence: str, *, of_url: bool = True) -> None:
        """Say under the URL why it, or an option, cannot be used; an empty text takes that back."""
        if bool(sentence) == self._problem.isVisibleTo(self) and sentence == self._problem.text():
            return
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        for widget in (self.url_edit, self._history):
            show_bad(widget, bad=bool(sentence) and of_url)

    def show_state(self, state: State) -> None:
        """Offer what can be done in this state: every one can be left."""
        idle = state is State.CLOSED
        # The button that was clicked becomes disabled; what is typed next must not land somewhere else.
        clicked = self.connect_button.hasFocus() or self.disconnect_button.hasFocus()
        self.connect_button.setEnabled(idle)
        self.disconnect_button.setEnabled(state not in (State.CLOSED, State.CLOSING))
        if clicked and state is not State.CLOSING:
            (self.connect_button if idle else self.disconnect_button).setFocus()
        self.disconnect_button.setText(_("&Cancel") if state in (State.CONNECTING, State.WAITING) else _("&Disconnect"))
        self.url_edit.setReadOnly(not idle)
        self.protocol_box.setEnabled(idle)

    def _edited(self, text: str) -> None:
        """What is no URL and came at once was pasted or dropped: it is taken out again, and offered to be imported."""
        self.show_problem("")
        if len(text) > len(self._before) + _AT_ONCE and is_for_import(text):
            clip = QGuiApplication.clipboard().text()
            self.url_edit.setText(self._before)
            # The field makes one line of what is pasted; the clipboard has it as it was.
            self.import_wanted.emit(clip if clip.split()[:3] == text.split()[:3] else text)

    def _return_pressed(self) -> None:
        if self.connect_button.isEnabled():
            self.connect_wanted.emit()

    def _make_protocol_box(self) -> QComboBox:
        box = named(QComboBox(), "protocolBox", _("Protocol"))
        for protocol in Protocol:
            box.addItem(_(PROTOCOL_LABEL[protocol]), protocol.value)
        return box


def _row(*widgets: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget)
    return row
