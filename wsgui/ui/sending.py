"""Below the log: what can be sent with the protocol that is chosen, events or plain messages."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from wsgui.core.protocol import Protocol
from wsgui.core.records import Record
from wsgui.ui.event_pane import EventPane

if TYPE_CHECKING:
    from wsgui.ui.listeners.listeners import Listeners
    from wsgui.ui.message_pane import MessagePane
    from wsgui.ui.message_tabs import MessageTabs
    from wsgui.ui.saved.composer import Composer
    from wsgui.ui.saved.saving import Saving
    from wsgui.ui.sequences.runs import Runs


class Sending(QStackedWidget):
    """``saving`` gives what the tabs of the window share of what is saved; the others are of this tab alone."""

    def __init__(
        self, saving: Callable[[], Saving], runs: Callable[[], Runs], listeners: Callable[[], Listeners]
    ) -> None:
        super().__init__()
        self._saving = saving
        self._runs = runs
        self._protocol = Protocol.SOCKETIO
        self.events = EventPane(saving, runs, listeners)
        self.addWidget(self.events)

    @cached_property
    def message_tabs(self) -> MessageTabs:
        """For a plain WebSocket; made when that is chosen, for the window to open sooner."""
        from wsgui.ui.message_tabs import MessageTabs

        tabs = MessageTabs(self._saving, self._runs)
        self.addWidget(tabs)
        return tabs

    @property
    def messages(self) -> MessagePane:
        """Where plain messages are typed."""
        return self.message_tabs.send

    @property
    def composer(self) -> Composer:
        """Where one types, with the protocol that is chosen."""
        return self.message_tabs if self._protocol is Protocol.WEBSOCKET else self.events

    def show_protocol(self, protocol: Protocol) -> None:
        """Show what goes with it."""
        self._protocol = protocol
        self.setCurrentWidget(self.message_tabs if protocol is Protocol.WEBSOCKET else self.events)

    def take_focus(self) -> None:
        """Put the cursor where one begins to type."""
        (self.message_tabs if self._protocol is Protocol.WEBSOCKET else self.events).take_focus()

    def edit(self, record: Record) -> None:
        """Put what a row of the log has into the pane, to be edited and sent."""
        message = self.composer.message_of(record)
        if message is not None:
            self.composer.write_message(message)

    def save(self, record: Record) -> None:
        """Ask how to keep what a row of the log has."""
        message = self.composer.message_of(record)
        if message is not None:
            self._saving().ask(message)

    def show_page(self, name: str) -> None:
        """Bring ``saved``, ``sequences`` or ``listeners`` to the front; a plain WebSocket has no events."""
        tabs = self.message_tabs if self._protocol is Protocol.WEBSOCKET else self.events
        page = getattr(tabs, name, None)
        if isinstance(page, QWidget):
            tabs.setCurrentWidget(page)
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_sequence(self, key: str) -> None:
        """Bring a sequence to the front, as soon as it is there."""
        tabs = self.message_tabs if self._protocol is Protocol.WEBSOCKET else self.events
        tabs.setCurrentWidget(tabs.sequences)
        tabs.sequences.content.choose(key)

    def forget_session(self) -> None:
        """There is none any more."""
        self.events.session = None
        if self._protocol is Protocol.WEBSOCKET:
            self.messages.session = None

    async def end(self) -> None:
        """End what is being repeated or run."""
        await self.events.end()
        if "message_tabs" in self.__dict__:
            await self.message_tabs.end()
