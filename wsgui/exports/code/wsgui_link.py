"""A link that opens the connection in another wsgui, which asks first."""

from __future__ import annotations

from wsgui.core.connection_plan import Plan, as_profile
from wsgui.core.i18n import N_
from wsgui.core.profiles.text import as_link
from wsgui.core.protocol import Protocol

TITLE = N_("wsgui:// link, to share")
SUFFIX = ".txt"
PROTOCOLS = frozenset(Protocol)


def write(plan: Plan) -> str:
    """See :func:`wsgui.core.profiles.text.as_link`."""
    return as_link(as_profile(plan)) + "\n"
