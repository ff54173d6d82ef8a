"""What answers on the port is HTTP/1.1, whole and in time."""

from __future__ import annotations

import ssl

from wsgui.checks.check import Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.answers import Kind
from wsgui.checks.probe.crowding import is_crowded_out
from wsgui.checks.probe.encryption import Handshake
from wsgui.checks.probe.exchange import End, Exchange, why_it_ended
from wsgui.checks.probe.front import front, is_without_handler, tls_in_spite
from wsgui.checks.probe.probe import Probe
from wsgui.checks.quoting import quote
from wsgui.core.findings import Change, Evidence, Stage
from wsgui.core.i18n import N_, _
from wsgui.net.proxy import ProxyError


async def run(probe: Probe) -> Outcome:
    """What HTTP says is for other checks; a TLS port also says it in plain HTTP."""
    found = await front(probe)
    exchange = found.exchange
    if found.kind is Kind.PLAIN_TO_TLS:
        return _to_tls(probe, exchange)
    if found.kind is not Kind.NOTHING:
        text = _("HTTP/{version} answers after {ms:.0f} ms.")
        head = exchange.head
        return passed(
            text.format(version=head.version if head else "1.1", ms=(exchange.wait or 0) * 1e3), quote(exchange)
        )
    why = why_it_ended(exchange)
    match exchange.end:
        case End.NO_LINE:
            return _no_line(exchange, why)
        case End.CLOSED:
            return await _closed(probe, exchange, why)
        case End.SILENT if await is_without_handler(probe, found):
            return skipped(_("Nobody answers at this path, and Socket.IO is at another one."))
        case End.SILENT | End.SLOW:
            return failed("http-timeout", why, quote(exchange))
        case End.BROKEN:
            return failed("connection-closed-at-once", why, quote(exchange))
    received = exchange.received
    if received.startswith(b"HTTP/1"):
        return failed(
            "handshake-malformed", _("The answer breaks the rules of HTTP. {why}").format(why=why), quote(exchange)
        )
    text = _("What answers is not HTTP/1.1: {start}").format(start=repr(received[:32])[1:])
    return failed("not-http", text, quote(exchange))


def _no_line(exchange: Exchange, why: str) -> Outcome:
    error = exchange.error
    if isinstance(error, ProxyError | ssl.SSLError):
        return skipped(why)
    if isinstance(error, ConnectionRefusedError):
        return failed(
            "connection-limit", _("The port took a connection before, and refuses the next one."), quote(exchange)
        )
    return failed("connection-closed-at-once", why, quote(exchange))


async def _closed(probe: Probe, exchange: Exchange, why: str) -> Outcome:
    if isinstance(exchange.error, ssl.SSLError):
        return skipped(why)
    if not probe.address.secure:
        other = await tls_in_spite(probe)
        if other.end in (Handshake.AGREED, Handshake.ALERT):
            return _to_tls(probe, exchange, f"{other.version} {other.cipher} {other.error}".strip())
    if await is_crowded_out(probe, exchange):
        text = _("The server closes a connection without a byte while there are others, and not when there is none.")
        return failed("connection-limit", text, quote(exchange))
    return failed("connection-closed-at-once", why, quote(exchange))


def _to_tls(probe: Probe, exchange: Exchange, spoken: str = "") -> Outcome:
    scheme = "https" if probe.speaks_socketio else "wss"
    text = _("The port speaks TLS: the URL must begin with {scheme}://.").format(scheme=scheme)
    path = probe.address.namespace.rstrip("/") if probe.speaks_socketio else probe.address.target
    host = f"[{probe.address.host}]" if ":" in probe.address.host else probe.address.host
    change = Change(url=f"{scheme}://{host}:{probe.address.port}{path}")
    evidence = [quote(exchange), *([Evidence("TLS", spoken)] if spoken else [])]
    return failed("http-to-tls-port", text, *evidence, change=change)


CHECK = Check(__name__, N_("The port speaks HTTP"), Stage.HTTP, run)
