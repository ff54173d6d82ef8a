"""A record as one JSON object, for scripts: ``wsgui connect --json``."""

from __future__ import annotations

import base64

from wsgui.core import javascript_json
from wsgui.core.describe import describe, packet_of
from wsgui.core.records import Kind, Record
from wsgui.core.visible import json_text

_ALWAYS = ("seq", "t", "direction", "kind", "text", "connection")


def as_json(record: Record) -> str:
    """One line of JSON: ``seq``, ``t`` in seconds, ``direction``, ``kind``, ``text``, and what its kind carries."""
    line: dict[str, object] = {
        "seq": record.seq,
        "t": round(record.t, 6),
        "direction": record.direction.value,
        "kind": record.kind.value,
        "text": record.fact("text") if record.kind is Kind.CONNECT_ERROR else describe(record).summary,
        "connection": record.connection,
    }
    line |= {name: value for name, value in (record.facts or {}).items() if name not in _ALWAYS}
    packet = packet_of(record)
    if packet is not None and record.kind in (Kind.EVENT, Kind.ACK):
        line |= {"namespace": packet.namespace, "args": packet.args, "id": packet.id}
        if record.kind is Kind.EVENT:
            line["event"] = packet.event
    if record.kind in (Kind.HTTP, Kind.WS_OPEN):
        line["body"] = record.data or ""
        line["headers"] = line.get("headers", [])
    elif record.data is not None:
        line["data" if "data" not in line else "raw"] = record.data
    return json_text(javascript_json.dumps(line, default=_bytes))


def _bytes(value: object) -> str:
    """Bytes in base64: JSON has no other place for them."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return str(value)
