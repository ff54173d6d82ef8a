"""False alarms count as much as misses: what is unusual and in order ends in ``ok``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tests.checks.diagnosing import report_on, told
from tests.checks.odd_servers import (
    Habit,
    Walled,
    WithoutSlash,
    chunked,
    closing,
    keeping_alive,
    serving,
    shouting,
    with_cookie,
    zipped,
)
from tests.net.proxy_server import HttpProxy
from tests.net.raw_server import raw_server
from wsgui.core.findings import Level, Verdict
from wsgui.core.option_types import Protocol
from wsgui.core.options import OptionValues
from wsgui.lab.authority import authority
from wsgui.lab.raw.engine import Engine, Settings
from wsgui.lab.raw.plain import serve_plain

PAGE = "http://localhost:5173"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A server and how it is used."""

    engine: Callable[[], Engine] = Habit
    values: OptionValues = field(default_factory=dict)
    protocol: Protocol = Protocol.SOCKETIO
    origin: str = ""
    path: str = ""
    host: str = "127.0.0.1"
    secure: bool = False


def settings(**given: object) -> Callable[[], Engine]:
    return lambda: Habit(settings=Settings(**given))  # type: ignore[arg-type] # each case names its own


CASES = {
    "another path": Case(engine=settings(path="/live/io/"), values={"path": "/live/io"}),
    "websocket only, the client": Case(values={"transports": ["websocket"]}),
    "websocket only, both": Case(engine=settings(transports=("websocket",)), values={"transports": ["websocket"]}),
    "polling only, the client": Case(values={"transports": ["polling"]}),
    "polling only, both": Case(engine=settings(transports=("polling",)), values={"transports": ["polling"]}),
    "no upgrade wanted": Case(engine=settings(allow_upgrades=False), values={"upgrade": False}),
    "self-signed and not verified": Case(secure=True, values={"rejectUnauthorized": False}),
    "a private authority that is given": Case(secure=True, values={"ca": str(authority().file)}),
    "CORS for the page": Case(origin=PAGE),
    "CORS with credentials": Case(origin=PAGE, values={"withCredentials": True}),
    "CORS with headers of its own": Case(origin=PAGE, values={"extraHeaders": {"X-Token": "abc"}}),
    "no CORS, websocket only": Case(engine=settings(cors=False), origin=PAGE, values={"transports": ["websocket"]}),
    "no CORS, no page": Case(engine=settings(cors=False)),
    "no keep-alive": Case(engine=lambda: Habit(closing)),
    "chunked answers": Case(engine=lambda: Habit(chunked)),
    "compressed answers": Case(engine=lambda: Habit(zipped)),
    "headers in capitals": Case(engine=lambda: Habit(shouting, shouting)),
    "a 101 through a proxy": Case(engine=lambda: Habit(agree=keeping_alive)),
    "a third of a second away": Case(engine=lambda: Habit(late=0.3)),
    "a password for all other pages": Case(engine=Walled),
    "no slash at the end, both": Case(engine=WithoutSlash, values={"addTrailingSlash": False}),
    "a long query and token": Case(values={"query": {"room": "r" * 500}, "auth": {"token": "t" * 3000}}),
    "a namespace with credentials": Case(path="/admin", values={"auth": {"token": "secret"}}),
    "a long path": Case(engine=settings(path=f"/{'live-' * 40}io/"), values={"path": f"/{'live-' * 40}io"}),
    "a cookie that no session needs": Case(engine=lambda: Habit(with_cookie), values={"withCredentials": True}),
    "version 2, websocket only": Case(
        engine=settings(protocols=frozenset({3})), protocol=Protocol.SOCKETIO_V2, values={"transports": ["websocket"]}
    ),
    "version 2, polling only": Case(
        engine=settings(protocols=frozenset({3})), protocol=Protocol.SOCKETIO_V2, values={"transports": ["polling"]}
    ),
    "IPv6": Case(host="::1"),
    "old clients allowed": Case(engine=settings(protocols=frozenset({3, 4}))),
    "an old client, allowed": Case(engine=settings(protocols=frozenset({3, 4})), protocol=Protocol.SOCKETIO_V2),
    "the time-outs of the guide": Case(engine=settings(ping_interval=25, ping_timeout=60, upgrade_timeout=30)),
    "a short heartbeat": Case(engine=settings(ping_interval=0.1, ping_timeout=5.0)),
    "a small maxHttpBufferSize": Case(engine=settings(max_payload=1000)),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
async def test_what_is_in_order_is_no_problem(case: Case) -> None:
    async with serving(case.engine(), host=case.host, secure=case.secure) as url:
        report = await report_on(url + case.path, case.values, case.protocol, origin=case.origin)
    assert (report.verdict, report.causes) == (Verdict.OK, ()), told(report)


async def test_a_page_of_the_same_origin_needs_no_cors() -> None:
    async with serving(Habit(settings=Settings(cors=False))) as url:
        report = await report_on(url, origin=url)
    assert (report.verdict, report.causes) == (Verdict.OK, ()), told(report)
    assert report.browser.allowed


async def test_a_browser_verifies_what_the_options_do_not() -> None:
    async with serving(Habit(), secure=True) as url:
        report = await report_on(url, {"rejectUnauthorized": False}, origin="https://localhost:5173")
    assert report.cause == "certificate-unknown-issuer"
    assert (report.level, report.browser.allowed) == (Level.BROWSER_FAILS, False)


async def test_a_proxy_that_lets_through_is_no_problem() -> None:
    proxy = HttpProxy(credentials="me:word")
    # The little proxy knows no chunked answers, which is how refusals come: there are none here.
    engine = Walled(settings=Settings(protocols=frozenset({3, 4})))
    async with serving(engine) as url, raw_server(proxy) as way:
        report = await report_on(url, {"proxy": f"http://me:word@{way.removeprefix('http://')}"})
    assert (report.verdict, report.causes) == (Verdict.OK, ()), told(report)
    assert {request.method for request in proxy.requests} == {"CONNECT", "GET", "POST"}


@pytest.mark.parametrize(
    "values",
    [{"protocols": ["chat"]}, {"perMessageDeflate": False}, {"extraHeaders": {"X-Token": "abc"}}],
    ids=["subprotocol", "no compression", "headers"],
)
async def test_a_plain_websocket_is_no_problem(values: OptionValues) -> None:
    async with serve_plain() as url:
        report = await report_on(f"{url}/a/path?with=query", values, Protocol.WEBSOCKET)
    assert (report.verdict, report.causes) == (Verdict.OK, ()), told(report)
