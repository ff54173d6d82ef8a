"""How the TCP connections of a session are made: directly or through a proxy, and each is told to the log."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time

import aiohttp
from aiohttp import hdrs
from aiohttp.client_proto import ResponseHandler
from aiohttp.tracing import Trace

from wsgui.core.i18n import _
from wsgui.core.options import OptionValues, value_of
from wsgui.core.records import Direction, Kind
from wsgui.net.connection_facts import certificate_facts, connection_facts, describe_certificate
from wsgui.net.failures import links, plain
from wsgui.net.proxy import Proxy, ProxyConversation, ProxyError, TunnelAnswer, WayOut
from wsgui.net.refused_certificate import refused_chain
from wsgui.net.resolver import DaemonResolver
from wsgui.net.tap import Tap

_FAMILY = {4: socket.AF_INET, 6: socket.AF_INET6}


class Connector(aiohttp.TCPConnector):
    """aiohttp's connector, with the way out that the options ask for.

    ``_create_connection`` is the one private member that is overridden: aiohttp has no public place where a transport
    can be had when it is new, nor one for a tunnel that it does not know.
    """

    def __init__(self, values: OptionValues, way: WayOut, tap: Tap, tls: ssl.SSLContext | None) -> None:
        chosen, local = value_of(values, "family"), value_of(values, "localAddress")
        self._resolves = DaemonResolver(
            _FAMILY.get(chosen, socket.AF_UNSPEC) if isinstance(chosen, int) else socket.AF_UNSPEC
        )
        self._local = (local, 0) if isinstance(local, str) and local else None
        self._way = way
        self._tap = tap
        self._tls = tls
        self._living: dict[asyncio.Future[None], asyncio.Transport] = {}
        super().__init__(ssl=tls or True, local_addr=self._local, resolver=self._resolves, limit=0)

    async def _create_connection(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's
    ) -> ResponseHandler:
        proxy = self._way.proxy_for(req.url)
        try:
            made = await (self._through(proxy, req) if proxy else super()._create_connection(req, traces, timeout))
        except (aiohttp.ClientError, OSError) as error:
            self._say_refused(error)
            raise
        assert made.transport is not None
        if made.transport.get_extra_info("sslcontext") and (ended := made.closed):
            self._living[ended] = made.transport
            ended.add_done_callback(self._forget)
        facts = connection_facts(made.transport, str(proxy or ""), tls_ends_at_proxy=bool(proxy) and not req.is_ssl())
        self._tap.record(Kind.NOTE, facts=facts)
        return made

    async def close(self, *, abort_ssl: bool = False) -> None:
        """Close all connections, also those whose TLS would wait half a minute for the server's goodbye."""
        await super().close(abort_ssl=abort_ssl)
        for transport in self._living.values():
            transport.abort()
        if self._living:
            await asyncio.wait(self._living)

    def _forget(self, ended: asyncio.Future[None]) -> None:
        del self._living[ended]
        if not ended.cancelled():
            ended.exception()  # whoever used the connection has been told

    def _say_refused(self, error: BaseException) -> None:
        """Show the certificate that was not believed."""
        for chain in filter(None, map(refused_chain, links(error))):
            certificate = certificate_facts(chain[0])
            text = _("The certificate that was refused is {description}")
            text = text.format(description=describe_certificate(certificate))
            self._tap.record(Kind.NOTE, facts={"text": text, "certificate": certificate})
            return

    async def _through(self, proxy: Proxy, req: aiohttp.ClientRequest) -> ResponseHandler:
        host, port = req.url.raw_host or "", req.url.port or 0
        conversation, transport = await self._reach(proxy, await self._as_asked_of(proxy, req), port)
        handler: ResponseHandler = self._factory()
        try:
            if needs_tunnel(req) and not proxy.address.is_socks:
                await self._open_tunnel(proxy, conversation, transport, f"{req.url.host_subcomponent}:{port}")
            if req.is_ssl():
                assert self._tls is not None
                name = (req.server_hostname or host).rstrip(".")
                loop = asyncio.get_running_loop()
                secured = await loop.start_tls(transport, handler, self._tls, server_hostname=name)
                if secured is None:
                    raise aiohttp.ServerDisconnectedError  # noqa: TRY301 - closed below as well
                transport = secured
            else:
                transport.set_protocol(handler)
        except ssl.SSLCertVerificationError as error:
            transport.abort()
            raise aiohttp.ClientConnectorCertificateError(req.connection_key, error) from error
        except ssl.SSLError as error:
            transport.abort()
            raise aiohttp.ClientConnectorSSLError(req.connection_key, error) from error
        except BaseException:
            transport.abort()
            raise
        handler.connection_made(transport)
        return handler

    async def _as_asked_of(self, proxy: Proxy, req: aiohttp.ClientRequest) -> str:
        """The server as it is named to the proxy: by its address where the proxy does not look names up."""
        host = req.url.raw_host or ""
        if not proxy.address.is_socks or proxy.address.scheme in ("socks", "socks4a", "socks5h"):
            return host
        family = socket.AF_INET if proxy.address.scheme == "socks4" else socket.AF_UNSPEC
        try:
            return (await self._resolves.resolve(host, req.url.port or 0, family))[0]["host"]
        except OSError as error:
            raise aiohttp.ClientConnectorDNSError(req.connection_key, error) from error

    async def _reach(self, proxy: Proxy, host: str, port: int) -> tuple[ProxyConversation, asyncio.Transport]:
        """A connection to the proxy; to a SOCKS proxy one that is through already."""
        address = proxy.address
        try:
            places = await self._resolves.resolve(address.host, address.port)
        except OSError as error:
            raise proxy.unreachable(error) from error
        for place in places:
            try:
                return await self._reach_at(proxy, place["host"], host, port)
            except ssl.SSLError as error:
                text = _("The TLS connection to the proxy {proxy} failed: {why}")
                raise ProxyError(proxy.option, text.format(proxy=proxy, why=plain(error))) from error
            except OSError as error:
                if place is places[-1]:
                    raise proxy.unreachable(error) from error
        raise AssertionError("a name resolves to at least one address")

    async def _reach_at(
        self, proxy: Proxy, at: str, host: str, port: int
    ) -> tuple[ProxyConversation, asyncio.Transport]:
        loop = asyncio.get_running_loop()
        if proxy.address.is_socks:
            from wsgui.net.socks import open_socks

            through = await open_socks(proxy, at, host, port, self._local)
            transport, conversation = await loop.create_connection(ProxyConversation, sock=through)
            return conversation, transport
        encrypts = proxy.address.scheme == "https"
        transport, conversation = await loop.create_connection(
            ProxyConversation,
            at,
            proxy.address.port,
            ssl=self._tls if encrypts else None,
            server_hostname=proxy.address.host if encrypts else None,
            local_addr=self._local,
        )
        return conversation, transport

    async def _open_tunnel(
        self, proxy: Proxy, conversation: ProxyConversation, transport: asyncio.Transport, target: str
    ) -> None:
        began = time.monotonic()
        try:
            answer = await conversation.connect(transport, target, proxy.authorization)
        except ValueError as error:
            text = _("What answers at {proxy} is no such proxy: {why}").format(proxy=proxy, why=error)
            raise ProxyError(proxy.option, text) from error
        self._record_tunnel(proxy, target, answer, time.monotonic() - began)
        if not 200 <= answer.status < 300:
            raise proxy.refusal(answer.status, answer.reason, {name.title(): value for name, value in answer.headers})

    def _record_tunnel(self, proxy: Proxy, target: str, answer: TunnelAnswer, seconds: float) -> None:
        facts: dict[str, object] = {
            "method": "CONNECT",
            "url": target,
            "proxy": str(proxy),
            "status": answer.status,
            "reason": answer.reason,
            "headers": [list(pair) for pair in answer.headers],
            "seconds": seconds,
        }
        self._tap.record(Kind.HTTP, Direction.OUT, answer.body.decode("utf-8", "replace") or None, facts)


def needs_tunnel(request: aiohttp.ClientRequest) -> bool:
    """Whether an HTTP proxy must be asked for a tunnel, and not for the resource itself."""
    return request.is_ssl() or hdrs.SEC_WEBSOCKET_KEY in request.headers
