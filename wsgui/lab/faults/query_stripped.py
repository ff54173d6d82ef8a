"""A proxy drops the query (``proxy_pass $up/socket.io/;``): code 0 on polling *and* on the upgrade."""

from __future__ import annotations

from dataclasses import replace

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request
from wsgui.lab.raw.serving import serve_behind


class Stripping(Front):
    def going_in(self, request: Request) -> Request:
        return replace(request, target=request.path)


FAULT = Fault(
    id="query-stripped",
    cause="query-stripped",
    title=N_("A proxy drops the query string."),
    serve=lambda port: serve_behind(Stripping, port),
)
