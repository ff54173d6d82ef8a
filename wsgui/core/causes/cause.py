"""A Cause is one row of the table of causes: what is wrong, how it looks on the wire, and what each side can do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wsgui.core.findings import NO_CHANGE, Change, Part, Stage
from wsgui.core.i18n import N_


class Side(StrEnum):
    """Who carries a fix out."""

    CLIENT = "client"
    NODE = "node"
    PYTHON = "python"
    NGINX = "nginx"
    HAPROXY = "haproxy"
    APACHE = "apache"
    CADDY = "caddy"
    HOSTING = "hosting"
    """The platform, the network or the machine that the server is on."""


SIDE_LABEL = {
    Side.CLIENT: N_("Client"),
    Side.NODE: N_("Node server"),
    Side.PYTHON: N_("Python server"),
    Side.NGINX: N_("nginx"),
    Side.HAPROXY: N_("HAProxy"),
    Side.APACHE: N_("Apache"),
    Side.CADDY: N_("Caddy"),
    Side.HOSTING: N_("Hosting and network"),
}
"""Side -> its name, marked for translation."""

CODE_LANGUAGE = {
    Side.CLIENT: "js",
    Side.NODE: "js",
    Side.PYTHON: "python",
    Side.NGINX: "nginx",
    Side.HAPROXY: "haproxy",
    Side.APACHE: "apache",
    Side.CADDY: "caddy",
    Side.HOSTING: "sh",
}
"""Side -> the language of its snippets, as Markdown names it."""


@dataclass(frozen=True)
class Fix:
    """What one side does. ``text`` is for people and marked for translation; ``code`` is not translated."""

    side: Side
    text: str
    code: str = ""
    change: Change = NO_CHANGE
    """The same as one click on the form: only where it needs no knowledge of this one server."""
    platform: str = ""
    """The only platform that it is for, an id of :mod:`wsgui.core.platforms`; empty for any."""


Explained = Stage | str
"""All that fails at a stage, or a cause by its id."""


@dataclass(frozen=True, kw_only=True)
class Cause:
    """One row. All texts are marked for translation."""

    id: str
    title: str
    """What is wrong, in one sentence: it follows the verdict in the headline."""
    explanation: str
    """What is going on, in two sentences."""
    signature: str
    """How it looks on the wire, in one sentence."""
    breaks: Part
    fixes: tuple[Fix, ...]
    """The likeliest first."""
    explains: tuple[Explained, ...] = ()
    """What fails because of it, and is therefore no cause of its own."""
    why_not_produced: str = ""
    """Why no fault of the lab can show it without outside software; empty where one can."""


def after(stage: Stage) -> tuple[Explained, ...]:
    """All that needs this stage: what fails later, and what a browser makes of an answer that did not come."""
    later = (each for each in Stage if each.position > stage.position and each is not Stage.BROWSER)
    return (*later, *FROM_THE_ANSWER)


FROM_THE_ANSWER = (
    "cors-missing",
    "cors-origin-mismatch",
    "cors-wildcard-credentials",
    "cors-no-credentials",
    "cors-duplicate",
    "cors-preflight-refused",
    "cookie-blocked",
)
"""What a browser holds against an answer. Of a handshake that failed for another reason it says nothing."""
