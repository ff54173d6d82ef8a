"""The front-end server of a single-page application answers every path with its page: ``200 text/html``."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, html
from wsgui.lab.raw.serving import serve_bare

PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="UTF-8" />
    <title>My chat</title>
    <script type="module" crossorigin src="/assets/index-4f1c2b7a.js"></script>
  </head>
  <body>
    <div id="root"></div>
  </body>
</html>
"""


class SinglePage(Front):
    async def intercept(self, request: Request) -> Response | None:
        return html(200, PAGE)


FAULT = Fault(
    id="html-instead-of-handshake",
    cause="html-instead-of-handshake",
    title=N_("A single-page application answers every path with its page."),
    serve=lambda port: serve_bare(SinglePage(), port),
)
