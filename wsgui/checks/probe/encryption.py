"""TLS: whether it is agreed on, what the server shows, and, where it is not, what it would have agreed to."""

from __future__ import annotations

import ipaddress
import ssl
import time
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wsgui.checks.probe.addresses import place, proxy
from wsgui.checks.probe.line import dial, dial_socks, secure
from wsgui.checks.probe.probe import NotKnown, Probe, fact
from wsgui.checks.probe.tunnel import open_tunnel
from wsgui.core.i18n import _
from wsgui.core.options import value_of
from wsgui.net.connection_facts import certificate_facts
from wsgui.net.proxy import ProxyError
from wsgui.net.refused_certificate import refused_chain
from wsgui.net.stream import Stream
from wsgui.net.tls import tls_context

ALPN = ["http/1.1"]
"""What is offered: HTTP/2 has no Upgrade."""


class Handshake(StrEnum):
    """How a TLS handshake ended."""

    AGREED = "agreed"
    NOT_TRUSTED = "not-trusted"
    """The certificate is refused; TLS itself would work."""
    ALERT = "alert"
    """One side refuses the other; the error says with which alert."""
    NOT_TLS = "not-tls"
    """What came is no TLS."""
    CLOSED = "closed"
    SILENT = "silent"


@dataclass(frozen=True)
class Encryption:
    """One attempt to speak TLS."""

    end: Handshake
    version: str = ""
    cipher: str = ""
    alpn: str = ""
    error: str = ""
    """As OpenSSL says it."""
    verify_code: int = 0
    verify_message: str = ""
    certificate: Mapping[str, object] = field(default_factory=dict)
    """What the server shows: ``subject``, ``issuer``, ``begins``, ``ends``, ``names``."""
    chain_length: int = 0
    seconds: float = 0.0


NOT_TLS = ("WRONG_VERSION_NUMBER", "UNKNOWN_PROTOCOL", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE", "HTTP_REQUEST")
"""What OpenSSL says when the other side answers a TLS hello with something else."""


@fact
async def encryption(probe: Probe) -> Encryption:
    """TLS as the options want it, the certificate verified even where they do not ask for it."""
    if not probe.address.secure:
        raise NotKnown(_("The URL is one without TLS."))
    context = tls_context({name: value for name, value in probe.values.items() if name != "rejectUnauthorized"})
    return await attempt(probe, context, alpn=ALPN)


@fact
async def context(probe: Probe) -> ssl.SSLContext | None:
    """The settings of all further connections: without verification where it has failed, so that more is learned."""
    if not probe.address.secure:
        return None
    found = await encryption(probe)
    if found.end not in (Handshake.AGREED, Handshake.NOT_TRUSTED):
        raise NotKnown(_("There is no TLS connection."))
    verifies = found.end is Handshake.AGREED
    made = tls_context({**probe.values, "rejectUnauthorized": verifies})
    made.set_alpn_protocols(ALPN)
    return made


@fact
async def tolerant(probe: Probe) -> Encryption:
    """TLS with everything allowed that OpenSSL can do, and no name: what a refusal was about."""
    found = lenient()
    found.set_alpn_protocols(["h2", "http/1.1"])
    return await attempt(probe, found, alpn=["h2", "http/1.1"], sends_name=False)


@fact
async def old_versions(probe: Probe) -> Encryption:
    """TLS 1.0 and 1.1 only."""
    found = lenient()
    with warnings.catch_warnings(
        action="ignore", category=DeprecationWarning
    ):  # to learn whether the server wants them
        found.minimum_version = ssl.TLSVersion.TLSv1
        found.maximum_version = ssl.TLSVersion.TLSv1_1
    return await attempt(probe, found, alpn=ALPN)


@fact
async def any_cipher(probe: Probe) -> Encryption:
    """The name and the protocol as always, with every cipher that OpenSSL has."""
    return await attempt(probe, lenient(), alpn=ALPN)


@fact
async def with_http2(probe: Probe) -> Encryption:
    """As always, HTTP/2 offered, too."""
    return await attempt(probe, lenient(), alpn=["h2", "http/1.1"])


def lenient() -> ssl.SSLContext:
    """Takes any certificate, any cipher, any version."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        made.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    made.set_ciphers("ALL:COMPLEMENTOFALL:@SECLEVEL=0")
    return made


async def attempt(probe: Probe, made: ssl.SSLContext, *, alpn: list[str], sends_name: bool = True) -> Encryption:
    """Connect and speak TLS once."""
    made.set_alpn_protocols(alpn)
    address = await place(probe)
    async with probe.turn():
        began = time.monotonic()
        stream: Stream | None = None
        try:
            stream = await reach(probe, address)
            await secure(stream, made, server_name(probe) if sends_name else None, probe.limits)
            found = _agreed(stream, time.monotonic() - began)
        except ProxyError as error:
            raise NotKnown(_("The proxy does not let the connection through.")) from error
        except (OSError, TimeoutError) as error:
            found = _failed(error, time.monotonic() - began)
        finally:
            if stream is not None:
                stream.close()
        return found


async def reach(probe: Probe, address: str, *, tunnel: bool = True) -> Stream:
    """A TCP connection to the server, through the proxy if there is one; without TLS as yet.

    ``tunnel``: an HTTP proxy is asked to let the bytes through, else they are for the proxy itself.
    """
    way = await proxy(probe)
    if way is None:
        return await dial(address, probe.address.port, probe.limits)
    if way.address.is_socks:
        return await dial_socks(way, probe.address.host, probe.address.port, probe.limits)
    stream = await dial(address, way.address.port, probe.limits)
    try:
        if way.address.scheme == "https":
            made = tls_context(probe.values)
            await secure(stream, made, way.address.host, probe.limits)
        if tunnel:
            host = f"[{probe.address.host}]" if ":" in probe.address.host else probe.address.host
            await open_tunnel(way, stream, f"{host}:{probe.address.port}", probe.limits)
    except BaseException:
        stream.close()
        raise
    return stream


def server_name(probe: Probe) -> str:
    """The name in the TLS hello, and in the certificate."""
    return str(value_of(probe.values, "servername") or "") or probe.address.host.rstrip(".")


def names_cover(names: object, host: str) -> bool:
    """Whether the names of a certificate are good for ``host`` (RFC 6125: ``*`` is one label, the leftmost)."""
    listed = [str(name).lower() for name in names] if isinstance(names, list) else []
    try:
        wanted = str(ipaddress.ip_address(host))
    except ValueError:
        wanted = host.lower().rstrip(".")
        return wanted in listed or f"*.{wanted.partition('.')[2]}" in listed
    return wanted in listed


def _agreed(stream: Stream, seconds: float) -> Encryption:
    assert stream.transport is not None
    tls: ssl.SSLObject = stream.transport.get_extra_info("ssl_object")
    cipher = tls.cipher()
    shown = tls.getpeercert(binary_form=True)
    return Encryption(
        Handshake.AGREED,
        tls.version() or "",
        cipher[0] if cipher else "",
        tls.selected_alpn_protocol() or "",
        certificate=_read(shown) if shown else {},
        seconds=seconds,
    )


def _read(der: bytes) -> Mapping[str, object]:
    """What a certificate says of itself; nothing if it cannot be read, which OpenSSL minds less than we."""
    try:
        return certificate_facts(der)
    except ValueError:
        return {}


def _failed(error: Exception, seconds: float) -> Encryption:
    match error:
        case ssl.SSLCertVerificationError():
            chain = refused_chain(error)
            return Encryption(
                Handshake.NOT_TRUSTED,
                error=str(error),
                verify_code=error.verify_code or 0,
                verify_message=error.verify_message or str(error),
                certificate=_read(chain[0]) if chain else {},
                chain_length=len(chain),
                seconds=seconds,
            )
        case ssl.SSLError():
            reason = error.reason or str(error)
            end = Handshake.NOT_TLS if any(word in reason for word in NOT_TLS) else Handshake.ALERT
            return Encryption(end, error=reason, seconds=seconds)
        case TimeoutError():
            return Encryption(Handshake.SILENT, error=_("no answer"), seconds=seconds)
    return Encryption(Handshake.CLOSED, error=str(error) or type(error).__name__, seconds=seconds)
