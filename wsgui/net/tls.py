"""Options -> the TLS settings of a connection. What cannot be used is refused in a sentence that names the option.

``ssl`` says of a bad file no more than "[SSL] PEM lib" and cannot read PKCS#12; ``cryptography`` can tell a wrong
passphrase from a file that is none. It takes 60 ms to import and is asked only where a client certificate is shown.
"""

from __future__ import annotations

import secrets
import ssl
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from wsgui.core.i18n import _
from wsgui.core.option_checks import is_pem
from wsgui.core.options import OptionValues, value_of
from wsgui.net.failures import UnusableOptionError
from wsgui.net.refused_certificate import keep_refused_chain

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
    from cryptography.x509 import Certificate

_VERSIONS = {
    "TLSv1": ssl.TLSVersion.TLSv1,
    "TLSv1.1": ssl.TLSVersion.TLSv1_1,
    "TLSv1.2": ssl.TLSVersion.TLSv1_2,
    "TLSv1.3": ssl.TLSVersion.TLSv1_3,
}


class TlsFileError(UnusableOptionError, ValueError):
    """A certificate, key or cipher list cannot be used. ``option`` names the option to look at."""


def tls_context(values: OptionValues) -> ssl.SSLContext:
    """The TLS settings that the options ask for. Raises :class:`TlsFileError`."""
    context = _trusting(values)
    if value_of(values, "rejectUnauthorized") is False:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # old versions are asked for on purpose
        context.minimum_version = _VERSIONS[str(value_of(values, "minVersion"))]
    if ciphers := value_of(values, "ciphers"):
        _choose_ciphers(context, str(ciphers))
    _show_identity(context, values)
    return context


def _trusting(values: OptionValues) -> ssl.SSLContext:
    """A context that trusts ``ca`` if it is given, else ``trustStore``.

    Not ``ssl.create_default_context``: from Python 3.13 on it wants more of a certificate than Node and browsers do.
    """
    given = value_of(values, "ca")
    authorities = [str(item) for item in given] if isinstance(given, list | tuple) else [str(given)] if given else []
    if not authorities and value_of(values, "trustStore") == "system":
        import truststore

        system = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        keep_refused_chain(system._ctx)
        return system
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    keep_refused_chain(context)
    if not authorities:
        import certifi

        context.load_verify_locations(certifi.where())
    for authority in authorities:
        content = _read("ca", authority)
        try:
            context.load_verify_locations(cadata=content.decode("ascii"))
        except (ValueError, ssl.SSLError) as error:
            raise _no_pem("ca", authority) from error
    return context


def _choose_ciphers(context: ssl.SSLContext, ciphers: str) -> None:
    """As Node: TLS 1.3 has ciphers of its own, and a list with no other leaves older versions nothing to use."""
    older = [name for name in ciphers.split(":") if not name.startswith("TLS_")]
    if not older:
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        return
    try:
        context.set_ciphers(":".join(older))
    except ssl.SSLError as error:
        raise TlsFileError("ciphers", _("No cipher in this list is known: {list}.").format(list=ciphers)) from error


def _show_identity(context: ssl.SSLContext, values: OptionValues) -> None:
    """Load the client certificate, if one is to be shown."""
    pfx, certificate, key = (str(value_of(values, name) or "") for name in ("pfx", "cert", "key"))
    passphrase = str(value_of(values, "passphrase") or "")
    if pfx:
        private_key, chain = _read_pfx(pfx, passphrase)
    elif certificate:
        private_key, chain = _read_pem(certificate, key, passphrase)
    else:
        return
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

    if private_key.public_key() != chain[0].public_key():
        option = "pfx" if pfx else "key" if key else "cert"
        raise TlsFileError(option, _("The private key does not belong to the client certificate."))
    # `ssl` reads keys from files only: this one is gone at once, and encrypted as long as it is there.
    lock = secrets.token_hex()
    sealed = private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(lock.encode()))
    with TemporaryDirectory() as folder:  # of mode 0700
        file = Path(folder, "client.pem")
        file.write_bytes(sealed + b"".join(each.public_bytes(Encoding.PEM) for each in chain))
        try:
            context.load_cert_chain(file, password=lock)
        except ssl.SSLError as error:
            why = (error.reason or str(error)).replace("_", " ").lower()
            sentence = _("The client certificate cannot be used: {why}.").format(why=why)
            raise TlsFileError("pfx" if pfx else "cert", sentence) from error
    if pfx and chain[1:]:
        pem = b"".join(each.public_bytes(Encoding.PEM) for each in chain[1:])
        context.load_verify_locations(cadata=pem.decode("ascii"))


def _read_pfx(pfx: str, passphrase: str) -> tuple[PrivateKeyTypes, list[Certificate]]:
    from cryptography.hazmat.primitives.serialization import pkcs12

    content = _read("pfx", pfx)
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, passphrase.encode() or None)
    except ValueError as error:
        if "password" not in str(error).lower():
            sentence = _("{file} is no PKCS#12 file (.pfx, .p12).").format(file=_short(pfx))
            raise TlsFileError("pfx", sentence) from error
        raise _wrong_passphrase(passphrase, pfx) from error
    if key is None or certificate is None:
        raise TlsFileError("pfx", _("{file} holds no private key with its certificate.").format(file=_short(pfx)))
    return key, [certificate, *others]


def _read_pem(certificate: str, key: str, passphrase: str) -> tuple[PrivateKeyTypes, list[Certificate]]:
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    text = _read("cert", certificate)
    try:
        chain = x509.load_pem_x509_certificates(text)
    except ValueError as error:
        raise _no_pem("cert", certificate) from error
    if not key and b"PRIVATE KEY-----" not in text:
        raise TlsFileError("key", _("The client certificate is of no use without its private key: give it in “key”."))
    option, source = ("key", key) if key else ("cert", certificate)
    pem = _read(option, source)
    is_locked = b"ENCRYPTED" in pem
    try:
        private_key = load_pem_private_key(pem, passphrase.encode() if is_locked and passphrase else None)
    except (ValueError, TypeError) as error:
        if is_locked:
            raise _wrong_passphrase(passphrase, source) from error
        raise TlsFileError(option, _("{file} is no PEM private key.").format(file=_short(source))) from error
    except UnsupportedAlgorithm as error:
        sentence = _("The private key in {file} is of a kind that is not supported: {why}.")
        raise TlsFileError(option, sentence.format(file=_short(source), why=error)) from error
    return private_key, chain


def _wrong_passphrase(passphrase: str, source: str) -> TlsFileError:
    if not passphrase:
        return TlsFileError("passphrase", _("{file} is encrypted: it needs a passphrase.").format(file=_short(source)))
    return TlsFileError("passphrase", _("The passphrase does not open {file}.").format(file=_short(source)))


def _no_pem(option: str, source: str) -> TlsFileError:
    return TlsFileError(option, _("{file} is no PEM certificate.").format(file=_short(source)))


def _read(option: str, value: str) -> bytes:
    """The content of a file; text, as Node takes it too, is its own content."""
    if is_pem(value):
        return value.encode()
    try:
        return Path(value).read_bytes()
    except FileNotFoundError as error:
        raise TlsFileError(option, _("The file {file} does not exist.").format(file=_short(value))) from error
    except OSError as error:
        sentence = _("The file {file} cannot be read: {why}.").format(file=_short(value), why=error.strerror)
        raise TlsFileError(option, sentence) from error


def _short(source: str) -> str:
    if is_pem(source):
        return _("The PEM text")
    return source if len(source) < 80 else source[:77] + "..."
