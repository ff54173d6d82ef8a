"""Where the lines of a text may be broken so that Qt shows it at once."""

from __future__ import annotations

from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit

LONGEST_WORD = 2000
"""Characters without a blank, as base64 has them. To look for the words in 100,000 of them takes Qt seconds."""


def wrap_for(view: QPlainTextEdit, texts: list[str]) -> None:
    """Break the lines of ``view`` between words, or anywhere if ``texts`` has a word that is too long for that."""
    longest = max((len(word) for text in texts for word in text.split()), default=0)
    mode = QTextOption.WrapMode
    view.setWordWrapMode(mode.WrapAnywhere if longest > LONGEST_WORD else mode.WrapAtWordBoundaryOrAnywhere)
