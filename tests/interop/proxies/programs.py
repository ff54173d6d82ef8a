"""Real proxies from Debian's packages, as processes of their own on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from scripts.setup import PROGRAMS, is_there

JUDGE = "/usr/lib/squid/basic_ncsa_auth"
"""What Squid starts to have a name and a password judged, where Debian has it."""


def missing(program: str) -> str | None:
    """What keeps a proxy from running, in one sentence."""
    if is_there(program):
        return None
    return f"{program} is missing: `make test` installs it as root, or install {PROGRAMS[program]}."


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
def dante(folder: Path, *rules: str, users: Mapping[str, str] | None = None) -> Iterator[str]:
    """A SOCKS 4 and 5 proxy; yields ``host:port``. ``users`` with their passwords are the only ones that it lets in.

    It knows no users but the system's. ``nss_wrapper``, loaded into it, answers for a system that has ours.
    """
    port = free_port()
    method = "username" if users else "none"
    configuration = folder / "danted.conf"
    configuration.write_text(
        "\n".join(
            [
                "errorlog: /dev/null",
                "logoutput: /dev/null",
                f"internal: 127.0.0.1 port = {port}",
                "external: 127.0.0.1",
                "clientmethod: none",
                f"socksmethod: {method}",
                "client pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }",
                *rules,
                f"socks pass {{ from: 127.0.0.0/8 to: 0.0.0.0/0 socksmethod: {method} }}",
                "",
            ]
        )
    )
    environment = dict(os.environ)
    if users:
        me = f"{os.getuid()}:{os.getgid()}"
        accounts = [f"runner:x:{me}::/:/bin/false"]
        secrets = ["runner:*:19000::::::"]
        for number, (user, password) in enumerate(users.items(), 60001):
            accounts.append(f"{user}:x:{number}:{number}::/:/bin/false")
            secrets.append(f"{user}:{_encrypted(password)}:19000::::::")
        environment["LD_PRELOAD"] = "libnss_wrapper.so"
        for name, lines in {"PASSWD": accounts, "SHADOW": secrets, "GROUP": [f"runner:x:{os.getgid()}:"]}.items():
            file = folder / name.lower()
            file.write_text("\n".join([*lines, ""]))
            environment[f"NSS_WRAPPER_{name}"] = str(file)
    pid = str(folder / "danted.pid")
    with _running("danted", "-f", str(configuration), "-p", pid, port=port, environment=environment) as place:
        yield place


@contextmanager
def squid(identity: Path, *settings: str, users: Mapping[str, str] | None = None) -> Iterator[str]:
    """An HTTP proxy that is reached by TLS; yields ``host:port``. ``identity`` has its key and its certificate.

    Started by root it becomes another user, who must be able to read its folder: that is not the folder of a test.
    """
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="squid-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        known = folder / "users"
        known.write_text("".join(f"{user}:{_encrypted(password)}\n" for user, password in (users or {}).items()))
        asked = [f"auth_param basic program {JUDGE} {known}", "acl known proxy_auth REQUIRED"]
        configuration = folder / "squid.conf"
        configuration.write_text(
            "\n".join(
                [
                    f"https_port 127.0.0.1:{port} tls-cert={identity}",
                    *(asked if users else []),
                    *settings,
                    f"http_access allow {'known' if users else 'localhost'}",
                    "http_access deny all",
                    "cache deny all",
                    "access_log none",
                    "cache_log /dev/null",
                    "cache_store_log none",
                    "pid_filename none",
                    "netdb_filename none",
                    "pinger_enable off",
                    "memory_cache_shared off",
                    f"coredump_dir {folder}",
                    "shutdown_lifetime 0 seconds",
                    "",
                ]
            )
        )
        # -N: stays in the foreground, as one process. -n: the name under which it would meet its like.
        command = ["squid", "-N", "-n", f"test{port}", "-f", str(configuration)]
        try:
            # Asked politely it takes two seconds to end; killed it leaves behind what it would have shared.
            with _running(*command, port=port, end=signal.SIGKILL) as place:
                yield place
        finally:
            for left in Path("/dev/shm").glob(f"test{port}-*"):
                left.unlink()


def _encrypted(password: str) -> str:
    """As a system keeps it."""
    command = ["openssl", "passwd", "-6", password]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@contextmanager
def _running(
    *command: str, port: int, environment: Mapping[str, str] | None = None, end: signal.Signals = signal.SIGTERM
) -> Iterator[str]:
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while not listens(port):
                if process.poll() is not None:
                    raise RuntimeError(f"{command[0]} ended with {process.returncode} instead of listening")
            yield f"127.0.0.1:{port}"
        finally:
            process.send_signal(end)


def listens(port: int) -> bool:
    with socket.socket() as visitor:
        visitor.settimeout(0.1)
        return visitor.connect_ex(("127.0.0.1", port)) == 0
