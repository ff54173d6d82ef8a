"""Evidence: what was on the wire, quoted."""

from __future__ import annotations

from wsgui.checks.probe.conversation import Talk
from wsgui.checks.probe.encryption import Encryption
from wsgui.checks.probe.exchange import End, Exchange, why_it_ended
from wsgui.core.findings import Evidence
from wsgui.core.i18n import _
from wsgui.core.visible import lines

_MOST_BODY = 600
"""Characters of a body: what tells one cause from another stands at its beginning."""
_MOST_HEADERS = 30
_MOST_LINES = 40


def quote(exchange: Exchange) -> Evidence:
    """The answer to a request: status line, headers, the beginning of the body; or what came in its place."""
    label = _("Answer to {method} {target}").format(method=exchange.method, target=exchange.target)
    parts = []
    if exchange.head:
        head = exchange.head
        parts.append(f"HTTP/{head.version} {head.status} {head.reason}")
        parts += [f"{name}: {value[:500]}" for name, value in head.headers[:_MOST_HEADERS]]
        body = exchange.text
        if body:
            parts += ["", body[:_MOST_BODY] + ("…" if len(body) > _MOST_BODY else "")]
    elif exchange.received:
        parts.append(repr(exchange.received[:120])[1:])
    if exchange.end is not End.WHOLE:
        parts.append(why_it_ended(exchange))
    return Evidence(label, lines("\n".join(parts)), exchange.seq)


def quote_request(exchange: Exchange) -> Evidence:
    """What was sent."""
    text = exchange.sent.decode("latin-1").replace("\r\n", "\n").rstrip("\n")
    return Evidence(_("Request"), lines(text), exchange.seq)


def quote_talk(talk: Talk) -> Evidence:
    """What was said on a WebSocket, or the answer that refused it."""
    if not talk.lines:
        return quote(talk.exchange)
    label = _("WebSocket {target}").format(target=talk.exchange.target)
    said = talk.lines[:_MOST_LINES]
    return Evidence(label, lines("\n".join(said)), talk.exchange.seq)


def quote_rest(talk: Talk) -> Evidence:
    """The bytes in the stream that break the rules."""
    start = repr(talk.rest[:300])[2:-1].replace("\\r\\n", "\r\n")
    return Evidence(_("In the WebSocket's stream"), lines(start), talk.exchange.seq)


def quote_certificate(found: Encryption) -> Evidence:
    """What the server's certificate says of itself."""
    facts = found.certificate
    names = facts.get("names")
    rows = [
        f"subject: {facts.get('subject', '')}",
        f"issuer: {facts.get('issuer', '')}",
        f"names: {', '.join(map(str, names)) if isinstance(names, list) else ''}",
        f"valid: {facts.get('begins', '')} – {facts.get('ends', '')} UTC",
        f"verification: {found.verify_code} {found.verify_message}" if found.verify_code else "",
    ]
    return Evidence(_("The server's certificate"), lines("\n".join(row for row in rows if row)))
