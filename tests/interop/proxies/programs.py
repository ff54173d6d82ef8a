"""Real proxies from Debian's packages, as processes of their own on loopback."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def missing(program: str) -> str | None:
    """What keeps a proxy from running, in one sentence."""
    if shutil.which(program):
        return None
    return f"{program} is missing: `make test` installs it as root, or install {PACKAGES[program]}."


PACKAGES = {
    "tinyproxy": "tinyproxy-bin",
    "microsocks": "microsocks",
    "nginx": "nginx-light",
    "haproxy": "haproxy",
    "apache2": "apache2-bin",
}
"""The command -> the Debian package that has it."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def tinyproxy(folder: Path, *settings: str) -> Iterator[str]:
    """An HTTP proxy; yields ``host:port``. ``settings`` are lines of its configuration."""
    port = free_port()
    configuration = folder / "tinyproxy.conf"
    configuration.write_text(
        "\n".join(["Listen 127.0.0.1", f"Port {port}", "Timeout 60", "LogLevel Warning", *settings, ""])
    )
    with _running("tinyproxy", "-d", "-c", str(configuration), port=port) as place:
        yield place


@contextmanager
def microsocks(*arguments: str) -> Iterator[str]:
    """A SOCKS 5 proxy; yields ``host:port``."""
    port = free_port()
    with _running("microsocks", "-i", "127.0.0.1", "-p", str(port), *arguments, port=port) as place:
        yield place


@contextmanager
def _running(*command: str, port: int) -> Iterator[str]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while not _listens(port):
                if process.poll() is not None:
                    raise RuntimeError(f"{command[0]} ended with {process.returncode} instead of listening")
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()


def _listens(port: int) -> bool:
    with socket.socket() as visitor:
        visitor.settimeout(0.1)
        return visitor.connect_ex(("127.0.0.1", port)) == 0
