"""What a person does on a Socket.IO connection: send events, answer the server, join and leave namespaces."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from wsgui.core.i18n import N_, _
from wsgui.core.records import Direction, Record
from wsgui.core.repetition import Repetition
from wsgui.net.session import EmitOptions, EventSession, NotConnectedError, Status
from wsgui.ui.late_page import LatePage
from wsgui.ui.named import named
from wsgui.ui.repeating import Repeating
from wsgui.ui.send_pane import AnswerRule, SendPane, flags_of

if TYPE_CHECKING:
    from wsgui.core.saved_messages import SavedMessage
    from wsgui.ui.listeners.listeners import Listeners
    from wsgui.ui.listeners.panel import ListenerPanel
    from wsgui.ui.namespace_pane import NamespacePane
    from wsgui.ui.saved.panel import SavedPanel
    from wsgui.ui.saved.saving import Saving
    from wsgui.ui.sequences.panel import SequencePanel
    from wsgui.ui.sequences.runs import Runs

NO_EVENT = N_("“{name}” is a message for a plain WebSocket, and this tab speaks Socket.IO.")


class EventPane(QTabWidget):
    """Acts on ``session``; without one it says why it cannot."""

    def __init__(
        self, saving: Callable[[], Saving], runs: Callable[[], Runs], listeners: Callable[[], Listeners]
    ) -> None:
        super().__init__()
        self._saving = saving
        self._runs = runs
        self._listeners = listeners
        named(self, "eventPane", _("Send and namespaces"))
        self.setDocumentMode(True)
        self.session: EventSession | None = None
        self.answers = False
        """Whether a rule answers the server; asked for every event, also in a flood."""
        self.send = SendPane()
        self._page = QWidget()
        """Where the namespaces come."""
        self.addTab(self.send, _("Send"))
        self.addTab(self._page, _("Namespaces"))
        self.saved = LatePage(self._make_saved)
        self.addTab(self.saved, _("Saved"))
        self.sequences = LatePage(self._make_sequences)
        self.addTab(self.sequences, _("Sequences"))
        self.listeners = LatePage(self._make_listeners)
        self.addTab(self.listeners, _("Events"))
        self.currentChanged.connect(lambda _row: self.namespaces)
        self._repeating = Repeating(self.send.repeat)
        self.send.send_wanted.connect(self._send)
        self.send.repeat_wanted.connect(self._repeat)
        self.send.rule_box.currentIndexChanged.connect(self._rule_chosen)
        self.send.answer_wanted.connect(self._answer)
        self.send.save_wanted.connect(lambda message: saving().ask(message))

    @cached_property
    def namespaces(self) -> NamespacePane:
        """The other tab; made when somebody goes there or it has something to show, for the window to open sooner."""
        from wsgui.ui.namespace_pane import NamespacePane

        pane = NamespacePane()
        pane.join_wanted.connect(self._join)
        pane.leave_wanted.connect(self._leave)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pane)
        return pane

    def take_focus(self) -> None:
        """Put the cursor where one begins to type an event."""
        self.setCurrentWidget(self.send)
        self.send.take_focus()

    def show_status(self, status: Status) -> None:
        """Show which namespaces are joined."""
        self.send.show_namespaces(status.namespaces)
        self.namespaces.show_joined(status.namespaces)

    def answer_by_hand(self, record: Record) -> None:
        """Let the person answer an event of the log."""
        from wsgui.core.describe import packet_of

        packet = packet_of(record)
        if packet is not None and packet.id is not None:
            self.setCurrentWidget(self.send)
            self.send.ask(packet.event, packet.id, packet.namespace)

    # What the saved messages need, see wsgui.ui.saved.composer

    def typed_message(self) -> SavedMessage | None:
        message = self.send.message()
        return message if message.event else None

    def write_message(self, message: SavedMessage) -> bool:
        self.setCurrentWidget(self.send)
        if not message.event:
            self.send.show_problem(_(NO_EVENT).format(name=message.title))
            return False
        self.send.write(message)
        return True

    def send_message(self, message: SavedMessage) -> str:
        from wsgui.core.payload import PayloadError, arguments_to_send

        if not message.event:
            return _(NO_EVENT).format(name=message.title)
        try:
            arguments = arguments_to_send(message.text)
        except PayloadError as error:
            return _("“{name}” was not sent. {why}").format(name=message.title, why=error)
        return self._deliver(message.event, arguments, message.namespace, flags_of(message))

    def message_of(self, record: Record) -> SavedMessage | None:
        from dataclasses import replace

        from wsgui.core.recorded_steps import message_of

        message = message_of(record)
        if message is None or not message.event or record.direction is Direction.OUT:
            return message
        typed = self.send.message()
        return replace(message, ack=typed.ack, volatile=typed.volatile, timeout=typed.timeout)

    async def end(self) -> None:
        """End what is being repeated."""
        await self._repeating.end()

    def answer_by_rule(self, record: Record) -> None:
        """Answer an event that came, if it asks for that, as the rule says."""
        if self.session is None or record.data is None or record.data[:2] == "2[":
            return
        rule = self.send.rule
        from wsgui.core.describe import packet_of

        packet = packet_of(record)
        if packet is None or packet.id is None:
            return
        args = {AnswerRule.ECHO: packet.args, AnswerRule.TYPED: self.send.typed_arguments()}.get(rule, [])
        self._answer(packet.id, args, packet.namespace)

    def _make_saved(self) -> SavedPanel:
        from wsgui.ui.saved.panel import SavedPanel

        return SavedPanel(self, self._saving(), lambda: self.setCurrentWidget(self.send))

    def _make_sequences(self) -> SequencePanel:
        from wsgui.ui.sequences.panel import SequencePanel

        return SequencePanel(self._runs(), self._saving(), self, plain=False)

    def _make_listeners(self) -> ListenerPanel:
        from wsgui.ui.listeners.panel import ListenerPanel

        return ListenerPanel(self._listeners(), self.send.rule_box)

    def _rule_chosen(self) -> None:
        self.answers = self.send.rule is not AnswerRule.BY_HAND

    def _send(self, event: str, args: list[object], namespace: str, options: EmitOptions) -> bool:
        """Whether the session took it."""
        problem = self._deliver(event, args, namespace, options)
        if problem:
            self.send.show_problem(problem)
        return not problem

    def _deliver(self, event: str, args: list[object], namespace: str, options: EmitOptions) -> str:
        """Why the session did not take it, as a sentence; empty if it did."""
        if self.session is None:
            return _("Not sent: there is no connection. Press Connect first.")
        try:
            self.session.send(event, args, namespace=namespace, options=options)
        except NotConnectedError as error:
            return str(error)
        return ""

    def _repeat(self, repetition: Repetition) -> None:
        typed, session = self.send.event_typed(), self.session
        if typed is not None:
            # Never on into another connection.
            self._repeating.begin(lambda: self.session is session and self._send(*typed), repetition)

    def _answer(self, number: int, args: list[object], namespace: str) -> None:
        if self.session is None:
            self.send.show_problem(_("Not answered: the connection has ended."))
            return
        try:
            self.session.acknowledge(number, args, namespace=namespace)
        except NotConnectedError as error:
            self.send.show_problem(str(error))

    def _join(self, namespace: str, auth: Mapping[str, object] | None) -> None:
        if self.session is not None:
            self.session.join(namespace, auth)

    def _leave(self, namespace: str) -> None:
        if self.session is None:
            return
        try:
            self.session.leave(namespace)
        except NotConnectedError as error:
            self.namespaces.show_problem(str(error))
