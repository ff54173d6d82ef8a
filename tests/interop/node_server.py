"""A server from ``servers/`` as a process of its own: started, stopped, and started again on the same port."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent


def missing() -> str | None:
    """What keeps the servers of this folder from running, in one sentence."""
    if not shutil.which("node"):
        return "Node.js is missing: install it (nodejs and npm), then run `make test` again."
    if not (HERE / "node_modules" / "socket.io").is_dir():
        return "The servers' packages are missing: `make test` installs them, or run `npm ci` in tests/interop."
    return None


class NodeServer:
    """One of the scripts in ``servers/``, listening on loopback."""

    def __init__(self, script: str, options: Mapping[str, object]) -> None:
        self._script = HERE / "servers" / script
        self._options = dict(options)
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start the process and wait until it listens. Raises ``RuntimeError`` if it ends instead."""
        assert self._process is None, "it runs already"
        self._process = subprocess.Popen(
            ["node", str(self._script), json.dumps(self._options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        said, _, port = self._process.stdout.readline().partition(" ")
        if said != "listening":
            self.stop()
            raise RuntimeError(f"{self._script.name} has not started; its words are in the captured stderr")
        self._options["port"] = int(port)

    def next_line(self) -> str:
        """The next line that it prints; empty when it has ended. Waits for it, so call it in a thread."""
        assert self._process is not None, "it does not run"
        assert self._process.stdout is not None
        return self._process.stdout.readline().rstrip("\n")

    def stop(self) -> None:
        """Kill the process, as a crash would: connections break without a word. Does nothing if it does not run."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def restart(self) -> None:
        """Kill it and start it again on the same port."""
        self.stop()
        self.start()

    @property
    def port(self) -> int:
        """The port it listens on; known from the first start, and kept."""
        port = self._options["port"]
        assert isinstance(port, int)
        return port

    @property
    def url(self) -> str:
        """``http://127.0.0.1:<port>``."""
        return f"http://127.0.0.1:{self.port}"
