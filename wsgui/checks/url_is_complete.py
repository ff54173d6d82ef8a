"""The URL names a scheme and a host."""

from __future__ import annotations

from wsgui.checks.check import Check, Outcome, passed, warned
from wsgui.checks.probe.probe import Probe
from wsgui.core.findings import Evidence, Stage
from wsgui.core.i18n import N_, _

_WORDS = ("undefined", "null", "none", "nan", "[object object]")


async def run(probe: Probe) -> Outcome:
    """What cannot be read at all never gets here; a host that is a word of JavaScript does."""
    host = probe.address.host
    if host.lower() in _WORDS:
        text = _("The host is the word “{word}”: the variable that should hold it was not set.").format(word=host)
        return warned("url-missing", text, Evidence(_("Host"), host))
    target = probe.address.url(probe.path("polling") if probe.speaks_socketio else probe.address.target)
    return passed(_("The requests go to {url}").format(url=target))


CHECK = Check(__name__, N_("The URL is complete"), Stage.URL, run)
