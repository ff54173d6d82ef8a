"""One server of the lab, and how to come to it: a healthy one, or a fault with the cause that is to be found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from wsgui.core.option_types import Protocol
from wsgui.core.option_values import OptionValue, OptionValues


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A server that can be started."""

    id: str
    title: str
    """A sentence for people, marked for translation."""
    serve: Callable[[int], AbstractAsyncContextManager[str]]
    """``serve(port)`` serves on loopback as long as the context lasts, and yields the URL; port 0 takes any free one.
    Raises :exc:`wsgui.lab.server.CannotListen`."""
    protocol: Protocol = Protocol.SOCKETIO
    """What the client must speak."""
    given: OptionValues = field(default_factory=dict)
    """Options that the client must be given. ``{port}`` in a text stands for the port of the URL."""
    origin: str = ""
    """The origin of the page, where the server is met by a browser. It may hold ``{port}`` too."""
    trusted: bool = False
    """The client must trust the lab's authority: the option ``ca`` is added to the others."""

    def options(self, url: str) -> OptionValues:
        """The options to give to a client of the server that is served at ``url``."""
        filled = {name: _fill(value, url) for name, value in self.given.items()}
        if self.trusted:
            from wsgui.lab.authority import authority  # making certificates is slow to import

            filled["ca"] = str(authority().file)
        return filled

    def page(self, url: str) -> str:
        """The origin of the page from which the server at ``url`` is used; empty if no browser is meant."""
        return str(_fill(self.origin, url))


@dataclass(frozen=True, kw_only=True)
class Fault(Offer):
    """A server that is broken in one way, and does everything else right. Its ``id`` is the name of its file."""

    cause: str
    """The id of the cause that must be found."""
    slow: bool = False
    """It can only be found by waiting for it."""


def _fill(value: OptionValue, url: str) -> OptionValue:
    if isinstance(value, str):
        return value.replace("{port}", str(urlsplit(url).port))
    if isinstance(value, Mapping):
        return {name: _fill(part, url) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_fill(part, url) for part in value]
    return value
