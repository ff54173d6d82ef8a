"""A WebSocket frame or a Socket.IO packet that breaks a rule."""

import os

from wsgui.core.i18n import N_, _
from wsgui.core.ws_frames import Frame, Opcode
from wsgui.net.arming import Arming
from wsgui.net.client_fault import ClientFault, FaultValueError, Field, Prepared

_FRAMES = {
    N_("Engine.IO packet of an unknown type"): Frame(Opcode.TEXT, b"9"),
    N_("Socket.IO packet of an unknown type"): Frame(Opcode.TEXT, b"49"),
    N_("Event that is broken JSON"): Frame(Opcode.TEXT, b'42["event",{'),
    N_("Event that is no array"): Frame(Opcode.TEXT, b'42{"event":1}'),
    N_("Binary event whose attachment never comes"): Frame(Opcode.TEXT, b'451-["event",{"_placeholder":true,"num":0}]'),
    N_("Text frame that is not UTF-8"): Frame(Opcode.TEXT, b"\xff\xfe"),
    N_("Frame with an unknown opcode"): Frame(3, b"wsgui"),
    N_("Frame with a reserved bit set"): Frame(Opcode.TEXT, b"wsgui", rsv=2),
    N_("Ping that is a fragment"): Frame(Opcode.PING, b"wsgui", fin=False),
    N_("Ping of more than 125 bytes"): Frame(Opcode.PING, b"x" * 126),
    N_("Continuation of nothing"): Frame(Opcode.CONTINUATION, b"wsgui"),
}
_UNMASKED = N_("Frame without a mask")


def _prepare(value: str) -> Prepared:
    if value == _UNMASKED:
        frame = Frame(Opcode.TEXT, b"wsgui")
    elif value in _FRAMES:
        frame = _FRAMES[value]._replace(mask=os.urandom(4))
    else:
        raise FaultValueError(_("Choose one of the malformed packets."))
    data = frame.encode()

    def act(arming: Arming) -> None:
        if arming.websocket is not None:
            arming.websocket.write_raw(data)

    return Prepared(_("A malformed packet is sent: {name}").format(name=_(value)), act, data)


FAULT = ClientFault(
    title=N_("Send a malformed packet"),
    effect=N_(
        "The server should end this connection and no other. Node: “parse error”, “forced close” or “transport error”."
    ),
    prepare=_prepare,
    field=Field(N_("Packet"), next(iter(_FRAMES)), (*_FRAMES, _UNMASKED), only_these=True),
    needs_websocket=True,
)
