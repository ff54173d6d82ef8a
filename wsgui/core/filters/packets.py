"""Terms on the Socket.IO packet in a record: the event's name, the namespace, the number of the acknowledgement.

Nearly all packets begin with ``2["name"``; for these SQLite finds the name on its own. The others, with a namespace, a
number, attachments, an escape in the name or in MessagePack, are decoded.
"""

from __future__ import annotations

import re

from wsgui.core.filters.condition import Condition, FilterError, any_of
from wsgui.core.i18n import _

_PACKET = "packet(CAST(data AS BLOB), typeof(data) = 'text', '{0}')"
_START = "substr(data, 4, 60)"
_MARK = f"instr({_START}, '\"')"
EVENT = (
    "CASE kind"
    f" WHEN 'event' THEN CASE WHEN substr(data, 1, 3) = '2[\"' AND {_MARK} AND NOT instr({_START}, '\\')"
    f" THEN substr({_START}, 1, {_MARK} - 1) ELSE {_PACKET.format('event')} END"
    " WHEN 'ack' THEN CASE WHEN json_valid(facts) THEN json_extract(facts, '$.event') END END"
)
"""The name of the event, also of the one that is answered."""
NAMESPACE = (
    "CASE WHEN kind IN ('event', 'ack')"
    f" THEN CASE WHEN data GLOB '[23][[0-9]*' THEN '/' ELSE {_PACKET.format('namespace')} END"
    " WHEN json_valid(facts) THEN CASE WHEN kind = 'engine' AND json_extract(facts, '$.packet') = 'message'"
    f" THEN {_PACKET.format('namespace')} ELSE json_extract(facts, '$.namespace') END END"
)
"""The namespace that a packet was for, or that was joined or left."""
NUMBER = f"CASE WHEN kind IN ('event', 'ack') AND NOT data GLOB '[23][[]*' THEN {_PACKET.format('id')} END"
"""The number by which an emit and its acknowledgement know each other."""


def event(names: str) -> Condition:
    """One of these events; ``*`` stands for any text, ``?`` for one character."""
    if not all(names.split(",")):
        raise FilterError(_("Name an event after “event:”, for example event:chat or event:chat*."))
    return any_of([_like(EVENT, name) for name in names.split(",")])


def namespace(names: str) -> Condition:
    """One of these namespaces; the slash at the beginning may be left out, as in ``io.of()``."""
    if not all(names.split(",")):
        raise FilterError(_("Name a namespace after “ns:”, for example ns:/admin; ns:/ is the main one."))
    return any_of([_like(NAMESPACE, name if name[0] in "/*" else f"/{name}") for name in names.split(",")])


def number(digits: str) -> Condition:
    """The emit that asks for an acknowledgement by this number, and what answers it."""
    if not re.fullmatch(r"[0-9]{1,18}", digits):
        raise FilterError(_("Write the number of the acknowledgement after “ack:”, for example ack:7."))
    return Condition(f"{NUMBER} = ?", (int(digits),))


def _like(value: str, pattern: str) -> Condition:
    """SQLite's GLOB would also know sets in brackets; in a name these are only brackets."""
    return Condition(f"({value}) GLOB ?", (pattern.replace("[", "[[]"),))
