"""A command line of wscat: a WebSocket, over which it sends the packets that Socket.IO would.

wscat knows nothing of Socket.IO: it does not answer the server's pings, so the server drops it after some seconds.
"""

from __future__ import annotations

from collections.abc import Iterator

from wsgui.core.connection_plan import Plan
from wsgui.core.i18n import N_
from wsgui.core.option_checks import is_pem
from wsgui.core.protocol import Protocol
from wsgui.core.wire.curl import quote
from wsgui.exports.first_request import engine_url, request_headers
from wsgui.exports.typed_lines import typed_lines

TITLE = N_("wscat")
SUFFIX = ".sh"
PROTOCOLS = frozenset(Protocol)

_FILES = {"ca": "--ca", "cert": "--cert", "key": "--key", "passphrase": "--passphrase"}


def write(plan: Plan) -> str:
    """One command; what is typed at once stands in it, and it stays for 10 seconds."""
    return f"# npm install -g wscat\n{' '.join(_words(plan))}\n"


def _words(plan: Plan) -> Iterator[str]:
    yield f"wscat -c {quote(engine_url(plan, 'websocket'))}"
    headers = request_headers(plan)
    if (origin := headers.pop("Origin", None)) is not None:
        yield f"-o {quote(origin)}"
    for name, value in headers.items():
        yield f"-H {quote(f'{name}: {value}')}"
    protocols = plan.options.get("protocols")
    for protocol in protocols if isinstance(protocols, list | tuple) else []:
        yield f"-s {quote(str(protocol))}"
    if plan.options.get("rejectUnauthorized") is False:
        yield "-n"
    for file, theirs in _FILES.items():
        given = plan.options.get(file)
        first = given[0] if isinstance(given, list | tuple) and given else given
        if isinstance(first, str) and not is_pem(first):
            yield f"{theirs} {quote(first)}"
    if isinstance(proxy := plan.options.get("proxy"), str):
        yield f"--proxy {quote(proxy)}"
    if lines := typed_lines(plan):
        yield from (f"-x {quote(line)}" for line in lines)
        yield "-w 10"
