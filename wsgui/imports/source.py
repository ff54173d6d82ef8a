"""A text to import, with where it came from: what a person chose, pasted or clicked on.

Nothing in it is trusted: it is bounded in size and must be text, and what it says of files on this computer counts
only as far as :class:`Origin` lets it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path

from wsgui.core.i18n import _
from wsgui.imports.careful_json import Document, read_json
from wsgui.imports.careful_yaml import read_yaml
from wsgui.imports.imported import NotImportedError

LARGEST = 20 << 20
"""Bytes. The largest collections people share are a few MB."""
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_ARCHIVE = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"log"\s*:')
_YAML = re.compile(
    r"(?:[ \t]*(?:#[^\n]*|---)?[ \t]*\n)*+[\"']?(?:\$kind|type|schema_version|name|collection)[\"']?:(?:\s|\Z)"
)


class Origin(Enum):
    """Where a text came from."""

    FILE = "file"
    PASTED = "pasted"
    LINK = "link"


@dataclass(frozen=True)
class Source:
    """One text."""

    name: str
    """The name of the file without its folder, or what else to call it in a sentence."""
    text: str
    origin: Origin = Origin.PASTED
    folder: Path | None = None
    """Of a file."""

    @cached_property
    def document(self) -> Document | None:
        """The text as JSON, or as YAML if it begins as the exports that are YAML do; ``None`` if it looks like none.

        Raises :class:`NotImportedError` for what begins as one of them and is broken.
        """
        if self.text.lstrip()[:1] in ("{", "["):
            return read_json(self.text, self.name)
        return read_yaml(self.text, self.name) if _YAML.match(self.text) else None

    @property
    def looks_like_json(self) -> bool:
        """Whether it begins as an object with a quoted name, or as a list."""
        return re.match(r'\s*(?:\{\s*["}]|\[)', self.text) is not None


def read_source(path: Path) -> Source:
    """The text of a file. Raises :class:`NotImportedError`; blocks."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise NotImportedError(_("{name} cannot be read: {reason}.").format(name=path.name, reason=reason)) from error
    return Source(path.name, decode(content, path.name), Origin.FILE, path.parent)


def pasted(text: str) -> Source:
    """A text from the clipboard. Raises :class:`NotImportedError`."""
    if len(text) > LARGEST:
        raise _too_large(_("The pasted text"))
    _refuse_empty(text, _("The pasted text"))
    return Source(_("The pasted text"), text)


def is_archive(path: Path) -> bool:
    """Whether a file is an HTTP Archive, by its first bytes: those are recordings. Blocks."""
    try:
        with path.open("rb") as file:
            return _ARCHIVE.match(file.read(4096)) is not None
    except OSError:
        return False  # whoever opens it says why it cannot be read


def decode(content: bytes, name: str) -> str:
    """The text of a file: UTF-8, or UTF-16 with its mark. Raises :class:`NotImportedError`."""
    if len(content) > LARGEST:
        raise _too_large(name)
    encoding = next((encoding for mark, encoding in _MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        if b"\0" in content:
            sentence = _("{name} is no text: there are zero bytes in it. Export it as a text file.")
        else:
            sentence = _("{name}, line {line}: this is not UTF-8. Save the file as UTF-8 and import it again.")
        raise NotImportedError(sentence.format(name=name, line=line)) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        sentence = _("{name}, line {line}: there is a zero byte in it. It is binary, or UTF-16 without its mark.")
        raise NotImportedError(sentence.format(name=name, line=line))
    _refuse_empty(text, name)
    return text


def _refuse_empty(text: str, name: str) -> None:
    if not text.strip():
        raise NotImportedError(_("{name} is empty.").format(name=name))


def _too_large(name: str) -> NotImportedError:
    sentence = _("{name} is larger than {n} MB, which is too large for a connection.")
    return NotImportedError(sentence.format(name=name, n=LARGEST >> 20))
