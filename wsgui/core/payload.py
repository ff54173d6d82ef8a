"""What a person types as the arguments of an event: JSON values separated by commas, as between the brackets of
``socket.emit("name", …)``. Nothing typed means no argument."""

from __future__ import annotations

from wsgui.core.i18n import _


class PayloadError(ValueError):
    """The text is no list of JSON values; the message is a sentence with the place."""

    def __init__(self, sentence: str, line: int, column: int) -> None:
        super().__init__(sentence)
        self.line = line
        self.column = column


def read_arguments(text: str) -> list[object]:
    """The arguments in ``text``. Raises :class:`PayloadError`, its line and column counted from 1."""
    from wsgui.core.javascript_json import JsonError, loads  # the window opens sooner without it

    try:
        value = loads(f"[{text}]")
    except JsonError as error:
        line = text.split("\n")[error.line - 1]
        column = max(1, min(error.column - (error.line == 1), len(line) + 1))  # the brackets are ours
        sentence = _("The JSON is broken at line {line}, column {column}: {why}.")
        raise PayloadError(sentence.format(line=error.line, column=column, why=error), error.line, column) from error
    assert isinstance(value, list)
    return value
