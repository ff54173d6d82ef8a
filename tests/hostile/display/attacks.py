"""Text that a server sends to be taken for something else, and every place in a recording where it can stand."""

from __future__ import annotations

import json
from collections.abc import Iterator

from wsgui.core.findings import (
    BrowserView,
    Evidence,
    Finding,
    Report,
    ServerFacts,
    Stage,
    Status,
    TransportRow,
)
from wsgui.core.option_types import Protocol
from wsgui.core.records import Direction, Facts, Kind, Record
from wsgui.core.verdict import conclude, wish
from wsgui.core.ws_frames import utf8

MARK = "Zq7"
"""Stands in each of them, so that they are found again."""
EVIL_URL = "http://evil.example/"

ATTACKS = {
    "HTML": f"<b>{MARK}</b><img src={EVIL_URL} onerror=alert(1)><a href='{EVIL_URL}'>x</a><script>alert(1)</script>",
    "a page": f"<!DOCTYPE html><html><body><h1>{MARK}</h1></body></html>",
    "rich text behind text": f"{MARK} &lt;ok&gt; <br><font color=red>red</font> &amp; <table><tr><td>cell</table>",
    "text that runs backwards": f"{MARK}\u202egnp.exe\u202c \u2066isolated\u2069 \u200frtl\u200e \u061c",
    "ANSI escapes": f"\x1b[31m{MARK}\x1b[0m\x1b]0;title\x07\x1b[2J\x9b31mC1\x90\x9c",
    "control characters": MARK + "".join(map(chr, range(0x20))) + "".join(map(chr, range(0x7F, 0xA0))),
    "fake log lines": f"{MARK}\r\n12:00:00.000 → Connected\n\u2028second\u2029third\x0b\x0c\x85",
    "zero width": f"{MARK}\u200badmin\u2060\ufeff\u00ad\U000e0041\U000e0042",
    "lone surrogates": f"{MARK}\ud800 and \udfff",
    "a formula": f'=HYPERLINK("{EVIL_URL}";"{MARK}")',
    "another formula": f"@SUM(1+1)*cmd|' /C calc'!A0 {MARK}",
    "a formula behind a tab": f"\t=1+1 {MARK}",
    "Markdown": f"[{MARK}](javascript:alert(1)) ![x]({EVIL_URL}) **bold** `code` ``` | cell | <!-- \n# heading\n```\n-",
    "an end of a fence": f"{MARK}\n````\n`````\n</pre></code>\n# heading",
    "shell words": f"{MARK}'; rm -rf ~ #$(reboot)`reboot`\\\n\"; reboot",
    "format fields": f"{MARK} {{0}} {{text}} %s %(name)s %1 {{}} {{n:,}}",
    "a mnemonic": f"&{MARK} && &x",
}  # fmt: skip
LONG = MARK + "L" * 10_000_000
IN, OUT, NONE = Direction.IN, Direction.OUT, Direction.NONE


def planted(text: str) -> list[tuple[str, Record]]:
    """The places, and a record of each; together they are a recording."""
    return [
        (place, Record(seq, seq / 1000, 1.7e9 + seq, 1, direction, kind, data, facts, None, via and seq))
        for seq, (place, kind, direction, data, facts, via) in enumerate(_places(text), 1)
    ]


def _places(text: str) -> Iterator[tuple[str, Kind, Direction, str | bytes | None, Facts | None, bool]]:
    quoted = json.dumps(text)
    url = "http://localhost:3000/socket.io/?EIO=4&transport=polling"
    http: dict[str, object] = {
        "method": "GET",
        "url": url,
        "seconds": 0.1,
        "timing": {"wait": 0.1},
        "socket": 1,
        "version": "1.1",
    }
    headers = [["Content-Type", text], ["X-Powered-By", text], ["Set-Cookie", f"io={text}; Path=/"]]
    answer: dict[str, object] = http | {"headers": headers, "request_headers": [["Host", "localhost"]], "reason": text}
    yield "start", Kind.STATE, NONE, None, {"state": "connecting", "url": url, "attempt": 0}, False
    certificate = {"subject": text, "issuer": text, "begins": text, "ends": text, "names": [text], "verified": False}
    facts: dict[str, object] = {
        "text": f"New connection, certificate for {text}",
        "peer": "127.0.0.1:1",
        "local": "127.0.0.1:2",
    }
    yield (
        "certificate",
        Kind.NOTE,
        NONE,
        None,
        facts | {"certificate": certificate, "tls": "TLSv1.3", "cipher": text},
        False,
    )
    yield "body, headers and status text", Kind.HTTP, OUT, text, answer | {"status": 400}, True
    yield "handshake with a sid", Kind.HTTP, OUT, f'0{{"sid":{quoted}}}', answer | {"status": 200}, True
    yield (
        "sid",
        Kind.ENGINE,
        IN,
        f'{{"sid":{quoted},"upgrades":[{quoted}]}}',
        {"packet": "open", "transport": "polling"},
        True,
    )
    yield "transport", Kind.TRANSPORT, NONE, None, {"transport": text, "url": url + text}, False
    yield "failed exchange", Kind.HTTP, OUT, None, http | {"error": text, "chain": [["HttpError", text]]}, True
    yield "refused WebSocket", Kind.WS_OPEN, OUT, text, answer | {"status": 403}, True
    facts = {"namespace": "/", "sid": text, "transport": "polling", "url": url, "pid": text}
    yield "joined", Kind.CONNECT, IN, f'0{{"sid":{quoted}}}', facts, True
    yield "namespace", Kind.CONNECT, IN, f'0/{text},{{"sid":"x"}}', facts | {"namespace": f"/{text}"}, True
    yield "subprotocol", Kind.CONNECT, IN, None, {"transport": "websocket", "url": url, "protocol": text}, True
    yield "event name", Kind.EVENT, IN, f"2[{quoted},1]", None, True
    yield "argument", Kind.EVENT, IN, f'2["event",{quoted},{{{quoted}:[{quoted}]}}]', None, True
    yield "event's namespace", Kind.EVENT, IN, f'2/{text},["event"]', None, True
    yield "event that is broken", Kind.EVENT, IN, f"2[{text}", None, True
    yield "attachment", Kind.EVENT, IN, utf8(text), None, True
    yield "acknowledgement", Kind.ACK, IN, f"30[{quoted}]", {"id": 0, "emit": 3, "event": text, "rtt": 0.1}, True
    yield "engine packet", Kind.ENGINE, IN, text, {"packet": "noop", "transport": "polling"}, True
    yield "message of WebSocket", Kind.WS_MESSAGE, IN, text, None, True
    yield "ping", Kind.WS_PING, IN, utf8(text)[:125], None, True
    yield "pong", Kind.WS_PONG, IN, utf8(text)[:125], {"rtt": 0.1}, True
    facts = {"code": 4000, "reason": text, "by": "server", "valid": True}
    yield "close reason", Kind.WS_CLOSE, IN, b"\x0f\xa0" + utf8(text)[:123], facts, True
    yield (
        "upgrade error",
        Kind.UPGRADE_ERROR,
        NONE,
        None,
        {"transport": "websocket", "text": text, "description": text},
        False,
    )
    facts = {"namespace": "/", "text": text, "data": {text: text}}
    yield "refusal", Kind.CONNECT_ERROR, IN, f'4{{"message":{quoted},"data":{{{quoted}:{quoted}}}}}', facts, True
    facts = {"text": "xhr poll error", "description": text, "status": 400, "chain": [["HttpError", text]]}
    yield "failure", Kind.CONNECT_ERROR, NONE, None, facts, False
    yield "error", Kind.ERROR, IN, text, {"text": text, "description": text}, False
    yield "note", Kind.NOTE, IN, text, {"text": text}, True
    yield "attempt that failed", Kind.RECONNECT_ERROR, NONE, None, {"n": 1, "text": text}, False
    yield "disconnect", Kind.DISCONNECT, IN, None, {"namespace": f"/{text}", "reason": text, "details": text}, False
    yield "end", Kind.STATE, NONE, None, {"state": "closed"}, False


def diagnosis(text: str) -> Report:
    """What a diagnosis may say that a server said."""
    findings = [
        Finding(
            id="handshake-accepted", stage=Stage.HANDSHAKE, status=Status.FAIL, cause="forbidden-by-server",
            summary=f"No: {text}", evidence=(Evidence(f"Answer {text}", text), Evidence("Certificate", text)), fix=text,
        ),
        Finding(id="port-open", stage=Stage.TCP, status=Status.PASS, summary=text),
        Finding(id="stream-clean", stage=Stage.FRAMES, status=Status.WARN, summary=text, fix=text),
    ]  # fmt: skip
    drawn = conclude("http://localhost:3000", findings, wish({}, Protocol.SOCKETIO))
    return drawn.with_facts(
        ServerFacts(eio=4, upgrades=(text,), transports=(text,), cookie=text, cors=text, platform=text),
        BrowserView(allowed=False, reason=text),
        (TransportRow("polling", Status.FAIL, 400, 0.01, text),),
    )
