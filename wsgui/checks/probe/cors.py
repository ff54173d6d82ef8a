"""CORS as a browser applies it to an answer (Fetch standard, “CORS check”)."""

from __future__ import annotations

from wsgui.checks.probe.asking import ask, polling_target
from wsgui.checks.probe.exchange import Exchange
from wsgui.checks.probe.probe import Probe, fact
from wsgui.core.http1 import Head
from wsgui.core.i18n import _
from wsgui.core.options import value_of

_SAFE = frozenset({"accept", "accept-language", "content-language", "content-type", "range"})
"""Headers that a page may set without asking first."""


def with_credentials(probe: Probe) -> bool:
    """Whether the client asks for cookies to be sent."""
    return bool(value_of(probe.values, "withCredentials"))


def judge(head: Head, origin: str, *, credentials: bool) -> tuple[str, str]:
    """The cause for which a browser withholds the answer from the page, and a sentence; empty if it does not."""
    allowed = head.values("access-control-allow-origin")
    if not allowed:
        return "cors-missing", _("The answer has no Access-Control-Allow-Origin: the page may not read it.")
    if len(allowed) > 1 or "," in allowed[0]:
        text = _("Access-Control-Allow-Origin has several values, “{found}”: only one is allowed.")
        return "cors-duplicate", text.format(found=", ".join(allowed))
    value = allowed[0].strip()
    if value == "*":
        if credentials:
            text = _(
                "Access-Control-Allow-Origin is “*”, which does not count where cookies are sent (withCredentials)."
            )
            return "cors-wildcard-credentials", text
        return "", ""
    if value != origin:
        text = _("Access-Control-Allow-Origin is “{found}”, and the page's origin “{origin}”.")
        return "cors-origin-mismatch", text.format(found=value, origin=origin)
    if credentials and (head.value("access-control-allow-credentials") or "") != "true":
        text = _(
            "Cookies are to be sent (withCredentials), and the answer has no “Access-Control-Allow-Credentials: true”."
        )
        return "cors-no-credentials", text
    return "", ""


def asked_headers(probe: Probe) -> list[str]:
    """The headers for which a browser asks the server first; in lower case and sorted, as it asks."""
    own = probe.engine.headers("polling", keeps_cookies=False)
    return sorted(
        name.lower() for name in own if name.lower() not in _SAFE | {"cookie", "host", "origin", "user-agent"}
    )


@fact
async def preflight(probe: Probe) -> Exchange:
    """The request with which a browser asks whether it may send the headers of the options."""
    headers = [
        ("Host", probe.address.netloc),
        ("Origin", probe.origin),
        ("Access-Control-Request-Method", "GET"),
        ("Access-Control-Request-Headers", ",".join(asked_headers(probe))),
    ]
    return await ask(probe, "OPTIONS", polling_target(probe), headers)
