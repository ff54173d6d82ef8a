"""Below the log of a plain WebSocket: a message as text or bytes, a ping, and a close frame of any kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.i18n import _, plural
from wsgui.core.message_form import MessageForm, MessageFormError, read_message
from wsgui.core.ws_frames import utf8
from wsgui.net.session import MessageSession, NotConnectedError
from wsgui.ui.close_row import CloseRow
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.named import named
from wsgui.ui.theme import fixed_font, restyle

_LARGEST_FILE = 64 << 20
"""Bytes of a file that are sent as one message; more would stand still for too long."""
_LONGEST_PING = 125


class MessagePane(QWidget):
    """Asks for what is to be sent, checks it while it is typed, and gives it to ``session`` while there is one."""

    def __init__(self) -> None:
        super().__init__()
        self.session: MessageSession | None = None
        self.message_edit = named(QPlainTextEdit(), "messageEdit", _("Message"))
        self.message_edit.setPlaceholderText(_("The message. Nothing typed is an empty message, which is one too."))
        self.message_edit.setFont(fixed_font())
        self.message_edit.setTabChangesFocus(True)
        self.message_edit.setMinimumHeight(44)
        self.form_box = named(QComboBox(), "messageFormBox", _("Form of the message"))
        for form in MessageForm:
            self.form_box.addItem(_(form), form)
        self.file_button = named(QPushButton(_("Send a &file…")), "sendFileButton")
        self.file_button.setToolTip(_("Send the content of a file as one message, in the form chosen here"))
        self._note = named(QLabel(), "messageNote")
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self.ping_edit = named(QLineEdit(), "pingPayloadEdit", _("Content of the ping"))
        self.ping_edit.setPlaceholderText(_("Content"))
        self.ping_edit.setFixedWidth(self.ping_edit.fontMetrics().averageCharWidth() * 14)
        show_icon(self.file_button, Icon.DOCUMENT)
        self.ping_button = named(QPushButton(_("&Ping")), "pingButton")
        self.ping_button.setToolTip(_("Send a ping with this content; the log shows the pong and the round trip"))
        self.send_button = named(QPushButton(_("&Send")), "sendMessageButton")
        show_icon(self.send_button, Icon.SEND)
        self.send_button.setToolTip(_("Send the message (Ctrl+Enter)"))
        self.close_row = CloseRow()
        self._lay_out()

        self.message_edit.textChanged.connect(self._check)
        self.form_box.currentIndexChanged.connect(lambda _row: self._check())
        self.file_button.clicked.connect(self.choose_file)
        self.ping_edit.textEdited.connect(lambda _text: self._check())
        self.ping_edit.returnPressed.connect(self._ping)
        self.ping_button.clicked.connect(self._ping)
        self.send_button.clicked.connect(self._send)
        self.close_row.close_wanted.connect(lambda body: self._ask(lambda session: session.close_with(body)))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._send)
        self._check()

    def take_focus(self) -> None:
        """Put the cursor where one begins to type a message."""
        self.message_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_problem(self, sentence: str) -> None:
        """Say why what was asked could not be sent."""
        self._say(sentence, "bad")

    def choose_file(self) -> QFileDialog:
        """Open the dialog; it is not waited for. The file that is chosen is sent."""
        dialog = QFileDialog(self, _("Choose a file to send"))
        dialog.setObjectName("fileDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda file: self._send_file(Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    @property
    def _form(self) -> MessageForm:
        return MessageForm(self.form_box.currentData())

    def _check(self) -> str | bytes | None:
        """Say what the message comes to, and return it; ``None`` where it is none."""
        try:
            message = read_message(self.message_edit.toPlainText(), self._form)
        except MessageFormError as error:
            self._mark(bad=True)
            self._say(str(error), "bad")
            return None
        self._mark(bad=False)
        if len(utf8(self.ping_edit.text())) > _LONGEST_PING:
            self._say(_("Illegal: a ping holds at most {n} bytes.").format(n=_LONGEST_PING), "warning")
            return message
        size = len(utf8(message) if isinstance(message, str) else message)
        self._say(plural("{n:,} byte", "{n:,} bytes", size).format(n=size), "muted")
        return message

    def _send(self) -> None:
        message = self._check()
        if message is None:
            self.message_edit.setFocus()
        else:
            self._ask(lambda session: session.send_message(message))

    def _send_file(self, file: Path) -> None:
        try:
            with file.open("rb") as content:
                data = content.read(_LARGEST_FILE + 1)
            if len(data) > _LARGEST_FILE:
                sentence = _("Not sent: {name} is larger than {n} MiB.")
                self.show_problem(sentence.format(name=file.name, n=_LARGEST_FILE >> 20))
                return
            message: str | bytes = data.decode() if self._form is MessageForm.TEXT else data
        except OSError as error:
            self.show_problem(_("Not sent: {name} cannot be read: {why}.").format(name=file.name, why=error.strerror))
        except UnicodeDecodeError:
            self.show_problem(_("Not sent: {name} is not UTF-8 text. Choose a binary form.").format(name=file.name))
        else:
            self._check()
            self._ask(lambda session: session.send_message(message))

    def _ping(self) -> None:
        self._check()
        payload = utf8(self.ping_edit.text())
        self._ask(lambda session: session.ping(payload))

    def _ask(self, send: Callable[[MessageSession], int]) -> None:
        """Let the session send something, or say why it cannot."""
        if self.session is None:
            self.show_problem(_("Not sent: there is no connection. Press Connect first."))
            return
        try:
            send(self.session)
        except NotConnectedError as error:
            self.show_problem(str(error))

    def _say(self, text: str, tone: str) -> None:
        self._note.setText(text)
        if self._note.property("tone") != tone:
            self._note.setProperty("tone", tone)
            restyle(self._note)

    def _mark(self, *, bad: bool) -> None:
        if bool(self.message_edit.property("state")) != bad:
            self.message_edit.setProperty("state", "bad" if bad else None)
            restyle(self.message_edit)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.form_box)
        row.addWidget(self.file_button)
        row.addWidget(self._note, 1)
        row.addWidget(self.ping_edit)
        row.addWidget(self.ping_button)
        row.addWidget(self.send_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.message_edit, 1)
        column.addLayout(row)
        column.addWidget(self.close_row)
