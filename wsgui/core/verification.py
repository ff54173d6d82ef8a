"""Whether anybody checks who the server is, and what log, window and report say where nobody does."""

from __future__ import annotations

from wsgui.core.i18n import N_, _
from wsgui.core.options import OptionValues, value_of

UNVERIFIED = N_(
    "The server's certificate is not checked (option “rejectUnauthorized”): anybody on the way can pose as the server."
)


def is_unverified(values: OptionValues, *, secure: bool) -> bool:
    """Whether a connection with TLS takes any certificate. ``secure``: there is TLS."""
    return secure and value_of(values, "rejectUnauthorized") is False


def warnings(values: OptionValues, *, secure: bool) -> list[str]:
    """What the log has to say of it first: one sentence or none."""
    return [_(UNVERIFIED)] if is_unverified(values, secure=secure) else []
