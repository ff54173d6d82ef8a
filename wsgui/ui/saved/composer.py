"""What the pages beside a send pane need of it."""

from __future__ import annotations

from typing import Protocol

from wsgui.core.records import Record
from wsgui.core.saved_messages import SavedMessage


class Composer(Protocol):
    """Where messages are typed and sent: for events, or for plain messages."""

    def typed_message(self) -> SavedMessage | None:
        """What is typed, right or wrong; ``None`` if it is nothing."""

    def write_message(self, message: SavedMessage) -> bool:
        """Put a message there, to be edited or sent; whether it is one of this kind. Why not is said there."""

    def send_message(self, message: SavedMessage) -> str:
        """Send it at once; empty, or why it was not sent, as a sentence."""

    def message_of(self, record: Record) -> SavedMessage | None:
        """What a row of the log has, as a message; ``None`` where it has none of this kind."""
