"""Options -> the aiohttp session that carries a connection: cookies, TLS, the way out, the capture."""

from __future__ import annotations

import os

import aiohttp
from aiohttp import hdrs
from yarl import URL

from wsgui.core.options import OptionValues, value_of
from wsgui.net.connector import Connector, needs_tunnel
from wsgui.net.cookies import NodeCookieJar
from wsgui.net.proxy import WayOut
from wsgui.net.tap import Tap, capture
from wsgui.net.tls import TlsFileError, tls_context

__all__ = ["TlsFileError", "client_session", "tls_context"]


def client_session(values: OptionValues, tap: Tap, *, secure: bool) -> aiohttp.ClientSession:
    """A session for one connection. Nothing in it has a time limit of its own: the options say what is limited."""
    way = WayOut(values, os.environ)
    connector = Connector(values, way, tap, tls_context(values) if secure or way.may_encrypt else None)
    keep_cookies = bool(value_of(values, "withCredentials"))
    session = aiohttp.ClientSession(
        connector=connector,
        cookie_jar=NodeCookieJar() if keep_cookies else aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
        middlewares=(_offer, _refuse_redirect, _take(way, str(value_of(values, "servername") or "")), capture(tap)),
        skip_auto_headers=("Accept", "Accept-Encoding"),
        max_line_size=1 << 16,
        max_field_size=1 << 16,
    )
    # aiohttp sends a GET a second time when the server drops the connection; JavaScript does not, and the log would
    # show a request that nobody made. No public switch exists as of aiohttp 3.14.
    session._retry_connection = False
    return session


OFFER = "X-Wsgui-Offer"
"""Carries the offer of compression past aiohttp, which knows one only; it never gets onto the wire."""


async def _offer(request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Offer what ``perMessageDeflate`` says."""
    if OFFER in request.headers:
        request.headers[hdrs.SEC_WEBSOCKET_EXTENSIONS] = request.headers.pop(OFFER)
    return await send(request)


async def _refuse_redirect(request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """A redirected WebSocket handshake is a refused one: aiohttp would follow it, JavaScript never does."""
    response = await send(request)
    if hdrs.SEC_WEBSOCKET_KEY in request.headers and 300 <= response.status < 400:
        response.close()
        raise aiohttp.WSServerHandshakeError(
            response.request_info,
            response.history,
            message="Invalid response status",
            status=response.status,
            headers=response.headers,
        )
    return response


def _take(way: WayOut, server_name: str) -> aiohttp.ClientMiddlewareType:
    """The middleware that tells a request the server's name in TLS, and how an HTTP proxy wants to be asked."""

    async def send_out(request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
        request.server_hostname = server_name or None
        proxy = None if needs_tunnel(request) else way.proxy_for(request.url)
        if proxy is None or proxy.address.is_socks:
            return await send(request)
        request.update_proxy(URL(str(proxy)), None, None)  # the request then names the whole URL
        if proxy.authorization:
            request.headers[hdrs.PROXY_AUTHORIZATION] = proxy.authorization
        response = await send(request)
        if response.status == 407:
            response.close()
            raise proxy.refusal(response.status, response.reason or "", response.headers)
        return response

    return send_out
