"""Something listens on the port."""

from __future__ import annotations

from wsgui.checks.check import Check, Outcome, failed, passed, skipped, warned
from wsgui.checks.probe.addresses import Door, knocks, other_family, proxy
from wsgui.checks.probe.probe import Probe
from wsgui.core.findings import Change, Evidence, Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """Each address is tried; on this machine also the other of 127.0.0.1 and ::1."""
    tried = await knocks(probe)
    if await proxy(probe) is not None:
        return skipped(_("The proxy makes the connection to the server."))
    quoted = Evidence("TCP", "\n".join(map(str, tried)))
    opened = [knock for knock in tried if knock.door is Door.OPEN]
    where = f"{probe.address.host}:{probe.address.port}"
    if len(opened) == len(tried):
        return passed(
            _("{where} takes connections ({ms:.0f} ms).").format(where=where, ms=opened[0].seconds * 1e3), quoted
        )
    if opened:
        silent = [knock for knock in tried if knock.door is not Door.OPEN]
        text = _("{where} takes connections at {good}, and not at {bad}.").format(
            where=where, good=opened[0].address, bad=", ".join(knock.address for knock in silent)
        )
        return warned(None, text, quoted)  # clients try all addresses; only old Node takes the first alone
    other = await other_family(probe)
    if other is not None and other.door is Door.OPEN:
        host = f"[{other.address}]" if ":" in other.address else other.address
        text = _("Nothing listens at {tried}, but {other} takes connections on port {port}.").format(
            tried=", ".join(knock.address for knock in tried), other=other.address, port=probe.address.port
        )
        scheme = "https" if probe.address.secure else "http"
        change = Change(url=f"{scheme}://{host}:{probe.address.port}" + probe.address.namespace.rstrip("/"))
        return failed("localhost-family", text, quoted, Evidence("TCP", str(other)), change=change)
    if any(knock.door is Door.REFUSED for knock in tried):
        return failed("connection-refused", _("Nothing listens at {where}.").format(where=where), quoted)
    if any(knock.door is Door.SILENT for knock in tried):
        text = _("{where} did not answer within {n:.0f} s: no TCP connection.").format(
            where=where, n=probe.limits.connect
        )
        return failed("connection-timeout", text, quoted)
    return failed(
        "connection-timeout", _("{where} cannot be reached: {why}").format(where=where, why=tried[0].error), quoted
    )


CHECK = Check(__name__, N_("The port takes connections"), Stage.TCP, run)
