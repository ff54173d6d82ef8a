"""Below the log: an event's name, its arguments as JSON, and how it is to be sent; or the answer to a question.

A server may ask for an acknowledgement. JavaScript sends one only if the page's code does, so nothing is answered by
itself here either: a person answers a row of the log by hand, or chooses a rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.i18n import N_, _, plural
from wsgui.core.payload import PayloadError, arguments_to_send, read_arguments
from wsgui.core.repetition import Repetition
from wsgui.net.session import EmitOptions
from wsgui.ui.history_button import HistoryButton
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.named import named
from wsgui.ui.payload_editor import PayloadEditor
from wsgui.ui.repeat_row import RepeatRow
from wsgui.ui.theme import restyle, show_bad

if TYPE_CHECKING:
    from wsgui.core.saved_messages import SavedMessage


class AnswerRule(StrEnum):
    """What is answered when the server asks for an acknowledgement."""

    BY_HAND = N_("by hand")
    NOTHING = N_("at once, without arguments")
    ECHO = N_("at once, with what came")
    TYPED = N_("at once, with the arguments above")


class SendPane(QWidget):
    """Asks for an event, or an answer, and checks its arguments while they are typed."""

    send_wanted = Signal(str, list, str, EmitOptions)
    """Event, arguments, namespace, flags."""
    repeat_wanted = Signal(Repetition)
    """The event that is typed is to be sent again and again; :meth:`event_typed` gives it."""
    answer_wanted = Signal(int, list, str)
    """Number of the acknowledgement, arguments, namespace."""
    save_wanted = Signal(object)
    """The person wants to keep this event, a ``SavedMessage``."""

    def __init__(self) -> None:
        super().__init__()
        self._question: tuple[int, str] | None = None
        self.event_edit = named(QLineEdit(), "eventNameEdit", _("Event name"))
        self.event_edit.setPlaceholderText(_("Event name"))
        self.namespace_box = named(QComboBox(), "namespaceBox", _("Namespace"))
        self.namespace_box.setToolTip(_("The namespace to send in"))
        self.ack_box = named(QCheckBox(_("Ask for an &acknowledgement")), "ackBox")
        self.ack_box.setChecked(True)
        self.volatile_box = named(QCheckBox(_("&Volatile")), "volatileBox")
        self.volatile_box.setToolTip(_("Drop the event if the connection does not take it at this moment"))
        self.timeout_edit = named(QLineEdit(), "emitTimeoutEdit", _("Time-out of the acknowledgement, in milliseconds"))
        self.timeout_edit.setPlaceholderText(_("time-out, ms"))
        self.timeout_edit.setToolTip(_("How long to wait for the acknowledgement; empty takes the option ackTimeout"))
        self.timeout_edit.setFixedWidth(self.timeout_edit.fontMetrics().horizontalAdvance("time-out, ms") + 32)
        self.payload = PayloadEditor()
        self.payload_edit = self.payload.edit
        self.rule_box = named(QComboBox(), "answerRuleBox", _("Answer to the server's questions"))
        for rule in AnswerRule:
            self.rule_box.addItem(_(rule.value), rule)
        self.rule_box.setToolTip(_("What to answer when the server asks for an acknowledgement"))
        self.send_button = named(QPushButton(_("&Send")), "sendButton")
        self.send_button.setToolTip(_("Send the event (Ctrl+Enter)"))
        show_icon(self.send_button, Icon.SEND)
        self.history_button = HistoryButton()
        self.save_button = _menu_button("saveButton", _("Save…"), _("Keep this event under Saved, with a name"))
        self.beautify_button = _menu_button("beautifyButton", _("Beautify"), _("Indent the arguments (Ctrl+Shift+B)"))
        self.repeat_button = _menu_button("repeatRowButton", _("Repeat"), _("Send it again and again"))
        self.repeat_button.setCheckable(True)
        for button, which in (
            (self.history_button, Icon.CLOCK),
            (self.save_button, Icon.SAVE),
            (self.beautify_button, Icon.BEAUTIFY),
            (self.repeat_button, Icon.REPEAT),
        ):
            show_icon(button, which)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)  # the row is full in some languages
        self.repeat = RepeatRow()
        self.repeat.hide()
        self._message = named(QLabel(), "payloadMessage")
        self._message.setWordWrap(True)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._answering = named(QLabel(), "answeringLabel")
        self._answering.setTextFormat(Qt.TextFormat.PlainText)
        self._no_answer = named(QToolButton(), "noAnswerButton", _("Do not answer"))
        show_icon(self._no_answer, Icon.CLOSE)
        self._lay_out()
        self._connect()
        self.show_namespaces(())
        self.ask(None)
        self._say(_("No argument"), "muted")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._answering, 1)
        top.addWidget(self._no_answer)
        top.addWidget(self.event_edit, 1)
        for widget in (self.namespace_box, self.ack_box, self.timeout_edit, self.volatile_box):
            top.addWidget(widget)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        for button in (
            self.history_button,
            self.save_button,
            self.payload.forms_button,
            self.beautify_button,
            self.repeat_button,
        ):
            bottom.addWidget(button)
        bottom.addStretch(1)
        # What is shown of a long choice may be cut: it is whole in the list.
        self.rule_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.rule_box.setMinimumContentsLength(12)
        bottom.addWidget(QLabel(_("Answers")))
        bottom.addWidget(self.rule_box, 2)
        bottom.addWidget(self.send_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.payload, 1)
        column.addWidget(self._message)
        column.addWidget(self.repeat)
        column.addLayout(bottom)

    def _connect(self) -> None:
        self.payload.changed.connect(self._check)
        self.payload.refused.connect(self.show_problem)
        self.event_edit.textEdited.connect(lambda _text: self._check())
        self.timeout_edit.textEdited.connect(lambda _text: self._check())
        self.ack_box.toggled.connect(self.timeout_edit.setEnabled)
        self.event_edit.returnPressed.connect(self._send)
        self.timeout_edit.returnPressed.connect(self._send)
        self.send_button.clicked.connect(self._send)
        self._no_answer.clicked.connect(lambda: self.ask(None))
        self.history_button.chosen.connect(self.write)
        self.history_button.save_wanted.connect(self.save_wanted)
        self.save_button.clicked.connect(self._save)
        self.beautify_button.clicked.connect(self.payload.beautify)
        self.repeat_button.toggled.connect(self.repeat.setVisible)
        self.repeat.start_wanted.connect(self._repeat)
        tidy = QShortcut(QKeySequence("Ctrl+Shift+B"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        tidy.activated.connect(self.payload.beautify)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._send)

    # What the tab says

    def show_namespaces(self, names: tuple[str, ...]) -> None:
        """Offer the namespaces that are joined."""
        chosen = self.namespace_box.currentText()
        self.namespace_box.clear()
        self.namespace_box.addItems(names or ("/",))
        if chosen in names:
            self.namespace_box.setCurrentText(chosen)
        self._show_widgets()

    def take_focus(self) -> None:
        """Put the cursor where one begins to type."""
        if self._question is None:
            self.event_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.payload.take_focus()

    def show_problem(self, sentence: str) -> None:
        """Say why what was asked could not be sent."""
        self._say(sentence, "bad")

    def ask(self, event: str | None, number: int = 0, namespace: str = "/") -> None:
        """Let the person answer an event that asked for it; ``None`` goes back to sending."""
        self._question = None if event is None else (number, namespace)
        if event is not None:
            text = _("Answer to “{event}” (acknowledgement {n} in {namespace})")
            self._answering.setText(text.format(event=event, n=number, namespace=namespace))
            self.payload.take_focus()
        self.send_button.setText(_("&Send") if event is None else _("An&swer"))
        self._show_widgets()

    @property
    def rule(self) -> AnswerRule:
        return AnswerRule(self.rule_box.currentData())

    def typed_arguments(self) -> list[object]:
        """The arguments as they are typed; none while they are broken."""
        try:
            return arguments_to_send(self.payload_edit.toPlainText())
        except PayloadError:
            return []  # the message under the editor says so

    def written_arguments(self) -> list[object]:
        """The same as JSON, in which bytes have names: see :mod:`wsgui.core.binary_values`."""
        try:
            return read_arguments(self.payload_edit.toPlainText())
        except PayloadError:
            return []

    def message(self) -> SavedMessage:
        """What is typed, right or wrong."""
        from wsgui.core.saved_messages import SavedMessage  # the window opens sooner without it

        limit = self.timeout_edit.text().strip()
        return SavedMessage(
            event=self.event_edit.text(),
            text=self.payload_edit.toPlainText(),
            namespace=self.namespace_box.currentText(),
            ack=self.ack_box.isChecked(),
            volatile=self.volatile_box.isChecked(),
            timeout=int(limit) if _is_limit(limit) else None,
            key="",
        )

    def write(self, message: SavedMessage) -> None:
        """Put an event into the pane, to be edited or sent."""
        self.ask(None)
        self.event_edit.setText(message.event)
        self.payload_edit.setPlainText(message.text)
        self.ack_box.setChecked(message.ack)
        self.volatile_box.setChecked(message.volatile)
        self.timeout_edit.setText("" if message.timeout is None else str(message.timeout))
        place = self.namespace_box.findText(message.namespace)
        if place >= 0:
            self.namespace_box.setCurrentIndex(place)
        self.take_focus()

    def offer(self, messages: Sequence[SavedMessage]) -> None:
        """Put the first into the pane, and all into the history, as if they had been sent."""
        if messages:
            self.history_button.keep(messages)
            self.write(messages[0])

    def event_typed(self) -> tuple[str, list[object], str, EmitOptions] | None:
        """The event, its arguments, its namespace and its flags; ``None`` where something is wrong, which is said."""
        if not self._check():
            return None
        if not self.event_edit.text():
            self._complain(self.event_edit, _("Enter the event's name."))
            self.event_edit.setFocus()
            return None
        try:
            arguments = arguments_to_send(self.payload_edit.toPlainText())
        except PayloadError as error:  # a file that cannot be read
            self._complain(self.payload_edit, str(error))
            return None
        message = self.message()
        self.history_button.keep([message])
        return message.event, arguments, message.namespace, flags_of(message)

    # What the person does

    def _repeat(self, repetition: Repetition) -> None:
        if self._question is None:
            self.repeat_wanted.emit(repetition)

    def _save(self) -> None:
        if not self.event_edit.text():
            self._complain(self.event_edit, _("Enter the event's name."))
            return
        self.save_wanted.emit(self.message())

    def _show_widgets(self) -> None:
        answering = self._question is not None
        for part in (self._answering, self._no_answer):
            part.setVisible(answering)
        for widget in (self.event_edit, self.ack_box, self.timeout_edit, self.volatile_box):
            widget.setVisible(not answering)
        self.namespace_box.setVisible(not answering and self.namespace_box.count() > 1)

    def _check(self) -> bool:
        """Mark what is wrong and say why; whether all is well."""
        for widget in (self.payload_edit, self.event_edit, self.timeout_edit):
            show_bad(widget, bad=False)
        try:
            count = self.payload.check()
        except PayloadError as error:
            return self._complain(self.payload_edit, str(error))
        limit = self.timeout_edit.text().strip()
        if limit and not _is_limit(limit):
            return self._complain(self.timeout_edit, _("The time-out is a number of milliseconds, or empty."))
        none = _("No argument")
        self._say(plural("{n} argument", "{n} arguments", count).format(n=count) if count else none, "muted")
        return True

    def _send(self) -> None:
        if self._question is not None:
            try:
                arguments = arguments_to_send(self.payload_edit.toPlainText())
            except PayloadError as error:
                self._complain(self.payload_edit, str(error))
                return
            number, namespace = self._question
            self.ask(None)
            self.answer_wanted.emit(number, arguments, namespace)
            return
        if (typed := self.event_typed()) is not None:
            self.send_wanted.emit(*typed)

    def _complain(self, widget: QWidget, sentence: str) -> bool:
        show_bad(widget, bad=True)
        self._say(sentence, "bad")
        return False

    def _say(self, text: str, kind: str) -> None:
        self._message.setText(text)
        if self._message.property("tone") != kind:
            self._message.setProperty("tone", kind)
            restyle(self._message)


def flags_of(message: SavedMessage) -> EmitOptions:
    """How an event that was typed or saved is to be sent."""
    timeout = None if message.timeout is None else message.timeout / 1000
    return EmitOptions(ack=message.ack, volatile=message.volatile, timeout=timeout)


def _is_limit(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _menu_button(name: str, text: str, tip: str) -> QToolButton:
    button = named(QToolButton(), name, text)
    button.setText(text)
    button.setToolTip(tip)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return button
