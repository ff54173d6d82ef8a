"""All that is sent goes out later, as over a satellite."""

from wsgui.core.i18n import N_, _
from wsgui.net.arming import Arming
from wsgui.net.client_fault import ClientFault, FaultValueError, Field, Prepared
from wsgui.net.slow_transport import Slowness

_MOST = 600_000


def _prepare(value: str) -> Prepared:
    text = value.strip()
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text) <= _MOST:
        raise FaultValueError(_("The delay is a number of milliseconds from 1 to {most}.").format(most=_MOST))
    slowness = Slowness(delay=int(text) / 1000)
    said = _("All that this client sends goes out {n} ms later.").format(n=text)
    return Prepared(said, lambda arming: arming.slow_down("delay", slowness))


def _end(arming: Arming) -> None:
    arming.slow_down("delay", None)


FAULT = ClientFault(
    title=N_("Delay what is sent"),
    effect=N_("Pongs and acknowledgements come late as well. The log shows when a packet was given to the delay."),
    prepare=_prepare,
    field=Field(N_("Milliseconds"), "2000", ("200", "2000", "20000")),
    end=_end,
)
