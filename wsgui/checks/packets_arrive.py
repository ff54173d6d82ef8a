"""The network loses no packets worth the mention."""

from __future__ import annotations

from wsgui.checks.check import Check, Outcome, passed, skipped, warned
from wsgui.checks.probe.addresses import place
from wsgui.checks.probe.probe import Probe
from wsgui.checks.probe.websocket import opening, pinging
from wsgui.core.findings import Evidence, Stage
from wsgui.core.i18n import N_, _

_FEW = 3
_LITTLE = 0.02
"""Segments sent again, in number and as a share of all, up to which it is as in any network."""


async def run(probe: Probe) -> Outcome:
    """Judges the connections of all other checks, after them."""
    await place(probe)
    if not probe.traffic.sent:
        return skipped(_("Nothing tells how often TCP had to send again: not every system does."))
    if not probe.is_nearby and (await opening(probe)).is_agreed:  # also where the client would only poll
        await pinging(probe)  # the other checks send so little that chance would decide
    found = probe.traffic
    counted = Evidence("TCP", f"tcpi_segs_out      {found.sent:>6}\ntcpi_total_retrans {found.again:>6}")
    if found.again > _FEW and found.again > _LITTLE * found.sent:
        text = _("TCP sent {again} of {sent} segments again, because nothing had confirmed them in time.")
        return warned("packets-lost", text.format(sent=found.sent, again=found.again), counted)
    if found.again:
        text = _("TCP sent {again} of {sent} segments again, as happens in any network.")
        return passed(text.format(sent=found.sent, again=found.again), counted)
    return passed(_("TCP had to send none of {sent} segments again.").format(sent=found.sent), counted)


CHECK = Check(__name__, N_("Packets arrive"), Stage.TCP, run, is_last=True)
