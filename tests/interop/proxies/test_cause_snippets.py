"""The configuration that the causes recommend, checked by the programs it is for."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.interop.proxies.through import AUTHORITY, needs
from wsgui.core.causes import CAUSES, Fix, Side

MODULES = Path("/usr/lib/apache2/modules")
"""Where Debian's Apache has them."""


def snippets(side: Side) -> pytest.MarkDecorator:
    """Each snippet of this side, once, under the first cause that has it."""
    found: dict[str, str] = {}
    for cause in CAUSES.values():
        for fix in cause.fixes:
            if fix.side is side and fix.code:
                found.setdefault(fix.code, cause.id)
    return pytest.mark.parametrize("code", found, ids=found.values())


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    """A folder with fullchain.pem, privkey.pem, ca.pem and both.pem."""
    issued = AUTHORITY.issue_cert("example.com")
    chain = b"".join(pem.bytes() for pem in issued.cert_chain_pems)
    (tmp_path / "fullchain.pem").write_bytes(chain)
    (tmp_path / "privkey.pem").write_bytes(issued.private_key_pem.bytes())
    (tmp_path / "both.pem").write_bytes(chain + issued.private_key_pem.bytes())
    AUTHORITY.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return tmp_path


def accepted(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 0, done.stdout + done.stderr


@snippets(Side.NGINX)
def test_nginx_accepts(code: str, identity: Path) -> None:
    needs("nginx")
    code = code.replace("/etc/ssl/example.com", str(identity)).replace("listen 443 ssl", "listen 127.0.0.1:44300 ssl")
    server = f"server {{\n{code}\n}}" if not code.startswith("upstream") else code
    file = identity / "nginx.conf"
    file.write_text(
        f"pid {identity}/nginx.pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n"
        f"ssl_certificate {identity}/fullchain.pem;\nssl_certificate_key {identity}/privkey.pem;\n"
        f"ssl_client_certificate {identity}/ca.pem;\n"
        "limit_req_zone $binary_remote_addr zone=perip:1m rate=10r/s;\n"
        f"limit_conn_zone $binary_remote_addr zone=peraddr:1m;\n{server}\n}}\n"
    )
    accepted("nginx", "-t", "-q", "-p", str(identity), "-c", str(file))


@snippets(Side.HAPROXY)
def test_haproxy_accepts(code: str, identity: Path) -> None:
    needs("haproxy")
    base = "defaults\n    mode http\n    timeout connect 5s\n    timeout client 90s\n    timeout server 90s\n"
    if "frontend" not in code:
        base += "frontend test\n    bind 127.0.0.1:44300\n    default_backend app\n"
    if "backend app\n" not in code.replace("default_backend", ""):
        base += "backend app\n    server app1 127.0.0.1:3000\n"
    file = identity / "haproxy.cfg"
    file.write_text(base + code.replace("/etc/haproxy/example.com.pem", f"{identity}/both.pem") + "\n")
    accepted("haproxy", "-c", "-f", str(file))


@snippets(Side.APACHE)
def test_apache_accepts(code: str, identity: Path) -> None:
    needs("apache2")
    names = "mpm_event authz_core env headers ssl proxy proxy_http slotmem_shm proxy_balancer lbmethod_byrequests"
    modules = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in names.split())
    file = identity / "apache.conf"
    file.write_text(
        f'ServerRoot "{identity}"\nServerName localhost\nDefaultRuntimeDir "{identity}"\nPidFile "{identity}/pid"\n'
        f'ErrorLog "{identity}/log"\nListen 127.0.0.1:44300\n{modules}\n'
        f"{re.sub('/etc/ssl/example.com', str(identity), code)}\n"
    )
    accepted("apache2", "-t", "-f", str(file))


@pytest.mark.parametrize("side", [Side.NGINX, Side.HAPROXY, Side.APACHE])
def test_there_are_snippets(side: Side) -> None:
    fixes: list[Fix] = [fix for cause in CAUSES.values() for fix in cause.fixes if fix.side is side and fix.code]
    assert len(fixes) > 5
