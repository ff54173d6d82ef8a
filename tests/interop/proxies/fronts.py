"""Real front servers before real Socket.IO nodes. One process of each software serves every site of a test file.

A site is what a person would write into the configuration, and knows three servers by name: ``app`` is one node,
``pair`` two of them in turn, and behind ``gone`` nobody listens.
"""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.checks.diagnosing import report_on, told
from tests.interop.node_server import NodeServer
from tests.interop.proxies.programs import listens
from tests.interop.proxies.through import needs
from wsgui.core.causes import SIDE_LABEL, Side
from wsgui.core.findings import Level, Verdict
from wsgui.core.options import OptionValues

PAGE = "http://localhost:5173"
"""The origin that the nodes allow."""

MODULES = "/usr/lib/apache2/modules"


@dataclass(frozen=True, kw_only=True)
class Site:
    """Lines of configuration, and what the diagnosis has to say of them."""

    lines: str
    cause: str | None = None
    level: Level | None = None
    values: OptionValues = field(default_factory=dict)
    origin: str = ""
    slow: bool = False
    side: Side | None = None
    """Whose fix comes first; ``None`` where it is not the front that is to be mended."""
    before: str = ""
    """Lines that stand outside of the site (nginx)."""
    behind: str = "app"
    """The server that HAProxy passes it to; the others name it in their lines."""


@dataclass(frozen=True)
class Nodes:
    """The ports of what is behind the front."""

    one: int
    other: int
    gone: int


@contextmanager
def two_nodes() -> Iterator[Nodes]:
    """Two Socket.IO 4 servers that know nothing of each other."""
    servers = [NodeServer("socketio4.js", {"cors": {"origin": PAGE}}) for _node in range(2)]
    try:
        for server in servers:
            server.start()
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))  # nobody else gets that port, and nobody listens on it
            yield Nodes(servers[0].port, servers[1].port, silent.getsockname()[1])
    finally:
        for server in servers:
            server.stop()


async def found_at(url: str, site: Site) -> None:
    """Diagnose a site: its cause is the only one, and the fix for its software the first."""
    report = await report_on(url, site.values, origin=site.origin, slow=site.slow)
    assert report.causes == ((site.cause,) if site.cause else ()), told(report)
    assert (report.verdict is Verdict.OK) is (site.cause is None)
    if site.level:
        assert report.level is site.level
    if site.side:
        root = next(each for each in report.findings if each.cause == site.cause)
        assert root.fix.startswith(f"{SIDE_LABEL[site.side]}: "), (root.fix, report.server.platform)


@contextmanager
def nginx(folder: Path, nodes: Nodes, sites: Mapping[str, Site]) -> Iterator[Mapping[str, str]]:
    """A ``server`` block per site; yields the URL of each."""
    ports = _free_ports(sites)
    scratch = [f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")]
    blocks = [
        f"{site.before}\nserver {{\nlisten 127.0.0.1:{ports[name]};\n{site.lines}\n}}" for name, site in sites.items()
    ]
    lines = [
        *(["user root;"] if os.geteuid() == 0 else []),
        "daemon off;\nmaster_process off;",
        f"pid {folder}/nginx.pid;\nerror_log {folder}/log;\nevents {{}}\nhttp {{\naccess_log off;",
        *scratch,
        f"upstream app {{ server 127.0.0.1:{nodes.one}; }}",
        f"upstream pair {{ server 127.0.0.1:{nodes.one}; server 127.0.0.1:{nodes.other}; }}",
        f"upstream pair_by_address {{ ip_hash; server 127.0.0.1:{nodes.one}; server 127.0.0.1:{nodes.other}; }}",
        f"upstream gone {{ server 127.0.0.1:{nodes.gone}; }}",
        *blocks,
        "}\n",
    ]
    file = folder / "nginx.conf"
    file.write_text("\n".join(lines))
    with _serving(folder, "nginx", "-p", str(folder), "-c", str(file), ports=ports) as urls:
        yield urls


@contextmanager
def haproxy(folder: Path, nodes: Nodes, sites: Mapping[str, Site]) -> Iterator[Mapping[str, str]]:
    """A ``listen`` section per site; yields the URL of each."""
    ports = _free_ports(sites)
    servers = {
        "app": f"    server one 127.0.0.1:{nodes.one}",
        "pair": f"    server one 127.0.0.1:{nodes.one} cookie one\n    server two 127.0.0.1:{nodes.other} cookie two",
        "gone": f"    server gone 127.0.0.1:{nodes.gone}",
    }
    lines = [
        "userlist nobody\ndefaults\n    mode http\n    timeout connect 5s\n    timeout tunnel 1h",
        "    timeout client 90s\n    timeout server 90s\n    retries 0",
    ]
    for number, (name, site) in enumerate(sites.items()):
        lines += [
            f"listen site{number}\n    bind 127.0.0.1:{ports[name]}",
            *(f"    {line}" for line in site.lines.splitlines()),
            servers[site.behind],
        ]
    file = folder / "haproxy.cfg"
    file.write_text("\n".join([*lines, ""]))
    with _serving(folder, "haproxy", "-db", "-f", str(file), ports=ports) as urls:
        yield urls


@contextmanager
def apache(folder: Path, nodes: Nodes, sites: Mapping[str, Site]) -> Iterator[Mapping[str, str]]:
    """A ``VirtualHost`` per site; yields the URL of each."""
    ports = _free_ports(sites)
    names = "mpm_event authz_core authn_core env headers alias rewrite proxy proxy_http slotmem_shm proxy_balancer"
    lines = [
        f'ServerRoot "{folder}"\nServerName localhost\nDefaultRuntimeDir "{folder}"\nPidFile "{folder}/pid"',
        f'ErrorLog "{folder}/log"\nStartServers 1',
        *(["User www-data\nGroup www-data"] if os.geteuid() == 0 else []),  # root it does not want to be
        *(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in [*names.split(), "lbmethod_byrequests"]),
        '<Proxy "balancer://pair">',
        f'    BalancerMember "http://127.0.0.1:{nodes.one}" route=one upgrade=websocket',
        f'    BalancerMember "http://127.0.0.1:{nodes.other}" route=two upgrade=websocket',
        "</Proxy>",
        f"Define app http://127.0.0.1:{nodes.one}\nDefine gone http://127.0.0.1:{nodes.gone}",
    ]
    for name, site in sites.items():
        lines += [
            f"Listen 127.0.0.1:{ports[name]}\n<VirtualHost 127.0.0.1:{ports[name]}>",
            site.lines,
            "</VirtualHost>",
        ]
    file = folder / "apache.conf"
    file.write_text("\n".join([*lines, ""]))
    with _serving(folder, "apache2", "-D", "FOREGROUND", "-f", str(file), ports=ports) as urls:
        yield urls


def _free_ports(names: Iterable[str]) -> Mapping[str, int]:
    """A port for each, all different: they are held until the last one is found."""
    with ExitStack() as held:
        return {name: held.enter_context(socket.create_server(("127.0.0.1", 0))).getsockname()[1] for name in names}


@contextmanager
def _serving(folder: Path, *command: str, ports: Mapping[str, int]) -> Iterator[Mapping[str, str]]:
    """Run it until the end; raises ``RuntimeError`` with its own words if it does not listen."""
    needs(command[0])
    words = folder / "words"
    with words.open("wb") as sink, subprocess.Popen(command, stdout=sink, stderr=sink) as process:
        try:
            while not all(map(listens, ports.values())):
                if process.poll() is not None:
                    raise RuntimeError(words.read_text() or f"{command[0]} ended with {process.returncode}")
            yield {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
        finally:
            process.terminate()
