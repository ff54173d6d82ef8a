"""``wsgui --selftest``: whether this program is whole, and works on this system.

A built program can lose a file that is found by looking into a folder, a library, or a plugin of Qt, and run well until
somebody needs it. So this counts what is found, starts the lab, connects over each transport, finds the cause of two
faults, writes every report and export, and opens the window. What it prints has no times and no numbers of ports in
it: two programs of one version print the same.
"""

from __future__ import annotations

import asyncio
import io
import logging
import os
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from wsgui import __version__, resources
from wsgui.app import create, has_screen
from wsgui.checks.check import all_checks
from wsgui.checks.diagnosis import Diagnosis, Question
from wsgui.core.address import read_address
from wsgui.core.causes import CAUSES
from wsgui.core.console_texts import WORDINGS
from wsgui.core.guide import read_guide
from wsgui.core.keyring_secrets import known_keyrings
from wsgui.core.option_types import Protocol
from wsgui.core.option_values import OptionValues
from wsgui.core.options import OPTIONS
from wsgui.core.past_recording import open_recording
from wsgui.core.presets import read_presets
from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.redact import Redaction
from wsgui.exports.catalogue import formats
from wsgui.exports.report_formats import report_formats
from wsgui.exports.reporting import make_report, versions
from wsgui.exports.selection import Selection
from wsgui.lab.catalogue import faults
from wsgui.lab.process import Place, fault_process
from wsgui.net.session import EmitOptions, Target
from wsgui.net.socketio_session import SocketioSession
from wsgui.net.tap import Tap
from wsgui.net.tls import tls_context
from wsgui.net.websocket_session import WebSocketSession
from wsgui.ui.window import Window

WORKS, FAILS = "works", "does not work"
"""The last line; programs read it, so that it is in English whatever the language."""
PATIENCE_SECONDS = 60.0
"""For one step, on a machine that does something else besides."""

FAULTS = ("second-upgrade-handler", "certificate-self-signed")
"""One in the transport, and one that needs certificates."""


class SelftestError(Exception):
    """A step did not do what it does in a whole program. The message says what it did."""


class Step(NamedTuple):
    """A line of the output: a name, and what says that it works."""

    name: str
    run: Callable[[], Awaitable[str]]


def main() -> int:
    """Run all steps, print a line for each; 0 if everything works, 1 if not."""
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    warned = _Warned()
    logging.getLogger().addHandler(warned)
    _application, loop, window = create([])
    loop.set_exception_handler(lambda _loop, context: logging.getLogger("wsgui").error("%s", context))
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        whole = runner.run(_run(window))
    for text in warned.texts:
        print(f"FAILED  unexpected: {text}", flush=True)
    whole = whole and not warned.texts
    print(WORKS if whole else FAILS, flush=True)
    return 0 if whole else 1


async def _run(window: Window) -> bool:
    whole = True
    for step in (*_counts(), *_connections(), *_diagnoses(), Step("window", lambda: _window(window))):
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                line = f"{step.name}: {await step.run()}"
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what this program is here to say
            line = f"FAILED  {step.name}: {type(error).__name__}: {error}"
            whole = False
        print(line, flush=True)
    return whole


def _counts() -> list[Step]:
    """What was found by looking into folders and tables."""

    def found(name: str, what: Callable[[], object]) -> Step:
        async def run() -> str:
            return str(what())

        return Step(name, run)

    return [
        found("version", lambda: __version__),
        found("versions", lambda: ", ".join(versions())),
        found("options", lambda: len(OPTIONS)),
        found("keyrings", lambda: len(known_keyrings())),
        found("checks", lambda: len(all_checks())),
        found("causes", lambda: len(CAUSES)),
        found("faults", lambda: len(faults())),
        found("console texts", lambda: len(WORDINGS)),
        found("exports", lambda: " ".join(formats())),
        found("reports", lambda: " ".join(report_formats())),
        found("presets", lambda: len(read_presets(resources.path("presets")))),
        found("languages", lambda: " ".join(_languages())),
        found(
            "guide", lambda: " ".join(f"{code} {len(read_guide(resources.guide() / code))}" for code in _languages())
        ),
        found("bundled authorities", lambda: len(tls_context({"trustStore": "bundled"}).get_ca_certs()) > 100),
        found("system authorities", lambda: type(tls_context({})).__name__),
    ]


def _languages() -> list[str]:
    catalogues = resources.path().glob("languages/*.po")
    return ["en", *sorted(file.stem for file in catalogues)]


def _connections() -> list[Step]:
    """Each protocol over each of its transports, with an answer to what was sent."""

    def over(name: str, server: str, transports: Sequence[str]) -> Step:
        async def run() -> str:
            async with fault_process(server) as place:
                values = {**place.options, "transports": list(transports)} if transports else place.options
                return await _connect(place, values, upgraded=len(transports) > 1)

        return Step(name, run)

    return [
        over("polling", "", ("polling",)),
        over("websocket", "", ("websocket",)),
        over("upgrade", "", ("polling", "websocket")),
        over("socket.io 2", "healthy-v2", ("polling", "websocket")),
        over("plain websocket", "healthy-websocket", ()),
    ]


async def _connect(place: Place, values: OptionValues, *, upgraded: bool) -> str:
    """Connect, wait for the upgrade if there can be one, send, and wait for the answer; the names of the transports."""
    records: list[Record] = []
    news = asyncio.Event()

    def take(said: Sequence[Record]) -> None:
        records.extend(said)
        news.set()

    async def until(wanted: Callable[[Record], bool]) -> Record:
        while not (there := next(filter(wanted, records), None)):
            news.clear()
            await news.wait()
        return there

    target = Target(read_address(place.url, place.protocol), values, (), place.protocol)
    plain = place.protocol is Protocol.WEBSOCKET
    session = WebSocketSession(target, Tap(take)) if plain else SocketioSession(target, Tap(take))
    session.open()
    try:
        # Which transport brings the answer to the upgraded client's CONNECT is chance; which one came first is not.
        first = Kind.CONNECT if plain else Kind.TRANSPORT
        transports = [str((await until(lambda record: record.kind is first)).fact("transport"))]
        await until(lambda record: record.kind is Kind.CONNECT)
        if upgraded:
            transports.append(str((await until(lambda record: record.kind is Kind.UPGRADE)).fact("transport")))
        if isinstance(session, WebSocketSession):
            session.send_message("hello")
            await until(lambda record: record.kind is Kind.WS_MESSAGE and record.direction is Direction.IN)
        else:
            session.send("echo", ["hello"], namespace="/", options=EmitOptions(ack=True))
            await until(lambda record: record.kind is Kind.ACK)
    finally:
        await session.close()
    with tempfile.TemporaryDirectory() as folder:
        await asyncio.to_thread(_keep, records, Path(folder))
    return ", ".join((*transports, "answered", "recorded", "exported"))


def _keep(records: Sequence[Record], folder: Path) -> None:
    """Write a recording, read it again, and export it in every format."""
    recording = Recording(folder / "selftest.sqlite")
    recording.extend(records)
    recording.close()
    past = open_recording(folder / "selftest.sqlite")
    try:
        if past.count != len(records):
            raise SelftestError(f"{len(records)} records were written, {past.count} are there")
        for form in formats().values():
            with (folder / f"selftest-{form.name}{form.suffix}").open("w+b") as stream:
                form.write(Selection(past), stream)
                if not stream.seek(0, io.SEEK_END):
                    raise SelftestError(f"{form.name} is empty")
    finally:
        past.close()


def _diagnoses() -> list[Step]:
    def of(fault: str) -> Step:
        return Step(f"fault {fault}", lambda: _diagnose(fault))

    return [of(fault) for fault in FAULTS]


async def _diagnose(fault: str) -> str:
    """Find the cause, and write the report in every format."""
    async with fault_process(fault) as place:
        question = Question(url=place.url, values=place.options, protocol=place.protocol, origin=place.origin)
        report = await Diagnosis(question).run()
    if report.cause != faults()[fault].cause:
        raise SelftestError(f"{report.cause} was found")
    made = make_report(report.url, Redaction(), diagnosis=report)
    empty = [form.suffix for form in report_formats().values() if len(form.write(made)) < 1000]
    if empty:
        raise SelftestError(f"empty reports: {empty}")
    return f"{report.cause} found, reported"


async def _window(window: Window) -> str:
    """Show the window, let it connect to the built-in server, and close it."""
    window.show()
    window.start_demo()
    tab = window.tab
    while tab.status.transport != "websocket":  # noqa: ASYNC110 - bounded by the caller
        await asyncio.sleep(0.05)
    transport = tab.status.transport
    picture = window.grab()
    if picture.isNull() or picture.toImage().allGray():
        raise SelftestError("nothing was drawn")
    window.close()
    await window.closed.wait()
    return f"shown, {transport}, closed"


class _Warned(logging.Handler):
    """Keeps what was logged from WARNING on: a whole program has nothing to warn of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())
