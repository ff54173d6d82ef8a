"""Below the log of a plain WebSocket: a message as text or bytes, a ping, and a close frame of any kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.i18n import _, plural
from wsgui.core.message_form import MessageForm, MessageFormError, read_message
from wsgui.core.repetition import Repetition
from wsgui.core.saved_messages import SavedMessage
from wsgui.core.ws_frames import utf8
from wsgui.net.session import MessageSession, NotConnectedError
from wsgui.ui.close_row import CloseRow
from wsgui.ui.history_button import HistoryButton
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.named import named
from wsgui.ui.repeat_row import RepeatRow
from wsgui.ui.repeating import Repeating
from wsgui.ui.theme import fixed_font, restyle

_LARGEST_FILE = 64 << 20
"""Bytes of a file that are sent as one message; more would stand still for too long."""
_LONGEST_PING = 125


class MessagePane(QWidget):
    """Asks for what is to be sent, checks it while it is typed, and gives it to ``session`` while there is one."""

    save_wanted = Signal(SavedMessage)
    """The person wants to keep this message."""

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
        self.history_button = HistoryButton()
        self.save_button = _tool("saveButton", _("Save…"), _("Keep this message under Saved, with a name"))
        self.repeat_button = _tool("repeatRowButton", _("Repeat"), _("Send it again and again"))
        self.repeat_button.setCheckable(True)
        for button, which in (
            (self.history_button, Icon.CLOCK),
            (self.save_button, Icon.SAVE),
            (self.repeat_button, Icon.REPEAT),
        ):
            show_icon(button, which)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.repeat = RepeatRow()
        self.repeat.hide()
        self._repeating = Repeating(self.repeat)
        self.close_row = CloseRow()
        self._lay_out()

        self.message_edit.textChanged.connect(self._check)
        self.form_box.currentIndexChanged.connect(lambda _row: self._check())
        self.file_button.clicked.connect(self.choose_file)
        self.ping_edit.textEdited.connect(lambda _text: self._check())
        self.ping_edit.returnPressed.connect(self._ping)
        self.ping_button.clicked.connect(self._ping)
        self.send_button.clicked.connect(self._send)
        self.history_button.chosen.connect(self.write)
        self.history_button.save_wanted.connect(self.save_wanted)
        self.save_button.clicked.connect(lambda: self.save_wanted.emit(self.message()))
        self.repeat_button.toggled.connect(self.repeat.setVisible)
        self.repeat.start_wanted.connect(self._repeat)
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

    def message(self) -> SavedMessage:
        """What is typed, right or wrong."""
        return SavedMessage(text=self.message_edit.toPlainText(), form=self._form, key="")

    def write(self, message: SavedMessage) -> None:
        """Put a message into the pane, to be edited or sent."""
        self.form_box.setCurrentIndex(self.form_box.findData(message.form))
        self.message_edit.setPlainText(message.text)
        self.take_focus()

    async def end(self) -> None:
        """End what is being repeated."""
        await self._repeating.end()

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
            self.history_button.keep([self.message()])
            self._ask(lambda session: session.send_message(message))

    def _repeat(self, repetition: Repetition) -> None:
        message, session = self._check(), self.session
        if message is not None:
            self.history_button.keep([self.message()])
            # Never on into another connection.
            self._repeating.begin(
                lambda: self.session is session and self._ask(lambda session: session.send_message(message)), repetition
            )

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

    def deliver(self, send: Callable[[MessageSession], int]) -> str:
        """Let the session send something; empty, or why it cannot, as a sentence."""
        if self.session is None:
            return _("Not sent: there is no connection. Press Connect first.")
        try:
            send(self.session)
        except NotConnectedError as error:
            return str(error)
        return ""

    def _ask(self, send: Callable[[MessageSession], int]) -> bool:
        """Let the session send something, or say why it cannot; whether it could."""
        problem = self.deliver(send)
        if problem:
            self.show_problem(problem)
        return not problem

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
        for button in (self.history_button, self.save_button, self.repeat_button, self.file_button):
            row.addWidget(button)
        row.addWidget(self._note, 1)
        row.addWidget(self.ping_edit)
        row.addWidget(self.ping_button)
        row.addWidget(self.send_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.message_edit, 1)
        column.addWidget(self.repeat)
        column.addLayout(row)
        column.addWidget(self.close_row)


def _tool(name: str, text: str, tip: str) -> QToolButton:
    button = named(QToolButton(), name, text)
    button.setText(text)
    button.setToolTip(tip)
    return button
