"""The argument of ``--options``: JSON, an ``io(url, {…})`` snippet, or a file with either of them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from wsgui.core.i18n import _
from wsgui.core.option_values import OptionError, OptionValues
from wsgui.core.options import caveats, check_values
from wsgui.core.snippet_reader import Snippet, SnippetError, read

_LARGEST = 1_000_000
"""Bytes. Options are a page or two; this keeps a mistyped path of a log or a device from filling the memory."""

_SNIPPET = re.compile(r"\b(io|Manager|connect|WebSocket)\s*\(")
_JSON = re.compile(r'\s*(\[|\{\s*["}])')


class OptionFileError(ValueError):
    """The options cannot be read; ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class GivenOptions(NamedTuple):
    """What the argument said."""

    url: str | None
    """From a snippet; JSON has none."""
    values: OptionValues
    notes: tuple[str, ...]
    """Sentences about what could not be taken over from a snippet, and what is not honoured exactly."""


def read_options(argument: str) -> GivenOptions:
    """Reads, parses and checks. Raises :class:`OptionFileError`."""
    text = argument.strip()
    if not text:
        raise OptionFileError(_("No options given: give a file, JSON, or an io(url, {…}) snippet."))
    is_inline = text[0] in "{[" or _SNIPPET.search(text) is not None
    try:
        snippet = _parse(text if is_inline else _content(Path(text)))
        values = check_values(snippet.values)
    except RecursionError:
        raise OptionFileError(_("The options are nested too deeply.")) from None
    except (SnippetError, OptionError, OptionFileError) as error:
        raise OptionFileError(error.sentence if is_inline else f"{text}: {error.sentence}") from None
    left_out = (
        _("{name} was left out. {reason}").format(name=name, reason=reason) for name, reason in snippet.left_out
    )
    return GivenOptions(snippet.url, values, (*left_out, *caveats(values)))


def _content(path: Path) -> str:
    try:
        with path.expanduser().open("rb") as file:
            content = file.read(_LARGEST + 1)
    except (OSError, ValueError, RuntimeError) as error:  # ValueError: a null in the name; RuntimeError: no such ~user
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise OptionFileError(_("The file cannot be read: {reason}.").format(reason=reason.rstrip("."))) from None
    if len(content) > _LARGEST:
        raise OptionFileError(_("The file is larger than {n} bytes, too large for options.").format(n=_LARGEST))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise OptionFileError(_("The file is not UTF-8 text (line {line}).").format(line=line)) from None
    if not text.strip():
        raise OptionFileError(_("The file is empty."))
    return text


def _parse(text: str) -> Snippet:
    if not _JSON.match(text):
        return read(text)
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        try:
            return read(text)  # an object literal may quote its keys and still not be JSON
        except SnippetError:
            where = _("JSON broken at line {line}, column {column}: {reason}.")
            sentence = where.format(line=error.lineno, column=error.colno, reason=error.msg)
        raise OptionFileError(sentence) from None
    if not isinstance(values, Mapping):
        raise OptionFileError(_('The options must be an object such as {"transports": ["websocket"]}.'))
    return Snippet(None, values)
