"""A connection that cannot be opened ends in the JavaScript message, with what lay behind it beside."""

import asyncio

import pytest

from tests.net.raw_server import (
    EngineServer,
    Handler,
    Request,
    always,
    answer,
    hangs_up,
    raw_server,
    read_request,
    says,
    silent,
    until_closed,
)
from tests.net.session_log import session
from wsgui.core.describe import describe
from wsgui.core.records import Kind, Record, Severity
from wsgui.net.state import State

REFUSALS = [
    ('{"code":0,"message":"Transport unknown"}', "Transport unknown"),
    ('{"code":1,"message":"Session ID unknown"}', "Session ID unknown"),
    ('{"code":2,"message":"Bad handshake method"}', "Bad handshake method"),
    ('{"code":3,"message":"Bad request"}', "Bad request"),
    ('{"code":4,"message":"Forbidden"}', "Forbidden"),
    ('{"code":5,"message":"Unsupported protocol version"}', "Unsupported protocol version"),
]


async def refusal_of(handler: Handler, *, transport: str = "polling", **options: object) -> tuple[Record, list[Record]]:
    """How the one attempt to connect to such a server fails, and all that was said."""
    async with (
        raw_server(handler) as url,
        session(url, transports=[transport], reconnection=False, **options) as (
            running,
            log,
        ),
    ):
        await running.wait()
        assert running.status.state is State.CLOSED
        assert running.status.failed
        assert log.all(Kind.CONNECT) == log.all(Kind.RECONNECT_ATTEMPT) == log.all(Kind.RECONNECT_FAILED) == []
        return (await log.until(Kind.CONNECT_ERROR)), log.records


@pytest.mark.parametrize(("body", "why"), REFUSALS)
async def test_every_refusal_of_engine_io_is_said(body: str, why: str) -> None:
    refusal, records = await refusal_of(always("400 Bad Request", body, "Content-Type: application/json"))
    assert refusal.fact("text") == "xhr poll error"
    assert refusal.fact("status") == 400
    assert why in str(refusal.fact("description"))
    exchange = next(record for record in records if record.kind is Kind.HTTP)
    assert (exchange.data, exchange.fact("status"), exchange.fact("reason")) == (body, 400, "Bad Request")


@pytest.mark.parametrize(("transport", "message"), [("polling", "xhr poll error"), ("websocket", "websocket error")])
async def test_a_redirect_is_not_followed(transport: str, message: str) -> None:
    asked: list[Request] = []

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            asked.append(await read_request(reader))
            writer.write(answer("301 Moved Permanently", "", "Location: /elsewhere"))

    refusal, _records = await refusal_of(handler, transport=transport)
    assert (refusal.fact("text"), refusal.fact("status")) == (message, 301)
    assert [request.target.partition("?")[0] for request in asked] == ["/socket.io/"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<!doctype html><p>Hello", "not an Engine.IO packet"),
        ("", "not an Engine.IO packet"),
        ("ok", "not an Engine.IO packet"),
        ("0{broken", "no JSON"),
        ("0", "no JSON"),
        ("0[]", "no “sid”"),
        ('0{"pingInterval":1,"pingTimeout":1}', "no “sid”"),
        ('0{"sid":5,"pingInterval":1,"pingTimeout":1}', "no “sid”"),
        ('0{"sid":"x"}', "no times"),
        ('0{"sid":"x","pingInterval":"a","pingTimeout":1}', "no times"),
        ('0{"sid":"x","pingInterval":true,"pingTimeout":-1}', "no times"),
    ],
)
async def test_an_answer_that_is_no_handshake_is_a_server_error(body: str, why: str) -> None:
    refusal, records = await refusal_of(always("200 OK", body))
    assert refusal.fact("text") == "server error"
    assert why in str(refusal.fact("description"))
    exchange = next(record for record in records if record.kind is Kind.HTTP)
    assert (exchange.data or "") == body


async def test_a_refused_websocket_keeps_status_headers_and_body() -> None:
    refusal, records = await refusal_of(
        always("403 Forbidden", "not from here", "X-Why: policy"), transport="websocket"
    )
    assert (refusal.fact("text"), refusal.fact("status")) == ("websocket error", 403)
    assert "403" in str(refusal.fact("description"))
    handshake = next(record for record in records if record.kind is Kind.WS_OPEN)
    assert (handshake.fact("status"), handshake.data) == (403, "not from here")
    headers = handshake.fact("headers")
    assert isinstance(headers, list)
    assert ["X-Why", "policy"] in headers


@pytest.mark.parametrize("transport", ["polling", "websocket"])
async def test_a_server_that_hangs_up_at_once(transport: str) -> None:
    refusal, _records = await refusal_of(hangs_up, transport=transport)
    assert "closed the connection without an answer" in str(refusal.fact("description"))


@pytest.mark.parametrize("transport", ["polling", "websocket"])
async def test_a_port_that_speaks_something_else(transport: str) -> None:
    refusal, _records = await refusal_of(says(b"SSH-2.0-OpenSSH_9.6\r\n"), transport=transport)
    assert "not HTTP" in str(refusal.fact("description"))


@pytest.mark.parametrize("transport", ["polling", "websocket"])
async def test_a_port_that_says_nothing_runs_into_the_time_limit(transport: str) -> None:
    refusal, _records = await refusal_of(silent, transport=transport, timeout=20)
    assert refusal.fact("text") == "timeout"
    assert "0.02 s (option “timeout”)" in str(refusal.fact("description"))


async def test_a_request_that_takes_too_long_is_an_error_and_no_cancellation() -> None:
    refusal, records = await refusal_of(silent, requestTimeout=20)
    assert (refusal.fact("text"), refusal.fact("description")) == ("xhr poll error", "requestTimeout")
    exchange = next(record for record in records if record.kind is Kind.HTTP)
    assert exchange.fact("error") == "The time was up before an answer came."
    assert describe(exchange).severity is Severity.BAD


async def test_a_time_limit_of_zero_is_over_at_once() -> None:
    refusal, _records = await refusal_of(silent, timeout=0)
    assert refusal.fact("text") == "timeout"


@pytest.mark.parametrize("transport", ["polling", "websocket"])
async def test_connecting_can_be_given_up(transport: str) -> None:
    reached = asyncio.Event()

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reached.set()
        await silent(reader, writer)

    async with raw_server(handler) as url, session(url, transports=[transport], timeout=False) as (running, log):
        await reached.wait()
        await running.close()
        assert running.status.state is State.CLOSED
        assert not running.status.failed
        assert log.all(Kind.CONNECT_ERROR) == log.all(Kind.ERROR) == []


async def test_without_a_transport_there_is_nothing_to_try() -> None:
    refusal, _records = await refusal_of(silent, transport="webtransport")
    assert refusal.fact("text") == "No transports available"


async def test_try_all_transports_goes_on_to_the_next() -> None:
    class WebSocketOnly(EngineServer):
        async def _polled(self, request: Request) -> str:
            return "nothing for polling"

    server = WebSocketOnly(websocket=until_closed)
    async with raw_server(server) as url, session(url, tryAllTransports=True) as (_running, log):
        assert (await log.until(Kind.CONNECT)).fact("transport") == "websocket"
        assert "now websocket is tried" in log.notes()[0]
        assert str(log.all(Kind.ERROR)[0].fact("text")).startswith("polling: server error")


async def test_the_name_that_does_not_exist() -> None:
    async with session("http://no.such.name.invalid", reconnection=False) as (running, log):
        await running.wait()
        refusal = await log.until(Kind.CONNECT_ERROR)
        assert refusal.fact("text") == "xhr poll error"
        assert "host name has no address" in str(refusal.fact("description"))
        chain = refusal.fact("chain")
        assert isinstance(chain, list)
        assert "gaierror" in [link[0] for link in chain]


async def test_a_certificate_file_that_does_not_exist_is_a_failed_attempt() -> None:
    async with session("https://127.0.0.1:9", ca=["/no/such/file.pem"], reconnection=False) as (running, log):
        await running.wait()
        assert "/no/such/file.pem does not exist" in str((await log.until(Kind.CONNECT_ERROR)).fact("text"))
