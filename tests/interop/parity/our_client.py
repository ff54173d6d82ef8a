"""Runs a case with a session of this program, and puts its records into the words of ``node/client.js``."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Mapping, Sequence
from typing import cast

from tests.interop.parity.case import Case, Event, Tell, event
from wsgui.core.address import read_address
from wsgui.core.describe import packet_of
from wsgui.core.option_types import Protocol
from wsgui.core.options import OptionValues, check_values
from wsgui.core.records import Direction, Kind, Record
from wsgui.net.engine import PRIOR_WEBSOCKET
from wsgui.net.session import EmitOptions, Target
from wsgui.net.socketio_session import SocketioSession
from wsgui.net.tap import Tap

_ACK_ENDED = re.compile(r": (operation has timed out|socket has been disconnected)\.$")


class OurClient:
    """One run of a case."""

    def __init__(self, case: Case, url: str, tell: Tell) -> None:
        self._case = case
        self._tell = tell
        self._said: list[tuple[Event, Mapping[str, object]]] = []
        self._news = asyncio.Event()
        self._questions: deque[tuple[int, str]] = deque()
        values = check_values(cast("OptionValues", dict(case.options)))
        address = read_address(url + case.suffix)
        # The reference begins in a new process. Here another server may have had this port, with a WebSocket.
        PRIOR_WEBSOCKET.discard(address.url())
        target = Target(address, values, tuple(case.namespaces), case.protocol)
        self._session = SocketioSession(target, Tap(self._take))

    async def run(self) -> list[Event]:
        self._session.open()
        try:
            for name, *arguments in self._case.steps:
                await getattr(self, f"_do_{name}")(*arguments)
        finally:
            await self._session.close()
        return [each for each, _facts in self._said]

    # The steps

    async def _do_until(self, name: str, count: int = 1, nsp: str = "") -> None:
        def found() -> int:
            return sum(each.name == name and nsp in ("", facts.get("nsp")) for each, facts in self._said)

        while found() < count:
            self._news.clear()
            await self._news.wait()

    async def _do_emit(self, nsp: str, name: str, args: list[object], how: Mapping[str, object] | None = None) -> None:
        how = how or {}
        timeout = how.get("timeout")
        options = EmitOptions(
            bool(how.get("ack")), bool(how.get("volatile")), timeout / 1000 if isinstance(timeout, int) else None
        )
        self._session.send(name, list(args), namespace=nsp, options=options)

    async def _do_rest(self, milliseconds: int) -> None:
        await asyncio.sleep(milliseconds / 1000)

    async def _do_tell(self, word: str) -> None:
        await self._tell(word)

    async def _do_join(self, nsp: str, auth: Mapping[str, object] | None = None) -> None:
        self._session.join(nsp, auth)

    async def _do_leave(self, nsp: str) -> None:
        self._session.leave(nsp)

    async def _do_answer(self, *args: object) -> None:
        number, nsp = self._questions.popleft()
        self._session.acknowledge(number, list(args), namespace=nsp)

    async def _do_disconnect(self) -> None:
        await self._session.close()

    # What is said

    def _take(self, records: Sequence[Record]) -> None:
        for record in records:
            if found := self._event(record):
                lane, name, facts = found
                self._said.append((event(lane, name, facts), facts))
                self._news.set()

    def _event(self, record: Record) -> tuple[str, str, dict[str, object]] | None:
        nsp = record.fact("namespace")
        match record.kind:
            case Kind.CONNECT:
                return "socket", "connect", {"nsp": nsp, "recovered": bool(record.fact("recovered"))}
            case Kind.CONNECT_ERROR:
                data = {} if record.fact("data") is None else {"data": record.fact("data")}
                return "socket", "connect_error", {"nsp": nsp, "message": _failure(record), **data}
            case Kind.DISCONNECT:
                # The client of version 2 has no details.
                details = _details(record) if self._case.protocol is Protocol.SOCKETIO else ""
                return "socket", "disconnect", {"nsp": nsp, "reason": record.fact("reason"), "details": details}
            case Kind.EVENT if record.direction is Direction.IN:
                return self._incoming(record)
            case Kind.ACK if record.direction is Direction.IN and not record.fact("late"):
                packet = packet_of(record)
                assert packet is not None
                return "socket", "ack", {"nsp": nsp, "event": record.fact("event"), "args": packet.args}
            case Kind.ERROR if ended := _ACK_ENDED.search(str(record.fact("text"))):
                return "socket", "ack_error", {"nsp": nsp, "message": ended[1]}
            case Kind.TRANSPORT:
                return "engine", "open", {"transport": record.fact("transport")}
            case Kind.UPGRADE:
                return "engine", "upgrade", {"transport": record.fact("transport")}
            case Kind.UPGRADE_ERROR:
                return "engine", "upgrade_error", {"message": record.fact("text")}
            case Kind.RECONNECT_ATTEMPT | Kind.RECONNECT:
                return "manager", record.kind.value, {"n": record.fact("n")}
            case Kind.RECONNECT_ERROR:
                return "manager", "reconnect_error", {"message": record.fact("text")}
            case Kind.RECONNECT_FAILED:
                return "manager", "reconnect_failed", {}
        return None

    def _incoming(self, record: Record) -> tuple[str, str, dict[str, object]]:
        packet = packet_of(record)
        assert packet is not None
        if packet.id is not None:
            self._questions.append((packet.id, packet.namespace))
        return "socket", "event", {"nsp": packet.namespace, "event": packet.event, "args": packet.args}


def _details(record: Record) -> str:
    """Of a transport error what two languages share: the message, and the HTTP status of polling."""
    details = str(record.fact("details") or "")
    match record.fact("reason"):
        case "transport error":
            message, _colon, why = details.partition(": ")
            status = re.match(r"HTTP (\d+)", why) if message.startswith("xhr") else None
            return f"{message} {status[1]}" if status else message
        case "parse error":
            return details.partition(": ")[0]
        case "ping timeout" | "io client disconnect":
            return ""  # JavaScript has no details for these; what this program adds is its own
    return details


def _failure(record: Record) -> str:
    """The JavaScript message, and the HTTP status if polling failed with one."""
    text, status = str(record.fact("text")), record.fact("status")
    return f"{text} {status}" if status and text.startswith("xhr") else text
