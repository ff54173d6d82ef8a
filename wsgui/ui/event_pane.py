"""What a person does on a Socket.IO connection: send events, answer the server, join and leave namespaces."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from wsgui.core.i18n import _
from wsgui.core.records import Record
from wsgui.core.repetition import Repetition, repeat
from wsgui.core.tasks import TaskOwner
from wsgui.net.session import EmitOptions, EventSession, NotConnectedError, Status
from wsgui.ui.named import named
from wsgui.ui.send_pane import AnswerRule, Draft, SendPane

if TYPE_CHECKING:
    from wsgui.ui.namespace_pane import NamespacePane


class EventPane(QTabWidget):
    """Acts on ``session``; without one it says why it cannot."""

    def __init__(self) -> None:
        super().__init__()
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
        self.currentChanged.connect(lambda _row: self.namespaces)
        self._tasks = TaskOwner("events")
        self.send.send_wanted.connect(self._send)
        self.send.repeat_wanted.connect(self._repeat)
        self.send.repeat.stop_wanted.connect(self._stop_repeating)
        self.send.rule_box.currentIndexChanged.connect(self._rule_chosen)
        self.send.answer_wanted.connect(self._answer)

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

    def edit(self, record: Record) -> None:
        """Put an event of the log into the pane, to be edited and sent."""
        from wsgui.core.describe import json_text, packet_of

        packet = packet_of(record)
        if packet is not None:
            self.setCurrentWidget(self.send)
            text = ", ".join(json_text(value) for value in packet.args)
            self.send.write(Draft(packet.event, text, packet.namespace))
            if any(map(_holds_bytes, packet.args)):
                self.send.show_problem(
                    _("Bytes cannot be written as JSON: where they stood, there is their length now.")
                )

    async def end(self) -> None:
        """End what is being repeated."""
        await self._tasks.close()

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

    def _rule_chosen(self) -> None:
        self.answers = self.send.rule is not AnswerRule.BY_HAND

    def _send(self, event: str, args: list[object], namespace: str, options: EmitOptions) -> bool:
        """Whether the session took it."""
        if self.session is None:
            self.send.show_problem(_("Not sent: there is no connection. Press Connect first."))
            return False
        try:
            self.session.send(event, args, namespace=namespace, options=options)
        except NotConnectedError as error:
            self.send.show_problem(str(error))
            return False
        return True

    def _repeat(self, repetition: Repetition) -> None:
        typed = self.send.event_typed()
        if typed is not None:
            self._tasks.start(self._send_again(typed, repetition), "repeat")

    async def _send_again(self, typed: tuple[str, list[object], str, EmitOptions], repetition: Repetition) -> None:
        row, session = self.send.repeat, self.session
        of = "" if repetition.times is None else f" / {repetition.times:,}"
        sent = 0

        def send(number: int) -> bool:
            nonlocal sent
            if self.session is not session or not self._send(*typed):  # never on into another connection
                return False
            sent = number
            row.show_progress(_("Sent: {n}").format(n=f"{number:,}{of}"), running=True)
            return True

        try:
            await repeat(send, repetition)
        finally:
            row.show_progress(_("Ended; sent: {n}").format(n=f"{sent:,}{of}"), running=False)

    def _stop_repeating(self) -> None:
        self._tasks.cancel()

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


def _holds_bytes(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_bytes, value.values()))
    return any(map(_holds_bytes, value)) if isinstance(value, list) else isinstance(value, bytes)
