"""An HTTP exchange or a WebSocket handshake as an entry of an HTTP Archive (HAR 1.2), as Chrome writes it.

http://www.softwareishard.com/blog/har-12-spec/
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import UTC, datetime
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlsplit

from wsgui.core.records import Kind, Record

Json = dict[str, object]


def entry(record: Record, ended: float | None = None) -> Json:
    """The entry of a record of ``HTTP`` or ``WS_OPEN``; a WebSocket ended at this wall time."""
    seconds = _number(record.fact("seconds"))
    websocket = record.kind is Kind.WS_OPEN
    timings = _timings(record.fact("timing"), seconds)
    if websocket and ended is not None:
        timings["receive"] += max(0.0, ended - record.wall) * 1000
    made: Json = {
        "startedDateTime": _iso(record.wall - seconds),
        "time": sum(value for name, value in timings.items() if value > 0 and name != "ssl"),
        "request": _request(record),
        "response": _response(record),
        "cache": {},
        "timings": timings,
        "_resourceType": "websocket" if websocket else "xhr",
        "_wsgui": {"connection": record.connection, "seq": record.seq},
    }
    if (socket := record.fact("socket")) is not None:
        made["connection"] = str(socket)
    return made


def _request(record: Record) -> Json:
    url = str(record.fact("url") or "")
    if record.kind is Kind.WS_OPEN:
        url = url.replace("http", "ws", 1) if url.startswith("http") else url
    headers = _headers(record.fact("request_headers"))
    body = record.fact("request_body")
    made: Json = {
        "method": str(record.fact("method") or "GET"),
        "url": url,
        "httpVersion": _version(record),
        "cookies": [cookie for value in _values(headers, "cookie") for cookie in _cookies(value)],
        "headers": headers,
        "queryString": _query(url),
        "headersSize": -1,
        "bodySize": len(_bytes(body)),
    }
    if body:
        mime = next(iter(_values(headers, "content-type")), "text/plain;charset=UTF-8")
        made["postData"] = {"mimeType": mime, "text": body if isinstance(body, str) else _bytes(body).decode("latin-1")}
    return made


def _response(record: Record) -> Json:
    headers = _headers(record.fact("headers"))
    status = record.fact("status")
    made: Json = {
        "status": status if isinstance(status, int) else 0,
        "statusText": str(record.fact("reason") or ""),
        "httpVersion": _version(record),
        "cookies": [cookie for value in _values(headers, "set-cookie") for cookie in _cookies(value)[:1]],
        "headers": headers,
        "content": _content(record.data, next(iter(_values(headers, "content-type")), "")),
        "redirectURL": next(iter(_values(headers, "location")), ""),
        "headersSize": -1,
        "bodySize": -1,
    }
    if error := record.fact("error"):
        made["_error"] = str(error)
    return made


def _content(data: str | bytes | None, mime: str) -> Json:
    made: Json = {"size": len(_bytes(data)), "mimeType": mime or "x-unknown"}
    if isinstance(data, bytes):
        return made | {"text": base64.b64encode(data).decode("ascii"), "encoding": "base64"}
    return made if data is None else made | {"text": data}


def _timings(timing: object, seconds: float) -> dict[str, float]:
    """Milliseconds; -1 says that there was no such phase. Connecting takes the time of TLS in."""
    if not isinstance(timing, Mapping):
        return {"blocked": -1, "dns": -1, "connect": -1, "ssl": -1, "send": 0, "wait": seconds * 1000, "receive": 0}
    phase = {str(name): _number(value) * 1000 for name, value in timing.items()}
    connecting = [phase[name] for name in ("connect", "proxy", "tls") if name in phase]
    return {
        "blocked": -1,
        "dns": phase.get("dns", -1),
        "connect": sum(connecting) if connecting else -1,
        "ssl": phase.get("tls", -1),
        "send": phase.get("send", 0),
        "wait": phase.get("wait", 0),
        "receive": phase.get("receive", 0),
    }


def _version(record: Record) -> str:
    return f"HTTP/{record.fact('version') or '1.1'}"


def _query(url: str) -> list[Json]:
    try:
        pairs = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    except ValueError:  # half an IPv6 address, or more fields than Python takes
        return []
    return [{"name": name, "value": value} for name, value in pairs]


def _headers(pairs: object) -> list[Json]:
    made: list[Json] = []
    for pair in pairs if isinstance(pairs, list | tuple) else ():
        match pair:
            case [name, value]:
                made.append({"name": str(name), "value": str(value)})
    return made


def _values(headers: list[Json], name: str) -> list[str]:
    return [str(header["value"]) for header in headers if str(header["name"]).lower() == name]


def _cookies(text: str) -> list[Json]:
    try:
        return [{"name": morsel.key, "value": morsel.value} for morsel in SimpleCookie(text).values()]
    except CookieError:
        return []


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _bytes(data: object) -> bytes:
    if isinstance(data, bytes):
        return data
    return str(data or "").encode("utf-8", "surrogatepass")


def _iso(wall: float) -> str:
    return datetime.fromtimestamp(wall, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
