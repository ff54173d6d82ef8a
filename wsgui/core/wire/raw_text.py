"""A row of the wire as text: both heads and bodies of an exchange, the message of a frame."""

from __future__ import annotations

from typing import NamedTuple

from wsgui.core.i18n import _
from wsgui.core.records import Record
from wsgui.core.wire.exchange import request_head, response_head
from wsgui.core.wire.facts import text
from wsgui.core.wire.frames import EXCHANGES, messages_of, stream_of


class TextPart(NamedTuple):
    """A titled part; ``text`` may hold anything that a server sent."""

    title: str
    text: str


def heads_text(record: Record) -> list[TextPart]:
    """The heads of an exchange, as they were written; nothing of a frame."""
    if record.kind not in EXCHANGES:
        return []
    parts = [TextPart(_("Request"), request_head(record).rstrip("\r\n"))]
    if answer := response_head(record):
        parts.append(TextPart(_("Answer"), answer.rstrip("\r\n")))
    return parts


def body_text(record: Record, version: int = 4) -> list[TextPart]:
    """The bodies of an exchange, or the messages of a frame; bytes that are no UTF-8 as the replacement character."""
    if record.kind in EXCHANGES:
        parts = [TextPart(_("Request body"), text(record, "request_body")), TextPart(_("Answer"), _text(record.data))]
        return [part for part in parts if part.text]
    if (stream := stream_of(record)) is not None:
        return [TextPart(_("What came"), _text(stream))]
    messages = messages_of(record, version)
    if len(messages) == 1:
        return [TextPart(_("Message"), _text(messages[0][1]))]
    return [
        TextPart(_("Message {n}").format(n=number), _text(payload)) for number, (_op, payload) in enumerate(messages, 1)
    ]


def _text(data: str | bytes | None) -> str:
    return data.decode("utf-8", "replace") if isinstance(data, bytes) else data or ""
