"""The path of the URL is meant as what Socket.IO takes it for: the namespace."""

from __future__ import annotations

import asyncio

from wsgui.checks.check import SOCKETIO, Check, Outcome, failed, passed, skipped, warned
from wsgui.checks.probe.front import found_elsewhere
from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.checks.probe.sessions import join
from wsgui.checks.quoting import quote
from wsgui.core.findings import Change, Evidence, Stage
from wsgui.core.i18n import N_, _
from wsgui.core.option_values import literal
from wsgui.core.socket_packets import SocketType

_UNKNOWN = ("invalid namespace", "unable to connect")
"""How Node and Python refuse a namespace that they do not have."""


def is_unknown_namespace(data: object) -> bool:
    """Whether the data of a CONNECT_ERROR says that there is no such namespace."""
    text = data.get("message") if isinstance(data, dict) else data
    return isinstance(text, str) and text.lower() in _UNKNOWN


async def run(probe: Probe) -> Outcome:
    """If Socket.IO answers at the path of the URL, or the namespace is refused and looks like a path, it was not."""
    namespace = probe.address.namespace
    if namespace == "/":
        return passed(_("The URL has no path: the namespace is /."))
    if found := await found_elsewhere(probe):
        if found.path.startswith(namespace.rstrip("/") + "/"):
            text = _(
                "Socket.IO answers at {path}, and the client asks at {own}: "
                "the path {namespace} in the URL is only the namespace."
            ).format(path=found.path, own=probe.path("polling"), namespace=namespace)
            return _meant_as_path(probe, text, found.path, quote(found.exchange))
        return skipped(_("Socket.IO is somewhere else altogether."))
    try:
        async with asyncio.timeout(probe.limits.join):
            joined = await join(probe)
    except (NotKnown, TimeoutError):
        return skipped(_("No namespace could be joined, so nothing is known of {name}.").format(name=namespace))
    answer = joined.answer(namespace)
    looks_like_path = "socket.io" in namespace or namespace.endswith("/") or namespace == str(probe.engine.get("path"))
    if answer and answer.type is SocketType.CONNECT_ERROR and is_unknown_namespace(answer.data):
        text = _("The server has no namespace {name}: the path of a Socket.IO URL is the namespace.")
        said = Evidence(_("Answer to CONNECT"), literal(answer.data))  # type: ignore[arg-type] # JSON is an option value
        if looks_like_path:
            return _meant_as_path(probe, text.format(name=namespace), "", said)
        return skipped(text.format(name=namespace))
    if looks_like_path:
        return warned(None, _("The path {name} is taken as a namespace.").format(name=namespace))
    return passed(_("{name} is a namespace of the server.").format(name=namespace))


def _meant_as_path(probe: Probe, text: str, path: str, evidence: Evidence) -> Outcome:
    """``path``: where Socket.IO was found, if it is another place than the options say."""
    url = probe.address.url()
    fix = _("Take the path out of the URL: {url}").format(url=url)
    change = Change(url=url)
    if path:
        fix = _("Connect to {url} with the option path: {path}").format(url=url, path=literal(path))
        change = Change({"path": path.rstrip("/")}, url=url)
    return failed("path-used-as-namespace", text, evidence, fix=fix, change=change)


CHECK = Check(__name__, N_("The URL's path is meant as a namespace"), Stage.URL, run, SOCKETIO)
