"""What the server says of itself in the open packet of Engine.IO."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from wsgui.core.i18n import _
from wsgui.core.javascript_json import JsonError, loads


@dataclass(frozen=True)
class Handshake:
    """What the server said in its open packet. Times in milliseconds, ``max_payload`` in bytes or 0."""

    sid: str
    ping_interval: float
    ping_timeout: float
    max_payload: int
    upgrades: tuple[str, ...]


class HandshakeError(ValueError):
    """The open packet is not what the protocol says."""


def read_handshake(text: str | bytes) -> Handshake:
    """Read the content of an open packet. Raises :class:`HandshakeError`."""
    try:
        value = loads(text if isinstance(text, str) else text.decode("utf-8", "replace"))
    except JsonError as error:
        raise HandshakeError(_("the handshake is no JSON: {why}").format(why=error)) from error
    if not isinstance(value, Mapping) or not isinstance(value.get("sid"), str):
        raise HandshakeError(_("the handshake has no “sid”"))
    interval, patience = (_milliseconds(value.get(name)) for name in ("pingInterval", "pingTimeout"))
    if interval is None or patience is None:
        raise HandshakeError(_("“pingInterval” and “pingTimeout” of the handshake are no times"))
    limit, upgrades = value.get("maxPayload"), value.get("upgrades")
    return Handshake(
        value["sid"],
        interval,
        patience,
        limit if isinstance(limit, int) and limit > 0 else 0,
        tuple(str(name) for name in upgrades) if isinstance(upgrades, list) else (),
    )


def _milliseconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        return None
    return float(value)
