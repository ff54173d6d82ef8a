"""The server's certificate is one that this client and a browser trust."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from wsgui.checks.check import Check, Outcome, failed, passed, skipped, warned
from wsgui.checks.probe.encryption import Encryption, Handshake, encryption, names_cover, server_name
from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.checks.quoting import quote_certificate
from wsgui.core.findings import Part, Stage
from wsgui.core.i18n import N_, _
from wsgui.core.verification import is_unverified

_SOON = timedelta(days=14)
_SELF_SIGNED = 18
"""OpenSSL's X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT."""
_INTERCEPTORS = (
    *("zscaler", "netskope", "fortinet", "fortigate", "palo alto", "sophos", "bluecoat", "blue coat", "symantec wss"),
    *("checkpoint", "check point", "cisco umbrella", "forcepoint", "mcafee web", "barracuda", "watchguard", "untangle"),
    *("kaspersky", "avast", "avg web", "eset ssl", "bitdefender", "dr.web", "adguard", "diladele", "smoothwall"),
    *("mitmproxy", "charles proxy", "do_not_trust_fiddlerroot", "burp", "portswigger", "squid"),
)
"""Parts of the names under which gateways, virus scanners and debugging proxies sign anew what passes through them."""


async def run(probe: Probe) -> Outcome:
    """OpenSSL gives one reason and hides the others: dates, name and issuer are looked at one by one."""
    if not probe.address.secure:
        return skipped(_("The URL is one without TLS."))
    found = await encryption(probe)
    if found.end not in (Handshake.AGREED, Handshake.NOT_TRUSTED):
        raise NotKnown(_("There is no TLS connection."))
    if found.end is Handshake.AGREED:
        return _trusted(probe, found)
    cause, text = _reason(probe, found)
    if is_unverified(probe.values, secure=True):
        if probe.origin:
            text = _("{what} The options do not verify it; a browser always does.").format(what=text)
            return failed(cause, text, quote_certificate(found), breaks=Part.BROWSER)
        return warned(
            None, _("{what} It is not verified, as the options want it.").format(what=text), quote_certificate(found)
        )
    return failed(cause, text, quote_certificate(found))


def _trusted(probe: Probe, found: Encryption) -> Outcome:
    quoted = quote_certificate(found)
    if found.certificate and not names_cover(found.certificate.get("names"), server_name(probe)):
        text = _("The certificate has the name {host} only as its common name, where browsers do not look.")
        return failed("certificate-wrong-host", text.format(host=server_name(probe)), quoted, breaks=Part.BROWSER)
    ends = _date(found.certificate.get("ends"))
    if ends and ends - datetime.now(UTC) < _SOON:
        return warned(None, _("The certificate is trusted, and expires on {day:%Y-%m-%d}.").format(day=ends), quoted)
    if is_unverified(probe.values, secure=True):
        text = _("The certificate would be trusted, but the options do not check it: anybody could pose as the server.")
        return warned(None, text, quoted)
    return passed(_("The certificate is trusted."), quoted)


def _reason(probe: Probe, found: Encryption) -> tuple[str, str]:
    facts, host, now = found.certificate, server_name(probe), datetime.now(UTC)
    issuer = str(facts.get("issuer", ""))
    begins, ends = _date(facts.get("begins")), _date(facts.get("ends"))
    if any(vendor in issuer.lower() for vendor in _INTERCEPTORS):
        return "tls-intercepted", _("The certificate was issued by {issuer}: TLS is opened on the way.").format(
            issuer=issuer
        )
    if ends and ends < now:
        return "certificate-expired", _("The certificate expired on {day:%Y-%m-%d %H:%M} UTC.").format(day=ends)
    if begins and begins > now:
        return "certificate-not-yet-valid", _(
            "The certificate is valid from {day:%Y-%m-%d %H:%M} UTC on; this machine's clock says {now:%Y-%m-%d %H:%M}."
        ).format(day=begins, now=now)
    if found.verify_code == _SELF_SIGNED or (found.chain_length == 1 and issuer == facts.get("subject")):
        return "certificate-self-signed", _("The certificate is signed by itself: {who}.").format(who=issuer)
    if facts and not names_cover(facts.get("names"), host):
        names = facts.get("names")
        listed = ", ".join(map(str, names)) if isinstance(names, list) and names else _("no name at all")
        return "certificate-wrong-host", _("The certificate is for {names}, and not for {host}.").format(
            names=listed, host=host
        )
    return "certificate-unknown-issuer", _(
        "The certificate was issued by {issuer}, which is not trusted here: {why}."
    ).format(issuer=issuer, why=found.verify_message)


def _date(text: object) -> datetime | None:
    return datetime.strptime(str(text), "%Y-%m-%d %H:%M").replace(tzinfo=UTC) if text else None


CHECK = Check(__name__, N_("The certificate is trusted"), Stage.TLS, run)
