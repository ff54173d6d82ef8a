"""The options as the engine needs them, read from the table once per connection."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from wsgui.core.address import Address
from wsgui.core.options import OptionValue, OptionValues, value_of
from wsgui.net.dialect import V4, Dialect


@dataclass(frozen=True)
class EngineOptions:
    """The address, the options, and how a request's URL and headers follow from them."""

    address: Address
    values: OptionValues
    dialect: Dialect = V4

    def get(self, name: str, transport: str = "") -> object:
        """The value of an option, as ``transportOptions`` overrides it for ``transport``."""
        own = self._own(transport)
        return own[name] if name in own else value_of(self.values, name)

    def _own(self, transport: str) -> Mapping[str, OptionValue]:
        overrides = value_of(self.values, "transportOptions")
        own = overrides.get(transport) if isinstance(overrides, Mapping) else None
        return own if isinstance(own, Mapping) else {}

    @property
    def transports(self) -> list[str]:
        """The transports in the order they are tried; ``webtransport`` cannot be spoken and is left out."""
        chosen = self.get("transports")
        return [str(name) for name in chosen if name != "webtransport"] if isinstance(chosen, list | tuple) else []

    def request_path(self, transport: str) -> str:
        """The HTTP path, as ``transportOptions`` has it, or ended with one slash or none by ``addTrailingSlash``."""
        if "path" in (own := self._own(transport)):
            return str(own["path"])
        return str(self.get("path")).removesuffix("/") + ("/" if self.get("addTrailingSlash") else "")

    @property
    def query(self) -> dict[str, str]:
        """The user's query: what stands in the URL if anything does, else the option."""
        own = self.get("query")
        chosen = self.address.query or (own if isinstance(own, Mapping) else {})
        return {str(key): _text(value) for key, value in chosen.items()}

    def request_query(self, transport: str, sid: str | None) -> dict[str, str]:
        """The parameters of a transport. A query in ``transportOptions`` replaces all of them, as in JavaScript."""
        own = self._own(transport).get("query")
        if isinstance(own, Mapping):
            return {str(key): _text(value) for key, value in own.items()}
        known = {"sid": sid} if sid else {}
        return self.query | {"EIO": self.dialect.eio, "transport": transport} | known

    @property
    def query_text(self) -> str:
        """The user's query as it stands in a URL."""
        return self.address.url(query=self.query).partition("?")[2]

    def headers(self, transport: str, *, keeps_cookies: bool) -> dict[str, str]:
        """``extraHeaders`` as they apply to a transport; the cookies that are kept replace a ``Cookie`` among them."""
        own = self.get("extraHeaders", transport)
        headers = {str(name): _text(value) for name, value in own.items()} if isinstance(own, Mapping) else {}
        return {name: value for name, value in headers.items() if not (keeps_cookies and name.lower() == "cookie")}

    def seconds(self, name: str, transport: str = "") -> float | None:
        """A time limit in *seconds*, or ``None`` where there is none (unset or ``false``)."""
        value = self.get(name, transport)
        return None if value is None or isinstance(value, bool) else float(str(value)) / 1000


def timestamp() -> str:
    """A cache-busting value of the shape that engine.io-client makes: eight digits, here hexadecimal ones."""
    return f"{random.getrandbits(32):08x}"


def _text(value: object) -> str:
    """``value`` as JavaScript would write it into a URL or header."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)
