"""What the options make of TLS settings, and what cannot be used is refused by the option's name."""

import ssl
from pathlib import Path

import pytest
import trustme

from tests.net.raw_server import EngineServer, raw_server, until_closed
from tests.net.session_log import session
from wsgui.core.option_values import OptionValue
from wsgui.core.options import check_values
from wsgui.core.records import Kind
from wsgui.net.http import TlsFileError, tls_context


def context(**options: OptionValue) -> ssl.SSLContext:
    return tls_context(check_values(options))


def test_certificates_are_checked_unless_told_otherwise() -> None:
    assert context().verify_mode is ssl.CERT_REQUIRED
    assert context().check_hostname
    assert context(rejectUnauthorized=False).verify_mode is ssl.CERT_NONE
    assert not context(rejectUnauthorized=False).check_hostname


def test_an_authority_comes_as_text_or_as_a_file(tmp_path: Path) -> None:
    pem = trustme.CA().cert_pem
    pem.write_to_path(tmp_path / "ca.pem")
    assert len(context(ca=[pem.bytes().decode()]).get_ca_certs()) == len(context().get_ca_certs()) + 1
    assert len(context(ca=[str(tmp_path / "ca.pem")]).get_ca_certs()) == len(context().get_ca_certs()) + 1


def test_a_client_certificate_with_its_key(tmp_path: Path) -> None:
    identity = trustme.CA().issue_cert("me@example.org")
    identity.private_key_and_cert_chain_pem.write_to_path(tmp_path / "both.pem")
    identity.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    identity.private_key_pem.write_to_path(tmp_path / "key.pem")
    context(cert=str(tmp_path / "both.pem"))
    context(cert=str(tmp_path / "cert.pem"), key=str(tmp_path / "key.pem"))
    with pytest.raises(TlsFileError) as refusal:
        context(cert=str(tmp_path / "cert.pem"))
    assert refusal.value.option == "cert"


@pytest.mark.parametrize(
    ("options", "option", "said"),
    [
        ({"ca": ["/no/such.pem"]}, "ca", "/no/such.pem does not exist"),
        ({"ca": ["-----BEGIN CERTIFICATE-----\nbroken"]}, "ca", "no PEM certificate"),
        ({"cert": "/no/such.pem"}, "cert", "/no/such.pem does not exist"),
        ({"ciphers": "NONSENSE"}, "ciphers", "NONSENSE"),
    ],
)
def test_what_cannot_be_used_is_named(options: dict[str, OptionValue], option: str, said: str) -> None:
    with pytest.raises(TlsFileError, match=said) as refusal:
        context(**options)
    assert refusal.value.option == option


def test_a_file_that_is_no_certificate(tmp_path: Path) -> None:
    (tmp_path / "text.pem").write_text("hello")
    with pytest.raises(TlsFileError, match="no PEM certificate"):
        context(ca=[str(tmp_path / "text.pem")])


@pytest.mark.parametrize("keep", [False, True])
async def test_cookies_come_back_only_with_credentials(keep: bool) -> None:
    server = EngineServer(cookie="affinity=1")
    async with (
        raw_server(server) as url,
        session(url, transports=["polling"], withCredentials=keep) as (_running, log),
    ):
        await log.until(Kind.CONNECT)
        sent = [request.headers.get("cookie") for request in server.requests]
    assert sent[0] is None
    assert set(sent[1:]) == {"affinity=1" if keep else None}


async def test_one_request_of_javascript_is_one_request() -> None:
    server = EngineServer(websocket=until_closed)
    async with raw_server(server) as url, session(f"{url}/?a=1", transports=["websocket"]) as (_running, log):
        await log.until(Kind.CONNECT)
    (request,) = server.requests
    assert request.target == "/socket.io/?a=1&EIO=4&transport=websocket"
    assert "accept-encoding" not in request.headers
    assert "permessage-deflate" in request.headers["sec-websocket-extensions"]
