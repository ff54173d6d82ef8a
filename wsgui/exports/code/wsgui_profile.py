"""A file that another wsgui imports."""

from __future__ import annotations

from wsgui.core.connection_plan import Plan, as_profile
from wsgui.core.i18n import N_
from wsgui.core.profiles.text import SUFFIX as PROFILE_SUFFIX
from wsgui.core.profiles.text import as_text
from wsgui.core.protocol import Protocol

TITLE = N_("wsgui profile, to import")
SUFFIX = PROFILE_SUFFIX
PROTOCOLS = frozenset(Protocol)


def write(plan: Plan) -> str:
    """See :func:`wsgui.core.profiles.text.as_text`."""
    return as_text(as_profile(plan))
