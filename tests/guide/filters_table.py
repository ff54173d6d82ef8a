"""The terms of the filter for the guide."""

from __future__ import annotations

from collections.abc import Iterator

from wsgui.core.filters import forms
from wsgui.core.i18n import spoken

_HEAD = {"en": "| Written | Shows what |", "ru": "| Что написать | Что показывается |"}


def lines() -> Iterator[str]:
    """In the language in use."""
    yield f"{_HEAD[spoken()]}\n|---|---|"
    yield from (f"| {_code(form)} | {says} |" for form, says in forms())


def _code(form: str) -> str:
    return "<br>".join(f"`{example}`" for example in form.replace("|", "\\|").split("  "))
