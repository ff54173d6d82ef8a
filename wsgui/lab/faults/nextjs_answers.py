"""Next.js has the path: ``308`` without the slash at the end, then ``404`` with ``X-Powered-By: Next.js``.

A WebSocket handshake gets no byte.
"""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.http import Request, Response, html
from wsgui.lab.raw.listener import Connection
from wsgui.lab.raw.serving import serve_bare

POWERED = ("X-Powered-By", "Next.js")
NOT_FOUND = (
    '<!DOCTYPE html><html><head><meta charSet="utf-8"/><title>404: This page could not be found.</title></head>'
    '<body><div id="__next"><h1>404</h1><h2>This page could not be found.</h2></div>'
    '<script id="__NEXT_DATA__" type="application/json">{"page":"/_error"}</script></body></html>'
)


async def serve_next(connection: Connection) -> None:
    while (request := await connection.request()) is not None:
        if request.is_upgrade:
            await connection.until_left()
            return
        await connection.answer(request, _answer(request))


def _answer(request: Request) -> Response:
    if request.path == "/":
        return html(200, '<!DOCTYPE html><html><body><div id="__next">Home</div></body></html>', POWERED)
    if request.path.endswith("/"):
        target = request.path.rstrip("/") + "?" + request.target.partition("?")[2]
        return Response(308, (("location", target), ("Refresh", f"0;url={target}")))
    return html(404, NOT_FOUND, POWERED, ("Cache-Control", "private, no-cache, no-store, max-age=0, must-revalidate"))


FAULT = Fault(
    id="nextjs-answers",
    cause="nextjs-answers",
    title=N_("Next.js answers the path of Socket.IO."),
    serve=lambda port: serve_bare(serve_next, port),
)
