"""Whether anybody checks who the server is, and what log, window and report say where nobody does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wsgui.core.i18n import N_, _

if TYPE_CHECKING:
    from wsgui.core.options import OptionValues

UNVERIFIED = N_(
    "The server's certificate is not checked (option “rejectUnauthorized”): anybody on the way can pose as the server."
)


def is_unverified(values: OptionValues, *, secure: bool) -> bool:
    """Whether a connection with TLS takes any certificate. ``secure``: there is TLS."""
    from wsgui.core.options import value_of  # the window opens sooner without it

    return secure and value_of(values, "rejectUnauthorized") is False


def warnings(values: OptionValues, *, secure: bool) -> list[str]:
    """What the log has to say of it first: one sentence or none."""
    return [_(UNVERIFIED)] if is_unverified(values, secure=secure) else []
