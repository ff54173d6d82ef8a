"""JSON read piece by piece: of a file of any size, only the value that is wanted is in memory.

The reader walks along: ``members`` over the names of an object, ``items`` over an array; at each the caller takes the
value whole (``value``) or walks into it. What is not taken is read over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO

from wsgui.core.i18n import _

_CHUNK = 1 << 16
"""Characters read at once, at first; a value that is longer doubles it."""
_BLANK = re.compile(r"[ \t\n\r]*")
_NEAR = 16
"""An error so near to the end of what was read may only say that the rest is missing."""


class JsonStreamError(ValueError):
    """It is no JSON, or not of the expected shape; the message says why."""


class JsonStream:
    """Walks over the JSON text in ``stream``."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._decoder = json.JSONDecoder()
        self._text = ""
        self._place = 0
        self._read = 0
        self._at_end = False
        self._taken = True

    @property
    def position(self) -> int:
        """How many characters are read up to now."""
        return self._read - len(self._text) + self._place

    def members(self) -> Iterator[str]:
        """The names of the object that begins here. After each, its value may be taken."""
        for _number in self._elements("{", "}"):
            name = self._decode()
            if not isinstance(name, str):
                raise JsonStreamError(_("a name must be text"))
            self._expect(":")
            self._taken = False
            yield name
            self._read_over()

    def items(self) -> Iterator[int]:
        """The numbers, from 0, of the elements of the array that begins here. After each, it may be taken."""
        for number in self._elements("[", "]"):
            self._taken = False
            yield number
            self._read_over()

    def value(self) -> object:
        """The value that begins here, whole."""
        self._taken = True
        return self._decode()

    def begins(self, mark: str) -> bool:
        """Whether the value that begins here is an object (``{``) or an array (``[``)."""
        return self._next() == mark

    def _elements(self, opening: str, closing: str) -> Iterator[int]:
        self._taken = True
        self._expect(opening)
        if self._next() == closing:
            self._place += 1
            return
        number = 0
        while True:
            yield number
            number += 1
            mark = self._next()
            self._place += 1
            if mark == closing:
                return
            if mark != ",":
                raise JsonStreamError(
                    _("“,” or “{mark}” expected at character {place}").format(mark=closing, place=self.position)
                )

    def _read_over(self) -> None:
        if not self._taken:
            self.value()

    def _next(self) -> str:
        """The next character that is not blank; empty at the end."""
        while True:
            blank = _BLANK.match(self._text, self._place)
            assert blank is not None
            self._place = blank.end()
            if self._place < len(self._text) or not self._more(_CHUNK):
                return self._text[self._place : self._place + 1]

    def _expect(self, mark: str) -> None:
        if self._next() != mark:
            raise JsonStreamError(_("“{mark}” expected at character {place}").format(mark=mark, place=self.position))
        self._place += 1

    def _decode(self) -> object:
        self._next()
        size = _CHUNK
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._place)
            except json.JSONDecodeError as error:
                cut = error.msg.startswith("Unterminated") or error.pos + _NEAR >= len(self._text)
                if not cut or not self._more(size):
                    raise JsonStreamError(
                        _("{what} at character {place}").format(what=_(error.msg), place=self.position)
                    ) from error
            except RecursionError as error:
                raise JsonStreamError(_("it is nested too deeply")) from error
            else:
                # A number that ends near the end of the text may go on.
                whole = isinstance(value, str | list | dict) or end + _NEAR < len(self._text)
                if whole or not self._more(size):
                    self._place = end
                    decoded: object = value
                    return decoded
            size *= 2

    def _more(self, size: int) -> bool:
        if self._at_end:
            return False
        chunk = self._stream.read(size)
        if not chunk:
            self._at_end = True
            return False
        self._read += len(chunk)
        self._text = self._text[self._place :] + chunk
        self._place = 0
        return True
