"""Affinity is by a cookie with ``SameSite=Lax``, which a browser does not send from a page on another site.

``localhost`` and ``127.0.0.1`` are two sites. A client that sends the cookie is well, as is Node with
``withCredentials``.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Sticky
from wsgui.lab.raw.serving import serve_balanced

FAULT = Fault(
    id="cookie-blocked",
    cause="cookie-blocked",
    title=N_("The cookie of the load balancer is SameSite=Lax, and the page is on another site."),
    serve=lambda port: serve_balanced(lambda ports: Sticky(*ports, attributes="path=/; HttpOnly; SameSite=Lax"), port),
    given={"withCredentials": True},
    origin="http://localhost:5173",
)
