"""Bytes among the arguments of an event: JSON has none, so an object with one of three names stands for them.

``{"$hex": "01 02"}``, ``{"$base64": "AQI="}`` and ``{"$file": "/path"}`` are sent as the bytes that they name, at any
depth, as the attachments that Socket.IO makes of a ``Buffer``. ``{"$json": {…}}`` is sent as the object in it: so one
that happens to look like one of these can be sent, too.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from wsgui.core.i18n import _
from wsgui.core.message_form import MessageForm, MessageFormError, read_message

LARGEST_FILE = 64 << 20
"""Bytes of a file that are sent at once; more would stand still for too long."""


class Tag(StrEnum):
    """The one name in an object that stands for something else."""

    HEX = "$hex"
    BASE64 = "$base64"
    FILE = "$file"
    JSON = "$json"


class BinaryValueError(ValueError):
    """What is named is not there or cannot be read; the message is a sentence."""


def tag_of(value: object) -> Tag | None:
    """What the object stands for; ``None`` for everything that stands for itself."""
    if isinstance(value, dict) and len(value) == 1:
        (name,) = value
        if name in _TAGS and isinstance(value[name], dict if name == Tag.JSON else str):
            return Tag(name)
    return None


def filled_in(value: object, read: Callable[[str], bytes] | None = None) -> object:
    """``value`` with the bytes in their places; ``read`` gives those of a file. Raises :class:`BinaryValueError`."""
    match tag_of(value):
        case Tag.JSON:
            assert isinstance(value, dict)
            return {name: filled_in(each, read) for name, each in value[Tag.JSON].items()}
        case Tag() as tag:
            assert isinstance(value, dict)
            return read_bytes(tag, value[tag], read or read_file)
    if isinstance(value, dict):
        return {name: filled_in(each, read) for name, each in value.items()}
    return [filled_in(each, read) for each in value] if isinstance(value, list) else value


def written(value: object) -> object:
    """``value`` as JSON can hold it: what :func:`filled_in` makes ``value`` of again."""
    if isinstance(value, bytes | bytearray):
        return {Tag.BASE64.value: base64.b64encode(value).decode()}
    if isinstance(value, dict):
        members = {name: written(each) for name, each in value.items()}
        return members if tag_of(value) is None and tag_of(members) is None else {Tag.JSON.value: members}
    return [written(each) for each in value] if isinstance(value, list | tuple) else value


def read_bytes(tag: Tag, text: str, read: Callable[[str], bytes]) -> bytes:
    """The bytes that a tag and its text name. Raises :class:`BinaryValueError`."""
    if tag is Tag.FILE:
        return read(text)
    try:
        message = read_message(text, MessageForm.HEX if tag is Tag.HEX else MessageForm.BASE64)
    except MessageFormError as error:
        raise BinaryValueError(str(error)) from error
    assert isinstance(message, bytes)
    return message


def read_file(name: str) -> bytes:
    """The bytes of a file. Raises :class:`BinaryValueError`."""
    path = Path(name).expanduser()
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise BinaryValueError(_("{name} cannot be read: {why}.").format(name=name, why=reason)) from error
    if len(data) > LARGEST_FILE:
        raise BinaryValueError(_("{name} is larger than {n} MiB.").format(name=name, n=LARGEST_FILE >> 20))
    return data


def looked_at(name: str) -> bytes:
    """No bytes, if the file is there; what is typed is checked without reading it. Raises :class:`BinaryValueError`."""
    if not Path(name).expanduser().is_file():
        raise BinaryValueError(_("There is no file {name}.").format(name=name or "“”"))
    return b""


_TAGS = frozenset(Tag)
