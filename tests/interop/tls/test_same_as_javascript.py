"""With the same TLS options the real client and this one get the same outcome from the same real server."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)

from tests.interop.node_server import NodeServer
from tests.net.session_log import session
from wsgui.core.records import Kind

CLIENT = Path(__file__).parent / "client.js"
TRANSPORTS = ("polling", "websocket")
WORD = "open sesame"

AUTHORITY = trustme.CA()
CA = AUTHORITY.cert_pem.bytes().decode()
ME = AUTHORITY.issue_cert("me@example.org")
CERT, KEY = ME.cert_chain_pems[0].bytes().decode(), ME.private_key_pem.bytes().decode()
OTHER_KEY = trustme.CA().private_key_pem.bytes().decode()
LOCK = BestAvailableEncryption(WORD.encode())
LOCKED_KEY = load_pem_private_key(KEY.encode(), None).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, LOCK).decode()
PFX = pkcs12.serialize_key_and_certificates(
    b"me",
    load_pem_private_key(KEY.encode(), None),  # type: ignore[arg-type] # of the kind that trustme makes
    x509.load_pem_x509_certificate(CERT.encode()),
    [x509.load_pem_x509_certificate(CA.encode())],
    LOCK,
)
ALONE = trustme.CA()
"""A certificate that vouches for itself."""


def identity(certificate: trustme.LeafCert) -> dict[str, object]:
    """The options of Node's HTTPS server."""
    return {
        "cert": certificate.cert_chain_pems[0].bytes().decode(),
        "key": certificate.private_key_pem.bytes().decode(),
    }


HERE = identity(AUTHORITY.issue_cert("127.0.0.1"))
PAST = datetime(2020, 1, 1, tzinfo=UTC)
EXPIRED = identity(AUTHORITY.issue_cert("127.0.0.1", not_before=PAST, not_after=PAST + timedelta(days=1)))
ELSEWHERE = identity(AUTHORITY.issue_cert("other.example.org"))
SELF_SIGNED: dict[str, object] = {
    "cert": ALONE.cert_pem.bytes().decode(),
    "key": ALONE.private_key_pem.bytes().decode(),
}
ASKS = HERE | {"ca": CA, "requestCert": True, "rejectUnauthorized": True}
OLD = HERE | {"maxVersion": "TLSv1.2", "ciphers": "ECDHE-ECDSA-AES128-GCM-SHA256"}


@dataclass(frozen=True)
class Case:
    server: dict[str, object]
    options: dict[str, object]
    connects: bool
    pfx: bytes = b""
    same_words: bool = field(default=True)
    """Whether JavaScript's ``connect_error`` says the same.

    Where an option cannot be used, a sentence stands here; over a WebSocket JavaScript waits for its ``timeout`` then,
    because it threw before anybody listened.
    """


CASES = {
    "unknown authority": Case(HERE, {}, connects=False),
    "unknown authority, not verified": Case(HERE, {"rejectUnauthorized": False}, connects=True),
    "trusted": Case(HERE, {"ca": CA}, connects=True),
    "trusted, one of two": Case(HERE, {"ca": [SELF_SIGNED["cert"], CA]}, connects=True),
    "another authority trusted": Case(HERE, {"ca": SELF_SIGNED["cert"]}, connects=False),
    "expired": Case(EXPIRED, {"ca": CA}, connects=False),
    "expired, not verified": Case(EXPIRED, {"ca": CA, "rejectUnauthorized": False}, connects=True),
    "another host": Case(ELSEWHERE, {"ca": CA}, connects=False),
    "another host, not verified": Case(ELSEWHERE, {"rejectUnauthorized": False}, connects=True),
    "self-signed": Case(SELF_SIGNED, {}, connects=False),
    "self-signed, not verified": Case(SELF_SIGNED, {"rejectUnauthorized": False}, connects=True),
    "client certificate wanted, none": Case(ASKS, {"ca": CA}, connects=False),
    "client certificate": Case(ASKS, {"ca": CA, "cert": CERT, "key": KEY}, connects=True),
    "client certificate, both in one": Case(ASKS, {"ca": CA, "cert": KEY + CERT, "key": KEY + CERT}, connects=True),
    "locked key": Case(ASKS, {"ca": CA, "cert": CERT, "key": LOCKED_KEY, "passphrase": WORD}, connects=True),
    "passphrase that is not needed": Case(
        ASKS, {"ca": CA, "cert": CERT, "key": KEY, "passphrase": WORD}, connects=True
    ),
    "locked key, wrong passphrase": Case(
        ASKS, {"ca": CA, "cert": CERT, "key": LOCKED_KEY, "passphrase": "no"}, connects=False, same_words=False
    ),
    "key of another": Case(ASKS, {"ca": CA, "cert": CERT, "key": OTHER_KEY}, connects=False, same_words=False),
    "pfx": Case(ASKS, {"ca": CA, "passphrase": WORD}, connects=True, pfx=PFX),
    "pfx whose authority is trusted": Case(ASKS, {"passphrase": WORD}, connects=True, pfx=PFX),
    "pfx over cert": Case(
        ASKS, {"passphrase": WORD, "cert": SELF_SIGNED["cert"], "key": SELF_SIGNED["key"]}, connects=True, pfx=PFX
    ),
    "pfx, wrong passphrase": Case(ASKS, {"passphrase": "no"}, connects=False, pfx=PFX, same_words=False),
    "cipher of the server": Case(OLD, {"ca": CA, "ciphers": "ECDHE-ECDSA-AES128-GCM-SHA256"}, connects=True),
    "cipher of another": Case(OLD, {"ca": CA, "ciphers": "ECDHE-ECDSA-AES256-GCM-SHA384"}, connects=False),
    "only ciphers of TLS 1.3": Case(OLD, {"ca": CA, "ciphers": "TLS_AES_128_GCM_SHA256"}, connects=False),
    "only ciphers of TLS 1.2": Case(HERE, {"ca": CA, "ciphers": "ECDHE-RSA-AES128-GCM-SHA256"}, connects=True),
    "ciphers of both": Case(OLD, {"ca": CA, "ciphers": "TLS_AES_128_GCM_SHA256:ECDHE+AESGCM"}, connects=True),
    "no cipher": Case(HERE, {"ca": CA, "ciphers": "NONSENSE"}, connects=False, same_words=False),
}


Outcome = tuple[bool, str]
"""Whether it connected, and the message of the ``connect_error``."""


@pytest.fixture(scope="module")
def urls(node: None) -> Iterator[dict[str, str]]:
    """The URL of the server of each case. Cases with the same settings share one."""
    servers: list[tuple[dict[str, object], NodeServer]] = []
    try:
        for case in CASES.values():
            if not any(case.server is settings for settings, _server in servers):
                servers.append((case.server, NodeServer("socketio4.js", {"tls": case.server})))
                servers[-1][1].start()
        found = {name: next(s for settings, s in servers if settings is case.server) for name, case in CASES.items()}
        yield {name: server.url.replace("http:", "https:") for name, server in found.items()}
    finally:
        for _settings, server in servers:
            server.stop()


@pytest.fixture(scope="module")
def javascript(urls: dict[str, str]) -> dict[tuple[str, str], Outcome]:
    """What ``socket.io-client`` comes to, by case and transport: one process for all of them."""
    keys = [(name, transport) for name in CASES for transport in TRANSPORTS]
    jobs = [
        {
            "url": urls[name],
            "options": CASES[name].options
            | {"transports": [transport], "timeout": 20_000 if CASES[name].same_words else 200},
            "pfx": base64.b64encode(CASES[name].pfx).decode(),
        }
        for name, transport in keys
    ]
    done = subprocess.run(["node", CLIENT], input=json.dumps(jobs), capture_output=True, text=True, check=True)
    outcomes = [json.loads(line) for line in done.stdout.splitlines()]
    return {key: (each["connected"], each.get("message", "")) for key, each in zip(keys, outcomes, strict=True)}


async def ours(url: str, case: Case, transport: str, folder: Path) -> Outcome:
    options = dict(case.options)
    if case.pfx:
        (folder / "me.pfx").write_bytes(case.pfx)
        options["pfx"] = str(folder / "me.pfx")
    async with session(url, transports=[transport], reconnection=False, **options) as (_running, log):
        await log.until_true(lambda: bool(log.all(Kind.CONNECT) or log.all(Kind.CONNECT_ERROR)))
        errors = log.all(Kind.CONNECT_ERROR)
        return bool(log.all(Kind.CONNECT)), str(errors[0].fact("text")) if errors else ""


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("name", CASES)
async def test_the_outcome(
    javascript: dict[tuple[str, str], Outcome], urls: dict[str, str], name: str, transport: str, tmp_path: Path
) -> None:
    case = CASES[name]
    theirs, here = javascript[name, transport], await ours(urls[name], case, transport, tmp_path)
    assert (theirs[0], here[0]) == (case.connects, case.connects), (theirs, here)
    if case.same_words:
        assert here[1] == theirs[1]
