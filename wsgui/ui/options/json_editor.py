"""The editor of objects: JSON, or the object as JavaScript writes it. It grows with its text."""

from __future__ import annotations

import json

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QPlainTextEdit

from wsgui.core.i18n import _
from wsgui.core.option_types import Option, OptionError, OptionType, OptionValue
from wsgui.ui.options.editor import OptionEditor
from wsgui.ui.theme import fixed_font

_MOST_LINES = 12
_FRAME = 12
"""Pixels of border and padding above and below the text, as the style sheet has them, and one to spare."""
_EXAMPLES = {
    OptionType.OBJECT: '{ "token": "…" }',
    OptionType.OBJECT_OR_BOOLEAN: '{ "threshold": 1024 }',
    OptionType.TRANSPORT_OPTIONS: '{ "polling": { "extraHeaders": { … } } }',
}


class JsonEditor(OptionEditor):
    """Refuses broken JSON with line and column, as it is typed. What is only carried can be read, not edited."""

    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self._text = QPlainTextEdit()
        self._text.setFont(fixed_font())
        self._text.setTabChangesFocus(True)
        self._text.setReadOnly(option.type is OptionType.OPAQUE)  # to see what came along, and to reset it
        self._text.setPlaceholderText(_EXAMPLES.get(option.type, _("not set")))
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.textChanged.connect(self._fit)
        self._text.textChanged.connect(self.edited)
        self._place(self._text)
        self._fit()

    def read(self) -> OptionValue:
        text = self._text.toPlainText()
        try:
            return self.option.parse(text)
        except OptionError:
            if (value := _javascript_object(text)) is None:
                raise
            return self.option.check(value)

    def show_value(self, value: OptionValue) -> None:
        with QSignalBlocker(self._text):
            self._text.setPlainText("" if value in (None, {}) else json.dumps(value, indent=2, ensure_ascii=False))
        self._fit()

    def _fit(self) -> None:
        fewest = 1 if self._text.isReadOnly() else 2
        lines = min(max(self._text.blockCount(), fewest), _MOST_LINES)
        margins = 2 * int(self._text.document().documentMargin()) + _FRAME
        scroll_bar = self._text.horizontalScrollBar()
        room = scroll_bar.sizeHint().height() if scroll_bar.maximum() else 0
        self._text.setFixedHeight(lines * self._text.fontMetrics().lineSpacing() + margins + room)


def _javascript_object(text: str) -> OptionValue:
    """The value of ``{ token: 'abc' }``, or ``None``: then the complaint about JSON is the one to show."""
    if not text.lstrip().startswith("{"):
        return None
    # Imported when it is needed: the JavaScript parser would be loaded at every start.
    from wsgui.core.snippet_reader import SnippetError, read_value

    try:
        return read_value(text)
    except SnippetError:
        return None
