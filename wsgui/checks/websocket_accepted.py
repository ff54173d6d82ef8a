"""The server, and everything before it, lets a WebSocket be opened."""

from __future__ import annotations

from wsgui.checks.check import Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.answers import BARE_ERRORS, Kind, read_answer
from wsgui.checks.probe.crowding import is_crowded_out
from wsgui.checks.probe.exchange import End, Exchange, why_it_ended
from wsgui.checks.probe.front import front
from wsgui.checks.probe.origins import websocket_wants_no_origin
from wsgui.checks.probe.polling import handshake, shake_hands
from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.checks.probe.websocket import opening, was_given_up
from wsgui.checks.quoting import quote, quote_request, quote_talk
from wsgui.core.findings import Change, Evidence, Stage
from wsgui.core.i18n import N_, _
from wsgui.core.option_types import Protocol

_ELSEWHERE = frozenset({Kind.REDIRECT, Kind.SLASH_REDIRECT, Kind.LOGIN, Kind.RATE_LIMIT, Kind.TOO_LARGE, Kind.GATEWAY})
"""What the front is judged by, where the WebSocket's own handshake is what it is judged by."""


async def run(probe: Probe) -> Outcome:
    """The answer to the upgrade, by its exact bytes: JSON proves that the server saw no upgrade at all."""
    if not probe.uses_websocket:
        return skipped(_("The client uses no WebSocket."))
    talk = await opening(probe)
    exchange = talk.exchange
    if exchange.status == 101:
        if not probe.speaks_socketio and talk.texts and talk.texts[0].startswith('0{"sid"'):
            text = _("The WebSocket is opened by Socket.IO: it begins with the open packet of Engine.IO.")
            change = Change(url=probe.address.url(), protocol=Protocol.SOCKETIO)
            return failed("socketio-not-plain-websocket", text, quote_talk(talk), change=change)
        text = _("The WebSocket is opened: 101 after {ms:.0f} ms.").format(ms=exchange.seconds * 1e3)
        return passed(text, quote(exchange))
    if await websocket_wants_no_origin(probe):
        return skipped(_("It is the origin that the server refuses."))
    quoted = [quote(exchange), quote_request(exchange)]
    if not probe.speaks_socketio:
        if socketio := await _socketio(probe):
            return socketio
        kind = (await front(probe)).kind
        if kind in _ELSEWHERE or (kind is Kind.NOTHING and not was_given_up(exchange)):
            raise NotKnown(_("The HTTP front answers in the place of the server."))
    elif BARE_ERRORS.get(exchange.text.strip()) == 1:
        raise NotKnown(_("The server does not know the session that the client names."))
    if await is_crowded_out(probe, exchange):
        text = _("The WebSocket is refused while there are other connections, and not when there is none.")
        return failed("connection-limit", text, *quoted)
    cause, text = await _reason(probe, exchange)
    return failed(cause, text, *quoted)


async def _reason(probe: Probe, exchange: Exchange) -> tuple[str, str]:
    match exchange.end:
        case End.SILENT:
            return "upgrade-unanswered", _("The upgrade got no answer. {why}").format(why=why_it_ended(exchange))
        case End.CLOSED if was_given_up(exchange):
            text = _(
                "The server took the upgrade, waited {seconds:.2f} s, and closed without a byte: "
                "nobody handles upgrades at this path."
            ).format(seconds=exchange.seconds)
            return "upgrade-not-handled", text
        case End.CLOSED | End.NO_LINE | End.BROKEN | End.SLOW | End.NOT_HTTP | End.TOO_LONG:
            return "upgrade-refused", _("The upgrade was not answered. {why}").format(why=why_it_ended(exchange))
    answer = read_answer(exchange, probe.dialect.eio)
    text, status = exchange.text.strip(), exchange.status
    if answer.kind is Kind.ENGINE_ERROR and text.startswith(("{", '"')):
        if answer.code == 0:
            return "polling-only-server", _("The server knows no transport “websocket”.")
        said = _(
            "The server answers the upgrade as if it were polling (JSON, code {code}): "
            "the headers Upgrade and Connection were lost on the way."
        ).format(code=answer.code)
        return "upgrade-headers-stripped", said
    if BARE_ERRORS.get(text) == 0 and await _polls(probe):
        return "polling-only-server", _("The server knows no transport “websocket”.")
    if text == "Bad Request" and "text/html" in exchange.header("content-type") and await _polls(probe):
        said = _(
            "The answer “Bad Request” is that of the ws library and not of Socket.IO: "
            "a second WebSocket server on the same HTTP server refuses what is meant for the first."
        )
        return "second-upgrade-handler", said
    if status == 426:
        return "upgrade-headers-stripped", _(
            "The server asks for an upgrade (426), which was asked for: it was lost on the way."
        )
    if status in (502, 504) and 0.8 <= exchange.seconds <= 2.5 and await _polls(probe):
        said = _("A proxy answers {status} after {seconds:.2f} s: the server behind it does not handle the upgrade.")
        return "upgrade-not-handled", said.format(status=status, seconds=exchange.seconds)
    said = answer.message or exchange.text.strip().split("\n")[0][:120]
    return "upgrade-refused", _("The upgrade is refused: {status} {said}").format(status=status, said=said).strip()


async def _polls(probe: Probe) -> bool:
    """Whether polling works at the same path."""
    if not probe.speaks_socketio:
        return False
    try:
        await handshake(probe)
    except NotKnown:
        return False
    return True


async def _socketio(probe: Probe) -> Outcome | None:
    """Whether it is Socket.IO that does not take a plain WebSocket."""
    exchange = await shake_hands(probe)
    answer = read_answer(exchange)
    if answer.kind not in (Kind.HANDSHAKE, Kind.OTHER_VERSION) and not (
        answer.kind is Kind.ENGINE_ERROR and answer.code >= 0
    ):
        return None
    text = _("The server does not open a plain WebSocket here, and answers as Socket.IO at {path}.").format(
        path=exchange.path
    )
    scheme = "https" if probe.address.secure else "http"
    protocol = Protocol.SOCKETIO_V2 if answer.kind is Kind.OTHER_VERSION else Protocol.SOCKETIO
    change = Change(url=f"{scheme}://{probe.address.netloc}", protocol=protocol)
    opened = (await opening(probe)).exchange
    evidence: list[Evidence] = [quote(opened), quote(exchange)]
    return failed("socketio-not-plain-websocket", text, *evidence, change=change)


CHECK = Check(__name__, N_("A WebSocket can be opened"), Stage.WEBSOCKET, run)
