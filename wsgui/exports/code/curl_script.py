"""A shell script of curl requests: what a connection over HTTP long-polling sends, one request after another.

For a plain WebSocket it is the handshake alone: curl shows the answer and the bytes of the frames that follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wsgui.core.connection_plan import Pause, Plan, Send, Wait
from wsgui.core.i18n import N_
from wsgui.core.option_checks import is_pem
from wsgui.core.option_values import OptionValue
from wsgui.core.protocol import Protocol
from wsgui.core.wire.curl import quote
from wsgui.exports.first_request import connect_packets, engine_url, event_packet, placed_steps, request_headers

TITLE = N_("curl")
SUFFIX = ".sh"
PROTOCOLS = frozenset(Protocol)

_KEY = "dGhlIHNhbXBsZSBub25jZQ=="
"""The sample key of RFC 6455, section 1.3: any will do."""
_FILES = {"ca": "--cacert", "cert": "--cert", "key": "--key", "passphrase": "--pass"}


def write(plan: Plan) -> str:
    """The script, for ``sh``."""
    lines = _handshake(plan) if plan.protocol is Protocol.WEBSOCKET else _polling(plan)
    return "\n".join(lines) + "\n"


def _handshake(plan: Plan) -> Iterator[str]:
    url = engine_url(plan, "websocket").replace("ws", "http", 1)
    protocols = plan.options.get("protocols")
    headers = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": _KEY,
        **({"Sec-WebSocket-Protocol": ", ".join(map(str, protocols))} if isinstance(protocols, list | tuple) else {}),
        **request_headers(plan),
    }
    yield "# It shows the answer to the handshake, and ends after 5 seconds."
    yield " ".join(["curl --http1.1 -i -N -g -s --max-time 5", *_arguments(plan, headers), quote(url)])


def _polling(plan: Plan) -> Iterator[str]:
    old = plan.protocol is Protocol.SOCKETIO_V2
    yield "# Socket.IO over HTTP long-polling. The answer to the first request has the session id."
    yield "set -e"
    yield f"url={quote(engine_url(plan, 'polling'))}"
    yield "request() {"
    yield " ".join(["  curl -sS -g --fail-with-body --max-time 30", *_arguments(plan, request_headers(plan)), '"$@"'])
    yield "  echo"
    yield "}"
    yield 'opened=$(request "$url")'
    yield 'echo "$opened"'
    yield 'sid=$(printf \'%s\' "$opened" | sed \'s/.*"sid":"\\([^"]*\\)".*/\\1/\')'
    packets = connect_packets(plan)
    yield from (_post(packet, old) for packet in packets)
    if packets:  # else the answer to the first request has told all there is
        yield "# What the server has to say. With nothing to say, it answers when it is time for a ping."
        yield _GET
    number = 0
    for step in placed_steps(plan):
        match step:
            case Pause(seconds=seconds):
                yield f"sleep {seconds:g}"
            case Wait():
                yield _GET
            case Send():
                yield _post(event_packet(step, number if step.ack else None), old)
                if step.ack:
                    number += 1
                    yield _GET


_GET = 'request "$url&sid=$sid"'


def _post(packet: str, old: bool) -> str:
    body = f"{len(packet.encode('utf-16-le')) // 2}:{packet}" if old else packet
    return f"request \"$url&sid=$sid\" -H 'Content-Type: text/plain;charset=UTF-8' --data-raw {quote(body)}"


def _arguments(plan: Plan, headers: Mapping[str, str]) -> Iterator[str]:
    options: Mapping[str, OptionValue] = plan.options
    if options.get("rejectUnauthorized") is False:
        yield "-k"
    for name, theirs in _FILES.items():
        value = options.get(name)
        first = value[0] if isinstance(value, list | tuple) and value else value
        if isinstance(first, str) and not is_pem(first):
            yield f"{theirs} {quote(first)}"
    if isinstance(proxy := options.get("proxy"), str):
        yield f"-x {quote(proxy)}"
    for name, value in headers.items():
        yield f"-H {quote(f'{name}: {value}' if value else f'{name};')}"
