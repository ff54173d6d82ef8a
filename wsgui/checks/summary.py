"""What stands beside the findings: what the server says of itself, the transports compared, a browser's view."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from contextlib import suppress
from typing import TypeVar

from wsgui.checks.probe.answers import Kind
from wsgui.checks.probe.endurance import endurance
from wsgui.checks.probe.exchange import Exchange
from wsgui.checks.probe.front import front, works
from wsgui.checks.probe.opened import allows_eio3, open_packet
from wsgui.checks.probe.polling import answer, cookies_of, handshake_exchange, health, root
from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.checks.probe.redirects import page_gets_through
from wsgui.checks.probe.websocket import opening, probing
from wsgui.core.findings import BrowserView, Finding, Part, Report, ServerFacts, Stage, Status, TransportRow
from wsgui.core.http1 import HttpError
from wsgui.core.i18n import _
from wsgui.core.platforms import Platform, names_of, recognise
from wsgui.net.failures import UnusableOptionError

T = TypeVar("T")


async def platforms(probe: Probe) -> tuple[Platform, ...]:
    """What stands before and behind the server, by the headers and the pages of all its answers."""
    answers: list[Exchange | None] = []
    if probe.speaks_socketio:
        answers += [await _known(each) for each in (root(probe), health(probe), handshake_exchange(probe))]
    if talk := await _known(opening(probe)):
        answers.append(talk.exchange)
    if probe.slow and (endured := await _known(endurance(probe))):
        answers.append(endured.exchange)
    told = [each for each in answers if each and each.head]
    return recognise([pair for each in told if each.head for pair in each.head.headers], [each.text for each in told])


async def server_facts(probe: Probe) -> ServerFacts:
    """What was learned of the server; nothing is asked that the checks did not ask."""
    exchange = await _known(handshake_exchange(probe)) if probe.speaks_socketio else None
    own = await _known(answer(probe)) if probe.speaks_socketio else None
    opened = await _known(open_packet(probe)) if probe.speaks_socketio else None
    talk = await _known(opening(probe))
    is_open = talk is not None and (works(talk) if probe.speaks_socketio else talk.is_agreed)
    polls = own is not None and own.kind is Kind.HANDSHAKE
    names = [pair.partition("=")[0] for pair in cookies_of(exchange).split("; ")] if exchange else []
    recognised = names_of(await platforms(probe))
    return ServerFacts(
        eio=_eio(probe, own.kind if own else None, is_open=is_open),
        allow_eio3=await _known(allows_eio3(probe)) if opened and not probe.is_v2 else None,
        ping_interval=round(opened.ping_interval) if opened else None,
        ping_timeout=round(opened.ping_timeout) if opened else None,
        max_payload=opened.max_payload or None if opened else None,
        upgrades=opened.upgrades if opened else None,
        transports=tuple(name for name, ok in (("polling", polls), ("websocket", is_open)) if ok),
        cookie=", ".join(filter(None, names)) if exchange and exchange.head else None,
        cors=exchange.header("access-control-allow-origin") if exchange and exchange.head and probe.origin else None,
        platform=recognised or None,
    )


def _eio(probe: Probe, kind: Kind | None, *, is_open: bool) -> int | None:
    own = int(probe.dialect.eio)
    if kind is Kind.OTHER_VERSION:
        return 7 - own
    if probe.speaks_socketio and (kind is Kind.HANDSHAKE or is_open):
        return own
    return None


async def transport_rows(probe: Probe, report: Report) -> tuple[TransportRow, ...]:
    """Polling, WebSocket, and polling with the upgrade: what came of each."""
    rows = []
    if probe.speaks_socketio and probe.uses_polling:
        exchange = await _known(handshake_exchange(probe))
        stages = {Stage.HTTP, Stage.PATH, Stage.HANDSHAKE, Stage.VERSION, Stage.POLLING, Stage.AFFINITY}
        rows.append(_row("polling", exchange, _first(report.findings, stages, offers=False)))
    if probe.uses_websocket:
        talk = await _known(opening(probe))
        failure = _first(report.findings, {Stage.WEBSOCKET, Stage.FRAMES})
        rows.append(_row("websocket", talk.exchange if talk else None, failure))
    if probe.uses_polling and probe.uses_websocket:
        reached = await _known(front(probe))
        talk = await _known(probing(probe)) if reached and reached.kind is Kind.HANDSHAKE else None
        failure = _first(report.findings, {Stage.UPGRADE}) or _named(report.findings, "upgrade-offered")
        rows.append(_row("upgrade", talk.exchange if talk else None, failure))
    return tuple(rows)


def _row(name: str, exchange: Exchange | None, failure: Finding | None) -> TransportRow:
    outcome = failure.status if failure else Status.PASS if exchange and exchange.head else Status.SKIP
    return TransportRow(
        name,
        outcome,
        exchange.status or None if exchange else None,
        round(exchange.seconds, 3) if exchange else None,
        failure.summary if failure else "",
    )


def _first(findings: Sequence[Finding], stages: set[Stage], *, offers: bool = True) -> Finding | None:
    return next(
        (
            each
            for each in findings
            if each.stage in stages and each.is_problem and (offers or each.id != "upgrade-offered")
        ),
        None,
    )


def _named(findings: Sequence[Finding], key: str) -> Finding | None:
    return next((each for each in findings if each.id == key and each.is_problem), None)


async def browser_view(probe: Probe, report: Report) -> BrowserView:
    """Whether a page of the origin gets its connection, and if not, what stands in its way."""
    if not probe.origin:
        return BrowserView(None, _("No origin of a web page was given."))
    roots = [each for each in report.findings if each.is_problem and each.id not in report.consequences]
    refusals = [each for each in roots if _concerns_browsers(each) and each.status is Status.FAIL]
    if refusals:
        return BrowserView(allowed=False, reason=refusals[0].summary)
    other = next((each for each in roots if each.status is Status.FAIL), None)
    if other is not None and other.cause == "redirect" and await _known(page_gets_through(probe)):
        reason = _("A browser follows the redirect for polling, and stays with it: a WebSocket is not redirected.")
        return BrowserView(allowed=True, reason=reason)
    if other is not None and other.stage.position < Stage.WEBSOCKET.position:
        return BrowserView(allowed=False, reason=other.summary)
    warned = next((each for each in roots if _concerns_browsers(each)), None)
    if warned is not None:
        return BrowserView(allowed=True, reason=warned.summary)
    return BrowserView(allowed=True, reason=_("Nothing stands in a browser's way."))


def _concerns_browsers(finding: Finding) -> bool:
    return finding.stage is Stage.BROWSER or finding.breaks is Part.BROWSER


async def _known(wanted: Awaitable[T]) -> T | None:
    with suppress(NotKnown, UnusableOptionError, HttpError):
        return await wanted
    return None
