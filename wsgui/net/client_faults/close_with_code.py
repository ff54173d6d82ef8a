"""A close frame with a code of one's choice, also one that no close frame may carry."""

from wsgui.core.close_codes import explain, is_valid
from wsgui.core.i18n import N_, _
from wsgui.core.ws_close import close_body
from wsgui.net.arming import Arming
from wsgui.net.client_fault import ClientFault, FaultValueError, Field, Prepared


def _prepare(value: str) -> Prepared:
    text = value.strip().partition(" ")[0]
    if not (text.isascii() and text.isdecimal()) or int(text) > 0xFFFF:
        raise FaultValueError(_("A code is a number from 0 to 65535."))
    code = int(text)
    judged = _("Illegal in a close frame.") if not is_valid(code) else explain(code)
    said = _("A close frame with code {code} is sent. {judged}").format(code=code, judged=judged)

    def act(arming: Arming) -> None:
        if arming.websocket is not None:
            arming.websocket.close_with(close_body(code))

    return Prepared(said, act)


FAULT = ClientFault(
    title=N_("Close the WebSocket with a chosen code"),
    effect=N_("Beneath Socket.IO, which says no goodbye of its own. To an illegal code a server should answer 1002."),
    prepare=_prepare,
    field=Field(N_("Code"), "1002", ("1000", "1002", "1005", "1006", "1011", "1015", "4000", "47746")),
    needs_websocket=True,
)
