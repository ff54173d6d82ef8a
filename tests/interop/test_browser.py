"""What the diagnosis says of a browser, against Debian's Chromium with the real client in the page.

The servers are the lab's: each fault that concerns browsers, and servers that are in order in the ways that count.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

import pytest
import pytest_asyncio

from tests.checks.conftest import server_says_nothing  # noqa: F401 - a fixture
from tests.checks.diagnosing import finding, report_on, told
from tests.checks.odd_servers import Habit, serving
from tests.interop.browser_page import connect, show
from tests.interop.chromium import Page, chromium, missing
from wsgui.core.findings import Level, Status
from wsgui.core.option_types import Protocol
from wsgui.core.options import OptionValues
from wsgui.lab.catalogue import faults
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Settings
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, nginx_page
from wsgui.lab.raw.plain import serve_plain
from wsgui.lab.raw.serving import serve_behind

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAGE = "http://localhost:5173"
SECURE_PAGE = "https://localhost:5173"
NEAR_BY = "--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets"
"""The page stands on this machine; to Chromium it is from nowhere, because nobody had to serve it."""

SELF_EVIDENT = ("redirect", "redirect-loop", "redirect-slash", "redirect-to-https", "no-session-affinity")
SHOWN = {
    name: fault
    for name, fault in faults().items()
    if (fault.origin and name != "local-network-access")
    or name.startswith(("certificate-", "affinity-"))
    or name in SELF_EVIDENT
}
"""What concerns browsers, or meets them in a way of their own."""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def page(node: None) -> AsyncIterator[Page]:
    _needs_chromium()
    async with chromium(NEAR_BY) as opened:
        yield opened


def _needs_chromium() -> None:
    if reason := missing():
        if os.environ.get("CI"):
            pytest.fail(f"Nothing may be skipped here. {reason}", pytrace=False)
        pytest.skip(reason)


@pytest.mark.parametrize("fault", SHOWN.values(), ids=SHOWN.keys())
async def test_a_browser_is_refused_where_it_is_said(fault: Fault, page: Page) -> None:
    async with fault.serve(0) as url:
        origin = fault.page(url) or PAGE
        # A page that has a policy of its own is the server's, and all others are empty.
        await (page.open(f"{origin}/") if fault.id == "csp-blocks" else show(page, origin))
        values = {name: value for name, value in fault.options(url).items() if name != "ca"}
        outcome = await connect(page, url, values, fault.protocol)
        report = await report_on(url, values, fault.protocol, origin=origin)
    assert report.cause == fault.cause, told(report)
    assert (report.browser.allowed, outcome.connected) == (False, False), (report.browser, outcome)


def settings(**given: object) -> Callable[[], AbstractAsyncContextManager[str]]:
    return lambda: serving(Habit(settings=Settings(**given)))  # type: ignore[arg-type] # each case names its own


_HEALTHY = settings()


@dataclass(frozen=True, kw_only=True)
class Case:
    """A server that is in order, how a page uses it, and what the page ends up with."""

    serve: Callable[[], AbstractAsyncContextManager[str]] = _HEALTHY
    values: OptionValues = field(default_factory=dict)
    protocol: Protocol = Protocol.SOCKETIO
    origin: str = PAGE
    """That of the page; empty for that of the server."""
    transport: str = "websocket"


CASES = {
    "the same origin": Case(origin="", serve=settings(cors=False)),
    "another origin": Case(),
    "another origin, without CORS and polling": Case(
        serve=settings(cors=False), values={"transports": ["websocket"]}
    ),
    "another origin, polling only": Case(values={"transports": ["polling"]}, transport="polling"),
    "credentials": Case(values={"withCredentials": True}),
    "a preflight": Case(values={"extraHeaders": {"X-Token": "abc"}}),
    "a preflight with credentials": Case(values={"extraHeaders": {"Authorization": "a"}, "withCredentials": True}),
    "headers, without a preflight": Case(
        origin="", serve=settings(cors=False), values={"extraHeaders": {"X-Token": "abc"}}
    ),
    "no upgrade": Case(serve=settings(allow_upgrades=False), values={"upgrade": False}, transport="polling"),
    "an https page and this machine": Case(origin=SECURE_PAGE),
    "version 2": Case(serve=settings(protocols=frozenset({3})), protocol=Protocol.SOCKETIO_V2),
    "a plain WebSocket": Case(serve=serve_plain, protocol=Protocol.WEBSOCKET),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
async def test_a_browser_connects_where_it_is_said(case: Case, page: Page) -> None:
    async with case.serve() as url:
        origin = case.origin or url
        await show(page, origin)
        upgrades = case.transport == "websocket"
        outcome = await connect(page, url, case.values, case.protocol, upgrades=upgrades)
        report = await report_on(url, case.values, case.protocol, origin=origin)
    assert (outcome.connected, outcome.transport) == (True, case.transport), outcome
    assert (report.browser.allowed, report.level) == (True, Level.HEALTHY), told(report)


async def test_a_browser_verifies_what_the_options_do_not(page: Page) -> None:
    async with serving(Habit(), secure=True) as url:
        await show(page, PAGE)
        outcome = await connect(page, url, {})
        report = await report_on(url, {"rejectUnauthorized": False}, origin=PAGE)
    assert (report.browser.allowed, outcome.connected) == (False, False)
    assert report.level is Level.BROWSER_FAILS


class Remembering(Habit):
    """Keeps the requests for a WebSocket."""

    def __init__(self) -> None:
        super().__init__(settings=Settings(cors=False))
        self.seen: list[Request] = []

    def switch(self, request: Request) -> Response:
        self.seen.append(request)
        return super().switch(request)


async def test_only_here_do_headers_go_with_a_websocket(page: Page) -> None:
    values: OptionValues = {"transports": ["websocket"], "extraHeaders": {"X-Token": "abc"}}
    engine = Remembering()
    async with serving(engine) as url:
        await show(page, PAGE)
        outcome = await connect(page, url, values)
        from_browser = list(engine.seen)
        report = await report_on(url, values, origin=PAGE)
    assert outcome.connected
    assert report.browser.allowed
    assert {request.get("X-Token") for request in from_browser} == {""}
    assert {request.get("X-Token") for request in engine.seen[len(from_browser) :]} == {"abc"}
    assert {request.get("Origin") for request in engine.seen} == {PAGE}


async def test_a_page_of_the_internet_needs_permission_for_the_local_network(node: None) -> None:
    _needs_chromium()
    fault = faults()["local-network-access"]
    async with fault.serve(0) as url, chromium() as page:
        await show(page, fault.origin)
        refused = await connect(page, url, {})
        asked = {"name": "loopback-network"}
        await page.ask("Browser.setPermission", permission=asked, setting="granted", origin=fault.origin)
        allowed = await connect(page, url, {})
        report = await report_on(url, origin=fault.origin)
    assert (refused.connected, allowed.connected) == (False, True)
    assert finding(report, "network-reachable-from-page").status is Status.WARN
    assert report.browser.allowed
    assert "asks the user for permission" in report.browser.reason


class Elsewhere(Front):
    """Sends everything to another host name, and lets every page read where to."""

    status = 307
    readable = True

    async def intercept(self, request: Request) -> Response | None:
        sent = nginx_page(self.status).adding(("Location", f"http://localhost:{self.ports[0]}{request.target}"))
        return sent.adding(("Access-Control-Allow-Origin", "*")) if self.readable else sent


class ElsewhereAsGet(Elsewhere):
    status = 301


class ElsewhereInSecret(Elsewhere):
    readable = False


@pytest.mark.parametrize(
    ("front", "same_origin", "connects"),
    [
        (Elsewhere, True, True),
        (Elsewhere, False, True),
        (ElsewhereAsGet, True, False),
        (ElsewhereAsGet, False, False),
        (ElsewhereInSecret, True, True),
        (ElsewhereInSecret, False, False),
    ],
)
async def test_a_browser_follows_redirects_for_polling(
    front: type[Elsewhere], same_origin: bool, connects: bool, page: Page
) -> None:
    async with serve_behind(front) as url:
        origin = url if same_origin else PAGE
        await show(page, origin)
        outcome = await connect(page, url, {})
        report = await report_on(url, origin=origin)
    assert (outcome.connected, report.browser.allowed) == (connects, connects), (outcome, report.browser)
    assert report.causes == ("redirect",)
    assert report.level is Level.CANNOT_CONNECT, "the client here is one of Node, which follows none"
