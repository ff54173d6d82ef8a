"""What Node prints: the errors of ws by their WS_ERR codes, of its sockets and of its TLS."""

from __future__ import annotations

from typing import Final

from wsgui.core.console_texts.wording import Speaker, Strength, Wording, say
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_

_NODE = Speaker.NODE
_VAGUE, _USUAL, _CLEAR = Strength.VAGUE, Strength.USUAL, Strength.CLEAR

_TWO = (
    "second-upgrade-handler",
    N_("Two WebSocket servers on one HTTP server write into the same stream, which then reads like this."),
)
_OLD_CLIENT = ("protocol-too-old", N_("A server of version 4 writes its refusal of an old client into the stream."))
_DEFLATE = ("compression-broken", N_("A frame is marked as compressed, and that was not agreed."))
_NOT_A_FRAME = ("frame-invalid", N_("The other side, or something on the way, does not write proper frames."))
_INVALID_101 = N_("The answer has the status 101, and a header of it is wrong.")

WS: Final[tuple[Wording, ...]] = (
    say("rsv1 must be clear", _NODE, _CLEAR, Stage.FRAMES, _TWO, _OLD_CLIENT, _DEFLATE, _NOT_A_FRAME),
    say("ws_err_unexpected_rsv_1", _NODE, _USUAL, Stage.FRAMES, _TWO, _OLD_CLIENT, _DEFLATE, _NOT_A_FRAME),
    say("rsv2 and rsv3 must be clear", _NODE, _CLEAR, Stage.FRAMES, _NOT_A_FRAME, _TWO),
    say("fin must be set", _NODE, _CLEAR, Stage.FRAMES, _TWO, _NOT_A_FRAME),
    say("mask must be clear", _NODE, _CLEAR, Stage.FRAMES,
        ("masked-server-frame", N_("The server masks its frames."))),
    say("mask must be set", _NODE, _CLEAR, Stage.FRAMES,
        ("frame-invalid", N_("A client sent frames without a mask, or something else wrote into the stream.")), _TWO),
    say("ws_err_invalid_control_payload_length", _NODE, _CLEAR, Stage.FRAMES, _NOT_A_FRAME, _TWO),
    say("invalid websocket frame: invalid opcode", _NODE, _CLEAR, Stage.FRAMES, _NOT_A_FRAME, _TWO),
    say("invalid utf-8 sequence", _NODE, _CLEAR, Stage.FRAMES,
        ("utf8-invalid", N_("A text message is not UTF-8.")), _TWO),
    say("ws_err_too_many_buffered_parts", _NODE, _CLEAR, Stage.LIMITS,
        ("payload-too-large", N_("A message came in more pieces than the receiver keeps."))),
    say("max payload size exceeded", _NODE, _CLEAR, Stage.LIMITS,
        ("payload-too-large", N_("The message is larger than maxHttpBufferSize."))),
    say("request entity too large", _NODE, _USUAL, Stage.LIMITS,
        ("payload-too-large", N_("A request of polling is larger than the server or a proxy allows."))),
    say("z_data_error", _NODE, _CLEAR, Stage.FRAMES,
        ("compression-broken", N_("Compressed data could not be unpacked.")), _TWO),
    say("invalid upgrade header", _NODE, _CLEAR, Stage.WEBSOCKET, ("handshake-101-invalid", _INVALID_101)),
    say("invalid sec-websocket-accept header", _NODE, _CLEAR, Stage.WEBSOCKET, ("handshake-101-invalid", _INVALID_101)),
    say("server sent no subprotocol", _NODE, _CLEAR, Stage.WEBSOCKET,
        ("subprotocol-mismatch", N_("A subprotocol was asked for, and the server confirmed none."))),
    say("server sent an invalid subprotocol", _NODE, _CLEAR, Stage.WEBSOCKET,
        ("subprotocol-mismatch", N_("The server named another subprotocol than those asked for."))),
    say("server sent a subprotocol but none was requested", _NODE, _CLEAR, Stage.WEBSOCKET,
        ("subprotocol-mismatch", N_("The server named a subprotocol that nobody asked for."))),
    say("server sent a sec-websocket-extensions header but no extension", _NODE, _CLEAR, Stage.WEBSOCKET,
        ("extension-mismatch", N_("The server named an extension that nobody asked for."))),
    say("server indicated an extension that was not requested", _NODE, _CLEAR, Stage.WEBSOCKET,
        ("extension-mismatch", N_("The server named an extension that was not offered."))),
    say("invalid sec-websocket-extensions header", _NODE, _CLEAR, Stage.WEBSOCKET,
        ("extension-mismatch", N_("The parameters of the extension are not valid."))),
    say("opening handshake has timed out", _NODE, _CLEAR, Stage.WEBSOCKET,
        ("upgrade-unanswered", N_("The request for a WebSocket got no answer."))),
    say("maximum redirects exceeded", _NODE, _CLEAR, Stage.HTTP, ("redirect", N_("The redirects lead in a circle."))),
    say("websocket was closed before the connection was established", _NODE, _VAGUE, Stage.WEBSOCKET,
        ("upgrade-unanswered", N_("The client closed it before the server had answered.")),
        ("connection-limit", N_("Mostly the program itself closed it, as when an effect runs twice."))),
)  # fmt: skip

SOCKETS: Final[tuple[Wording, ...]] = (
    say("enotfound undefined", _NODE, _CLEAR, Stage.URL,
        ("url-missing", N_("The host is the word “undefined”: a variable was not set."))),
    say("enotfound", _NODE, _USUAL, Stage.NAME, ("name-not-resolved", N_("The resolver knows no such name."))),
    say("eai_again", _NODE, _CLEAR, Stage.NAME, ("name-not-resolved", N_("The resolver itself could not be asked."))),
    say("econnrefused ::1", _NODE, _CLEAR, Stage.TCP,
        ("localhost-family", N_("The name localhost was taken as ::1, and the server may listen on 127.0.0.1 only.")),
        ("connection-refused", N_("Nothing may listen on this port at all."))),
    say("econnrefused", _NODE, _CLEAR, Stage.TCP,
        ("connection-refused", N_("The machine answers that nothing listens on this port.")),
        ("localhost-family", N_("With localhost, the server may listen on the other of 127.0.0.1 and ::1."))),
    say("etimedout", _NODE, _CLEAR, Stage.TCP,
        ("connection-timeout", N_("No answer came from this address.")),
        ("idle-timeout", N_("On an open connection, something on the way forgot it.")), also=(Stage.LIFETIME,)),
    say("ehostunreach", _NODE, _CLEAR, Stage.TCP,
        ("connection-timeout", N_("There is no way to this address from here."))),
    say("socket hang up", _NODE, _USUAL, Stage.TCP,
        ("connection-closed-at-once", N_("The connection was closed without an answer.")),
        ("http-to-tls-port", N_("A TLS port closes like this when it gets plain text.")),
        ("upgrade-not-handled", N_("Nobody may take the WebSocket at this path.")), also=(Stage.TLS, Stage.WEBSOCKET)),
    say("econnreset", _NODE, _USUAL, Stage.TCP,
        ("connection-closed-at-once", N_("The other side cut the connection.")),
        ("dropped-without-close", N_("If it had worked before, something on the way cut it.")),
        also=(Stage.LIFETIME,)),
    say("emfile", _NODE, _CLEAR, Stage.TCP,
        ("connection-limit", N_("The process has reached its limit of open files: each connection is one.")),
        also=(Stage.LIMITS,)),
    say("hpe_invalid_constant", _NODE, _CLEAR, Stage.HTTP,
        ("not-http", N_("What came back is not HTTP.")),
        ("http-to-tls-port", N_("TLS may be spoken on this port.")), also=(Stage.TLS,)),
    say("hpe_header_overflow", _NODE, _CLEAR, Stage.HTTP,
        ("headers-too-large", N_("The headers pass Node's limit of 16 KB."))),
    say("parse error: expected http/", _NODE, _CLEAR, Stage.HTTP, ("not-http", N_("What came back is not HTTP."))),
    say("cert_has_expired", _NODE, _CLEAR, Stage.TLS, ("certificate-expired", N_("Node names it."))),
    say("certificate has expired", _NODE, _CLEAR, Stage.TLS, ("certificate-expired", N_("The message names it."))),
    say("cert_not_yet_valid", _NODE, _CLEAR, Stage.TLS, ("certificate-not-yet-valid", N_("Node names it."))),
    say("certificate is not yet valid", _NODE, _CLEAR, Stage.TLS,
        ("certificate-not-yet-valid", N_("The message names it."))),
    say("err_tls_cert_altname_invalid", _NODE, _CLEAR, Stage.TLS,
        ("certificate-wrong-host", N_("The host is not among the certificate's names."))),
    say("depth_zero_self_signed_cert", _NODE, _CLEAR, Stage.TLS,
        ("certificate-self-signed", N_("Node names it: the certificate vouches for itself."))),
    say("self_signed_cert_in_chain", _NODE, _CLEAR, Stage.TLS,
        ("certificate-unknown-issuer", N_("The chain ends at an authority that Node does not know.")),
        ("tls-intercepted", N_("That is what a gateway's own authority looks like."))),
    say("unable_to_verify_leaf_signature", _NODE, _CLEAR, Stage.TLS,
        ("certificate-unknown-issuer", N_("Mostly the server does not send the intermediate certificate.")),
        ("tls-intercepted", N_("Or a gateway on the way signs connections anew."))),
    say("unable_to_get_issuer_cert", _NODE, _CLEAR, Stage.TLS,
        ("certificate-unknown-issuer", N_("The issuer is not known, or an intermediate certificate is missing.")),
        ("tls-intercepted", N_("Or a gateway on the way signs connections anew."))),
    say("alert protocol version", _NODE, _CLEAR, Stage.TLS, ("tls-version", N_("No common version of TLS."))),
    say("alert handshake failure", _NODE, _CLEAR, Stage.TLS,
        ("tls-cipher", N_("No common cipher.")), ("client-certificate-required", N_("Or a certificate is wanted."))),
    say("certificate required", _NODE, _CLEAR, Stage.TLS,
        ("client-certificate-required", N_("The server wants a certificate of the client."))),
    say("unrecognized name", _NODE, _CLEAR, Stage.TLS, ("sni-rejected", N_("The server does not serve this name."))),
    say("no application protocol", _NODE, _CLEAR, Stage.TLS, ("http2-only", N_("The server does not take HTTP/1.1."))),
)  # fmt: skip
