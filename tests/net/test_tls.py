"""TLS as the options want it, over both transports, against servers with the certificates of a throw-away authority."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)

from tests.net.raw_server import EngineServer, raw_server, until_closed
from tests.net.session_log import SessionLog, session
from wsgui.core.address import read_address
from wsgui.core.option_values import OptionValue
from wsgui.core.options import check_values
from wsgui.core.records import Kind
from wsgui.net.dialler import origin_of
from wsgui.net.http import Http
from wsgui.net.tls import TlsFileError, tls_context
from wsgui.net.websocket_handshake import Wish, shake_hands

AUTHORITY = trustme.CA()
CA = AUTHORITY.cert_pem.bytes().decode()
HERE = AUTHORITY.issue_cert("127.0.0.1", "localhost")
ME = AUTHORITY.issue_cert("me@example.org")
CERT, KEY = (part.bytes().decode() for part in (ME.cert_chain_pems[0], ME.private_key_pem))
WORD = "open sesame"

BOTH_TRANSPORTS = pytest.mark.parametrize("transport", ["polling", "websocket"])


def server_side(
    certificate: trustme.LeafCert = HERE, *, wants_client: bool = False, newest: ssl.TLSVersion | None = None
) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    if wants_client:
        AUTHORITY.configure_trust(context)
        context.verify_mode = ssl.CERT_REQUIRED
    if newest:
        context.maximum_version = newest
    return context


def self_signed() -> trustme.LeafCert:
    """A certificate that vouches for itself: that of an authority, which trustme gives no name of a host."""
    alone = trustme.CA()
    return trustme.LeafCert(alone.private_key_pem.bytes(), alone.cert_pem.bytes(), [])


def expired() -> trustme.LeafCert:
    return AUTHORITY.issue_cert(
        "127.0.0.1", not_after=datetime(2020, 1, 2, tzinfo=UTC), not_before=datetime(2020, 1, 1, tzinfo=UTC)
    )


@contextmanager
def refusing(tls: ssl.SSLContext) -> Iterator[str]:
    """A server that says why it ends the handshake: that of asyncio hangs up without a word."""

    def serve() -> None:
        while True:
            try:
                client, _address = listener.accept()
            except OSError:  # closed: the test is over
                return
            client.settimeout(10)
            with (
                client,
                suppress(OSError),
                tls.wrap_socket(client, server_side=True, do_handshake_on_connect=False) as end,
            ):
                try:
                    end.do_handshake()
                finally:
                    socket.socket.shutdown(end, socket.SHUT_WR)
                    while socket.socket.recv(end, 4096):  # or what is unread would undo what was said
                        pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"https://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


async def why_refused(tls: ssl.SSLContext, transport: str, **options: object) -> str:
    """What the log says of the cause when such a server refuses."""
    with refusing(tls) as url:
        async with session(url, transports=[transport], reconnection=False, **options) as (running, log):
            await running.wait()
            return str((await log.until(Kind.CONNECT_ERROR)).fact("description"))


async def joined(tls: ssl.SSLContext, transport: str, **options: object) -> SessionLog:
    """Connect to a server with these settings; returns the log after the namespace was joined."""
    async with (
        raw_server(EngineServer(websocket=until_closed), tls) as url,
        session(url, transports=[transport], **options) as (_running, log),
    ):
        await log.until(Kind.CONNECT)
    return log


async def refused(tls: ssl.SSLContext, transport: str, **options: object) -> tuple[SessionLog, str]:
    """The same where connecting fails; returns the log and what it says of the cause."""
    async with (
        raw_server(EngineServer(websocket=until_closed), tls) as url,
        session(url, transports=[transport], reconnection=False, **options) as (running, log),
    ):
        await running.wait()
        error = await log.until(Kind.CONNECT_ERROR)
    assert error.fact("text") == ("xhr poll error" if transport == "polling" else "websocket error")
    return log, str(error.fact("description"))


def connection(log: SessionLog) -> dict[str, object]:
    """The facts of the first TCP connection that came about."""
    return dict(next(note.facts for note in log.all(Kind.NOTE) if note.facts and "peer" in note.facts))


def refused_certificate(log: SessionLog) -> dict[str, object]:
    (certificate,) = [note.fact("certificate") for note in log.all(Kind.NOTE) if note.fact("certificate")]
    assert isinstance(certificate, dict)
    return certificate


@BOTH_TRANSPORTS
async def test_a_server_whose_authority_is_trusted(transport: str) -> None:
    log = await joined(server_side(), transport, ca=CA)
    facts = connection(log)
    assert (facts["tls"], facts["cipher"]) == ("TLSv1.3", "TLS_AES_256_GCM_SHA384")
    certificate = facts["certificate"]
    assert isinstance(certificate, dict)
    assert certificate["verified"] is True
    assert set(certificate["names"]) == {"127.0.0.1", "localhost"}
    assert certificate["issuer"].startswith("O=trustme")
    assert str(facts["local"]).startswith("127.0.0.1:")
    assert facts["peer"] != facts["local"]


@BOTH_TRANSPORTS
async def test_an_unknown_authority(transport: str) -> None:
    log, why = await refused(server_side(), transport)
    assert "unable to get local issuer certificate" in why
    certificate = refused_certificate(log)
    assert certificate["verified"] is False
    assert certificate["names"] == ["localhost", "127.0.0.1"]


@BOTH_TRANSPORTS
async def test_the_list_of_mozilla_does_not_know_it_either(transport: str) -> None:
    _log, why = await refused(server_side(), transport, trustStore="mozilla")
    assert "unable to get local issuer certificate" in why


@BOTH_TRANSPORTS
async def test_an_expired_certificate(transport: str) -> None:
    log, why = await refused(server_side(expired()), transport, ca=CA)
    assert "certificate has expired" in why
    assert refused_certificate(log)["ends"] == "2020-01-02 00:00"


@BOTH_TRANSPORTS
async def test_a_certificate_for_another_host(transport: str) -> None:
    log, why = await refused(server_side(AUTHORITY.issue_cert("other.example.org")), transport, ca=CA)
    assert "IP address mismatch" in why
    assert refused_certificate(log)["names"] == ["other.example.org"]


@BOTH_TRANSPORTS
async def test_the_name_to_expect_can_be_given(transport: str) -> None:
    asked: list[str] = []
    tls = server_side(AUTHORITY.issue_cert("other.example.org"))
    tls.sni_callback = lambda _socket, name, _context: asked.append(name)
    await joined(tls, transport, ca=CA, servername="other.example.org")
    assert set(asked) == {"other.example.org"}


@BOTH_TRANSPORTS
async def test_a_self_signed_certificate(transport: str) -> None:
    _log, why = await refused(server_side(self_signed()), transport)
    assert "self-signed certificate" in why


@BOTH_TRANSPORTS
@pytest.mark.parametrize("certificate", [HERE, expired(), self_signed()], ids=["unknown", "expired", "self-signed"])
async def test_what_is_not_verified_is_taken_and_shown(transport: str, certificate: trustme.LeafCert) -> None:
    log = await joined(server_side(certificate), transport, rejectUnauthorized=False)
    shown = connection(log)["certificate"]
    assert isinstance(shown, dict)
    assert shown["verified"] is False
    assert "O=trustme" in shown["issuer"]


def pfx(password: bytes = b"", *, with_key: bool = True) -> bytes:
    key = load_pem_private_key(KEY.encode(), None)
    lock = BestAvailableEncryption(password) if password else None
    return pkcs12.serialize_key_and_certificates(
        b"me",
        key if with_key else None,  # type: ignore[arg-type] # of the kind that trustme makes
        x509.load_pem_x509_certificate(CERT.encode()),
        [x509.load_pem_x509_certificate(CA.encode())],
        lock or NoEncryption(),
    )


def locked_key() -> str:
    key = load_pem_private_key(KEY.encode(), None)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(WORD.encode())).decode()


@BOTH_TRANSPORTS
async def test_a_client_certificate_that_is_required(transport: str, tmp_path: Path) -> None:
    tls = server_side(wants_client=True)
    (tmp_path / "me.pfx").write_bytes(pfx(WORD.encode()))
    (tmp_path / "both.pem").write_text(KEY + CERT)
    await joined(tls, transport, ca=CA, cert=CERT, key=KEY)
    await joined(tls, transport, ca=CA, cert=str(tmp_path / "both.pem"))
    await joined(tls, transport, ca=CA, cert=CERT, key=locked_key(), passphrase=WORD)
    await joined(tls, transport, ca=CA, pfx=str(tmp_path / "me.pfx"), passphrase=WORD)


@BOTH_TRANSPORTS
async def test_the_authorities_in_a_pfx_are_trusted_as_in_node(transport: str, tmp_path: Path) -> None:
    (tmp_path / "me.pfx").write_bytes(pfx())
    await joined(server_side(wants_client=True), transport, pfx=str(tmp_path / "me.pfx"))


@BOTH_TRANSPORTS
async def test_without_the_client_certificate_that_is_required(transport: str) -> None:
    why = await why_refused(server_side(wants_client=True), transport, ca=CA)
    assert why == "The server wants a client certificate (options “cert” and “key”, or “pfx”)."


@BOTH_TRANSPORTS
async def test_a_server_whose_tls_is_too_old(transport: str) -> None:
    old = server_side(newest=ssl.TLSVersion.TLSv1_2)
    assert connection(await joined(old, transport, ca=CA))["tls"] == "TLSv1.2"
    why = await why_refused(old, transport, ca=CA, minVersion="TLSv1.3")
    assert "no version of TLS that is allowed here" in why


@BOTH_TRANSPORTS
async def test_the_ciphers(transport: str) -> None:
    old = server_side(newest=ssl.TLSVersion.TLSv1_2)
    log = await joined(old, transport, ca=CA, ciphers="ECDHE-ECDSA-AES128-GCM-SHA256")
    assert connection(log)["cipher"] == "ECDHE-ECDSA-AES128-GCM-SHA256"
    why = await why_refused(old, transport, ca=CA, ciphers="TLS_AES_128_GCM_SHA256")
    assert "no version of TLS that is allowed here" in why
    why = await why_refused(old, transport, ca=CA, ciphers="ECDHE-RSA-AES128-GCM-SHA256")
    assert "none of the ciphers offered" in why


def context(**options: OptionValue) -> ssl.SSLContext:
    return tls_context(check_values(options))


def test_certificates_are_checked_unless_told_otherwise() -> None:
    assert context().verify_mode is ssl.CERT_REQUIRED
    assert context().check_hostname
    assert context(rejectUnauthorized=False).verify_mode is ssl.CERT_NONE
    assert not context(rejectUnauthorized=False).check_hostname


def test_ca_is_trusted_instead_of_all_others(tmp_path: Path) -> None:
    other = trustme.CA().cert_pem
    other.write_to_path(tmp_path / "other.pem")
    assert len(context(ca=[CA, str(tmp_path / "other.pem")]).get_ca_certs()) == 2
    assert len(context(ca=CA, trustStore="mozilla").get_ca_certs()) == 1
    assert len(context(trustStore="mozilla").get_ca_certs()) > 50


@pytest.mark.parametrize("version", ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"])
def test_the_oldest_version(version: str) -> None:
    assert context(minVersion=version).minimum_version.name == version.replace(".", "_")


FILES = {
    "text": b"hello",
    "locked.pem": locked_key().encode(),
    "other.key": trustme.CA().private_key_pem.bytes(),
    "me.pfx": pfx(WORD.encode()),
    "keyless.pfx": pfx(with_key=False),
}


@pytest.mark.parametrize(
    ("options", "option", "said"),
    [
        ({"ca": ["missing"]}, "ca", "missing does not exist"),
        ({"ca": ["text"]}, "ca", "text is no PEM certificate"),
        ({"ca": ["."]}, "ca", "cannot be read: Is a directory"),
        ({"ca": ["-----BEGIN CERTIFICATE-----\nbroken"]}, "ca", "The PEM text is no PEM certificate"),
        ({"ciphers": "NONSENSE"}, "ciphers", "NONSENSE"),
        ({"cert": "missing"}, "cert", "missing does not exist"),
        ({"cert": "text"}, "cert", "text is no PEM certificate"),
        ({"cert": CERT}, "key", "without its private key"),
        ({"cert": CERT, "key": "missing"}, "key", "missing does not exist"),
        ({"cert": CERT, "key": "text"}, "key", "text is no PEM private key"),
        ({"cert": CERT, "key": "other.key"}, "key", "does not belong to the client certificate"),
        ({"cert": CERT, "key": "locked.pem"}, "passphrase", "locked.pem is encrypted: it needs a passphrase"),
        ({"cert": CERT, "key": "locked.pem", "passphrase": "no"}, "passphrase", "passphrase does not open locked.pem"),
        ({"pfx": "missing"}, "pfx", "missing does not exist"),
        ({"pfx": "text"}, "pfx", "text is no PKCS#12 file"),
        ({"pfx": "keyless.pfx"}, "pfx", "keyless.pfx holds no private key"),
        ({"pfx": "me.pfx"}, "passphrase", "me.pfx is encrypted: it needs a passphrase"),
        ({"pfx": "me.pfx", "passphrase": "no"}, "passphrase", "passphrase does not open me.pfx"),
    ],
)
def test_what_cannot_be_used_is_named(
    options: dict[str, OptionValue], option: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(TlsFileError) as refusal:
        context(**options)
    assert said in str(refusal.value)
    assert str(refusal.value).endswith(f"(option “{option}”).")
    assert refusal.value.option == option


async def test_the_end_of_a_session_does_not_wait_for_the_goodbye_of_the_server() -> None:
    async with raw_server(EngineServer(websocket=until_closed), server_side()) as url:
        http = Http(check_values({"ca": CA}), SessionLog().tap, origin_of(read_address(url)))
        opened = await shake_hands(http, "/socket.io/?EIO=4&transport=websocket&sid=S", Wish([]))
        assert opened.stream.transport is not None
        connected: socket.socket = opened.stream.transport.get_extra_info("socket")
        opened.stream.close()
        await http.close()
        assert connected.fileno() == -1
