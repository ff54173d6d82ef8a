"""A row of the wire as text: both heads and bodies of an exchange, the message of a frame."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from wsgui.core.i18n import _, plural
from wsgui.core.records import Record
from wsgui.core.wire.exchange import request_head, response_head
from wsgui.core.wire.facts import text
from wsgui.core.wire.frames import EXCHANGES, messages_of, stream_of


class TextPart(NamedTuple):
    """A titled part; ``text`` may hold anything that a server sent."""

    title: str
    text: str
    rest: str = ""
    """How much there is beyond ``text``, in words; empty if that is all."""


def heads_text(record: Record) -> list[TextPart]:
    """The heads of an exchange, as they were written; nothing of a frame."""
    if record.kind not in EXCHANGES:
        return []
    parts = [TextPart(_("Request"), request_head(record).rstrip("\r\n"))]
    if answer := response_head(record):
        parts.append(TextPart(_("Answer"), answer.rstrip("\r\n")))
    return parts


def body_text(record: Record, version: int = 4, most: int | None = None) -> list[TextPart]:
    """The bodies of an exchange, or the messages of a frame; bytes that are no UTF-8 as the replacement character.

    ``most``: characters of each part that are wanted; the rest is not decoded.
    """
    if record.kind in EXCHANGES:
        bodies = [(_("Request body"), text(record, "request_body")), (_("Answer"), record.data)]
        return [_part(title, body, most) for title, body in bodies if body]
    if (stream := stream_of(record)) is not None:
        return [_part(_("What came"), stream, most)]
    messages = messages_of(record, version)
    if len(messages) == 1:
        return [_part(_("Message"), messages[0][1], most)]
    titles = (_("Message {n}").format(n=number) for number in range(1, len(messages) + 1))
    return [_part(title, payload, most) for title, (_op, payload) in zip(titles, messages, strict=True)]


def _part(title: str, data: str | bytes, most: int | None) -> TextPart:
    wanted = data if most is None else data[:most]
    rest = len(data) - len(wanted)
    if isinstance(wanted, str):
        return TextPart(title, wanted, _("{n:,} more characters").format(n=rest) if rest else "")
    # Of a character that the cut divides nothing is shown: it is not broken.
    shown = codecs.getincrementaldecoder("utf-8")("replace").decode(wanted, final=not rest)
    more = plural("{n:,} more byte", "{n:,} more bytes", rest)
    return TextPart(title, shown, more.format(n=rest) if rest else "")
