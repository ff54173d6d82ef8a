"""The arguments of an event one by one, each as JSON, text, a number or bytes; and all of them as one text again.

The one text (:mod:`wsgui.core.payload`) is what is sent, saved and kept: the forms are another way to write it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from wsgui.core import javascript_json
from wsgui.core.binary_values import BinaryValueError, Tag, looked_at, read_bytes, tag_of
from wsgui.core.i18n import N_, _
from wsgui.core.payload import PayloadError, check_arguments, read_arguments


class ArgumentForm(StrEnum):
    """The value is what the form is called, marked for translation."""

    JSON = N_("JSON")
    TEXT = N_("Text")
    NUMBER = N_("Number")
    HEX = N_("Binary, as hex")
    BASE64 = N_("Binary, as Base64")
    FILE = N_("Binary, a file")


class Argument(NamedTuple):
    """One argument as it is written."""

    form: ArgumentForm = ArgumentForm.JSON
    text: str = ""


_TAGS = {ArgumentForm.HEX: Tag.HEX, ArgumentForm.BASE64: Tag.BASE64, ArgumentForm.FILE: Tag.FILE}
_FORMS = {tag: form for form, tag in _TAGS.items()}
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},]')
_LOST = re.compile("[\r\0\u2028\u2029\ufdd0\ufdd1\ud800-\udfff]")
"""What a text editor would change."""


def parted(text: str) -> list[Argument]:
    """The arguments in ``text``. Raises :class:`PayloadError`, with the place in all of the text."""
    values = read_arguments(text)
    return [_argument(value, piece) for value, piece in zip(values, _pieces(text), strict=True)] if values else []


def joined(arguments: Sequence[Argument]) -> str:
    """The arguments as one text; what is broken in one of them is broken in it."""
    return ", ".join(map(_written, arguments))


def check_argument(argument: Argument) -> None:
    """Raises :class:`PayloadError`, its line and column counted within this argument."""
    form, text = argument
    if form is ArgumentForm.JSON:
        if len(check_arguments(text)) != 1:
            raise PayloadError(_("One JSON value is wanted here; text that is sent as it is has the form Text."), 1, 1)
    elif form is ArgumentForm.NUMBER:
        if not _NUMBER.fullmatch(text.strip()):
            raise PayloadError(_("“{text}” is no number as JSON writes it, such as -1.5e3.").format(text=text), 1, 1)
    elif form is not ArgumentForm.TEXT:
        try:
            read_bytes(_TAGS[form], text, looked_at)
        except BinaryValueError as error:
            raise PayloadError(str(error), 1, 1) from error


def _argument(value: object, piece: str) -> Argument:
    match value:
        case str() if not _LOST.search(value):
            return Argument(ArgumentForm.TEXT, value)
        case int() | float() if not isinstance(value, bool):
            return Argument(ArgumentForm.NUMBER, piece)
        case dict() if (form := _FORMS.get(tag_of(value) or Tag.JSON)) and not _LOST.search(text := value[_TAGS[form]]):
            return Argument(form, text)
    return Argument(ArgumentForm.JSON, piece)


def _written(argument: Argument) -> str:
    form, text = argument
    if form is ArgumentForm.TEXT:
        return javascript_json.dumps(text)
    if form in _TAGS:
        return f'{{"{_TAGS[form].value}": {javascript_json.dumps(text)}}}'
    return text.strip() if form is ArgumentForm.NUMBER else text


def _pieces(text: str) -> list[str]:
    """What stands between the commas of a text that is known to be right."""
    pieces, depth, begin = [], 0, 0
    for found in _TOKEN.finditer(text):
        sign = found[0]
        if sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
        elif sign == "," and not depth:
            pieces.append(text[begin : found.start()].strip())
            begin = found.end()
    return [*pieces, text[begin:].strip()]
