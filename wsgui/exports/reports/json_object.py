"""The report as one JSON object; its ``diagnosis`` is what ``wsgui check --json`` prints."""

from __future__ import annotations

import json

from wsgui.core.bug_report import BugReport
from wsgui.core.i18n import N_
from wsgui.core.visible import json_text

SUFFIX = ".json"
TITLE = N_("JSON")


def write(report: BugReport) -> str:
    """In the order of :meth:`BugReport.as_json`, indented, with everything but ASCII as it is."""
    return json_text(json.dumps(report.as_json(), ensure_ascii=False, indent=2)) + "\n"
