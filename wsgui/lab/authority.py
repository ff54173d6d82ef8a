"""The lab's certificate authority: made when it is first needed, and thrown away with the process.

Its own certificate is a file, for clients that are to trust it. Private keys are on disk only while OpenSSL reads them.
"""

from __future__ import annotations

import atexit
import ipaddress
import shutil
import ssl
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NAMES = ("127.0.0.1", "localhost")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Identity:
    """A certificate with its private key, and ``chain``, the certificates that the server sends along."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    chain: tuple[x509.Certificate, ...] = ()

    def context(self) -> ssl.SSLContext:
        """TLS for a server with this certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_alpn_protocols(["http/1.1"])
        key = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with tempfile.TemporaryDirectory(prefix="wsgui-lab-") as folder:
            file = Path(folder) / "identity.pem"
            file.touch(mode=0o600)
            file.write_bytes(key + b"".join(_pem(one) for one in (self.certificate, *self.chain)))
            context.load_cert_chain(file)
        return context


@dataclass(frozen=True)
class Authority:
    """Issues certificates. ``file``: its own, in PEM."""

    identity: Identity
    file: Path

    def server(
        self, names: Sequence[str] = NAMES, *, begin: timedelta = -DAY, end: timedelta = 30 * DAY, common_name: str = ""
    ) -> Identity:
        """A certificate for these host names and addresses, valid from ``begin`` to ``end``, counted from now."""
        return issue(self.identity, common_name or "wsgui lab", names, begin, end)

    def between(self, name: str) -> Identity:
        """An authority that this one vouches for."""
        return issue(self.identity, name)


@cache
def authority() -> Authority:
    """The authority of this process."""
    folder = Path(tempfile.mkdtemp(prefix="wsgui-lab-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    identity = issue(None, "wsgui lab authority")
    file = folder / "authority.pem"
    file.write_bytes(_pem(identity.certificate))
    return Authority(identity, file)


def issue(
    issuer: Identity | None,
    common_name: str,
    names: Sequence[str] | None = None,
    begin: timedelta = -DAY,
    end: timedelta = 30 * DAY,
) -> Identity:
    """A new certificate. Without an issuer it signs itself; with ``names`` it is a server's, else an authority's."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    signer = issuer.key if issuer else key
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + begin)
        .not_valid_after(now + end)
        .add_extension(x509.BasicConstraints(ca=names is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .add_extension(_usage(for_authority=names is None), critical=True)
    )
    if names is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([_name(name) for name in names]), critical=False)
    return Identity(builder.sign(signer, hashes.SHA256()), key)


def _usage(*, for_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=for_authority,
        crl_sign=for_authority,
        encipher_only=False,
        decipher_only=False,
    )


def _name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
