"""A profile: a connection that somebody gave a name, to have it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wsgui.core.option_values import OptionValues
from wsgui.core.protocol import Protocol
from wsgui.core.variables import named_in

Namespaces = Mapping[str, Mapping[str, object] | None]


@dataclass(frozen=True)
class Message:
    """A saved message: an event, or with a plain WebSocket a text."""

    event: str
    """Empty for a plain WebSocket."""
    text: str
    """The arguments as JSON, separated by commas; or the message itself."""
    title: str = ""
    ack: bool = False


@dataclass(frozen=True)
class Profile:
    """Texts may name variables of an environment, ``{{host}}``; they are kept as they were written."""

    name: str = ""
    url: str = ""
    protocol: Protocol = Protocol.SOCKETIO
    options: OptionValues = field(default_factory=dict)
    """What differs from the defaults."""
    namespaces: Namespaces = field(default_factory=dict)
    """To be joined besides the URL's own, each with its ``auth``."""
    messages: tuple[Message, ...] = ()
    notes: str = ""
    id: str = ""
    """What its secrets are kept under in the keyring: the same after it was renamed or moved. Only of a stored one."""
    secret: tuple[str, ...] = ()
    """Headers and query values that count as secrets though their names do not say so: ``extraHeaders.X-Tenant``."""
    more: Mapping[str, object] = field(default_factory=dict)
    """Members of its file that this version does not know; they are written again as they were."""

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables that it names."""
        messages = [[message.event, message.text] for message in self.messages]
        return named_in([self.url, self.options, self.namespaces, messages])
