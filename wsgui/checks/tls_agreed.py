"""Client and server agree on TLS."""

from __future__ import annotations

from wsgui.checks.check import Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.encryption import (
    Encryption,
    Handshake,
    any_cipher,
    encryption,
    old_versions,
    server_name,
    tolerant,
    with_http2,
)
from wsgui.checks.probe.front import plain_in_spite
from wsgui.checks.probe.probe import Probe
from wsgui.core.findings import Change, Evidence, Stage
from wsgui.core.i18n import N_, _

_BY_ALERT = {
    "CERTIFICATE_REQUIRED": "client-certificate-required",
    "UNRECOGNIZED_NAME": "sni-rejected",
    "NO_APPLICATION_PROTOCOL": "http2-only",
    "PROTOCOL_VERSION": "tls-version",
    "UNSUPPORTED_PROTOCOL": "tls-version",
    "NO_PROTOCOLS_AVAILABLE": "tls-version",
    "INSUFFICIENT_SECURITY": "tls-cipher",
    "NO_SHARED_CIPHER": "tls-cipher",
}
"""What OpenSSL says of the server's alert, without the name of the protocol in front."""


async def run(probe: Probe) -> Outcome:
    """A refusal without a word is taken apart: what would the server have agreed to?"""
    if not probe.address.secure:
        return skipped(_("The URL is one without TLS."))
    found = await encryption(probe)
    said = Evidence("TLS", found.error)
    match found.end:
        case Handshake.AGREED:
            spoken = f"{found.version}, {found.cipher}" + (f", {found.alpn}" if found.alpn else "")
            return passed(_("TLS is agreed on: {what}").format(what=spoken))
        case Handshake.NOT_TRUSTED:
            return passed(_("The server speaks TLS; its certificate is another matter."))
        case Handshake.SILENT:
            if (await plain_in_spite(probe)).startswith(b"HTTP/"):
                return await _not_tls(probe, said)
            text = _("The server takes the connection and does not answer the TLS hello within {n:.0f} s.")
            return failed("tls-timeout", text.format(n=probe.limits.tls), said)
        case Handshake.NOT_TLS:
            return await _not_tls(probe, said)
    alert = next((cause for word, cause in _BY_ALERT.items() if word in found.error.upper().replace(" ", "_")), "")
    if alert:
        return failed(alert, _sentence(alert, probe, found.error), said)
    return await _take_apart(probe, found, said)


async def _not_tls(probe: Probe, said: Evidence) -> Outcome:
    start = await plain_in_spite(probe)
    scheme = "http" if probe.speaks_socketio else "ws"
    url = f"{scheme}://{probe.address.netloc}" if probe.address.port != 443 else f"{scheme}://{probe.address.host}:443"
    text = _("The port does not speak TLS.")
    if start.startswith(b"HTTP/"):
        text = _("The port speaks HTTP without TLS: the URL must begin with {scheme}://.").format(scheme=scheme)
    quoted = Evidence(_("First bytes in answer to plain HTTP"), repr(start[:60])[1:])
    path = probe.address.namespace.rstrip("/") if probe.speaks_socketio else probe.address.target
    return failed("tls-to-http-port", text, said, quoted, change=Change(url=url + path))


async def _take_apart(probe: Probe, found: Encryption, said: Evidence) -> Outcome:
    """The server hung up, or refused without saying what: TLS is tried again, one thing allowed at a time."""
    tries = (
        ("tls-version", old_versions),
        ("tls-cipher", any_cipher),
        ("http2-only", with_http2),
        ("sni-rejected", tolerant),
    )
    for cause, attempt in tries:
        other = await attempt(probe)
        if other.end is Handshake.AGREED:
            taken = Evidence(_("Taken instead"), f"{other.version}, {other.cipher} {other.alpn}".strip())
            return failed(cause, _sentence(cause, probe, found.error), said, taken)
        if other.end is Handshake.NOT_TLS:
            return await _not_tls(probe, said)
    start = await plain_in_spite(probe)
    if start.startswith(b"HTTP/"):
        return await _not_tls(probe, said)
    if "HANDSHAKE_FAILURE" in found.error:
        return failed("tls-cipher", _sentence("tls-cipher", probe, found.error), said)
    text = _("The server closed the connection during the TLS handshake: {why}").format(why=found.error)
    return failed("connection-closed-at-once", text, said)


def _sentence(cause: str, probe: Probe, error: str) -> str:
    match cause:
        case "client-certificate-required":
            return _("The server wants a client certificate.")
        case "sni-rejected":
            return _("The server does not know the name {name}.").format(name=server_name(probe))
        case "http2-only":
            return _("The server speaks no HTTP/1.1 on this port, and HTTP/2 has no WebSocket upgrade.")
        case "tls-version":
            return _("The server and this client have no version of TLS in common.")
    return _("The server takes none of the ciphers that were offered: {why}").format(why=error)


CHECK = Check(__name__, N_("TLS is agreed on"), Stage.TLS, run)
