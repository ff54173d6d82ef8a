"""The report as one JSON object: what ``wsgui check --json`` prints."""

from __future__ import annotations

import json

from wsgui.core.findings import Report
from wsgui.core.i18n import N_

SUFFIX = ".json"
TITLE = N_("JSON")


def write(report: Report) -> str:
    """In the order of :meth:`Report.as_json`, indented, with everything but ASCII as it is."""
    return json.dumps(report.as_json(), ensure_ascii=False, indent=2) + "\n"
