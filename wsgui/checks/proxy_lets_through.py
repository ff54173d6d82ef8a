"""The forward proxy, if there is one, is there and lets the connection through."""

from __future__ import annotations

from wsgui.checks.check import Check, Outcome, failed, passed, skipped
from wsgui.checks.probe.addresses import Door, knocks, names, place, proxy
from wsgui.checks.probe.answers import Kind
from wsgui.checks.probe.encryption import reach
from wsgui.checks.probe.front import front
from wsgui.checks.probe.probe import Probe
from wsgui.checks.probe.tunnel import TunnelRefusedError
from wsgui.core.findings import Evidence, Part, Stage
from wsgui.core.i18n import N_, _
from wsgui.core.visible import lines
from wsgui.net.failures import plain
from wsgui.net.proxy import ProxyError


async def run(probe: Probe) -> Outcome:
    """A tunnel is asked for as a WebSocket needs it, also where polling would do without."""
    try:
        way = await proxy(probe)
    except ProxyError as error:
        return failed("proxy-unreachable", str(error))
    if way is None:
        return skipped(_("No proxy is used."))
    if why := (await names(probe)).error:
        text = _("The proxy {proxy} has no address: {why}").format(proxy=way, why=why)
        return failed("proxy-unreachable", text)
    tried = await knocks(probe)
    if all(knock.door is not Door.OPEN for knock in tried):
        text = _("The proxy {proxy} cannot be reached: {why}").format(proxy=way, why=tried[0].error)
        return failed("proxy-unreachable", text, *(Evidence("TCP", str(knock)) for knock in tried))
    try:
        async with probe.turn():
            (await reach(probe, await place(probe))).close()
    except TunnelRefusedError as error:
        cause = "proxy-auth-required" if error.status in (401, 407) else "proxy-refused"
        cause = cause if error.status else "proxy-unreachable"
        answer = Evidence(_("Answer to CONNECT"), lines(error.raw[:1000].decode("latin-1")))
        if not await _polls_without(probe):
            return failed(cause, error.sentence, answer)
        if not probe.uses_websocket:
            text = _("The proxy {proxy} passes requests on. It refuses CONNECT, which polling does without.")
            return passed(text.format(proxy=way), answer)
        text = _("{what} Polling passes without it; the WebSocket does not.").format(what=error.sentence)
        return failed(cause, text, answer, breaks=Part.WEBSOCKET)
    except ProxyError as error:  # of SOCKS
        wants = any(word in str(error).lower() for word in ("user name", "password"))
        return failed("proxy-auth-required" if wants else "proxy-refused", str(error))
    except (OSError, TimeoutError) as error:
        return failed("proxy-unreachable", _("The proxy {proxy} fails: {why}").format(proxy=way, why=plain(error)))
    return passed(_("The proxy {proxy} lets the connection through.").format(proxy=way))


async def _polls_without(probe: Probe) -> bool:
    """Whether polling reaches the server: without TLS it asks the proxy for a URL, and for no tunnel."""
    return probe.uses_polling and not probe.address.secure and (await front(probe)).kind is Kind.HANDSHAKE


CHECK = Check(__name__, N_("The proxy lets the connection through"), Stage.PROXY, run)
