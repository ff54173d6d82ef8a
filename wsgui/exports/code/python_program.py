"""A program in Python: python-socketio for Socket.IO, websockets for a plain WebSocket."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wsgui.core.address import read_address
from wsgui.core.connection_plan import Check, Pause, Plan, Send, Step, Wait
from wsgui.core.i18n import N_
from wsgui.core.option_checks import is_pem
from wsgui.core.option_values import OptionValue
from wsgui.core.options import value_of
from wsgui.core.protocol import Protocol
from wsgui.core.value_check import expectation, read_path
from wsgui.exports.first_request import engine_url, namespaces, placed_steps, request_headers

TITLE = N_("Python")
SUFFIX = ".py"
PROTOCOLS = frozenset({Protocol.SOCKETIO, Protocol.WEBSOCKET})

_OF_BOTH = frozenset({"extraHeaders", "origin", "timeout", "rejectUnauthorized", "ca", "cert", "key", "passphrase"})
_OF_SOCKETIO = _OF_BOTH | {
    "path", "query", "auth", "transports", "reconnection", "reconnectionAttempts", "reconnectionDelay",
    "reconnectionDelayMax", "randomizationFactor",
}  # fmt: skip
_OF_WEBSOCKET = _OF_BOTH | {"protocols"}

_HANDLERS = """\
    came = collections.defaultdict(asyncio.Queue)

    def listen(client, name):
        async def event(event, *args):
            print("event", name, [event, *args], flush=True)
            came[name, event].put_nowait(args)

        client.on("*", event, namespace=name)
        client.on("connect", lambda: print("connect", name, flush=True), namespace=name)
        client.on("connect_error", lambda *data: print("connect_error", name, *data, flush=True), namespace=name)
        client.on("disconnect", lambda *reason: print("disconnect", name, *reason, flush=True), namespace=name)

    clients = {}
"""

_CHECKING = """\
def look(value, path):
    for part in path:
        if isinstance(value, str):
            value = json.loads(value)
        if isinstance(value, dict):
            value = value[part]
        else:
            value = value[int(part)]
    return value


def same(one, other):
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def contains(whole, part):
    if isinstance(whole, str):
        return (part if isinstance(part, str) else json.dumps(part)) in whole
    if isinstance(whole, (list, tuple)):
        return any(same(each, part) for each in whole)
    if isinstance(whole, dict) and isinstance(part, dict):
        return all(name in whole and same(whole[name], part[name]) for name in part)
    return isinstance(whole, dict) and isinstance(part, str) and part in whole


def check(last, path, test, value, expected):
    arguments = list(last) if isinstance(last, (list, tuple)) else [last]
    try:
        got = look(arguments, path)
    except (LookupError, TypeError, ValueError):
        raise SystemExit(f"expected: {expected}; there is nothing at {path}")
    text = got if isinstance(got, str) else json.dumps(got, default=str)
    passed = {
        "exists": lambda: True,
        "equals": lambda: same(got, value),
        "contains": lambda: contains(got, value),
        "matches": lambda: re.search(value, text) is not None,
    }[test]()
    if not passed:
        raise SystemExit(f"expected: {expected}; got: {text}")
    print("passed", expected, flush=True)

"""


def write(plan: Plan) -> str:
    """The program: ``python FILE``."""
    lines = _websocket(plan) if plan.protocol is Protocol.WEBSOCKET else _socketio(plan)
    return "\n".join([*lines, "", "", 'if __name__ == "__main__":', "    asyncio.run(main())"]) + "\n"


def _socketio(plan: Plan) -> Iterator[str]:
    options = plan.options
    yield '# pip install "python-socketio[asyncio_client]"'
    yield from _left_out([name for name in options if name not in _OF_SOCKETIO])
    steps = placed_steps(plan)
    yield from ("import asyncio", "import collections", *_checking_imports(steps), *_tls_imports(options))
    yield from (
        "import socketio",
        "",
        "",
        *_checking(steps),
        "async def main():",
        *_context(options),
        *_HANDLERS.rstrip().split("\n"),
    )
    groups: list[tuple[list[str], Mapping[str, object] | None]] = []
    for name, auth in namespaces(plan).items():
        same = next((names for names, known in groups if known == auth), None)
        if same is None:
            groups.append(([name], auth))
        else:
            same.append(name)
    if len(groups) > 1:
        yield "    # python-socketio has one auth for a connection: namespaces with another have another connection."
    for names, auth in groups:
        yield from _client(plan, names, auth)
    yield from _repeated(plan, list(map(_step, steps)))
    yield "    for client in set(clients.values()):"
    yield "        await client.disconnect()" if plan.steps else "        await client.wait()"


def _client(plan: Plan, names: list[str], auth: Mapping[str, object] | None) -> Iterator[str]:
    """A connection and the namespaces on it."""
    options = plan.options
    yield "    client = socketio.AsyncClient("
    for name, value in _reconnecting(options).items():
        yield f"        {name}={value!r},"
    if _has_tls(options):
        yield "        http_session=aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=context)),"
    yield from (
        "    )",
        f"    for name in {names!r}:",
        "        listen(client, name)",
        "        clients[name] = client",
    )
    yield from ("    await client.connect(", f"        {_url(plan)!r},", f"        namespaces={names!r},")
    if headers := request_headers(plan):
        yield f"        headers={headers!r},"
    if auth:
        yield f"        auth={auth!r},"
    transports = value_of(options, "transports")
    known = [name for name in transports if name != "webtransport"] if isinstance(transports, list | tuple) else []
    yield f"        transports={known!r},"
    yield f"        socketio_path={str(value_of(options, 'path')).strip('/')!r},"
    yield f"        wait_timeout={_seconds(options, 'timeout')!r},"
    yield "    )"


def _reconnecting(options: Mapping[str, OptionValue]) -> dict[str, object]:
    attempts = value_of(options, "reconnectionAttempts")
    return {
        "reconnection": value_of(options, "reconnection"),
        "reconnection_attempts": attempts if isinstance(attempts, int) else 0,
        "reconnection_delay": _seconds(options, "reconnectionDelay"),
        "reconnection_delay_max": _seconds(options, "reconnectionDelayMax"),
        "randomization_factor": value_of(options, "randomizationFactor"),
    }


def _url(plan: Plan) -> str:
    address = read_address(plan.url)
    query = value_of(plan.options, "query")
    own = {name: str(value) for name, value in query.items()} if isinstance(query, Mapping) else {}
    return address.url("/", {**address.query, **own})


def _step(step: Step) -> str:
    match step:
        case Pause(seconds=seconds):
            return f"    await asyncio.sleep({seconds!r})"
        case Wait():
            queue = f"came[{step.namespace!r}, {step.event!r}]"
            return f'    print("came", last := await asyncio.wait_for({queue}.get(), {step.seconds!r}), flush=True)'
        case Check():
            return f"    {_check_call(step)}"
    client = f"clients[{step.namespace!r}]"
    data = f"({', '.join(map(repr, step.args))}{',' if len(step.args) == 1 else ''})"
    call = f"({step.event!r}, {data}, namespace={step.namespace!r}"
    if step.ack:
        return f'    print("ack", last := await {client}.call{call}, timeout={step.seconds:g}), flush=True)'
    return f"    await {client}.emit{call})"


def _websocket(plan: Plan) -> Iterator[str]:
    options = plan.options
    yield "# pip install websockets"
    yield from _left_out([name for name in options if name not in _OF_WEBSOCKET])
    steps = placed_steps(plan)
    yield from ("import asyncio", *_checking_imports(steps), *(["import ssl"] if _has_tls(options) else []))
    yield from (
        "",
        "import websockets",
        "",
        "",
        *_checking(steps),
        "async def main():",
        *_context(options),
        "    async with websockets.connect(",
    )
    yield f"        {engine_url(plan, 'websocket')!r},"
    headers = request_headers(plan)
    if (origin := headers.pop("Origin", None)) is not None:
        yield f"        origin={origin!r},"
    if headers:
        yield f"        additional_headers={headers!r},"
    if isinstance(protocols := options.get("protocols"), list | tuple):
        yield f"        subprotocols={list(protocols)!r},"
    if _has_tls(options):
        yield "        ssl=context,"
    yield f"        open_timeout={_seconds(options, 'timeout')!r},"
    yield from ("    ) as connection:", '        print("open", connection.subprotocol, flush=True)')
    for line in _repeated(plan, list(map(_plain_step, steps))):
        yield f"    {line}"
    if not plan.steps:
        yield from ("        async for message in connection:", '            print("message", message, flush=True)')


def _plain_step(step: Step) -> str:
    match step:
        case Pause(seconds=seconds):
            return f"    await asyncio.sleep({seconds!r})"
        case Wait(seconds=seconds):
            received = f"await asyncio.wait_for(connection.recv(), {seconds!r})"
            return f'    print("message", *(last := [{received}]), flush=True)'
        case Check():
            return f"    {_check_call(step)}"
        case Send(args=[bytes() as data]):
            return f"    await connection.send({data!r})"
        case Send(args=args):
            return f"    await connection.send({''.join(map(str, args))!r})"


def _repeated(plan: Plan, lines: list[str]) -> list[str]:
    """The steps, as often as the plan says."""
    if plan.times == 1 or not lines:
        return lines
    return [f"    for _run in range({plan.times}):", *(f"    {line}" for line in lines)]


def _checking_imports(steps: list[Step]) -> list[str]:
    return ["import json", "import re"] if any(isinstance(step, Check) for step in steps) else []


def _checking(steps: list[Step]) -> list[str]:
    return _CHECKING.split("\n") if any(isinstance(step, Check) for step in steps) else []


def _check_call(step: Check) -> str:
    expected = expectation(step.path, step.test, step.value)
    return f"check(last, {list(read_path(step.path))!r}, {step.test.value!r}, {step.value!r}, {expected!r})"


def _has_tls(options: Mapping[str, OptionValue]) -> bool:
    return any(name in options for name in ("rejectUnauthorized", "ca", "cert"))


def _tls_imports(options: Mapping[str, OptionValue]) -> Iterator[str]:
    yield from ("import ssl", "", "import aiohttp") if _has_tls(options) else ("",)


def _context(options: Mapping[str, OptionValue]) -> Iterator[str]:
    if not _has_tls(options):
        return
    yield "    context = ssl.create_default_context()"
    if options.get("rejectUnauthorized") is False:
        yield "    context.check_hostname = False"
        yield "    context.verify_mode = ssl.CERT_NONE"
    ca = options.get("ca")
    for each in [ca] if isinstance(ca, str) else ca if isinstance(ca, list | tuple) else []:
        yield f"    context.load_verify_locations({'cadata' if is_pem(str(each)) else 'cafile'}={each!r})"
    cert = options.get("cert")
    if isinstance(cert, str) and is_pem(cert):
        yield "    # The certificate and its key must be files: context.load_cert_chain(cert, key, passphrase)"
    elif isinstance(cert, str):
        yield f"    context.load_cert_chain({cert!r}, {options.get('key')!r}, {options.get('passphrase')!r})"


def _left_out(names: list[str]) -> list[str]:
    return [f"# These have no counterpart there, they are left out: {', '.join(names)}"] if names else []


def _seconds(options: Mapping[str, OptionValue], name: str) -> float:
    milliseconds = value_of(options, name)
    assert isinstance(milliseconds, int | float)
    return milliseconds / 1000
