"""Two machines on one cable: network namespaces that have nothing but each other, and what runs in them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tests.networks.cable import Cable

ROOT = Path(__file__).resolve().parents[2]
DEADLINE_SECONDS = 60.0
"""No case needs so long, unless something hangs."""

NEAR_IPV4, NEAR_IPV6 = "10.77.0.1", "2001:db8::1"
FAR_IPV4, FAR_IPV6 = "10.77.0.2", "2001:db8::2"
OTHER_NEAR_IPV4 = "10.77.0.3"
NOBODY_IPV4 = "10.77.0.9"
"""An address of the same network that no machine has."""
NAME = "chat.example.com"


def missing() -> str:
    """What keeps this machine from having namespaces, in one sentence; empty if nothing does."""
    if sys.platform != "linux":
        return "network namespaces are Linux's"
    if os.geteuid() != 0:
        return "only root may make network namespaces"
    if not shutil.which("ip"):
        return "the command ip is missing: install iproute2"
    if not Path("/dev/net/tun").exists():
        return "the kernel has no TUN devices"
    return ""


@dataclass(frozen=True)
class Machine:
    """A network namespace. Its name server, if one listens there, is the far machine."""

    namespace: str

    def command(self, *words: str) -> list[str]:
        return ["ip", "netns", "exec", self.namespace, *words]

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a program in it; both pipes are the caller's to close."""
        return subprocess.Popen(
            self.command(*words), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def configure(self, *words: str) -> None:
        """``ip`` with these words, here."""
        subprocess.run(["ip", "-n", self.namespace, *words], check=True, capture_output=True)

    def check(self, url: str, *words: str) -> dict[str, object]:
        """What ``wsgui check`` says of ``url``."""
        command = self.command(sys.executable, "-m", "wsgui", "check", url, "--json", *words)
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=DEADLINE_SECONDS, check=False)
        assert done.stderr == ""
        said: dict[str, object] = json.loads(done.stdout)
        return said


class Pair(NamedTuple):
    """Two machines and what is between them."""

    near: Machine
    far: Machine
    cable: Cable

    @contextmanager
    def serving(self, module: str, **arguments: object) -> Iterator[int]:
        """Run a module of this folder on the far machine; yields the port that it listens on."""
        with self.far.start(sys.executable, "-m", f"tests.networks.{module}", json.dumps(arguments)) as process:
            assert process.stdout is not None
            assert process.stdin is not None
            try:
                listening, _space, port = process.stdout.readline().partition(" ")
                assert listening == "listening", f"{module} has not started"
                yield int(port)
            finally:
                process.stdin.close()  # which is the end of it
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    process.kill()


@contextmanager
def two_machines() -> Iterator[Pair]:
    """Make them, and leave nothing behind."""
    names = [f"wsgui-{os.getpid()}-{side}" for side in ("near", "far")]
    devices = [f"wsgui{os.getpid() % 10**7}{side}" for side in "nf"]
    near, far = (Machine(name) for name in names)
    settings = [Path("/etc/netns") / name for name in names]
    try:
        for folder in settings:
            folder.mkdir(parents=True)
            (folder / "resolv.conf").write_text(f"nameserver {FAR_IPV4}\n", encoding="ascii")
            (folder / "hosts").write_text("127.0.0.1 localhost\n", encoding="ascii")
        cable = Cable(*devices)
        _configure(near, devices[0], (f"{NEAR_IPV4}/24", f"{NEAR_IPV6}/64"))
        _configure(far, devices[1], (f"{FAR_IPV4}/24", f"{FAR_IPV6}/64"))
        with cable:
            yield Pair(near, far, cable)
    finally:
        for name in names:
            subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)
        for folder in settings:
            shutil.rmtree(folder, ignore_errors=True)


def _configure(machine: Machine, device: str, addresses: Sequence[str]) -> None:
    subprocess.run(["ip", "netns", "add", machine.namespace], check=True)
    subprocess.run(["ip", "link", "set", device, "netns", machine.namespace, "name", "cable0"], check=True)
    machine.configure("link", "set", "lo", "up")
    for address in addresses:
        machine.configure("addr", "add", address, "dev", "cable0", *(["nodad"] if ":" in address else []))
    machine.configure("link", "set", "cable0", "up")
