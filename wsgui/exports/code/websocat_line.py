"""A command line of websocat: a WebSocket, into which a shell writes the packets that Socket.IO would send.

websocat knows nothing of Socket.IO: it does not answer the server's pings, so the server drops it after some seconds.
"""

from __future__ import annotations

from collections.abc import Iterator

from wsgui.core.connection_plan import Plan
from wsgui.core.i18n import N_
from wsgui.core.protocol import Protocol
from wsgui.core.wire.curl import quote
from wsgui.exports.first_request import engine_url, request_headers
from wsgui.exports.typed_lines import typed_lines

TITLE = N_("websocat")
SUFFIX = ".sh"
PROTOCOLS = frozenset(Protocol)


def write(plan: Plan) -> str:
    """One command; what is typed stands before it, and it stays for 10 seconds."""
    command = " ".join(_words(plan))
    lines = typed_lines(plan)
    if not lines:
        return f"{command}\n"
    typed = " ".join(quote(line) for line in lines)
    return f"{{ printf '%s\\n' {typed}; sleep 10; }} | {command}\n"


def _words(plan: Plan) -> Iterator[str]:
    yield "websocat"
    headers = request_headers(plan)
    if (origin := headers.pop("Origin", None)) is not None:
        yield f"--origin {quote(origin)}"
    for name, value in headers.items():
        yield f"-H={quote(f'{name}: {value}')}"  # without the sign it would take all that follows for headers
    if isinstance(protocols := plan.options.get("protocols"), list | tuple) and protocols:
        yield f"--protocol {quote(','.join(map(str, protocols)))}"
    if plan.options.get("rejectUnauthorized") is False:
        yield "-k"
    yield quote(engine_url(plan, "websocket"))
