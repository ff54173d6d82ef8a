"""Real failures, each in one sentence, with every link of its chain."""

import asyncio
import errno
import socket
import ssl

import pytest
import trustme

from tests.net.raw_server import EngineServer, always, answer, hangs_up, raw_server, says, silent
from tests.net.session_log import session
from wsgui.core.address import read_address
from wsgui.core.http1 import HttpError
from wsgui.core.options import check_values
from wsgui.core.records import Kind, Record
from wsgui.net.dialler import origin_of
from wsgui.net.failures import chain, links, plain
from wsgui.net.http import Http
from wsgui.net.tap import Tap
from wsgui.net.transport import TransportError
from wsgui.net.websocket_handshake import Wish, shake_hands


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def tls(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


def text_of(authority: trustme.CA) -> str:
    return authority.cert_pem.bytes().decode()


async def failure_of(url: str, *, websocket: bool = False, seconds: float | None = None) -> BaseException:
    """The exception that a request to ``url`` ends in."""
    http = Http(check_values({}), Tap(lambda records: None), origin_of(read_address(url)))
    try:
        async with asyncio.timeout(seconds):
            await (shake_hands(http, "/", Wish([])) if websocket else http.request("GET", "/", []))
    except (HttpError, TransportError, OSError) as error:
        return error
    finally:
        await http.close()
    pytest.fail("there was no failure")


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


async def test_the_step_that_hangs_is_named() -> None:
    async with raw_server(silent) as url:
        records: list[Record] = []
        address = read_address(url.replace("http:", "https:"))
        http = Http(check_values({}), Tap(records.extend), origin_of(address))
        with pytest.raises(TimeoutError):
            await http.request("GET", "/", [], seconds=0.1)
        await http.close()
    (exchange,) = [record for record in records if record.kind is Kind.HTTP]
    assert exchange.fact("error") == "The time was up before an answer came. The TLS handshake was still under way."
    timing = exchange.fact("timing")
    assert isinstance(timing, dict)
    assert list(timing) == ["dns", "connect", "tls"]


async def test_refused() -> None:
    error = await failure_of(f"http://127.0.0.1:{closed_port()}")
    assert "Nothing listens on that host and port" in plain(error)
    assert [name for name, _message in chain(error)][:1] == ["ConnectionRefusedError"]


async def test_no_such_name() -> None:
    error = await failure_of("http://no.such.name.invalid")
    assert "The host name has no address" in plain(error)
    assert "gaierror" in [name for name, _message in chain(error)]


async def test_no_answer() -> None:
    async with raw_server(hangs_up) as url:
        assert "closed the connection without an answer" in plain(await failure_of(url))


async def test_no_http() -> None:
    async with raw_server(says(b"SSH-2.0-OpenSSH_9.6\r\n")) as url:
        error = await failure_of(url)
    assert plain(error).startswith("The answer is not HTTP")
    assert "\n" not in plain(error)


async def test_an_answer_that_breaks_off() -> None:
    async with raw_server(says(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123")) as url:
        assert "broke off" in plain(await failure_of(url))


async def test_time_is_up() -> None:
    async with raw_server(silent) as url:
        assert plain(await failure_of(url, seconds=0.01)) == "The time was up before an answer came."


async def test_a_refused_websocket() -> None:
    async with raw_server(always("502 Bad Gateway")) as url:
        assert plain(await failure_of(url, websocket=True)) == "Unexpected server response: 502"


async def test_tls_to_a_port_that_does_not_speak_it() -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1024)
        writer.write(answer("400 Bad Request", "plain"))

    async with raw_server(handler) as url:
        error = await failure_of(url.replace("http", "https"))
    assert plain(error).startswith("The server does not speak TLS on that port")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (asyncio.CancelledError(), "Cancelled"),
        (TimeoutError(), "The time was up"),
        (OSError(errno.EHOSTUNREACH, "x"), "no route"),
        (OSError(errno.ENETUNREACH, "x"), "cannot be reached"),
        (OSError(errno.ETIMEDOUT, "x"), "TCP time-out"),
        (OSError(errno.ECONNRESET, "x"), "reset"),
        (OSError(errno.EPIPE, "x"), "while data was being sent"),
        (OSError(errno.EADDRNOTAVAIL, "x"), "local address"),
        (OSError("something else"), "something else"),
        (ValueError(), "ValueError"),
        (ExceptionGroup("all", [ValueError("a"), ConnectionRefusedError(errno.ECONNREFUSED, "x")]), "Nothing listens"),
    ],
)
def test_each_kind_has_a_sentence(error: BaseException, said: str) -> None:
    assert said in plain(error)


def test_a_chain_has_every_link_once_and_ends() -> None:
    first, second = ValueError("first"), ValueError()
    first.__cause__, second.__cause__ = second, first
    assert list(links(first)) == [first, second]
    assert chain(first) == [["ValueError", "first"], ["ValueError", "ValueError()"]]


def test_a_chain_of_ten_thousand_links_is_no_recursion() -> None:
    error = outermost = ValueError("0")
    for number in range(10_000):
        error.__cause__ = ValueError(str(number))
        error = error.__cause__
    assert len(chain(outermost)) == 10_001


@pytest.mark.parametrize("transport", ["polling", "websocket"])
async def test_a_certificate_that_nobody_vouches_for(authority: trustme.CA, transport: str) -> None:
    async with (
        raw_server(silent, tls(authority, "127.0.0.1")) as url,
        session(url, transports=[transport], reconnection=False) as (running, log),
    ):
        await running.wait()
        refusal = log.all(Kind.CONNECT_ERROR)[0]
        assert "certificate is not accepted" in str(refusal.fact("description"))
        links_said = refusal.fact("chain")
        assert isinstance(links_said, list)
        assert "SSLCertVerificationError" in [link[0] for link in links_said]


async def test_a_certificate_for_another_name(authority: trustme.CA) -> None:
    async with (
        raw_server(silent, tls(authority, "example.org")) as url,
        session(url, transports=["polling"], reconnection=False, ca=[text_of(authority)]) as (running, log),
    ):
        await running.wait()
        assert "not valid for" in str(log.all(Kind.CONNECT_ERROR)[0].fact("description"))


@pytest.mark.parametrize("trust", ["ca", "anything"])
async def test_a_certificate_that_is_trusted(authority: trustme.CA, trust: str) -> None:
    options: dict[str, object] = {"ca": [text_of(authority)]} if trust == "ca" else {"rejectUnauthorized": False}
    server = EngineServer()
    async with (
        raw_server(server, tls(authority, "127.0.0.1")) as url,
        session(url, transports=["polling"], **options) as (_running, log),
    ):
        await log.until(Kind.CONNECT)
