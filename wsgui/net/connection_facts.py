"""What is to be said of a new TCP connection: addresses, proxy, TLS version, cipher, certificate."""

from __future__ import annotations

import asyncio
import ssl
import warnings
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from wsgui.core.i18n import _
from wsgui.core.visible import one_line

if TYPE_CHECKING:
    from cryptography import x509

MOST_NAMES = 10
LONGEST_NAME = 500
"""How many names, and how many letters of them, the sentence about a certificate has; its facts have all."""

_SHORT = {
    "commonName": "CN",
    "countryName": "C",
    "localityName": "L",
    "organizationName": "O",
    "organizationalUnitName": "OU",
    "stateOrProvinceName": "ST",
}


def connection_facts(
    transport: asyncio.BaseTransport, proxy: str = "", *, tls_ends_at_proxy: bool = False
) -> dict[str, object]:
    """The facts of a record. ``peer`` and ``local`` as ``host:port``; through a proxy, the peer is the proxy."""
    facts: dict[str, object] = {
        "peer": _host_and_port(transport.get_extra_info("peername")),
        "local": _host_and_port(transport.get_extra_info("sockname")),
    }
    if proxy:
        facts["proxy"] = proxy
    tls: ssl.SSLObject | None = transport.get_extra_info("ssl_object")
    if tls is not None:
        cipher = tls.cipher()
        facts |= {"tls": tls.version() or "", "cipher": cipher[0] if cipher else ""}
        if verified := tls.getpeercert():
            facts["certificate"] = _verified(verified)
        elif der := tls.getpeercert(binary_form=True):
            facts["certificate"] = shown_certificate(der)
    return facts | {"text": _sentence(facts, tls_ends_at_proxy=tls_ends_at_proxy)}


def certificate_facts(der: bytes) -> dict[str, object]:
    """A certificate that nobody has verified: ``subject``, ``issuer``, ``begins``, ``ends`` (UTC), ``names``.

    Raises ``ValueError`` if it cannot be read, which OpenSSL minds less than we.
    """
    from cryptography import x509  # 60 ms, for the rare case

    odd = (x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType, TypeError)
    with warnings.catch_warnings(action="ignore", category=UserWarning):  # what is odd about it is the server's affair
        try:
            return _read(x509.load_der_x509_certificate(der))
        except odd as error:
            raise ValueError(str(error)) from error


def _read(certificate: x509.Certificate) -> dict[str, object]:
    from cryptography import x509

    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):  # none, or a broken one
        found = x509.SubjectAlternativeName([])
    names = [*found.get_values_for_type(x509.DNSName), *map(str, found.get_values_for_type(x509.IPAddress))]
    subject, issuer = (
        ", ".join(f"{each.rfc4514_attribute_name}={each.value!s}" for each in name)
        for name in (certificate.subject, certificate.issuer)
    )
    return {
        "subject": subject,
        "issuer": issuer,
        "begins": f"{certificate.not_valid_before_utc:%Y-%m-%d %H:%M}",
        "ends": f"{certificate.not_valid_after_utc:%Y-%m-%d %H:%M}",
        "names": names,
        "verified": False,
    }


def shown_certificate(der: bytes) -> dict[str, object]:
    """The same, or ``unreadable``: why not."""
    try:
        return certificate_facts(der)
    except ValueError as error:
        return {"unreadable": str(error), "verified": False}


def describe_certificate(certificate: Mapping[str, object]) -> str:
    """The facts of a certificate as a part of a sentence."""
    if unreadable := certificate.get("unreadable"):
        return _("unreadable ({why})").format(why=unreadable)
    text = _("for {names}, issued by {issuer}, valid from {begins} to {ends}").format(
        names=one_line(_listed(certificate["names"]) or str(certificate["subject"]), LONGEST_NAME),
        issuer=one_line(str(certificate["issuer"]), LONGEST_NAME),
        begins=certificate["begins"],
        ends=certificate["ends"],
    )
    return text if certificate["verified"] else _("{certificate}, not verified").format(certificate=text)


def _listed(names: object) -> str:
    """The first names of a certificate; there can be thousands."""
    if not isinstance(names, list):
        return ""
    first, more = ", ".join(map(str, names[:MOST_NAMES])), len(names) - MOST_NAMES
    return _("{names} and {n:,} more").format(names=first, n=more) if more > 0 else first


def _verified(certificate: Mapping[str, object]) -> dict[str, object]:
    """The same of what ``SSLObject.getpeercert`` gives."""
    names = certificate.get("subjectAltName", ())
    return {
        "subject": _distinguished(certificate.get("subject")),
        "issuer": _distinguished(certificate.get("issuer")),
        "begins": _date(certificate["notBefore"]),
        "ends": _date(certificate["notAfter"]),
        "names": [name for _kind, name in names] if isinstance(names, Iterable) else [],
        "verified": True,
    }


def _distinguished(name: object) -> str:
    parts = [part for group in name for part in group] if isinstance(name, tuple) else []
    return ", ".join(f"{_SHORT.get(key, key)}={value}" for key, value in parts)


def _date(text: object) -> str:
    return f"{datetime.fromtimestamp(ssl.cert_time_to_seconds(str(text)), UTC):%Y-%m-%d %H:%M}"


def _host_and_port(address: object) -> str:
    match address:
        case (str(host), int(port), *_more):
            return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return ""


def _sentence(facts: Mapping[str, object], *, tls_ends_at_proxy: bool) -> str:
    text = _("New connection to {peer} from {local}")
    if "proxy" in facts:
        text = _("New connection through the proxy {proxy} at {peer} from {local}")
    parts = [text.format(**facts)]
    if "tls" in facts:
        parts.append(f"{facts['tls']}, {facts['cipher']}")
    certificate = facts.get("certificate")
    if isinstance(certificate, Mapping):
        text = _("certificate of the proxy, {description}") if tls_ends_at_proxy else _("certificate {description}")
        parts.append(text.format(description=describe_certificate(certificate)))
    return " · ".join(parts)
