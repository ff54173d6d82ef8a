"""A proxy drops ``Upgrade`` and ``Connection``: the upgrade is answered ``400`` with JSON, code 3, as a plain GET."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request
from wsgui.lab.raw.serving import serve_behind


class Dropping(Front):
    def going_in(self, request: Request) -> Request:
        return request.without("Upgrade", "Connection")


FAULT = Fault(
    id="upgrade-headers-stripped",
    cause="upgrade-headers-stripped",
    title=N_("A proxy drops the headers Upgrade and Connection."),
    serve=lambda port: serve_behind(Dropping, port),
)
