"""What a message is called, read from its beginning alone: a million of them must not be decoded."""

from __future__ import annotations

import re

from wsgui.core import javascript_json
from wsgui.core.describe import packet_of
from wsgui.core.i18n import _
from wsgui.core.records import Record

_EVENT = re.compile(r'\d(?:\d*-)?(?:(/[^,]{0,200}),)?\d*\[\s*("(?:[^"\\]|\\.){0,200}")', re.DOTALL | re.ASCII)
_TYPE = re.compile(
    r'\{(?:[^{}]{0,300}?,)?\s*"(?:type|event|action|method|op|kind|cmd|command)"\s*:\s*("(?:[^"\\]|\\.){1,100}")',
    re.ASCII | re.IGNORECASE,
)
_MOST_LOOKED_AT = 1_000
"""Characters of a message in which the name of its type is looked for."""


def event_name(record: Record) -> tuple[str, str]:
    """The namespace and the name of an event."""
    data = record.data
    if isinstance(data, str) and (found := _EVENT.match(data)):
        return found[1] or "/", _unquoted(found[2])
    packet = packet_of(record)  # a name that is a number, or a packet in MessagePack
    if packet is None or not packet.event:
        return "/", _("(unreadable)")
    return packet.namespace, packet.event


def message_name(record: Record) -> str:
    """What a message of a plain WebSocket is called: the ``type`` it has in JSON, or what it is made of."""
    if isinstance(record.data, bytes):
        return _("(binary)")
    if found := _TYPE.match((record.data or "")[:_MOST_LOOKED_AT]):
        return _unquoted(found[1])
    return _("(text)")


def _unquoted(text: str) -> str:
    if "\\" not in text:
        return text[1:-1]
    try:
        return str(javascript_json.loads(text))
    except javascript_json.JsonError:  # such as half an escape
        return text[1:-1]
