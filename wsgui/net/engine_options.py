"""The options as the engine needs them, read from the table once per connection."""

from __future__ import annotations

import random
import string
from collections.abc import Mapping
from dataclasses import dataclass

from wsgui.core.address import Address
from wsgui.core.options import OptionValues, value_of
from wsgui.net.dialect import V4, Dialect

_LETTERS = string.ascii_lowercase + string.digits


@dataclass(frozen=True)
class EngineOptions:
    """The address, the options, and how a request's URL and headers follow from them."""

    address: Address
    values: OptionValues
    dialect: Dialect = V4

    def get(self, name: str, transport: str = "") -> object:
        """The value of an option, as ``transportOptions`` overrides it for ``transport``."""
        overrides = value_of(self.values, "transportOptions")
        if transport and isinstance(overrides, Mapping):
            own = overrides.get(transport)
            if isinstance(own, Mapping) and name in own:
                return own[name]
        return value_of(self.values, name)

    @property
    def transports(self) -> list[str]:
        """The transports in the order they are tried; ``webtransport`` cannot be spoken and is left out."""
        chosen = self.get("transports")
        return [str(name) for name in chosen if name != "webtransport"] if isinstance(chosen, list | tuple) else []

    @property
    def path(self) -> str:
        """The HTTP path, ended with one slash or none as ``addTrailingSlash`` says."""
        return str(self.get("path")).removesuffix("/") + ("/" if self.get("addTrailingSlash") else "")

    @property
    def query(self) -> dict[str, str]:
        """The user's query: what stands in the URL if anything does, else the option."""
        own = self.get("query")
        chosen = self.address.query or (own if isinstance(own, Mapping) else {})
        return {str(key): _text(value) for key, value in chosen.items()}

    @property
    def query_text(self) -> str:
        """The user's query as it stands in a URL."""
        return self.address.url(query=self.query).partition("?")[2]

    def headers(self, transport: str) -> dict[str, str]:
        """``extraHeaders`` as they apply to a transport."""
        own = self.get("extraHeaders", transport)
        return {str(name): _text(value) for name, value in own.items()} if isinstance(own, Mapping) else {}

    def seconds(self, name: str) -> float | None:
        """A time limit in *seconds*, or ``None`` where there is none (unset or ``false``)."""
        value = self.get(name)
        return None if value is None or isinstance(value, bool) else float(str(value)) / 1000


def timestamp() -> str:
    """A cache-busting value of the shape that engine.io-client makes: eight letters and digits."""
    return "".join(random.choices(_LETTERS, k=8))  # noqa: S311 - it only has to differ from the last one


def _text(value: object) -> str:
    """``value`` as JavaScript would write it into a URL or header."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)
