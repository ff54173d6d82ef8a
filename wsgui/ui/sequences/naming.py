"""The dialogs in which a sequence gets its name and its note."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from wsgui.core.i18n import _
from wsgui.ui.line_question import ask_for_line

MOST_NAME = 200
MOST_NOTE = 2000
"""Characters that are kept."""


def ask_for_name(parent: QWidget, name: str, then: Callable[[str], None]) -> None:
    """``then`` is told the name, unless it is blank."""

    def named(text: str) -> None:
        if name := " ".join(text.split())[:MOST_NAME]:
            then(name)

    ask_for_line(parent, "sequenceNameDialog", _("Sequence"), _("Name of the sequence"), name, named)


def ask_for_note(parent: QWidget, note: str, then: Callable[[str], None]) -> None:
    """``then`` is told the note, which may be empty."""
    label = _("What it is for. The note is shown where the pointer rests on the name.")
    ask_for_line(parent, "sequenceNoteDialog", _("Sequence"), label, note, lambda text: then(text.strip()[:MOST_NOTE]))
