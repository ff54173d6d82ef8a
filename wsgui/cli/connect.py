"""``wsgui connect``: one line per record, until the end, the time or Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Sequence

from wsgui.cli import print_nowhere
from wsgui.core.describe import describe
from wsgui.core.json_line import as_json
from wsgui.core.option_types import Protocol
from wsgui.core.records import Kind, Record
from wsgui.core.redact import Redaction
from wsgui.core.tasks import TaskOwner
from wsgui.core.visible import one_line
from wsgui.net.session import EmitOptions, Target
from wsgui.net.socketio_session import SocketioSession
from wsgui.net.state import State
from wsgui.net.tap import Tap
from wsgui.net.websocket_session import WebSocketSession

WORKS, PROBLEM = 0, 1

Emit = tuple[str, list[object]]
"""An event and its arguments."""


class Printer:
    """Prints records, and remembers whether the connection ever worked and whether anything failed."""

    def __init__(self, stop: Callable[[], None], redaction: Redaction | None, *, as_json_lines: bool) -> None:
        self._stop = stop
        self._redaction = redaction
        self._as_json_lines = as_json_lines
        self.joined = False
        self.unread = False
        """Whoever read the lines has gone."""
        self.failed = False

    def __call__(self, record: Record) -> None:
        self.joined = self.joined or record.kind is Kind.CONNECT
        self.failed = self.failed or record.kind in (Kind.CONNECT_ERROR, Kind.RECONNECT_FAILED)
        if self._redaction is not None:
            record = self._redaction.record(record)
        try:
            print(as_json(record) if self._as_json_lines else self._line(record), flush=True)
        except BrokenPipeError:
            # Whoever read this (`| head`) has seen enough. What is still to come must not fail on it again.
            print_nowhere()
            self.unread = True
            self._stop()

    @staticmethod
    def _line(record: Record) -> str:
        summary = one_line(describe(record).summary)
        return f"{record.t:9.3f} {record.direction.value:>3} {record.kind.value:<17} {summary}"


async def run(
    target: Target,
    emits: list[Emit],
    texts: list[str],
    seconds: float | None,
    *,
    as_json_lines: bool,
    redaction: Redaction | None = None,
) -> int:
    """Connect, send ``emits`` or over a plain WebSocket ``texts``, and print; after ``seconds`` disconnect.

    What is printed goes through ``redaction``.

    Returns the exit status.
    """
    stop = asyncio.Event()
    printer = Printer(stop.set, redaction, as_json_lines=as_json_lines)
    session: SocketioSession | WebSocketSession

    def take(records: Sequence[Record]) -> None:
        for record in records:
            printer(record)
            if record.kind is Kind.CONNECT:
                send_all(record)

    def send_all(record: Record) -> None:
        if isinstance(session, WebSocketSession):
            for text in texts:
                session.send_message(text)
            return
        for event, args in emits:
            session.send(event, args, namespace=str(record.fact("namespace")), options=EmitOptions(ack=True))

    make_session = WebSocketSession if target.protocol is Protocol.WEBSOCKET else SocketioSession
    session = make_session(target, Tap(take))
    with contextlib.suppress(NotImplementedError):  # Windows: there Ctrl-C ends asyncio.run by KeyboardInterrupt
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop.set)
    tasks = TaskOwner("connect")
    session.open()
    ended = tasks.start(session.wait(), "until the end")
    asked = tasks.start(_wait(stop), "until Ctrl-C")
    await asyncio.wait((ended, asked), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    connected = session.status.state is State.CONNECTED
    await session.close()
    await tasks.close()
    if printer.unread and not printer.failed:
        return WORKS  # it was not given the time to fail
    works = printer.joined and not printer.failed and (connected or not session.status.failed)
    return WORKS if works else PROBLEM


async def _wait(event: asyncio.Event) -> None:
    await event.wait()
