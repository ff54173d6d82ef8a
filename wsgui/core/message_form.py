"""How a person writes a WebSocket message: as text, or its bytes in hex or Base64."""

from __future__ import annotations

import re
from enum import StrEnum

from wsgui.core.i18n import N_, _


class MessageForm(StrEnum):
    """The value is what the form is called, marked for translation."""

    TEXT = N_("Text")
    HEX = N_("Binary, as hex")
    BASE64 = N_("Binary, as Base64")


class MessageFormError(ValueError):
    """What was typed has not that form; the message is a sentence."""


def read_message(text: str, form: MessageForm) -> str | bytes:
    """The message: ``str`` for a text message, ``bytes`` for a binary one. Raises :class:`MessageFormError`."""
    if form is MessageForm.TEXT:
        return text
    return _hex(text) if form is MessageForm.HEX else _base64(text)


def _hex(text: str) -> bytes:
    """Spaces, colons, commas and ``0x`` may stand between the bytes."""
    digits = re.sub(r"0[xX]|[\s:,]", "", text)
    if wrong := re.search(r"[^0-9a-fA-F]", digits):
        raise MessageFormError(_("“{character}” is no hex digit (0-9, a-f).").format(character=wrong[0]))
    if len(digits) % 2:
        raise MessageFormError(_("A byte has two hex digits; there is an odd number of them."))
    return bytes.fromhex(digits)


def _base64(text: str) -> bytes:
    """Both alphabets are taken, with or without padding."""
    import base64  # the window opens sooner without it
    import binascii

    letters = re.sub(r"\s", "", text).rstrip("=").replace("-", "+").replace("_", "/")
    if wrong := re.search(r"[^A-Za-z0-9+/]", letters):
        raise MessageFormError(_("“{character}” does not occur in Base64.").format(character=wrong[0]))
    try:
        return base64.b64decode(letters + "=" * (-len(letters) % 4))
    except binascii.Error:
        raise MessageFormError(_("The Base64 text is not whole: its last character has no meaning.")) from None
