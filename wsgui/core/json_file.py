"""The files that the program keeps as JSON: for people to read, for their owner alone, written whole or not at all.

Each is an object with the number of its format in ``wsgui``. A file that cannot be read is set aside under another
name and told about; a file of a newer format is left as it is. Neither is ever written over.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import platformdirs

from wsgui.core import javascript_json
from wsgui.core.i18n import _

LARGEST = 50_000_000
"""Bytes."""
_USUAL = 1 << 16
DAMAGED = ".damaged"
_FORMAT = "wsgui"


class JsonFileError(ValueError):
    """The file is there and cannot be used; ``sentence`` says why, and where the file is now."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NewerFormatError(JsonFileError):
    """A newer version of the program wrote the file; it is untouched."""


def data_folder(name: str) -> Path:
    """Where the program keeps what is the user's own: ``recordings``, ``profiles`` and others."""
    return platformdirs.user_data_path("wsgui", appauthor=False) / name


def read_file(path: Path, number: int, largest: int = LARGEST) -> dict[str, object]:
    """The members of a file whose format has this number or a lower one; ``wsgui``, the number, is among them.

    ``largest`` is in bytes; what is larger counts as damaged.

    Raises :class:`FileNotFoundError`; :class:`NewerFormatError`; :class:`JsonFileError` for what is damaged, which
    has then been set aside; another :class:`OSError` where the file cannot be opened.
    """
    with path.open("rb") as file:
        content = file.read(_USUAL)  # to be asked for the largest one is slow, and most are small
        if len(content) == _USUAL:
            content += file.read(largest + 1 - _USUAL)
    return _read(path, content, number, largest, set_aside)


def read_foreign_file(path: Path, number: int) -> dict[str, object]:
    """As :func:`read_file`, of somebody's file: it stays where it is, whatever is in it."""
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    return _read(path, content, number, LARGEST, _unreadable)


def _read(
    path: Path, content: bytes, number: int, largest: int, damaged: Callable[[Path, str], str]
) -> dict[str, object]:
    """``damaged`` gives the sentence about a file that cannot be read, from the reason."""
    try:
        members = _members(content, largest)
    except (ValueError, RecursionError) as error:
        reason = str(error) or type(error).__name__
        raise JsonFileError(damaged(path, reason)) from error
    found = members.get(_FORMAT)
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise JsonFileError(damaged(path, _("it has no number of a format in “wsgui”")))
    if found > number:
        sentence = _("{name} was written by a newer wsgui (format {found}, known here: {number}) and is left as it is.")
        raise NewerFormatError(sentence.format(name=path.name, found=found, number=number))
    return members


def write_file(path: Path, number: int, members: Mapping[str, object]) -> None:
    """Write the file whole or not at all, for its owner alone (mode 0600). Raises :class:`OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = javascript_json.dumps({_FORMAT: number, **members}, indent=True) + "\n"
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:30]}-", suffix=".part", dir=path.parent)
    written = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        written.replace(path)
    except BaseException:
        written.unlink(missing_ok=True)
        raise


def _unreadable(path: Path, reason: str) -> str:
    return _("{name} cannot be read: {reason}.").format(name=path.name, reason=reason)


def set_aside(path: Path, reason: str) -> str:
    """Give a damaged file another name; the sentence says why, and where it is now."""
    aside = path.with_name(path.name + DAMAGED)
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}{DAMAGED}-{number}")
    try:
        path.rename(aside)
    except OSError as error:
        sentence = _("{name} cannot be read: {reason}. It stays where it is: {error}.")
        return sentence.format(name=path.name, reason=reason, error=error.strerror or error)
    sentence = _("{name} cannot be read: {reason}. It was set aside as {aside}.")
    return sentence.format(name=path.name, reason=reason, aside=aside)


def _members(content: bytes, largest: int) -> dict[str, object]:
    if len(content) > largest:
        raise ValueError(_("it is larger than {n} bytes").format(n=largest))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(_("it is not UTF-8, from byte {n} on: save it as UTF-8").format(n=error.start + 1)) from error
    value = javascript_json.loads(text)
    if not isinstance(value, dict):
        raise ValueError(_("it is no JSON object"))  # noqa: TRY004 - the text is wrong, not a type
    return value
