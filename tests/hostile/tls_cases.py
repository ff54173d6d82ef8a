"""What no TLS server should say in answer to a greeting, and certificates that no authority should sign."""

from __future__ import annotations

import base64
import os
import random
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

NO_TLS = "does not speak TLS"
HANDSHAKE, ALERT, CHANGE_CIPHER, DATA = 22, 21, 20, 23
ALERTS = {
    0: "close notify", 10: "unexpected message", 20: "bad record mac", 21: "decryption failed", 22: "record overflow",
    30: "decompression failure", 40: "handshake failure", 41: "no certificate", 42: "bad certificate",
    43: "unsupported certificate", 44: "certificate revoked", 45: "certificate expired", 46: "certificate unknown",
    47: "illegal parameter", 48: "unknown ca", 49: "access denied", 50: "decode error", 51: "decrypt error",
    60: "export restriction", 70: "protocol version", 71: "insufficient security", 80: "internal error",
    86: "inappropriate fallback", 90: "user cancelled", 100: "no renegotiation", 109: "missing extension",
    110: "unsupported extension", 111: "certificate unobtainable", 112: "unrecognized name",
    113: "bad certificate status response", 114: "bad certificate hash value", 115: "unknown psk identity",
    116: "certificate required", 120: "no application protocol",
}  # fmt: skip
"""RFC 8446, section 6, and those of the versions before it."""


@dataclass(frozen=True)
class Case:
    """``says``: words of the description in the log; empty where any sentence will do."""

    name: str
    answer: bytes
    says: str = ""


def record(kind: int, content: bytes, *, version: bytes = b"\x03\x03", size: int | None = None) -> bytes:
    return bytes([kind]) + version + (len(content) if size is None else size).to_bytes(2, "big") + content


def server_hello(*, size: int | None = None, version: bytes = b"\x03\x03", cipher: bytes = b"\x13\x01") -> bytes:
    """A ServerHello without extensions, which is one of TLS 1.2; ``size``: what it says of itself."""
    body = version + random.Random(1).randbytes(32) + b"\0" + cipher + b"\0"
    return b"\x02" + (len(body) if size is None else size).to_bytes(3, "big") + body


def answers() -> Iterator[Case]:
    for code, name in ALERTS.items():
        yield Case(f"alert {code}, {name}", record(ALERT, bytes([2, code])))
    for code in (0, 90, 112, 255):
        yield Case(f"warning {code}", record(ALERT, bytes([1, code])))
    yield Case("alert 255", record(ALERT, b"\x02\xff"))
    yield Case("an alert of one byte", record(ALERT, b"\x02"))
    yield Case("an alert of level 9", record(ALERT, b"\x09\x28"))
    for name, answer in (
        ("HTTP", b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nThis is plain HTTP"),
        ("a page", b"<html>" * 100), ("SSH", b"SSH-2.0-OpenSSH_9.6\r\n"), ("SMTP", b"220 mail ESMTP ready\r\n"),
        ("zeros", b"\0" * 100), ("ones", b"\xff" * 100), ("our own words", b"\x16\x02\x99\x00\x05hello"),
        ("SSL 2", b"\x80\x2e\x01\x00\x02\x00\x15" + b"\0" * 60),
    ):  # fmt: skip
        yield Case(f"no TLS: {name}", answer, NO_TLS)
    for number in range(5):
        yield Case(f"noise {number}", random.Random(number).randbytes(500))
    yield Case("noise in a record", record(HANDSHAKE, random.Random(9).randbytes(500)))
    for name, answer in (
        ("of 65,535 bytes", record(HANDSHAKE, b"\x02" * 100, size=65535)),
        ("without content", record(HANDSHAKE, b"")),
        ("that is cut short", record(HANDSHAKE, server_hello(), size=300)),
        ("of an unknown kind", record(99, b"hello")),
        ("of application data before its time", record(DATA, b"hello")),
        ("of a change of ciphers before its time", record(CHANGE_CIPHER, b"\x01")),
        ("of a change of ciphers of 2", record(CHANGE_CIPHER, b"\x02")),
        ("of SSL 3", record(HANDSHAKE, server_hello(version=b"\x03\x00"), version=b"\x03\x00")),
        ("of TLS 9", record(HANDSHAKE, server_hello(version=b"\x09\x09"), version=b"\x09\x09")),
    ):
        yield Case(f"a record {name}", answer)
    for name, message in (
        ("longer than its record", server_hello(size=5000)), ("of 16 MB", server_hello(size=(1 << 24) - 1)),
        ("shorter than it is", server_hello(size=3)), ("of nothing", b"\x02\0\0\0"),
        ("with a cipher nobody offered", server_hello(cipher=b"\x00\x00")),
        ("of a version nobody offered", server_hello(version=b"\x03\x01")),
    ):  # fmt: skip
        yield Case(f"a ServerHello {name}", record(HANDSHAKE, message))
    for kind, name in (
        (0, "HelloRequest"),
        (1, "ClientHello"),
        (11, "Certificate"),
        (20, "Finished"),
        (24, "KeyUpdate"),
    ):
        yield Case(f"a {name} instead of a ServerHello", record(HANDSHAKE, bytes([kind]) + b"\0\0\0"))
    yield Case("ten thousand empty records", record(HANDSHAKE, b"") * 10_000)
    yield Case("ten thousand HelloRequests", record(HANDSHAKE, b"\0\0\0\0") * 10_000)
    yield Case("a thousand warnings", record(ALERT, b"\x01\x5a") * 1000)
    yield Case("a ServerHello twice", record(HANDSHAKE, server_hello()) * 2)


ANSWERS = tuple(answers())

Change = Callable[[x509.CertificateBuilder], x509.CertificateBuilder]


@dataclass(frozen=True)
class Certificate:
    """A certificate made by hand, that vouches for itself."""

    name: str
    subject: str = "evil.example"
    alternatives: tuple[x509.GeneralName, ...] = (x509.IPAddress(ip_address("127.0.0.1")),)
    days: tuple[int, int] = (-1, 30)
    junk: int = 0
    """Bytes of an extension that nobody knows."""
    patches: tuple[tuple[bytes, bytes], ...] = field(default=())
    """What is replaced in its DER, each by as many bytes; the signature is then wrong, which nobody checks here."""
    serial: int = 0x0123456789ABCDEF
    too_large: bool = False

    def pem(self) -> bytes:
        """With its private key."""
        key = ec.generate_private_key(ec.SECP256R1())
        with warnings.catch_warnings(action="ignore", category=UserWarning):  # of names that are too long or empty
            name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.subject, _validate=False)])
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(self.serial)
            .not_valid_before(now + timedelta(days=self.days[0])).not_valid_after(now + timedelta(days=self.days[1]))
        )  # fmt: skip
        if self.alternatives:
            builder = builder.add_extension(x509.SubjectAlternativeName(self.alternatives), critical=False)
        if self.junk:
            unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), os.urandom(self.junk))
            builder = builder.add_extension(unknown, critical=False)
        der = builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
        for old, new in self.patches:
            assert len(old) == len(new)
            assert old in der
            der = der.replace(old, new)
        body = base64.encodebytes(der).replace(b"\n", b"")
        lines = b"\n".join(body[place : place + 64] for place in range(0, len(body), 64))
        certificate = b"-----BEGIN CERTIFICATE-----\n" + lines + b"\n-----END CERTIFICATE-----\n"
        return certificate + key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())


def _names(number: int, size: int = 10) -> tuple[x509.GeneralName, ...]:
    return tuple(x509.DNSName(f"{each:0{size}}.example") for each in range(number))


CERTIFICATES = (
    Certificate("of 1 MB", junk=1_000_000, too_large=True),
    Certificate("of 90 KB", junk=90_000),
    Certificate("with 4,000 names", alternatives=_names(4000)),
    Certificate("with 20,000 names", alternatives=_names(20_000), too_large=True),
    Certificate("for nobody", subject="", alternatives=()),
    Certificate("for a name of 10,000 letters", subject="n" * 10_000),
    Certificate("with line breaks", subject="good\r\n[state] Connected"),
    Certificate("with escapes", subject="\x1b[31mred\x1b[0m\x07"),
    Certificate("that runs backwards", subject="\u202egnp.exe"),
    Certificate("of HTML", subject="<img src=x onerror=alert(1)>"),
    Certificate("with a zero in its name", subject="good.example\0.evil.example"),
    Certificate("with a serial of 20 bytes", serial=(1 << 159) - 1),
    Certificate("with a negative serial", patches=((b"\x02\x08\x01\x23\x45", b"\x02\x08\x81\x23\x45"),)),
    Certificate("of version 9", patches=((b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x08"),)),
    Certificate("of version 1 with extensions", patches=((b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x00"),)),
    Certificate("that begins in the future", days=(10, 20)),
    Certificate("that has ended", days=(-20, -10)),
    Certificate("for an address of 4 bytes of e-mail", patches=((b"\x87\x04\x7f\0\0\x01", b"\x81\x04\x7f\0\0\x01"),)),
    Certificate(
        "with a name of no characters", patches=((b"\x0c\x0cevil", b"\x16\x0c\xff\xff\xff\xff"),)
    ),
    Certificate("with an empty name of a host", alternatives=(x509.DNSName(""),)),
    Certificate("with a wildcard for all", alternatives=(x509.DNSName("*"),)),
    Certificate("for an address of e-mail", alternatives=(x509.RFC822Name("me@example.org"),)),
    Certificate("with other kinds of names", alternatives=(
        x509.UniformResourceIdentifier("javascript:alert(1)"), x509.RegisteredID(x509.ObjectIdentifier("1.2.3")),
        x509.DirectoryName(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "d")])),
        x509.OtherName(x509.ObjectIdentifier("1.2.3"), b"\x0c\x01x"),
    )),
)  # fmt: skip
