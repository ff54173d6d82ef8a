"""Below the log: an event's name, its arguments as JSON, and whether an acknowledgement is wanted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.i18n import _, plural
from wsgui.core.payload import PayloadError, read_arguments
from wsgui.ui.named import named
from wsgui.ui.theme import fixed_font, restyle


class SendPane(QWidget):
    """Asks for an event and checks its arguments while they are typed."""

    send_wanted = Signal(str, list, str, bool)
    """Event, arguments, namespace, acknowledgement wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.event_edit = named(QLineEdit(), "eventNameEdit", _("Event name"))
        self.event_edit.setPlaceholderText(_("Event name"))
        self.namespace_box = named(QComboBox(), "namespaceBox", _("Namespace"))
        self.namespace_box.setToolTip(_("The namespace to send in"))
        self.ack_box = named(QCheckBox(_("Ask for an &acknowledgement")), "ackBox")
        self.ack_box.setChecked(True)
        self.payload_edit = named(QPlainTextEdit(), "payloadEdit", _("Arguments as JSON, separated by commas"))
        self.payload_edit.setPlaceholderText(
            _('Arguments as JSON, separated by commas: "hello", {"room": 7}\nEmpty means no argument.')
        )
        self.payload_edit.setFont(fixed_font())
        self.payload_edit.setTabChangesFocus(True)
        self.payload_edit.setMinimumHeight(56)
        self.send_button = named(QPushButton(_("&Send")), "sendButton")
        self.send_button.setToolTip(_("Send the event (Ctrl+Enter)"))
        self._message = named(QLabel(), "payloadMessage")
        self._message.setWordWrap(True)
        self._message.setTextFormat(Qt.TextFormat.PlainText)

        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.event_edit, 1)
        top.addWidget(self.namespace_box)
        top.addWidget(self.ack_box)
        bottom = QHBoxLayout()
        bottom.addWidget(self._message, 1)
        bottom.addWidget(self.send_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.payload_edit, 1)
        column.addLayout(bottom)

        self.show_namespaces(())
        self.payload_edit.textChanged.connect(self._check)
        self.event_edit.textEdited.connect(lambda _text: self._check())
        self.event_edit.returnPressed.connect(self._send)
        self.send_button.clicked.connect(self._send)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._send)
        self._check()

    def show_namespaces(self, names: tuple[str, ...]) -> None:
        """Offer the namespaces that are joined; with none, sending says why it cannot."""
        chosen = self.namespace_box.currentText()
        self.namespace_box.clear()
        self.namespace_box.addItems(names or ("/",))
        if chosen in names:
            self.namespace_box.setCurrentText(chosen)
        self.namespace_box.setVisible(len(names) > 1)

    def show_problem(self, sentence: str) -> None:
        """Say why what was asked could not be sent."""
        self._say(sentence, "bad")

    def _check(self) -> None:
        text = self.payload_edit.toPlainText()
        try:
            arguments = read_arguments(text)
        except PayloadError as error:
            self._mark(self.payload_edit, bad=True)
            self._say(str(error), "bad")
            return
        self._mark(self.payload_edit, bad=False)
        self._mark(self.event_edit, bad=False)
        count = len(arguments)
        none = _("No argument")
        self._say(plural("{n} argument", "{n} arguments", count).format(n=count) if count else none, "muted")

    def _send(self) -> None:
        event = self.event_edit.text()
        try:
            arguments = read_arguments(self.payload_edit.toPlainText())
        except PayloadError as error:
            self._say(str(error), "bad")
            self.payload_edit.setFocus()
            return
        if not event:
            self._mark(self.event_edit, bad=True)
            self._say(_("Enter the event's name."), "bad")
            self.event_edit.setFocus()
            return
        self._check()
        self.send_wanted.emit(event, arguments, self.namespace_box.currentText(), self.ack_box.isChecked())

    def _say(self, text: str, kind: str) -> None:
        self._message.setText(text)
        if self._message.property("tone") != kind:
            self._message.setProperty("tone", kind)
            restyle(self._message)

    @staticmethod
    def _mark(widget: QWidget, *, bad: bool) -> None:
        if bool(widget.property("state")) != bad:
            widget.setProperty("state", "bad" if bad else None)
            restyle(widget)
