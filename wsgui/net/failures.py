"""An exception in plain words, and its whole chain of causes.

A ``TransportError`` stands around a ``ConnectionRefusedError`` around an errno. People need the last link in a
sentence; a bug report needs every link.
"""

from __future__ import annotations

import asyncio
import errno
import re
import socket
import ssl
from collections.abc import Iterator, Mapping

from wsgui.core.http1 import BrokenOffError, HttpError
from wsgui.core.i18n import N_, _
from wsgui.net.transport import TransportError

_BY_ERRNO = {
    errno.ECONNREFUSED: N_("Nothing listens on that host and port (connection refused). Is the server running?"),
    errno.EHOSTUNREACH: N_("There is no route to that host."),
    errno.ENETUNREACH: N_("The network of that host cannot be reached."),
    errno.ETIMEDOUT: N_("The host did not answer (TCP time-out): it is down, or a firewall drops the packets."),
    errno.ECONNRESET: N_("The server reset the connection."),
    errno.EPIPE: N_("The server closed the connection while data was being sent."),
    errno.EADDRNOTAVAIL: N_("The local address is none of this machine."),
}


_NOT_TLS = ("WRONG_VERSION_NUMBER", "UNKNOWN_PROTOCOL", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE")
"""What OpenSSL says when the other side answers a TLS hello with something else."""


_OPENSSL_FRAME = re.compile(r"\A\[\w+(: \w+)?\] | \(_ssl\.c:\d+\)\Z")
"""What stands around its words where it has no name for a reason."""

_BY_TLS_REASON = {
    "CERTIFICATE_REQUIRED": N_("The server wants a client certificate (options “cert” and “key”, or “pfx”)."),
    "PROTOCOL_VERSION": N_("The server speaks no version of TLS that is allowed here (option “minVersion”)."),
    "UNSUPPORTED_PROTOCOL": N_("The server speaks no version of TLS that is allowed here (option “minVersion”)."),
    "HANDSHAKE_FAILURE": N_(
        "The server refuses the TLS handshake: it takes none of the ciphers offered, or wants a client certificate."
    ),
    "UNKNOWN_CA": N_("The server does not know the authority of the client certificate."),
}
"""What OpenSSL says, without the name of the protocol in front, as a sentence."""


class HandshakeEndedError(ConnectionResetError):
    """The server hung up during the TLS handshake, without a word and without a reset."""


class UnusableOptionError(Exception):
    """The connection cannot be made as an option wants it; the message is a sentence with the option's name."""

    def __init__(self, option: str, sentence: str) -> None:
        whole = _("{sentence} (option “{option}”).").format(sentence=sentence.rstrip("."), option=option)
        super().__init__(whole)
        self.option = option


def links(error: BaseException) -> Iterator[BaseException]:
    """``error`` and all that caused it, the outermost first, each once."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        link = waiting.pop(0)
        if id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        if isinstance(link, BaseExceptionGroup):
            waiting.extend(link.exceptions)
        cause = link.__cause__ or link.__context__
        if cause is not None:
            waiting.append(cause)


def chain(error: BaseException) -> list[list[str]]:
    """Each link as ``[type, message]``."""
    return [[type(link).__name__, str(link) or repr(link)] for link in links(error)]


def plain(error: BaseException) -> str:
    """One sentence: what happened. The deepest link that is understood decides."""
    if failure := unusable_option(error):
        return str(failure)
    if broken := next((link for link in links(error) if isinstance(link, BrokenOffError)), None):
        return str(broken)  # that the connection ended with a reset or without is said by the chain
    # Within a time-out a cancellation is merely how asyncio ends the wait; it explains itself alone.
    understood = (link for link in links(error) if link is error or not isinstance(link, asyncio.CancelledError))
    sentences = [sentence for link in understood if (sentence := _sentence(link))]
    return sentences[-1] if sentences else str(error) or type(error).__name__


def unusable_option(error: BaseException) -> UnusableOptionError | None:
    """The option to blame, if one is."""
    return next((link for link in links(error) if isinstance(link, UnusableOptionError)), None)


def opening_facts(error: Exception) -> dict[str, object]:
    """What a ``connect_error`` record tells of a connection that could not be opened."""
    description = (error.description if isinstance(error, TransportError) else "") or plain(error)
    facts: dict[str, object] = {"text": str(error), "description": description, "chain": chain(error)}
    if isinstance(error, TransportError) and error.status:
        facts["status"] = error.status
    if blamed := unusable_option(error):
        facts["option"] = blamed.option
    return facts


def in_one_line(facts: Mapping[str, object]) -> str:
    """Those facts as a person reads them: what lies behind the error, and its name in JavaScript."""
    text, description = facts["text"], facts["description"]
    return str(text) if text == description else f"{description} ({text})"


def _sentence(link: BaseException) -> str:
    match link:
        case asyncio.CancelledError():
            return _("Cancelled before an answer came.")
        case ssl.SSLCertVerificationError(verify_message=why):
            return _("The server's certificate is not accepted: {why}.").format(why=why)
        case ssl.SSLError():
            reason = link.reason or _OPENSSL_FRAME.sub("", str(link))
            if reason in _NOT_TLS:
                return _("The server does not speak TLS on that port. Use http:// or ws:// if that is meant.")
            for end, sentence in _BY_TLS_REASON.items():
                if end in reason:
                    return _(sentence)
            return _("TLS failed: {why}.").format(why=reason.replace("_", " ").lower())
        case socket.gaierror():
            return _("The host name has no address ({why}). Is it spelled right?").format(why=link.strerror or link)
        case HttpError():
            return str(link)
        case OSError(errno=number) if number in _BY_ERRNO:
            return _(_BY_ERRNO[number])
        case HandshakeEndedError():
            return _("The server closed the connection in the middle of the TLS handshake.")
        case ConnectionResetError():  # asyncio's own has no number
            return _(_BY_ERRNO[errno.ECONNRESET])
        case TimeoutError():
            return _("The time was up before an answer came.")
    return ""
