"""The certificates of a server that was not believed.

``ssl`` forgets them with the failed handshake, and it is they that say why. Here the error carries them out.
"""

from __future__ import annotations

import ssl
import sys


def keep_refused_chain(context: ssl.SSLContext) -> None:
    """Let :func:`refused_chain` know what a server showed that ``context`` refuses."""
    usual = context.sslobject_class or ssl.SSLObject

    class Witness(usual):  # type: ignore[misc, valid-type] # truststore has a class of its own for each context
        def do_handshake(self) -> None:
            try:
                super().do_handshake()
            except ssl.SSLCertVerificationError as error:
                error.refused_chain = _shown(self)  # type: ignore[attr-defined] # an error can carry anything
                raise

    context.sslobject_class = Witness


def refused_chain(error: BaseException) -> list[bytes]:
    """What the server showed, as DER, its own certificate first; nothing if ``error`` is not of that kind."""
    chain: list[bytes] = getattr(error, "refused_chain", [])
    return chain


def _shown(tls: ssl.SSLObject) -> list[bytes]:
    if sys.version_info >= (3, 13):
        return tls.get_unverified_chain()
    from _ssl import ENCODING_DER

    return [each.public_bytes(ENCODING_DER) for each in tls._sslobj.get_unverified_chain() or ()]  # type: ignore[attr-defined] # public from Python 3.13 on
