"""Options -> the aiohttp session that carries a connection: TLS, cookies, the local end, the capture."""

from __future__ import annotations

import socket
import ssl
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
from aiohttp import hdrs

from wsgui.core.i18n import _
from wsgui.core.options import OptionValues, value_of
from wsgui.net.resolver import DaemonResolver
from wsgui.net.tap import Tap, capture

_FAMILY = {4: socket.AF_INET, 6: socket.AF_INET6}


class TlsFileError(ValueError):
    """A certificate, key or cipher list cannot be used. ``option`` names the option to look at."""

    def __init__(self, option: str, sentence: str) -> None:
        super().__init__(sentence)
        self.option = option


def client_session(values: OptionValues, tap: Tap, *, secure: bool) -> aiohttp.ClientSession:
    """A session for one connection. Nothing in it has a time limit of its own: the options say what is limited."""
    family = value_of(values, "family")
    local = value_of(values, "localAddress")
    connector = aiohttp.TCPConnector(
        ssl=tls_context(values) if secure else True,
        family=_FAMILY.get(family, socket.AF_UNSPEC) if isinstance(family, int) else socket.AF_UNSPEC,
        local_addr=(local, 0) if isinstance(local, str) and local else None,
        resolver=DaemonResolver(),
        limit=0,
    )
    keep_cookies = bool(value_of(values, "withCredentials"))
    session = aiohttp.ClientSession(
        connector=connector,
        # `unsafe` keeps cookies of IP addresses too, as the jar of socket.io-client on Node does.
        cookie_jar=aiohttp.CookieJar(unsafe=True) if keep_cookies else aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
        middlewares=(_refuse_redirect, capture(tap)),
        skip_auto_headers=("Accept-Encoding",),
        max_line_size=1 << 16,
        max_field_size=1 << 16,
    )
    # aiohttp sends a GET a second time when the server drops the connection; JavaScript does not, and the log would
    # show a request that nobody made. No public switch exists as of aiohttp 3.14.
    session._retry_connection = False
    return session


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


def tls_context(values: OptionValues) -> ssl.SSLContext:
    """The TLS settings that the options ask for. Raises :class:`TlsFileError`."""
    context = ssl.create_default_context()
    if value_of(values, "rejectUnauthorized") is False:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    for authority in _texts(value_of(values, "ca")):
        _load_authority(context, authority)
    if isinstance(ciphers := value_of(values, "ciphers"), str) and ciphers:
        try:
            context.set_ciphers(ciphers)
        except ssl.SSLError as error:
            raise TlsFileError("ciphers", _("No cipher in this list is known: {list}.").format(list=ciphers)) from error
    _load_certificate(context, values)
    return context


def _load_authority(context: ssl.SSLContext, authority: str) -> None:
    try:
        if "-----BEGIN" in authority:
            context.load_verify_locations(cadata=authority)
        else:
            context.load_verify_locations(cafile=authority)
    except FileNotFoundError as error:
        raise TlsFileError("ca", _("The file {file} does not exist.").format(file=authority)) from error
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        raise TlsFileError("ca", _("{file} is no PEM certificate.").format(file=_short(authority))) from error


def _load_certificate(context: ssl.SSLContext, values: OptionValues) -> None:
    certificate, key = (str(value_of(values, name) or "") for name in ("cert", "key"))
    if not certificate:
        return
    passphrase = str(value_of(values, "passphrase") or "")
    with ExitStack() as files:
        paths = [_as_file(option, text, files) for option, text in (("cert", certificate), ("key", key))]
        try:
            context.load_cert_chain(paths[0], paths[1] or None, lambda: passphrase)
        except OSError as error:  # ssl.SSLError is one
            sentence = _("The client certificate cannot be used: {why}. Check the files and the passphrase.")
            raise TlsFileError("cert", sentence.format(why=error)) from error


def _as_file(option: str, value: str, files: ExitStack) -> str:
    """The path of a PEM file; text, as Node takes it too, is written to one that only this user can read."""
    if "-----BEGIN" in value:
        file = Path(files.enter_context(TemporaryDirectory()), "client.pem")  # a folder of mode 0700
        file.write_text(value)
        return str(file)
    if value and not Path(value).is_file():
        raise TlsFileError(option, _("The file {file} does not exist.").format(file=_short(value)))
    return value


def _texts(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(item) for item in value]
    return [str(value)] if value else []


def _short(text: str) -> str:
    return text if len(text) < 80 else text[:77] + "..."
