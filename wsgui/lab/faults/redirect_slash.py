"""A front strips the slash at the end with a redirect: ``301 Location: /socket.io?EIO=4…``.

Behind it, Socket.IO takes both spellings (``addTrailingSlash: false``).
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Settings
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, nginx_page
from wsgui.lab.raw.serving import node, serve_behind


class Stripping(Front):
    async def intercept(self, request: Request) -> Response | None:
        path, mark, query = request.target.partition("?")
        if path == "/" or not path.endswith("/"):
            return None
        return nginx_page(301).adding(("Location", path.rstrip("/") + mark + query))


def serve(port: int) -> AbstractAsyncContextManager[str]:
    return serve_behind(Stripping, port, engine=node(Settings(path="/socket.io")))


FAULT = Fault(
    id="redirect-slash",
    cause="redirect-slash",
    title=N_("A redirect strips the slash at the end of /socket.io/."),
    serve=serve,
)
