"""A file that another wsgui imports."""

from __future__ import annotations

from wsgui.core.connection_plan import Plan, as_json
from wsgui.core.i18n import N_
from wsgui.core.protocol import Protocol

TITLE = N_("wsgui profile, to import")
SUFFIX = ".wsgui"
PROTOCOLS = frozenset(Protocol)


def write(plan: Plan) -> str:
    """See :func:`wsgui.core.connection_plan.as_json`."""
    return as_json(plan)
