"""A middleware refuses the client's token: ``44{"message":"not authorized","data":{…}}``. The connection stays open."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.engine import Engine
from wsgui.lab.raw.serving import serve_engine
from wsgui.lab.raw.socketio import SocketIO

ERROR: dict[str, object] = {"message": "not authorized", "data": {"content": "Please retry later", "code": 401}}


class Strict(SocketIO):
    async def join(self, name: str, auth: object) -> None:
        if isinstance(auth, dict) and auth.get("token") == "secret":
            await super().join(name, auth)
        else:
            self.refuse(name, ERROR)


FAULT = Fault(
    id="auth-rejected",
    cause="auth-rejected",
    title=N_("The server refuses the token in auth (it wants “secret”)."),
    serve=lambda port: serve_engine(Engine(Strict), port),
    given={"auth": {"token": "expired"}},
)
