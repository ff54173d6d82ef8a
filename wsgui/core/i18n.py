"""Texts for people: marked where they are written, translated when they are shown.

Tables (options, causes, kinds) are built before the language is known, so their texts are only marked with
``N_`` and go through ``_`` at the moment they are shown.
"""

from __future__ import annotations


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Mark ``text`` for translation and return it unchanged."""
    return text


def _(text: str) -> str:
    """Translate ``text`` into the language in use."""
    return text


def plural(one: str, many: str, n: int) -> str:
    """Translate the form of a counted text that fits ``n``; the caller fills in the number."""
    return one if n == 1 else many
