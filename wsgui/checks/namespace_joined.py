"""The server lets the client join its namespaces, with the ``auth`` that is given."""

from __future__ import annotations

from wsgui.checks.check import SOCKETIO, Check, Outcome, failed, passed, warned
from wsgui.checks.probe.addresses import knocks
from wsgui.checks.probe.probe import Probe
from wsgui.checks.probe.sessions import Join, join
from wsgui.checks.quoting import quote, quote_talk
from wsgui.checks.url_path_is_a_namespace import is_unknown_namespace
from wsgui.core.findings import Evidence, Stage
from wsgui.core.i18n import N_, _
from wsgui.core.option_values import literal
from wsgui.core.socket_packets import SocketPacket, SocketType

_SLOW = 1.0
"""Seconds beyond the time that the network needs: the patience of python-socketio's client."""


async def run(probe: Probe) -> Outcome:
    """The first namespace with a problem is told of; all are asked for together."""
    found = await join(probe)
    quoted = _quoted(found)
    for namespace in probe.target.joined:
        answer = found.answer(namespace)
        if answer is None:
            return _unanswered(probe, found, namespace, quoted)
        if answer.type is SocketType.CONNECT_ERROR:
            return _refused(namespace, answer, quoted)
    left = next((packet for packet in found.packets if packet.type is SocketType.DISCONNECT), None)
    if left is not None:
        text = _("The server lets the client join {name} and disconnects it at once.").format(name=left.namespace)
        return failed("server-disconnects", text, *quoted)
    names, seconds = ", ".join(probe.target.joined), found.seconds or 0.0
    if found.ended:
        text = _("The server lets the client join {name} and ends the connection at once: {how}.")
        return failed("server-disconnects", text.format(name=names, how=found.ended), *quoted)
    if seconds - await _under_way(probe, found) > _SLOW:
        text = _("The answer to CONNECT took {seconds:.1f} s: clients with less patience give up.")
        return warned("connect-slow", text.format(seconds=seconds), *quoted)
    text = _("{names} joined over {transport} after {ms:.0f} ms.")
    text = text.format(names=names, transport=found.transport, ms=seconds * 1e3)
    answers = (found.answer(namespace) for namespace in probe.target.joined)
    if any(answer and isinstance(answer.data, dict) and "pid" in answer.data for answer in answers):
        text += " " + _("The server can recover the session of a connection that was lost.")
    return passed(text, *quoted)


async def _under_way(probe: Probe, found: Join) -> float:
    """How long the packets alone take, at the pace of the TCP handshake: a server is not slow because it is far."""
    return min(knock.seconds for knock in await knocks(probe)) * max(1, len(found.exchanges))


def _quoted(found: Join) -> list[Evidence]:
    return [quote_talk(found.talk)] if found.talk else [quote(exchange) for exchange in found.exchanges[-2:]]


def _unanswered(probe: Probe, found: Join, namespace: str, quoted: list[Evidence]) -> Outcome:
    if found.talk and found.talk.close and found.talk.close.code == 1009:
        text = _("The CONNECT of {name} is too large for the server: it closes with 1009.").format(name=namespace)
        return failed("payload-too-large", text, *quoted)
    if found.ended:
        text = _("The server ended the connection right after the CONNECT of {name}: {how}. It cannot read the packet.")
        return failed("packet-rejected", text.format(name=namespace, how=found.ended), *quoted)
    if probe.is_v2 and namespace == "/" and found.packets and found.packets[0].type is SocketType.EVENT:
        return passed(_("The root namespace is joined."), *quoted)
    text = _("CONNECT of {name} was not answered within {n:.0f} s.").format(name=namespace, n=probe.limits.join)
    return failed("connect-unanswered", text, *quoted)


def _refused(namespace: str, answer: SocketPacket, quoted: list[Evidence]) -> Outcome:
    said = literal(answer.data)  # type: ignore[arg-type] # JSON is an option value
    if is_unknown_namespace(answer.data):
        text = _("The server has no namespace {name}: {said}").format(name=namespace, said=said)
        return failed("namespace-unknown", text, *quoted)
    text = _("The server refuses {name}: {said}").format(name=namespace, said=said)
    return failed("auth-rejected", text, *quoted)


CHECK = Check(__name__, N_("The namespace can be joined"), Stage.NAMESPACE, run, SOCKETIO)
