"""HTTP Archive (HAR 1.2) as Chrome's DevTools open it: the HTTP exchanges, and WebSockets with their messages.

An entry of a WebSocket holds all its messages, while other exchanges go on: they wait in a file that has no name.
"""

from __future__ import annotations

import base64
import shutil
import tempfile
from typing import IO
from urllib.parse import parse_qs, urlsplit

from wsgui import __version__
from wsgui.core import javascript_json
from wsgui.core.i18n import N_
from wsgui.core.option_types import Protocol
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.visible import json_text
from wsgui.core.ws_payloads import payloads
from wsgui.exports.har_entry import entry
from wsgui.exports.selection import Selection

NAME = "har"
TITLE = N_("HTTP Archive (HAR) for browsers' developer tools")
SUFFIX = ".har"

_IN_MEMORY = 1 << 16
"""Bytes of the messages of one WebSocket beyond which they wait on disk."""


class _Socket:
    """A WebSocket that is open, with its messages up to now."""

    def __init__(self, opened: Record, protocol: str) -> None:
        self.opened = opened
        self.ended = opened.wall
        url = str(opened.fact("url") or "")
        self._engine3 = protocol == Protocol.SOCKETIO_V2 or "3" in _query(url).get("EIO", [])
        self._messages = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - it lives as long as the socket
        self._number = 0

    def take(self, record: Record) -> None:
        self.ended = max(self.ended, record.wall)
        for opcode, data in payloads(record, engine3=self._engine3):
            message = {
                "type": "send" if record.direction is Direction.OUT else "receive",
                "time": record.wall,
                "opcode": int(opcode),
                "data": data if isinstance(data, str) else base64.b64encode(data).decode("ascii"),
            }
            self._messages.write(
                (",\n" if self._number else "").encode() + json_text(javascript_json.dumps(message)).encode()
            )
            self._number += 1

    def write(self, stream: IO[bytes]) -> None:
        start = json_text(javascript_json.dumps(entry(self.opened, self.ended)))
        stream.write(start[:-1].encode() + b',"_webSocketMessages":[')
        self._messages.seek(0)
        shutil.copyfileobj(self._messages, stream)
        stream.write(b"]}")
        self.drop()

    def drop(self) -> None:
        self._messages.close()


class _Archive:
    """Writes entries, each when it is complete."""

    def __init__(self, stream: IO[bytes], protocol: str) -> None:
        self._stream = stream
        self._protocol = protocol
        self._open: dict[int, _Socket] = {}
        """By the number of the connection, which has one at a time."""
        self._number = 0

    def take(self, record: Record) -> None:
        if record.kind is Kind.HTTP:
            self._next()
            self._stream.write(json_text(javascript_json.dumps(entry(record))).encode())
        elif record.kind is Kind.WS_OPEN:
            self._end(record.connection)
            self._open[record.connection] = _Socket(record, self._protocol)
            if record.fact("status") != 101:
                self._end(record.connection)
        elif (socket := self._open.get(record.connection)) and _is_message(record):
            socket.take(record)

    def end(self) -> None:
        for connection in list(self._open):
            self._end(connection)

    def drop(self) -> None:
        """Let go of what is still waiting."""
        for socket in self._open.values():
            socket.drop()

    def _end(self, connection: int) -> None:
        if socket := self._open.pop(connection, None):
            self._next()
            socket.write(self._stream)

    def _next(self) -> None:
        self._stream.write(b",\n" if self._number else b"\n")
        self._number += 1


def write(selection: Selection, stream: IO[bytes]) -> None:
    """Write the archive. What was not on the wire is not in it."""
    creator = javascript_json.dumps({"name": "wsgui", "version": __version__})
    stream.write(f'{{"log":{{"version":"1.2","creator":{creator},"pages":[],"entries":['.encode())
    archive = _Archive(stream, selection.meta.get("protocol", ""))
    try:
        for record in selection:
            archive.take(record)
        archive.end()
    finally:
        archive.drop()
    stream.write(b"\n]}}\n")


def _is_message(record: Record) -> bool:
    """Whether it was a frame; an error with a chain has the rest of a stream that broke the protocol."""
    return record.via == record.seq and not (record.kind is Kind.ERROR and record.fact("chain"))


def _query(url: str) -> dict[str, list[str]]:
    try:
        return parse_qs(urlsplit(url).query)
    except ValueError:
        return {}
