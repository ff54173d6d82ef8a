"""A link that opens the connection in another wsgui, which asks first."""

from __future__ import annotations

from wsgui.core.connection_plan import Plan, as_link
from wsgui.core.i18n import N_
from wsgui.core.protocol import Protocol

TITLE = N_("wsgui:// link, to share")
SUFFIX = ".txt"
PROTOCOLS = frozenset(Protocol)


def write(plan: Plan) -> str:
    """See :func:`wsgui.core.connection_plan.as_link`."""
    return as_link(plan) + "\n"
