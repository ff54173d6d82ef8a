"""The way out: through HTTP and SOCKS proxies, from a local address, and what is said when it is barred."""

from __future__ import annotations

import ssl
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trustme

from tests.net.proxy_server import HttpProxy, SocksProxy
from tests.net.raw_server import EngineServer, Handler, answer, hangs_up, raw_server, says, until_closed
from tests.net.session_log import SessionLog, session
from wsgui.core.records import Kind

AUTHORITY = trustme.CA()
CA = AUTHORITY.cert_pem.bytes().decode()

BOTH_TRANSPORTS = pytest.mark.parametrize("transport", ["polling", "websocket"])
PLAIN_OR_TLS = pytest.mark.parametrize("tls", [False, True], ids=["plain", "tls"])


def server_side() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    return context


@asynccontextmanager
async def both(
    proxy: Handler, *, tls: bool = False, proxy_tls: bool = False, server: EngineServer | None = None
) -> AsyncIterator[tuple[str, str]]:
    """The URLs of a server and of the proxy, the latter as ``host:port``."""
    server = server or EngineServer(websocket=until_closed)
    async with (
        raw_server(server, server_side() if tls else None) as url,
        raw_server(proxy, server_side() if proxy_tls else None) as proxy_url,
    ):
        yield url, proxy_url.partition("://")[2]


async def refused(url: str, transport: str, **options: object) -> tuple[SessionLog, str]:
    """Connect in vain; returns the log and what it says of the cause."""
    async with session(url, transports=[transport], reconnection=False, **options) as (running, log):
        await running.wait()
        return log, str((await log.until(Kind.CONNECT_ERROR)).fact("description"))


def proxies_told(log: SessionLog) -> set[object]:
    return {note.fact("proxy") for note in log.all(Kind.NOTE) if note.fact("peer")}


@BOTH_TRANSPORTS
@PLAIN_OR_TLS
@pytest.mark.parametrize("proxy_tls", [False, True], ids=["http proxy", "https proxy"])
async def test_an_http_proxy(transport: str, tls: bool, proxy_tls: bool) -> None:
    proxy = HttpProxy("me:wörd")
    async with both(proxy, tls=tls, proxy_tls=proxy_tls) as (url, place):
        scheme = "https" if proxy_tls else "http"
        options = {"transports": [transport], "ca": CA, "proxy": f"{scheme}://me:w%C3%B6rd@{place}"}
        async with session(url, **options) as (_running, log):
            await log.until(Kind.CONNECT)
            assert proxies_told(log) == {f"{scheme}://{place}"}
            (tunnel, *_more) = log.all(Kind.NOTE)
            assert bool(tunnel.fact("certificate")) is (tls or proxy_tls)
            assert ("certificate of the proxy" in str(tunnel.fact("text"))) is (proxy_tls and not tls)
    server = url.partition("://")[2]
    if tls or transport == "websocket":
        assert {(asked.method, asked.target) for asked in proxy.requests} == {("CONNECT", server)}
        assert log.all(Kind.HTTP, method="CONNECT")[0].fact("status") == 200
    else:
        assert all(asked.target.startswith(f"http://{server}/socket.io/?EIO=4") for asked in proxy.requests)


async def test_an_upgrade_behind_a_proxy() -> None:
    proxy = HttpProxy()

    server = EngineServer(handshake={"upgrades": ["websocket"]})
    async with both(proxy, server=server) as (url, place), session(url, proxy=place) as (_running, log):
        await log.until(Kind.UPGRADE_ERROR)
    assert [asked.method for asked in proxy.requests].count("CONNECT") == 1


@BOTH_TRANSPORTS
@PLAIN_OR_TLS
@pytest.mark.parametrize(
    ("credentials", "said"),
    [("", "wants a user name and a password (407)"), ("me:no@", "does not accept this user name and password (407)")],
)
async def test_a_proxy_that_wants_a_password(transport: str, tls: bool, credentials: str, said: str) -> None:
    async with both(HttpProxy("me:word"), tls=tls) as (url, place):
        log, why = await refused(url, transport, ca=CA, proxy=f"http://{credentials}{place}")
    assert said in why
    assert why.endswith("(option “proxy”).")
    exchange = next(record for record in log.all(Kind.HTTP) if record.fact("status") == 407)
    assert exchange.data == "Who are you?"


@BOTH_TRANSPORTS
async def test_a_proxy_that_wants_to_know_more_than_a_password(transport: str) -> None:
    async with both(HttpProxy("me:word", scheme="Proxy-Authenticate: Negotiate")) as (url, place):
        _log, why = await refused(url, transport, proxy=f"http://me:no@{place}")
    assert "by Negotiate; only Basic is known here" in why


async def test_a_proxy_that_refuses_the_tunnel() -> None:
    proxy = HttpProxy(refusal=answer("403 Forbidden", "not to that port", "X-Squid-Error: ERR_ACCESS_DENIED 0"))
    async with both(proxy) as (url, place):
        log, why = await refused(url, "websocket", proxy=place)
    assert why == f"The proxy http://{place} refuses to connect: 403 Forbidden (option “proxy”)."
    (exchange,) = log.all(Kind.HTTP)
    assert (exchange.fact("method"), exchange.fact("status"), exchange.data) == ("CONNECT", 403, "not to that port")
    assert ["X-Squid-Error", "ERR_ACCESS_DENIED 0"] in (exchange.fact("headers") or [])  # type: ignore[operator]


@BOTH_TRANSPORTS
@pytest.mark.parametrize("scheme", ["http", "https", "socks4", "socks5", "socks5h"])
async def test_a_proxy_that_is_not_there(transport: str, scheme: str) -> None:
    async with raw_server(hangs_up) as gone:
        place = gone.partition("://")[2]
    _log, why = await refused("http://127.0.0.1:9", transport, proxy=f"{scheme}://{place}")
    assert why == f"The proxy {scheme}://{place} cannot be reached: Connection refused (option “proxy”)."


@BOTH_TRANSPORTS
async def test_a_proxy_whose_name_does_not_exist(transport: str) -> None:
    _log, why = await refused("http://127.0.0.1:9", transport, proxy="http://no.such.name.invalid:3128")
    assert "no.such.name.invalid:3128 cannot be reached: Name or service not known" in why


@pytest.mark.parametrize(
    ("scheme", "server", "said"),
    [
        ("http", hangs_up, "is no such proxy: it closed the connection without an answer"),
        ("http", says(b"220 smtp.example.org\r\n\r\n"), "is no such proxy: The answer is not HTTP: it begins with"),
        ("https", says(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "TLS connection to the proxy"),
        ("socks4", says(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "is no such proxy"),
        ("socks5", says(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "is no such proxy"),
    ],
)
async def test_what_is_no_proxy(scheme: str, server: Handler, said: str) -> None:
    async with both(server) as (url, place):
        _log, why = await refused(url, "websocket", proxy=f"{scheme}://{place}")
    assert said in why


@BOTH_TRANSPORTS
@PLAIN_OR_TLS
@pytest.mark.parametrize(
    ("scheme", "version", "named"),
    [
        ("socks4", 4, "127.0.0.1"),
        ("socks4a", 4, "localhost"),
        ("socks5", 5, "127.0.0.1"),
        ("socks5h", 5, "localhost"),
        ("socks", 5, "localhost"),
    ],
)
async def test_a_socks_proxy(transport: str, tls: bool, scheme: str, version: int, named: str) -> None:
    proxy = SocksProxy()
    async with both(proxy, tls=tls) as (url, place):
        url = url.replace("127.0.0.1", "localhost")
        options = {"transports": [transport], "ca": CA, "family": 4, "proxy": f"{scheme}://{place}"}
        async with session(url, **options) as (_running, log):
            await log.until(Kind.CONNECT)
            assert proxies_told(log) == {f"{scheme}://{place}"}
    assert set(proxy.asked) == {(version, named)}


@pytest.mark.parametrize(
    ("credentials", "said"),
    [("", "wants a user name and a password"), ("me:no@", "does not accept this user name and password")],
)
async def test_a_socks_proxy_that_wants_a_password(credentials: str, said: str) -> None:
    async with both(SocksProxy("me:word")) as (url, place):
        async with session(url, proxy=f"socks5://me:word@{place}") as (_running, log):
            await log.until(Kind.CONNECT)
        _log, why = await refused(url, "polling", proxy=f"socks5://{credentials}{place}")
    assert said in why
    assert why.endswith("(option “proxy”).")


@pytest.mark.parametrize(
    ("scheme", "reply", "said"),
    [
        ("socks5", 2, "refuses to connect: Connection not allowed by ruleset (2)"),
        ("socks5", 4, "refuses to connect: Host unreachable (4)"),
        ("socks5", 5, "refuses to connect: Connection refused"),
        ("socks4", 91, "refuses to connect: Request rejected or failed (91)"),
    ],
)
async def test_a_socks_proxy_that_refuses(scheme: str, reply: int, said: str) -> None:
    async with both(SocksProxy(reply=reply)) as (url, place):
        _log, why = await refused(url, "websocket", proxy=f"{scheme}://{place}")
    assert said in why


async def test_a_certificate_refused_behind_a_proxy_is_shown() -> None:
    for scheme, proxy in (("http", HttpProxy()), ("socks5", SocksProxy())):
        async with both(proxy, tls=True) as (url, place):
            log, why = await refused(url, "websocket", proxy=f"{scheme}://{place}")
        assert "certificate is not accepted" in why
        assert log.all(Kind.NOTE)[-1].fact("certificate")


@BOTH_TRANSPORTS
@PLAIN_OR_TLS
async def test_the_proxy_of_the_environment(transport: str, tls: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = HttpProxy()
    async with both(proxy, tls=tls) as (url, place):
        for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ALL_PROXY", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("HTTPS_PROXY" if tls else "HTTP_PROXY", place)
        monkeypatch.setenv("HTTP_PROXY" if tls else "HTTPS_PROXY", "127.0.0.1:9")
        for asked, no_proxy in ((False, ""), (True, "127.0.0.0/8")):
            monkeypatch.setenv("NO_PROXY", no_proxy)
            async with session(url, transports=[transport], ca=CA, proxyFromEnvironment=asked) as (_running, log):
                await log.until(Kind.CONNECT)
            assert proxy.requests == []
        monkeypatch.setenv("NO_PROXY", "example.org")
        async with session(url, transports=[transport], ca=CA, proxyFromEnvironment=True) as (_running, log):
            await log.until(Kind.CONNECT)
        assert proxies_told(log) == {f"http://{place}"}


@BOTH_TRANSPORTS
async def test_a_bad_proxy_of_the_environment(transport: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("http_proxy", raising=False)
    monkeypatch.setenv("HTTP_PROXY", "ftp://proxy")
    _log, why = await refused("http://127.0.0.1:9", transport, proxyFromEnvironment=True)
    assert why.startswith("The environment names a bad proxy: A proxy may be")
    assert why.endswith("(option “proxyFromEnvironment”).")


@BOTH_TRANSPORTS
async def test_only_addresses_of_one_family(transport: str) -> None:
    async with raw_server(EngineServer(websocket=until_closed)) as url:
        name = url.replace("127.0.0.1", "localhost")
        log, _why = await refused(name, transport, family=6)
        assert [note for note in log.all(Kind.NOTE) if note.fact("peer")] == []
        for address, family in ((name, 4), (url, 6)):  # an address is taken as it is, as in Node
            async with session(address, transports=[transport], family=family) as (_running, log):
                await log.until(Kind.CONNECT)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere 127.0.0.2 is no address of this machine by itself")
@BOTH_TRANSPORTS
@pytest.mark.parametrize("proxy", [None, HttpProxy(), SocksProxy()], ids=["direct", "http", "socks"])
async def test_the_local_address(transport: str, proxy: HttpProxy | SocksProxy | None) -> None:
    async with both(proxy or hangs_up) as (url, place):
        way = {"proxy": f"{'socks5' if isinstance(proxy, SocksProxy) else 'http'}://{place}"} if proxy else {}
        async with session(url, transports=[transport], localAddress="127.0.0.2", **way) as (_running, log):
            await log.until(Kind.CONNECT)
    told = [str(note.fact("local")) for note in log.all(Kind.NOTE) if note.fact("peer")]
    assert told
    assert all(local.startswith("127.0.0.2:") for local in told)
