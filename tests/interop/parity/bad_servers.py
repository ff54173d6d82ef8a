"""Servers that misbehave, each in one way, and what both clients are made to do with them: one row each."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

from tests.interop.parity.case import Case, Step, Upstream
from tests.net.raw_server import (
    CLOSE,
    TEXT,
    EngineServer,
    Handler,
    RawWebSocket,
    Request,
    Script,
    always,
    answer,
    hangs_up,
    raw_server,
    read_request,
    silent,
    until_closed,
)

CONNECT: Step = ("until", "connect")
REFUSED: Step = ("until", "connect_error")
ENDED: Step = ("until", "disconnect")
REST: Step = ("rest", 150)
LEAVE: Step = ("disconnect",)
GO: Step = ("emit", "/", "go", [])
POLLING = {"transports": ["polling"]}
WEBSOCKET = {"transports": ["websocket"]}
ONCE = {"reconnection": False}
FAST = {"reconnectionDelay": 20, "reconnectionDelayMax": 40, "randomizationFactor": 0}
ONLY_POLLING = {**POLLING, **ONCE}
ONLY_WEBSOCKET = {**WEBSOCKET, **ONCE}

CODES = {
    0: "Transport unknown",
    1: "Session ID unknown",
    2: "Bad handshake method",
    3: "Bad request",
    4: "Forbidden",
    5: "Unsupported protocol version",
}
"""The errors of Engine.IO, each of which comes with status 400 (Forbidden with 403)."""

HTML = answer("200 OK", "<!DOCTYPE html><title>Welcome</title>", "Content-Type: text/html")
KEY_SUFFIX = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def engine_error(code: int) -> bytes:
    body = json.dumps({"code": code, "message": CODES[code]})
    return answer("403 Forbidden" if code == 4 else "400 Bad Request", body, "Content-Type: application/json")


@dataclass
class Scripted(EngineServer):
    """Answers the n-th GET (0 is the one that opens) or POST of a run with these bytes instead."""

    gets: Mapping[int, bytes] = field(default_factory=dict)
    all_posts: bytes = b""
    refusal: bytes | None = None
    """Of a WebSocket; ``b""`` never answers it."""
    _count: int = 0

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            request = await read_request(reader)
            self.requests.append(request)
            if "sec-websocket-key" in request.headers:
                await self._websocket(request, reader, writer)
                return
            writer.write(await self._reply(request))

    async def _reply(self, request: Request) -> bytes:
        number, self._count = self._count, self._count + (request.method == "GET")
        if request.method == "GET" and number in self.gets:
            return self.gets[number]
        if request.method == "POST" and self.all_posts:
            return self.all_posts
        cookie = (f"Set-Cookie: {self.cookie}",) if self.cookie else ()
        return answer("200 OK", await self._polled(request), *cookie)

    async def _websocket(self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.refusal is None:
            await super()._websocket(request, reader, writer)
        elif self.refusal:
            writer.write(self.refusal)
        else:
            await reader.read()


def engine(**fields: object) -> Upstream:
    """An Engine.IO server with these fields, made anew for each run."""
    return lambda: raw_server(Scripted(**fields))  # type: ignore[arg-type] # a table's row gives any of the fields


def bare(handler: Handler) -> Upstream:
    return lambda: raw_server(handler)


def upgradable(**fields: object) -> Upstream:
    return engine(handshake={"upgrades": ["websocket"]}, **fields)


def closing(payload: bytes, opcode: int = CLOSE, times: int = 1) -> Upstream:
    """Sends one frame when it is told to go on, so often, and takes the goodbye."""

    def start() -> AbstractAsyncContextManager[str]:
        left = [None] * times

        async def script(socket: RawWebSocket) -> None:
            await socket.expect('42["go"]')
            if left:
                left.pop()
                socket.frame(opcode, payload)
            await until_closed(socket)

        return raw_server(Scripted(websocket=script))

    return start


def saying(*texts: str | bytes) -> Upstream:
    """Sends these messages when it is told to go on."""

    async def script(socket: RawWebSocket) -> None:
        await socket.expect('42["go"]')
        for text in texts:
            socket.send(text)
        await until_closed(socket)

    return engine(websocket=script)


async def hang_up(socket: RawWebSocket) -> None:
    """End the connection without a close frame."""


def probing(*texts: str, close: int = 0) -> Script:
    """Answers the probe like that."""

    async def script(socket: RawWebSocket) -> None:
        await socket.expect("2probe")
        for text in texts:
            socket.send(text)
        if close:
            socket.close(close, "no upgrade")
        if texts or close:
            await until_closed(socket)

    return script


def accepting(*headers: str, key: str | None = None) -> Upstream:
    """Accepts a WebSocket with these headers besides, or a wrong answer to its key."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await read_request(reader)
        digest = hashlib.sha1(request.headers["sec-websocket-key"].encode() + KEY_SUFFIX).digest()
        accepted = key or base64.b64encode(digest).decode()
        lines = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"]
        writer.write("\r\n".join([*lines, f"Sec-WebSocket-Accept: {accepted}", *headers, "", ""]).encode())
        await reader.read()

    return bare(handler)


def close(code: int, reason: str = "") -> bytes:
    return code.to_bytes(2, "big") + reason.encode()


async def speaks_ssh(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(b"SSH-2.0-OpenSSH_9.6\r\n")
    await writer.drain()


def joined_by(answer_to_join: str) -> Upstream:
    return engine(connect_answer=answer_to_join)


STOPS_PINGING = {"pingInterval": 150, "pingTimeout": 150}

BAD_SERVERS: tuple[Case, ...] = (
    # --------------------------------------------------------------------------------------------- the upgrade
    *(Case(f"upgrade refused with {status[:3]}", "", {}, [CONNECT, ("until", "upgrade_error"), REST, LEAVE],
           upgradable(refusal=answer(status, "no")))
      for status in ("400 Bad Request", "403 Forbidden", "503 Service Unavailable", "200 OK", "301 Moved")),
    Case("upgrade hangs", "", {}, [CONNECT, REST, LEAVE], upgradable(refusal=b"")),
    Case("upgrade hangs after the handshake", "", {}, [CONNECT, REST, LEAVE], upgradable(websocket=until_closed)),
    Case("upgrade broken off", "", {}, [CONNECT, ("until", "upgrade_error"), LEAVE], upgradable(websocket=hang_up)),
    Case("probe answered wrongly", "", {}, [CONNECT, ("until", "upgrade_error"), LEAVE],
         upgradable(websocket=probing("3wrong"))),
    Case("probe answered with a message", "", {}, [CONNECT, ("until", "upgrade_error"), LEAVE],
         upgradable(websocket=probing("4message"))),
    Case("probe answered with a close frame", "", {}, [CONNECT, ("until", "upgrade_error"), LEAVE],
         upgradable(websocket=probing(close=1011))),
    Case("probe answered by hanging up", "", {}, [CONNECT, ("until", "upgrade_error"), LEAVE],
         upgradable(websocket=probing())),
    # ------------------------------------------------------------------------------- HTTP answers to polling
    *(Case(f"code {code} at the beginning", "", ONLY_POLLING, [REFUSED], engine(gets={0: engine_error(code)}))
      for code in CODES),
    *(Case(f"code {code} at a WebSocket", "", ONLY_WEBSOCKET, [REFUSED], engine(refusal=engine_error(code)))
      for code in CODES),
    *(Case(f"code {code} at a GET", "", ONLY_POLLING, [CONNECT, ENDED, REST], engine(gets={2: engine_error(code)}))
      for code in (1, 3)),
    *(Case(f"code {code} at a POST", "", ONLY_POLLING, [ENDED, REST], engine(all_posts=engine_error(code)))
      for code in (1, 3)),
    Case("sid forgotten", "", {**POLLING, **FAST}, [CONNECT, ("until", "connect", 2), LEAVE],
         engine(gets={2: engine_error(1)})),
    Case("payload too large", "", ONLY_POLLING, [ENDED, REST], engine(all_posts=answer("413 Too Large", "no"))),
    Case("gateway fails", "", {**POLLING, **FAST, "reconnectionAttempts": 1}, [("until", "reconnect_error")],
         bare(always("502 Bad Gateway", "<html>nginx</html>", "Content-Type: text/html"))),
    *(Case(f"redirected with {status[:3]}", "", ONLY_POLLING, [REFUSED],
           bare(always(status, "", "Location: http://127.0.0.1:9/socket.io/")))
      for status in ("301 Moved", "308 Permanent")),
    Case("redirected with 302", "", ONLY_POLLING, [REFUSED],
         bare(always("302 Found", "", "Location: http://127.0.0.1:9/socket.io/"))),
    Case("redirected WebSocket", "", ONLY_WEBSOCKET, [REFUSED],
         bare(always("302 Found", "", "Location: http://127.0.0.1:9/socket.io/"))),
    Case("page", "", ONLY_POLLING, [REFUSED], engine(gets={0: HTML})),
    Case("page, all tried", "", {"tryAllTransports": True, "transports": ["polling", "websocket"], **ONCE}, [REFUSED],
         bare(always("200 OK", "<!DOCTYPE html>"))),
    Case("page instead of a WebSocket", "", ONLY_WEBSOCKET, [REFUSED], engine(refusal=HTML)),
    Case("page at a GET", "", ONLY_POLLING, [CONNECT, ENDED, REST], engine(gets={2: HTML})),
    Case("nothing in the answer", "", ONLY_POLLING, [REFUSED], engine(gets={0: answer("200 OK")})),
    Case("no content", "", ONLY_POLLING, [REFUSED], engine(gets={0: answer("204 No Content")})),
    # ----------------------------------------------------------------------------------------- not HTTP at all
    Case("speaks another protocol", "", ONLY_POLLING, [REFUSED], bare(speaks_ssh)),
    Case("speaks another protocol, WebSocket", "", ONLY_WEBSOCKET, [REFUSED], bare(speaks_ssh)),
    Case("hangs up", "", ONLY_POLLING, [REFUSED], bare(hangs_up)),
    Case("hangs up, WebSocket", "", ONLY_WEBSOCKET, [REFUSED], bare(hangs_up)),
    Case("silent", "", {**ONLY_POLLING, "timeout": 200}, [REFUSED], bare(silent)),
    Case("silent, all tried", "", {"tryAllTransports": True, **ONCE, "timeout": 200}, [REFUSED], bare(silent)),
    Case("answers late", "", {**WEBSOCKET, **FAST, "timeout": 200, "reconnectionAttempts": 1},
         [("until", "reconnect_error")], bare(silent)),
    # ----------------------------------------------------------------------------------- the WebSocket handshake
    Case("wrong accept", "", ONLY_WEBSOCKET, [REFUSED], accepting(key="d3Jvbmc=")),
    Case("subprotocol nobody asked for", "", ONLY_WEBSOCKET, [REFUSED], accepting("Sec-WebSocket-Protocol: own")),
    Case("subprotocol of its own", "", {**ONLY_WEBSOCKET, "protocols": ["one"]}, [REFUSED],
         accepting("Sec-WebSocket-Protocol: own")),
    Case("no subprotocol taken", "", {**ONLY_WEBSOCKET, "protocols": ["one"]}, [REFUSED], accepting()),
    Case("no subprotocol taken, upgrade", "", {"protocols": ["one"]}, [CONNECT, ("until", "upgrade_error"), LEAVE],
         upgradable(websocket=until_closed)),
    Case("compression nobody asked for", "", {**ONLY_WEBSOCKET, "perMessageDeflate": False}, [REFUSED],
         accepting("Sec-WebSocket-Extensions: permessage-deflate")),
    Case("extension nobody asked for", "", ONLY_WEBSOCKET, [REFUSED], accepting("Sec-WebSocket-Extensions: x-own")),
    # ------------------------------------------------------------------------------------------ the heartbeat
    Case("stops pinging", "", ONLY_WEBSOCKET, [CONNECT, ENDED], engine(websocket=until_closed,
         handshake=STOPS_PINGING)),
    Case("stops pinging over polling", "", ONLY_POLLING, [CONNECT, ENDED, REST], engine(handshake=STOPS_PINGING)),
    Case("stops pinging, again", "", {**WEBSOCKET, **FAST}, [("until", "connect", 2), LEAVE],
         engine(websocket=until_closed, handshake=STOPS_PINGING)),
    # ------------------------------------------------------------------------------------------- close frames
    *(Case(f"closed with {code}", "", ONLY_WEBSOCKET, [CONNECT, GO, ENDED], closing(close(code, "why")))
      for code in (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4000, 4999)),
    *(Case(f"closed with {code}, which is none", "", ONLY_WEBSOCKET, [CONNECT, GO, ENDED], closing(close(code, "why")))
      for code in (0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535)),
    Case("closed without a code", "", ONLY_WEBSOCKET, [CONNECT, GO, ENDED], closing(b"")),
    Case("closed with half a code", "", ONLY_WEBSOCKET, [CONNECT, GO, ENDED], closing(b"\x03")),
    Case("closed with a reason that is no text", "", ONLY_WEBSOCKET, [CONNECT, GO, ENDED],
         closing(b"\x03\xe8\xff\xfe")),
    Case("closed without a frame", "", ONLY_WEBSOCKET, [CONNECT, ENDED], engine(websocket=hang_up)),
    Case("closed, again", "", {**WEBSOCKET, **FAST}, [CONNECT, GO, ("until", "connect", 2), LEAVE], closing(close(1001,
         "restart"))),
    # ----------------------------------------------------------------------------------------- frames, packets
    Case("text that is none", "", ONLY_WEBSOCKET, [CONNECT, GO, ENDED], closing(b"\xff\xfe", 1)),
    Case("reserved opcode", "", ONLY_WEBSOCKET, [CONNECT, GO, ENDED], closing(b"x", 3)),
    Case("frame that says it is compressed", "", ONLY_WEBSOCKET, [CONNECT, GO, ENDED], closing(b"x", 0x41)),
    Case("ping frame", "", ONLY_WEBSOCKET, [CONNECT, GO, REST, LEAVE], closing(b"are you there", 9)),
    Case("engine closed over polling", "", ONLY_POLLING, [CONNECT, ENDED, REST], engine(gets={2: answer("200 OK",
         "1")})),
    Case("engine closed over polling, again", "", {**POLLING, **FAST}, [("until", "connect", 2), LEAVE],
         engine(gets={2: answer("200 OK", "1")})),
    Case("close packet over WebSocket", "", ONLY_WEBSOCKET, [CONNECT, GO, REST, LEAVE], saying("1")),
    Case("no packet over polling", "", ONLY_POLLING, [CONNECT, ENDED, REST],
         engine(gets={2: answer("200 OK", "hello")})),
    Case("unknown packet over WebSocket", "", ONLY_WEBSOCKET, [CONNECT, GO, ENDED], saying("9")),
    Case("a second open packet", "", ONLY_WEBSOCKET, [CONNECT, GO, REST, LEAVE], saying("6", "3", "5")),
    Case("broken Socket.IO packet", "", ONLY_WEBSOCKET, [CONNECT, GO, ENDED], saying("4zzz")),
    Case("broken JSON", "", ONLY_WEBSOCKET, [CONNECT, GO, ENDED], saying('42["broken')),
    Case("event without a name", "", ONLY_WEBSOCKET, [CONNECT, GO, ENDED], saying('42{"no":"list"}')),
    Case("bytes out of place", "", ONLY_WEBSOCKET, [CONNECT, GO, ENDED], saying(b"\x01\x02")),
    Case("text while bytes are due", "", ONLY_WEBSOCKET, [CONNECT, GO, ENDED],
         saying('451-["a",{"_placeholder":true,"num":0}]', '42["b"]')),
    Case("broken packet, again", "", {**WEBSOCKET, **FAST}, [CONNECT, GO, ("until", "connect", 2), LEAVE],
         closing(b"4zzz", TEXT)),
    Case("packet for nobody", "", ONLY_WEBSOCKET, [CONNECT, GO, ("until", "event"), LEAVE],
         saying('42/other,["a"]', "431[]", "41/other,", '42["b"]')),
    Case("namespace ended by the server", "", ONLY_WEBSOCKET, [CONNECT, GO, ENDED, REST], saying("41")),
    # --------------------------------------------------------------------------------------------- joining
    Case("refused with a message", "", ONLY_POLLING, [REFUSED, REST], joined_by('44{"message":"no"}')),
    Case("refused with data", "", POLLING, [REFUSED, REST], joined_by('44{"message":"no","data":{"why":[1,null]}}')),
    Case("refused by one, joined by another", "", ONLY_POLLING, [REFUSED, REST, LEAVE],
         joined_by('44{"message":"no"}'), namespaces=("/", "/chat")),
    Case("joined as version 2 does it", "", ONLY_POLLING, [REFUSED, REST, LEAVE], joined_by("40")),
    Case("never joined", "", ONLY_POLLING, [("until", "open"), LEAVE], joined_by("6")),
    Case("connection breaks before the answer", "", ONLY_WEBSOCKET, [ENDED],
         engine(websocket=hang_up, connect_answer="6")),
    Case("error before the answer", "", ONLY_WEBSOCKET, [ENDED],
         engine(websocket=until_closed, connect_answer="9")),
    # --------------------------------------------------------------------------------------------- cookies
    Case("cookie of elsewhere", "", {**POLLING, "withCredentials": True}, [CONNECT, LEAVE],
         engine(cookie="a=1; Path=/elsewhere; Domain=example.com; Secure; HttpOnly")),
    Case("cookie in quotes", "", {**POLLING, "withCredentials": True}, [CONNECT, LEAVE], engine(cookie='a="x y"')),
    Case("cookie that is over", "", {**POLLING, "withCredentials": True}, [CONNECT, LEAVE],
         engine(cookie="a=1; Max-Age=0")),
)  # fmt: skip
