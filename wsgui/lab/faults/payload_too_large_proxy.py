"""nginx takes 1 KiB (``client_max_body_size``), and the client's ``auth`` is longer: ``413`` with nginx's page.

The limit in the handshake is the server's, a megabyte; over WebSocket all is well.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, nginx_page
from wsgui.lab.raw.serving import serve_behind

LARGEST = 1024  # bytes


class Nginx(Front):
    async def intercept(self, request: Request) -> Response | None:
        return nginx_page(413) if len(request.body) > LARGEST else None


FAULT = Fault(
    id="payload-too-large-proxy",
    cause="payload-too-large",
    title=N_("nginx takes 1 KiB, and the client's auth is longer."),
    serve=lambda port: serve_behind(Nginx, port),
    given={"auth": {"token": "x" * 2000}},
)
