"""The two clients of a case, on the near machine: ``wsgui connect`` and the JavaScript client, in the same words."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.networks.machines import DEADLINE_SECONDS, Machine

NODE_CLIENT = Path(__file__).resolve().parents[1] / "interop" / "parity" / "node" / "client.js"
STORY = {
    "connect",
    "disconnect",
    "connect_error",
    "reconnect_attempt",
    "reconnect_error",
    "reconnect",
    "reconnect_failed",
}
_TOLD = {"disconnect": "reason", "reconnect_attempt": "n", "reconnect": "n"}
"""The fact that belongs to the word."""

Line = Mapping[str, object]


class Client:
    """A process that prints what happens to it, one JSON object in a line; all lines so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.lines: list[Line] = []
        self._news = threading.Condition()
        self._ended = False
        self._reader = threading.Thread(target=self._read, name="client", daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._news:
                self.lines.append(json.loads(line))
                self._news.notify_all()
        with self._news:
            self._ended = True
            self._news.notify_all()

    def until(self, kind: str, count: int = 1) -> None:
        """Wait until something has happened so many times."""
        self._wait(lambda: sum(word_of(line) == kind for line in self.lines) >= count, f"{count} {kind}")

    def wait(self) -> int:
        """Wait until it ends by itself; its exit status."""
        self._wait(lambda: self._ended, "its end")
        return self._process.wait(DEADLINE_SECONDS)

    def stop(self) -> int:
        """Ask it to end, as Ctrl-C does; its exit status."""
        self._process.send_signal(signal.SIGINT)
        return self.wait()

    def _wait(self, met: Callable[[], bool], what: str) -> None:
        with self._news:
            came = self._news.wait_for(lambda: met() or self._ended, DEADLINE_SECONDS)
            assert came, f"{what} never came within {DEADLINE_SECONDS} s: {self.story()}"
            assert met(), f"it ended before {what}: {self.story()}"

    def of(self, kind: str) -> list[Line]:
        """All of one kind."""
        return [line for line in self.lines if word_of(line) == kind]

    def story(self) -> list[str]:
        """What an application is told of the connection, in order."""
        return [_say(line) for line in self.lines if word_of(line) in STORY]


def outline(story: list[str]) -> list[str]:
    """Each thing once, at its first place: how often it is tried while a cable is out is a matter of milliseconds."""
    return list(dict.fromkeys(re.sub(r" [0-9]+$", "", each) for each in story))


def word_of(line: Line) -> str:
    return str(line.get("kind") or line.get("e"))


def _say(line: Line) -> str:
    word = word_of(line)
    if word in ("connect_error", "reconnect_error"):
        return f"{word} {re.sub(r'^Attempt [0-9]+ failed: ', '', str(line.get('message') or line.get('text')))}"
    return f"{word} {line[_TOLD[word]]}" if word in _TOLD else word


@contextmanager
def our_client(machine: Machine, url: str, options: Mapping[str, object], *words: str) -> Iterator[Client]:
    """``wsgui connect``."""
    command = [sys.executable, "-m", "wsgui", "connect", url, "--json", "--options", json.dumps(options), *words]
    with _running(machine, command) as client:
        yield client


@contextmanager
def javascript_client(machine: Machine, url: str, options: Mapping[str, object]) -> Iterator[Client]:
    """``socket.io-client``, until its reconnection fails or the context ends."""
    job = {"url": url, "options": options, "namespaces": [], "steps": [["until", "reconnect_failed"]]}
    with _running(machine, ["node", str(NODE_CLIENT), json.dumps(job)]) as client:
        yield client


@contextmanager
def _running(machine: Machine, command: list[str]) -> Iterator[Client]:
    with machine.start(*command) as process:
        client = Client(process)
        try:
            yield client
        finally:
            process.kill()
            client._reader.join()
