"""Socket.IO answers at the path."""

from __future__ import annotations

import re

from wsgui.checks.check import SOCKETIO, Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.answers import Kind, title_of
from wsgui.checks.probe.front import (
    LOST_KINDS,
    SOCKETIO_KINDS,
    Elsewhere,
    Front,
    elsewhere,
    found_elsewhere,
    front,
    is_without_handler,
)
from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.checks.probe.websocket import opening, plain_opening, was_given_up
from wsgui.checks.quoting import quote, quote_talk
from wsgui.core.findings import Change, Evidence, Stage
from wsgui.core.i18n import N_, _
from wsgui.core.option_types import Protocol
from wsgui.core.option_values import literal

_NAMED = re.compile(r"Cannot (?:GET|POST) (\S+)")
"""Express names the path that it saw, which a proxy may have changed."""


async def run(probe: Probe) -> Outcome:
    """If it is not there, it is looked for at the few usual places."""
    found = await front(probe)
    path = probe.path("polling")
    if found.kind in SOCKETIO_KINDS:
        return passed(_("Socket.IO answers at {path}").format(path=path), quote(found.exchange))
    lost = found.kind in LOST_KINDS or await is_without_handler(probe, found)
    if found.kind is Kind.NOTHING and not lost:
        raise NotKnown(_("There was no HTTP answer."))
    if found.kind is Kind.UPGRADE_REQUIRED:
        return await _plain(probe, found) or failed("no-socketio", _no_socketio(found, path), quote(found.exchange))
    if not lost:
        return skipped(_("Something else answers in the place of the server."))
    if other := await found_elsewhere(probe):
        return _at(probe, found, other)
    if plain := await _plain(probe, found):
        return plain
    if found.kind is Kind.SLASH_REDIRECT:
        return skipped(_("The server redirects."))
    if found.kind is Kind.NEXTJS:
        return failed(
            "nextjs-answers", _("Next.js answers at {path}, not Socket.IO.").format(path=path), quote(found.exchange)
        )
    if found.kind is Kind.HTML:
        text = _("A web page answers at {path}, not Socket.IO: “{title}”.").format(
            path=path, title=title_of(found.exchange) or found.exchange.header("content-type")
        )
        return failed("html-instead-of-handshake", text, quote(found.exchange))
    if found.kind is Kind.SERVER_ERROR:
        text = _("The server failed ({status}): {said}").format(status=found.exchange.status, said=found.answer.message)
        return failed("bad-request", text, quote(found.exchange))
    if probe.uses_websocket and was_given_up((await opening(probe)).exchange):
        text = _(
            "Socket.IO is not at {path}, but somewhere on this port: only it ends foreign upgrades after a second."
        ).format(path=path)
        return failed(
            "wrong-path", text, quote(found.exchange), quote_talk(await opening(probe)), *_tried(await elsewhere(probe))
        )
    return failed("no-socketio", _no_socketio(found, path), quote(found.exchange), *_tried(await elsewhere(probe)))


def _at(probe: Probe, found: Front, other: Elsewhere) -> Outcome:
    own = probe.path("polling")
    if other.path.rstrip("/") == own.rstrip("/"):
        wants = other.path.endswith("/")
        text = (
            _("Socket.IO answers at {path}, with the slash, and not at {own}.")
            if wants
            else _("Socket.IO answers at {path}, without the slash, and not at {own}.")
        )
        change = Change({"addTrailingSlash": None if wants else False})
        return failed(
            "missing-trailing-slash",
            text.format(path=other.path, own=own),
            quote(found.exchange),
            quote(other.exchange),
            change=change,
        )
    text = _("Socket.IO answers at {path}, and not at {own}.").format(path=other.path, own=own)
    fix = _("Set the option path to {path}").format(path=literal(other.path.rstrip("/")))
    change = Change({"path": other.path.rstrip("/")})
    return failed("wrong-path", text, quote(found.exchange), quote(other.exchange), fix=fix, change=change)


async def _plain(probe: Probe, found: Front) -> Outcome | None:
    """A plain WebSocket server says 426 or 404 to polling, and 101 to any WebSocket, without an open packet."""
    talk = await opening(probe)
    if not talk.is_agreed or (talk.texts[:1] and talk.texts[0].startswith("0{")):
        if found.kind is not Kind.UPGRADE_REQUIRED:
            return None
        talk = await plain_opening(probe)
        if not talk.is_agreed:
            return None
    text = _("The server opens a WebSocket, and speaks no Socket.IO on it: it is a plain WebSocket server.")
    scheme = "wss" if probe.address.secure else "ws"
    change = Change(url=f"{scheme}://{probe.address.netloc}/", protocol=Protocol.WEBSOCKET)
    return failed("plain-websocket-server", text, quote(found.exchange), quote_talk(talk), change=change)


def _no_socketio(found: Front, path: str) -> str:
    status = found.exchange.status
    if (named := _NAMED.search(found.exchange.text)) and not named[1].startswith(path.rstrip("/")):
        return _("The application saw {seen} in the place of {path}: a proxy changes the path.").format(
            seen=named[1].partition("?")[0], path=path
        )
    return _("An HTTP server answers {status} at {path}, and Socket.IO is at none of the usual paths.").format(
        status=status, path=path
    )


def _tried(places: tuple[Elsewhere, ...]) -> list[Evidence]:
    rows = [f"{each.path}  {each.exchange.status or each.exchange.end.value}" for each in places]
    return [Evidence(_("Also asked"), "\n".join(rows))] if rows else []


CHECK = Check(__name__, N_("Socket.IO answers at the path"), Stage.PATH, run, SOCKETIO)
