"""The diagnosis through real forward proxies, Tinyproxy and Squid, that do not let everything through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.checks.diagnosing import report_on, told
from tests.interop.node_server import NodeServer
from tests.interop.proxies.programs import free_port, squid, tinyproxy
from tests.interop.proxies.through import AUTHORITY, CA, needs
from wsgui.core.findings import Level, Verdict
from wsgui.core.options import OptionValues

WEBSOCKET_ONLY: OptionValues = {"transports": ["websocket"]}
POLLING_ONLY: OptionValues = {"transports": ["polling"]}
PASSWORD = "BasicAuth me word"
ONLY_TLS = "ConnectPort 443"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A proxy, a client, and the cause that comes of them."""

    setting: str = ""
    credentials: str = ""
    values: OptionValues = field(default_factory=dict)
    cause: str | None = None
    level: Level | None = None


CASES = {
    "everything passes": Case(),
    "everything passes, websocket only": Case(values=WEBSOCKET_ONLY),
    "the right password": Case(setting=PASSWORD, credentials="me:word@"),
    "no password": Case(setting=PASSWORD, cause="proxy-auth-required"),
    "no password, websocket only": Case(setting=PASSWORD, values=WEBSOCKET_ONLY, cause="proxy-auth-required"),
    "another password": Case(setting=PASSWORD, credentials="me:no@", cause="proxy-auth-required"),
    "tunnels to port 443 only": Case(setting=ONLY_TLS, cause="proxy-refused", level=Level.POLLING_ONLY),
    "tunnels to port 443 only, websocket only": Case(
        setting=ONLY_TLS, values=WEBSOCKET_ONLY, cause="proxy-refused", level=Level.CANNOT_CONNECT
    ),
    "tunnels to port 443 only, polling only": Case(setting=ONLY_TLS, values=POLLING_ONLY),
    "the name is forbidden": Case(setting='Filter "{folder}/names"\nFilterDefaultDeny Yes', cause="proxy-refused"),
}


@pytest.fixture(scope="module")
def server(node: None) -> Iterator[NodeServer]:
    running = NodeServer("socketio4.js", {})
    running.start()
    yield running
    running.stop()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
async def test_the_cause_is_found(case: Case, server: NodeServer, tmp_path: Path) -> None:
    needs("tinyproxy")
    (tmp_path / "names").write_text("nothing.example\n")
    with tinyproxy(tmp_path, case.setting.replace("{folder}", str(tmp_path))) as place:
        report = await report_on(server.url, {**case.values, "proxy": f"http://{case.credentials}{place}"})
    assert report.causes == ((case.cause,) if case.cause else ()), told(report)
    assert (report.verdict is Verdict.OK) is (case.cause is None)
    if case.level:
        assert report.level is case.level


async def test_nobody_behind_the_proxy(tmp_path: Path) -> None:
    needs("tinyproxy")
    with tinyproxy(tmp_path) as place:
        report = await report_on(f"http://127.0.0.1:{free_port()}", {"proxy": f"http://{place}"})
    assert report.causes == ("proxy-refused",), told(report)


async def test_no_proxy_there(server: NodeServer) -> None:
    report = await report_on(server.url, {"proxy": f"http://127.0.0.1:{free_port()}"})
    assert report.causes == ("proxy-unreachable",), told(report)


@pytest.mark.parametrize(
    ("setting", "credentials", "cause"),
    [
        ("", "me:word@", None),
        ("", "", "proxy-auth-required"),
        ("", "me:no@", "proxy-auth-required"),
        ("http_access deny CONNECT", "me:word@", "proxy-refused"),
    ],
    ids=["the right password", "no password", "another password", "no tunnels"],
)
async def test_squid_by_tls(
    setting: str, credentials: str, cause: str | None, server: NodeServer, tmp_path: Path
) -> None:
    needs("squid")
    file = tmp_path / "proxy.pem"
    AUTHORITY.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(file))
    with squid(file, *filter(None, [setting]), users={"me": "word"}) as place:
        values: OptionValues = {"ca": CA, "proxy": f"https://{credentials}{place}"}
        report = await report_on(server.url, values)
    assert report.causes == ((cause,) if cause else ()), told(report)
