"""What a person does on a plain WebSocket: send messages, and keep them to be sent again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget

from wsgui.core.i18n import N_, _
from wsgui.core.message_form import MessageFormError, read_message
from wsgui.core.records import Record
from wsgui.core.saved_messages import SavedMessage
from wsgui.ui.late_page import LatePage
from wsgui.ui.message_pane import MessagePane
from wsgui.ui.named import named

if TYPE_CHECKING:
    from wsgui.ui.saved.panel import SavedPanel
    from wsgui.ui.saved.saving import Saving
    from wsgui.ui.sequences.panel import SequencePanel
    from wsgui.ui.sequences.runs import Runs

NO_MESSAGE = N_("“{name}” is a Socket.IO event, and this tab is a plain WebSocket.")


class MessageTabs(QTabWidget):
    """The send pane and the pages beside it; see :class:`wsgui.ui.saved.composer.Composer`."""

    def __init__(self, saving: Callable[[], Saving], runs: Callable[[], Runs]) -> None:
        super().__init__()
        named(self, "messageTabs", _("Send and saved messages"))
        self.setDocumentMode(True)
        self._saving = saving
        self._runs = runs
        self.send = MessagePane()
        self.saved = LatePage(self._make_saved)
        self.addTab(self.send, _("Send"))
        self.addTab(self.saved, _("Saved"))
        self.sequences = LatePage(self._make_sequences)
        self.addTab(self.sequences, _("Sequences"))
        self.send.save_wanted.connect(lambda message: saving().ask(message))

    def take_focus(self) -> None:
        """Put the cursor where one begins to type a message."""
        self.setCurrentWidget(self.send)
        self.send.take_focus()

    def typed_message(self) -> SavedMessage | None:
        message = self.send.message()
        return message if message.text else None

    def write_message(self, message: SavedMessage) -> bool:
        self.setCurrentWidget(self.send)
        if message.event:
            self.send.show_problem(_(NO_MESSAGE).format(name=message.title))
            return False
        self.send.write(message)
        return True

    def send_message(self, message: SavedMessage) -> str:
        if message.event:
            return _(NO_MESSAGE).format(name=message.title)
        try:
            content = read_message(message.text, message.form)
        except MessageFormError as error:
            return _("“{name}” was not sent. {why}").format(name=message.title, why=error)
        return self.send.deliver(lambda session: session.send_message(content))

    def message_of(self, record: Record) -> SavedMessage | None:
        from wsgui.core.recorded_steps import message_of

        return message_of(record)

    async def end(self) -> None:
        """End what is being repeated."""
        await self.send.end()

    def _make_saved(self) -> SavedPanel:
        from wsgui.ui.saved.panel import SavedPanel

        return SavedPanel(self, self._saving(), lambda: self.setCurrentWidget(self.send))

    def _make_sequences(self) -> SequencePanel:
        from wsgui.ui.sequences.panel import SequencePanel

        return SequencePanel(self._runs(), self._saving(), self, plain=True)
