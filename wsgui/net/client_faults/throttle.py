"""What is sent trickles, as over a bad mobile line."""

from wsgui.core.i18n import N_, _
from wsgui.net.arming import Arming
from wsgui.net.client_fault import ClientFault, FaultValueError, Field, Prepared
from wsgui.net.slow_transport import Slowness

_MOST = 1 << 30


def _prepare(value: str) -> Prepared:
    text = value.strip()
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text) <= _MOST:
        raise FaultValueError(_("The rate is a number of bytes per second from 1 to {most:,}.").format(most=_MOST))
    slowness = Slowness(rate=int(text))
    said = _("This client sends at most {n} bytes per second.").format(n=text)
    return Prepared(said, lambda arming: arming.slow_down("throttle", slowness))


def _end(arming: Arming) -> None:
    arming.slow_down("throttle", None)


FAULT = ClientFault(
    title=N_("Throttle what is sent"),
    effect=N_("Frames come in pieces. See whether the server waits for the rest, and whether others must wait too."),
    prepare=_prepare,
    field=Field(N_("Bytes per second"), "1000", ("20", "1000", "50000")),
    end=_end,
)
