"""nginx lets two requests pass in ten seconds: ``429`` to the third. One connection of Socket.IO is four or five."""

from __future__ import annotations

import asyncio
from collections import deque

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.front import Front
from wsgui.lab.raw.http import Request, Response, nginx_page
from wsgui.lab.raw.serving import serve_behind

ALLOWED = 2
WINDOW = 10.0  # seconds


class Limiting(Front):
    def __init__(self, *ports: int) -> None:
        super().__init__(*ports)
        self._passed: deque[float] = deque(maxlen=ALLOWED)

    async def intercept(self, request: Request) -> Response | None:
        now = asyncio.get_running_loop().time()
        if len(self._passed) == ALLOWED and now - self._passed[0] < WINDOW:
            return nginx_page(429)
        self._passed.append(now)
        return None


FAULT = Fault(
    id="rate-limited",
    cause="rate-limited",
    title=N_("nginx answers 429 to the third request."),
    serve=lambda port: serve_behind(Limiting, port),
)
