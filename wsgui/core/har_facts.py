"""An entry of an HTTP Archive as the facts and the body of an exchange. It may have been made by anybody."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping

from wsgui.core.har_reader import Json, seconds_of


def exchange_facts(content: Json) -> tuple[dict[str, object], str | bytes | None]:
    """The facts of a record of ``HTTP`` or ``WS_OPEN``, and its data."""
    request, response = _object(content.get("request")), _object(content.get("response"))
    facts: dict[str, object] = {
        "method": str(request.get("method") or "GET"),
        "url": str(request.get("url") or ""),
        "seconds": seconds_of(content),
        "request_headers": _headers(request.get("headers")),
    }
    if body := _object(request.get("postData")).get("text"):
        facts["request_body"] = str(body)
    if timing := _timing(_object(content.get("timings")), websocket=content.get("_resourceType") == "websocket"):
        facts["timing"] = timing
    socket = str(content.get("connection") or "")
    if socket.isascii() and socket.isdecimal():
        facts["socket"] = int(socket[:15])
    error = response.get("_error") or content.get("_error")
    status = response.get("status")
    if error or not isinstance(status, int) or status <= 0:
        return {**facts, "error": str(error or "no answer")}, None
    facts |= {
        "status": status,
        "reason": str(response.get("statusText") or ""),
        "headers": _headers(response.get("headers")),
        "version": str(response.get("httpVersion") or "").upper().removeprefix("HTTP/") or "1.1",
    }
    return facts, _body(_object(response.get("content")))


def _body(content: Mapping[str, object]) -> str | bytes | None:
    text = content.get("text")
    if not isinstance(text, str) or not text:
        return None
    if content.get("encoding") != "base64":
        return text
    try:
        body = base64.b64decode(text)
    except (binascii.Error, ValueError):
        return text
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body


def _headers(value: object) -> list[list[str]]:
    headers = [header for header in value if isinstance(header, dict)] if isinstance(value, list) else []
    return [[str(header.get("name") or ""), str(header.get("value") or "")] for header in headers]


def _timing(timings: Mapping[str, object], *, websocket: bool) -> dict[str, float]:
    """Seconds of each phase that there was. In an archive, connecting has the time of TLS in it."""
    phase = {
        name: float(value) / 1000
        for name, value in timings.items()
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e12
    }
    timing: dict[str, float] = {
        name: phase[name] for name in ("dns", "connect", "send", "wait", "receive") if name in phase
    }
    if "ssl" in phase:
        timing["tls"] = phase["ssl"]
        if "connect" in timing:
            timing["connect"] = max(0.0, timing["connect"] - phase["ssl"])
    if websocket:
        timing.pop("receive", None)  # as long as it was open
    return timing


def _object(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
