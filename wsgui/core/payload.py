"""What a person types as the arguments of an event: JSON values separated by commas, as between the brackets of
``socket.emit("name", …)``. Nothing typed means no argument. Bytes: :mod:`wsgui.core.binary_values`."""

from __future__ import annotations

from collections.abc import Callable

from wsgui.core.i18n import _


class PayloadError(ValueError):
    """The text is no list of JSON values; the message is a sentence with the place."""

    def __init__(self, sentence: str, line: int, column: int) -> None:
        super().__init__(sentence)
        self.line = line
        self.column = column


def read_arguments(text: str) -> list[object]:
    """The JSON in ``text``, as it is written. Raises :class:`PayloadError`, its line and column counted from 1."""
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


def arguments_to_send(text: str) -> list[object]:
    """The arguments in ``text``, with the bytes of files and others in their places. Raises :class:`PayloadError`."""
    return _filled_in(text, None)


def check_arguments(text: str) -> list[object]:
    """As :func:`arguments_to_send`, but no file is read: what is typed is checked. Raises :class:`PayloadError`."""
    from wsgui.core.binary_values import looked_at

    return _filled_in(text, looked_at)


def _filled_in(text: str, read: Callable[[str], bytes] | None) -> list[object]:
    values = read_arguments(text)
    if '"$' not in text:
        return values
    from wsgui.core.binary_values import BinaryValueError, filled_in

    try:
        return [filled_in(value, read) for value in values]
    except BinaryValueError as error:
        place = text.find('"$')
        line, column = text.count("\n", 0, place) + 1, place - (text.rfind("\n", 0, place) + 1) + 1
        raise PayloadError(str(error), line, column) from error
    except RecursionError as error:
        raise PayloadError(_("The arguments are nested too deeply."), 1, 1) from error
