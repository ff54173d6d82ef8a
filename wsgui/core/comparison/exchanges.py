"""What is compared of an HTTP exchange, of the TCP connection below it, and of the session that Engine.IO opens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wsgui.core import javascript_json
from wsgui.core.comparison.steady import steady, steady_headers, steady_target
from wsgui.core.comparison.step import OUTCOME, STATUS, TRANSPORT, milliseconds
from wsgui.core.i18n import _
from wsgui.core.records import Kind, Record
from wsgui.core.redact import Redaction
from wsgui.core.wire.facts import number, text, whole

_ACCEPTED = {Kind.HTTP: 200, Kind.WS_OPEN: 101}
UPGRADES = "upgrades"
_SETTINGS = ("pingInterval", "pingTimeout", "maxPayload", UPGRADES)


def transport_of(record: Record) -> str:
    """The transport that an exchange is part of."""
    return "websocket" if record.kind is Kind.WS_OPEN else "polling"


def outcome_of(record: Record, redaction: Redaction) -> str:
    """What came of an exchange, in words."""
    if error := text(record, "error"):
        return redaction.text(steady(error))
    status = record.fact("status")
    if status == _ACCEPTED[record.kind]:
        return _("accepted")
    return _("refused with status {status} {reason}").format(status=status, reason=text(record, "reason")).rstrip()


def was_cancelled(record: Record) -> bool:
    """Whether the client itself gave the exchange up, as it does with the poll that waits when it disconnects."""
    match record.fact("chain"):
        case [["CancelledError", *_], *_]:
            return True
    return False


def exchange_traits(record: Record, redaction: Redaction) -> dict[str, str]:
    """All that two exchanges can differ in."""
    path, query = steady_target(record, redaction)
    traits = {TRANSPORT: transport_of(record), OUTCOME: outcome_of(record, redaction)}
    traits |= {_("Path"): path, _("Query"): query}
    if (status := record.fact("status")) is not None:
        traits[_(STATUS)] = f"{status} {text(record, 'reason')}".rstrip()
    for fact, label in (("request_headers", _("Request header {name}")), ("headers", _("Answer header {name}"))):
        headers = steady_headers(record, fact, redaction)
        traits |= {label.format(name=name): value for name, value in headers.items()}
    return traits


def exchange_said(record: Record, redaction: Redaction) -> str:
    """An exchange in a few words."""
    what = _("WebSocket") if record.kind is Kind.WS_OPEN else text(record, "method")
    if record.fact("error"):
        return f"{what}: {outcome_of(record, redaction)}"
    return f"{what} {record.fact('status')} {text(record, 'reason')}".rstrip()


def seconds_of(record: Record) -> float | None:
    """How long the whole exchange took."""
    return number(record.fact("seconds"))


def phase(record: Record, name: str) -> float | None:
    """How long one phase of it took, if there was one."""
    timing = record.fact("timing")
    return number(timing.get(name)) if isinstance(timing, Mapping) else None


def tcp_traits(record: Record) -> dict[str, str]:
    """Of a new connection: over which version of IP, and through which proxy."""
    peer = text(record, "peer")
    traits = {_("Internet protocol"): "IPv6" if peer.count(":") > 1 else "IPv4"}
    if proxy := text(record, "proxy"):
        traits[_("Proxy")] = steady(Redaction().text(proxy))
    return traits


def tls_traits(record: Record) -> dict[str, str]:
    """Of a new connection: what was agreed and who it was; empty without TLS."""
    if not (version := text(record, "tls")):
        return {}
    traits = {_("TLS version"): version, _("Cipher"): text(record, "cipher")}
    certificate = record.fact("certificate")
    if isinstance(certificate, Mapping):
        labels = {"subject": _("Certificate"), "issuer": _("Issuer"), "ends": _("Valid until")}
        traits |= {label: str(certificate[name]) for name, label in labels.items() if certificate.get(name)}
        traits[_("Certificate verified")] = _("yes") if certificate.get("verified") else _("no")
    return traits


def session_traits(data: object) -> dict[str, str]:
    """What the server announces in Engine.IO's open packet."""
    try:
        value = javascript_json.loads(data) if isinstance(data, str) else None
    except javascript_json.JsonError:
        value = None
    if not isinstance(value, dict):
        return {OUTCOME: _("The handshake is no JSON object")}
    return {name: _setting(value[name]) for name in _SETTINGS if name in value}


def _setting(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return javascript_json.dumps(value)


def session_said(traits: Mapping[str, str]) -> str:
    """The same in a few words."""
    return ", ".join(_settings(traits))


def _settings(traits: Mapping[str, str]) -> Iterator[str]:
    for name, value in traits.items():
        if name in ("pingInterval", "pingTimeout"):
            yield f"{name} {milliseconds(int(value) / 1000) if value.isdecimal() else value}"
        else:
            yield f"{name} {value}" if name in _SETTINGS else value


def code_text(record: Record) -> str:
    """A close code as it is compared."""
    code = whole(record.fact("code"))
    return "–" if code is None else str(code)
