"""The client seems dead: pings are read and shown, but no pong goes back."""

from wsgui.core.i18n import N_, _
from wsgui.net.arming import Arming
from wsgui.net.client_fault import ClientFault, Prepared


def _prepare(_value: str) -> Prepared:
    return Prepared(_("Pings are not answered any more."), _act)


def _act(arming: Arming) -> None:
    arming.answers_pings = False


def _end(arming: Arming) -> None:
    arming.answers_pings = True


FAULT = ClientFault(
    title=N_("Stop answering pings"),
    effect=N_("The server should give the client up after its ping time-out. Engine.IO: pingTimeout of the handshake."),
    prepare=_prepare,
    end=_end,
)
