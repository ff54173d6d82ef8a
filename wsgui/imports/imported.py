"""What an import gives: the values of the form, and sentences about what was taken, changed and left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wsgui.core.option_values import OptionValues
from wsgui.core.profiles.profile import Message
from wsgui.core.protocol import Protocol

__all__ = ["Imported", "Message", "NotImportedError"]


class NotImportedError(ValueError):
    """Nothing was imported; the message is one sentence with the place, such as ``chat.json, line 3, column 7: …``."""


@dataclass(frozen=True)
class Imported:
    """One connection. A file may hold several."""

    title: str
    """What the source calls it: the variable, the name of the request."""
    source: str
    """The file, or where else the text came from."""
    url: str = ""
    """Empty if the source does not tell one; the form then keeps its own."""
    protocol: Protocol = Protocol.SOCKETIO
    options: OptionValues = field(default_factory=dict)
    """Checked: only what differs from the defaults."""
    namespaces: Mapping[str, Mapping[str, object] | None] = field(default_factory=dict)
    """To be joined besides the URL's own, each with its ``auth``."""
    messages: tuple[Message, ...] = ()
    notes: str = ""
    taken: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    """What stands in the form otherwise than in the source, and why."""
    left: tuple[str, ...] = ()
    """What could not be taken, and why."""
    warnings: tuple[str, ...] = ()
    """What was taken as it is, but will probably not work or is not safe."""
