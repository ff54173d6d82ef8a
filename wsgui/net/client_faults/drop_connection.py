"""The cable is pulled politely: TCP ends, and no close frame or close packet came before it."""

from wsgui.core.i18n import N_, _
from wsgui.net.arming import Arming
from wsgui.net.client_fault import ClientFault, Prepared


def _prepare(_value: str) -> Prepared:
    return Prepared(_("The TCP connection is dropped without a close."), _act)


def _act(arming: Arming) -> None:
    for stream in list(arming.streams()):
        if stream.transport is not None:
            stream.transport.abort()


FAULT = ClientFault(
    title=N_("Drop the TCP connection without a close"),
    effect=N_("The server sees the end of the connection (FIN) without a close frame: 1006, or “transport close”."),
    prepare=_prepare,
)
