"""The commands without a window: ``connect`` and ``lab``. The same core, for scripts and CI."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import math
import signal
from collections.abc import Sequence

from wsgui.core import javascript_json
from wsgui.core.address import AddressError, read_address
from wsgui.core.describe import describe
from wsgui.core.i18n import _
from wsgui.core.json_line import as_json
from wsgui.core.option_file import OptionFileError, read_options
from wsgui.core.option_types import Protocol
from wsgui.core.records import Kind, Record
from wsgui.core.tasks import TaskOwner
from wsgui.core.visible import make_visible
from wsgui.lab import command as lab
from wsgui.net.session import Target
from wsgui.net.socketio_session import SocketioSession
from wsgui.net.state import State
from wsgui.net.tap import Tap

WORKS, PROBLEM, WRONG_ARGUMENTS = 0, 1, 2


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit status."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.command == "lab":
        return _lab(arguments)
    try:
        target = _target(arguments)
        emits = [_emit(event, text) for event, text in arguments.emit]
    except (AddressError, OptionFileError, argparse.ArgumentTypeError) as error:
        parser.exit(WRONG_ARGUMENTS, f"wsgui: {error}\n")
    return asyncio.run(_connect(target, emits, arguments.seconds, as_lines=arguments.json))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wsgui")
    commands = parser.add_subparsers(dest="command", required=True)
    connect = commands.add_parser("connect", help=_("connect and print one line per record"))
    connect.add_argument("url", metavar="URL", help=_("the server, for example http://localhost:3000"))
    connect.add_argument("--protocol", choices=[Protocol.SOCKETIO.value], default=Protocol.SOCKETIO.value)
    connect.add_argument(
        "--options",
        metavar="FILE|JSON",
        help=_("options with their JavaScript names: JSON, an io(url, {...}) snippet, or a file"),
    )
    connect.add_argument(
        "--namespace", metavar="NS", action="append", default=[], help=_("a namespace to join; may be repeated")
    )
    connect.add_argument(
        "--emit", nargs=2, metavar=("EVENT", "ARGUMENTS"), action="append", default=[],
        help=_("emit on every connect; ARGUMENTS is a JSON array of all the arguments"),
    )  # fmt: skip
    connect.add_argument("--for", dest="seconds", type=_seconds, metavar="SECONDS", help=_("disconnect after so long"))
    connect.add_argument("--json", action="store_true", help=_("one JSON object per line"))
    serve = commands.add_parser("lab", help=_("serve a Socket.IO server to test against, on loopback"))
    serve.add_argument("--fault", metavar="ID", help=_("the fault to serve; without it a healthy server"))
    serve.add_argument("--port", type=_port, default=0, metavar="N", help=_("the port; 0 takes a free one"))
    serve.add_argument("--list", action="store_true", help=_("list what can be served"))
    serve.add_argument("--with-parent", action="store_true", help=argparse.SUPPRESS)
    return parser


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("“{text}” is no number of seconds").format(text=text)) from error
    if not (math.isfinite(seconds) and seconds >= 0):
        raise argparse.ArgumentTypeError(_("“{text}” is no number of seconds").format(text=text))
    return seconds


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(_("“{text}” is no port: ports go from 0 (any) to 65535").format(text=text))
    return int(text)


def _lab(arguments: argparse.Namespace) -> int:
    if arguments.list:
        print(lab.listing())
        return WORKS
    return asyncio.run(
        lab.run(
            arguments.port, arguments.fault, lambda line: print(line, flush=True), with_parent=arguments.with_parent
        )
    )


def _target(arguments: argparse.Namespace) -> Target:
    values = read_options(arguments.options).values if arguments.options else {}
    address = read_address(arguments.url)
    names = tuple(name if name.startswith("/") else f"/{name}" for name in arguments.namespace)
    return Target(address, values, names, Protocol(arguments.protocol))


def _emit(event: str, text: str) -> tuple[str, list[object]]:
    try:
        value = javascript_json.loads(text)
    except javascript_json.JsonError as error:
        sentence = _("--emit {event}: the JSON is broken at line {line}, column {column}: {why}")
        raise argparse.ArgumentTypeError(
            sentence.format(event=event, line=error.line, column=error.column, why=error)
        ) from error
    if not isinstance(value, list):
        raise argparse.ArgumentTypeError(
            _('--emit {event}: ARGUMENTS is a JSON array of all the arguments, for example [1, "two"]').format(
                event=event
            )
        )
    return event, value


class _Printer:
    """Prints records, and remembers whether the connection ever worked and still does."""

    def __init__(self, *, as_lines: bool) -> None:
        self._as_lines = as_lines
        self.joined = False
        self.failed = False

    def __call__(self, record: Record) -> None:
        if record.kind is Kind.CONNECT:
            self.joined = True
        if record.kind in (Kind.CONNECT_ERROR, Kind.RECONNECT_FAILED):
            self.failed = True
        if self._as_lines:
            print(as_json(record), flush=True)
        else:
            summary = make_visible(describe(record).summary)
            print(f"{record.t:9.3f} {record.direction.value:>3} {record.kind.value:<17} {summary}", flush=True)


async def _connect(
    target: Target, emits: list[tuple[str, list[object]]], seconds: float | None, *, as_lines: bool
) -> int:
    printer = _Printer(as_lines=as_lines)
    session: SocketioSession

    def emit(record: Record) -> None:
        printer(record)
        if record.kind is Kind.CONNECT:
            namespace = str(record.fact("namespace"))
            for event, args in emits:
                session.send(event, args, namespace=namespace, ack=True)

    session = SocketioSession(target, Tap(emit))
    session.open()
    tasks = TaskOwner("connect")
    ended = tasks.start(session.wait(), "until the end")
    stop = asyncio.Event()
    with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C ends asyncio.run by KeyboardInterrupt
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop.set)
    asked = tasks.start(_wait(stop), "until Ctrl-C")
    await asyncio.wait((ended, asked), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    lost = session.status.state is not State.CONNECTED
    await session.close()
    await tasks.close()
    return PROBLEM if printer.failed or not printer.joined or (lost and session.status.failed) else WORKS


async def _wait(event: asyncio.Event) -> None:
    await event.wait()
