"""Strict from the first day: what a test did not expect fails it.

A warning (pytest's ``filterwarnings``), a Qt message (pytest-qt's ``qt_log_level_fail``), a log record, an exception
that nobody awaited, a word to a machine that is not this one. And no test can touch what belongs to the user.
"""

from __future__ import annotations

import gc
import inspect
import logging
import os
import re
import socket
import sys
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.text.font.db=false")
os.environ["LANGUAGE"] = "en"  # what the tests read is English, whoever runs them

pytest_plugins = ["pytester"]


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for every test: settings, data and caches start from nothing and end with the test."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    for name in ("APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home / name.lower()))
    if core := sys.modules.get("PySide6.QtCore"):
        # Qt reads XDG_CONFIG_HOME once in the life of a process, which here is many homes long.
        for kind in (core.QSettings.Format.NativeFormat, core.QSettings.Format.IniFormat):
            core.QSettings.setPath(kind, core.QSettings.Scope.UserScope, str(home / "config"))
    return home


class UnexpectedLogs(logging.Handler):
    """Keeps every record from WARNING on, and knows which of them the test has announced."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def complaints(self) -> list[str]:
        """What was logged and not expected, and what was expected and not logged."""
        said = [f"{record.levelname} {record.name}: {self.text(record)}" for record in self.records]
        unexpected = [line for line in said if not any(re.search(pattern, line) for pattern in self.expected)]
        missing = [pattern for pattern in self.expected if not any(re.search(pattern, line) for line in said)]
        return [f"unexpected: {line}" for line in unexpected] + [f"never logged: {pattern}" for pattern in missing]

    @staticmethod
    def text(record: logging.LogRecord) -> str:
        """The message, and the exception that came with it."""
        error = record.exc_info and record.exc_info[1]
        return f"{record.getMessage()} {error!r}" if error else record.getMessage()


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The application of the tests is started as the program starts its own."""
    from wsgui.ui import theme

    return ["pytest", *theme.ARGUMENTS]


@pytest.fixture(autouse=True)
def strict_logs(request: pytest.FixtureRequest) -> Iterator[UnexpectedLogs]:
    """Fail the test if a warning or worse was logged that it did not announce with ``expected_logs``."""
    logs = UnexpectedLogs()
    logging.getLogger().addHandler(logs)
    yield logs
    if inspect.iscoroutinefunction(request.function) or "qapp" in request.fixturenames:
        # A task nobody awaited and a coroutine nobody started complain when they are collected. In this test, then.
        gc.collect()
    logging.getLogger().removeHandler(logs)
    if complaints := logs.complaints():
        pytest.fail("\n".join(["log records:", *complaints]), pytrace=False)


@pytest.fixture
def expected_logs(strict_logs: UnexpectedLogs) -> Callable[[str], None]:
    """``expected_logs(pattern)``: the test will log a line ``LEVEL logger: message`` in which ``pattern`` is found.

    Each pattern must be met at least once, before the test ends.
    """
    return strict_logs.expected.append


def pytest_collection_finish() -> None:
    """What is imported by now lives until the end: collecting after each test need not look at it again."""
    gc.collect()
    gc.freeze()


def stay_on_this_machine(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: refuse to resolve or to connect to anything but this machine.

    Names under ``.invalid`` are promised not to exist (RFC 6761). They fail here as they would with the internet
    at hand, and as quickly without.
    """
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    else:
        return
    name = host.decode() if isinstance(host, bytes) else host
    if isinstance(name, str) and name.rstrip(".").endswith(".invalid"):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    if not on_this_machine(name):
        raise RuntimeError(f"A test wanted to reach {name!r}: tests stay on this machine.")


def on_this_machine(host: object) -> bool:
    """Whether a host, as a socket takes it, is this machine; ``None`` and empty are, and a Unix socket has none."""
    if not isinstance(host, str) or host in ("", "localhost") or host.endswith(".localhost"):
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


sys.addaudithook(stay_on_this_machine)
