"""THE table of causes: one row per cause that Diagnose can name. A section is a file; the ids never change.

Reports, the panel, ``wsgui check``, what a console's text may mean, and the page of the guide follow it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from wsgui.core.causes import (
    address,
    browser,
    engine_handshake,
    frames,
    http_front,
    http_refusals,
    lifetime,
    nodes,
    socketio,
    tls,
    upgrade,
)
from wsgui.core.causes.cause import CODE_LANGUAGE, SIDE_LABEL, Cause, Fix, Side
from wsgui.core.i18n import N_

__all__ = ["CAUSES", "CODE_LANGUAGE", "SECTIONS", "SIDE_LABEL", "Cause", "Fix", "Side"]

SECTIONS: Final[tuple[tuple[str, tuple[Cause, ...]], ...]] = (
    (N_("The address"), address.CAUSES),
    (N_("TLS"), tls.CAUSES),
    (N_("The HTTP front"), http_front.CAUSES + http_refusals.CAUSES),
    (N_("The Engine.IO handshake"), engine_handshake.CAUSES),
    (N_("What a browser would refuse"), browser.CAUSES),
    (N_("Several nodes"), nodes.CAUSES),
    (N_("The WebSocket upgrade"), upgrade.CAUSES),
    (N_("Frames"), frames.CAUSES),
    (N_("Socket.IO"), socketio.CAUSES),
    (N_("Lifetime and limits"), lifetime.CAUSES),
)
"""Title, marked for translation, and rows of each section."""

CAUSES: Final[Mapping[str, Cause]] = MappingProxyType({cause.id: cause for _, rows in SECTIONS for cause in rows})
"""By id, in the order of the sections."""
