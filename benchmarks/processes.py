"""The processes that are measured: each is fresh, and prints its figures as one line of JSON.

They share a home folder of their own, so that nothing of the user's is read or written, and one screen: that of
``QT_QPA_PLATFORM`` where it is set, otherwise an Xvfb where that is installed, otherwise Qt's off-screen platform.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.interop.node_server import HERE as INTEROP
from tests.interop.node_server import NodeServer, missing

HERE = Path(__file__).resolve().parent
LONGEST_SECONDS = 180
"""After that a measured process is killed, and the benchmark fails."""


@contextmanager
def surroundings() -> Iterator[dict[str, str]]:
    """The environment for the measured processes, with a home that goes away and a screen that ends."""
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="wsgui-benchmark-"))
        environment = os.environ | {"HOME": home, "QT_LOGGING_RULES": "qt.text.font.db=false"}
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            environment[f"XDG_{name}_HOME"] = str(Path(home, name.lower()))
        environment["PYTHONPATH"] = str(HERE.parent)
        # What is installed has its bytecode beside it; here the first process that imports a module writes it.
        environment["PYTHONPYCACHEPREFIX"] = str(Path(home, "bytecode"))
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["NODE_PATH"] = str(INTEROP / "node_modules")
        if "QT_QPA_PLATFORM" not in environment:
            if shutil.which("Xvfb"):
                environment |= {"QT_QPA_PLATFORM": "xcb", "DISPLAY": stack.enter_context(_xvfb())}
            else:
                environment["QT_QPA_PLATFORM"] = "offscreen"
        yield environment


@contextmanager
def _xvfb() -> Iterator[str]:
    """A screen in memory, on the first free display."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert server.stdout is not None
        number = server.stdout.readline().strip()
        if not number:
            raise RuntimeError("Xvfb has not started")
        yield f":{number}"
    finally:
        server.terminate()
        server.communicate()


@contextmanager
def server(script: str | Path = "socketio4.js", **options: object) -> Iterator[str]:
    """The URL of a server on loopback, by default a real Socket.IO 4. ``SystemExit`` where Node.js is missing."""
    if reason := missing():
        raise SystemExit(reason)
    node = NodeServer(str(script), options)
    node.start()
    try:
        yield node.url
    finally:
        node.stop()


def python(module: str, *arguments: object) -> Sequence[str]:
    """The command that runs a module of this folder."""
    return [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]


def node(script: str, *arguments: object) -> Sequence[str]:
    """The command that runs a script of this folder."""
    return ["node", str(HERE / script), *map(str, arguments)]


def run(command: Sequence[str], environment: Mapping[str, str]) -> dict[str, Any]:
    """Run a process to its end and return the figures that it prints. Raises ``subprocess.SubprocessError``."""
    figures: dict[str, Any] = json.loads(_output(command, environment))
    return figures


def series(command: Sequence[str], environment: Mapping[str, str], longest: float = LONGEST_SECONDS) -> list[Any]:
    """The same for a process that prints a list of figures; it is killed after ``longest`` seconds."""
    figures: list[Any] = json.loads(_output(command, environment, longest))
    return figures


def _output(command: Sequence[str], environment: Mapping[str, str], longest: float = LONGEST_SECONDS) -> str:
    return subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=longest
    ).stdout
