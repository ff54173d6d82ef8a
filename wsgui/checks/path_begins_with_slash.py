"""The option ``path`` begins with a slash, without which a browser makes no URL of it."""

from __future__ import annotations

from wsgui.checks.check import SOCKETIO, Check, Outcome, failed, passed
from wsgui.checks.probe.probe import Probe
from wsgui.core.findings import Change, Evidence, Stage
from wsgui.core.i18n import N_, _


async def run(probe: Probe) -> Outcome:
    """Node repairs it, browsers do not."""
    path = probe.engine.request_path("polling")
    if path.startswith("/"):
        return passed(_("The path is {path}").format(path=path))
    text = _("The path “{path}” does not begin with a slash: a browser says “Invalid URL”.").format(path=path)
    repaired = "/" + str(probe.engine.get("path")).lstrip("/")
    fix = _("Write {path}").format(path=repaired)
    return failed("path-without-slash", text, Evidence("path", path), fix=fix, change=Change({"path": repaired}))


CHECK = Check(__name__, N_("The path begins with a slash"), Stage.URL, run, SOCKETIO)
