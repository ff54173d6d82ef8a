"""What socket.io-client and a Socket.IO server print, and the statuses that both of them and browsers report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wsgui.core.console_texts.wording import Speaker, Strength, Wording, say
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_

_CLIENT, _SERVER = Speaker.CLIENT, Speaker.SERVER
_VAGUE, _USUAL, _CLEAR = Strength.VAGUE, Strength.USUAL, Strength.CLEAR

_AFFINITY = ("no-session-affinity", N_("The next request of a session reached a node that does not know it."))
_PROXY_DROPS = ("upgrade-headers-stripped", N_("A proxy dropped Upgrade, so the server saw an ordinary request."))
_TWO_SERVERS = ("second-upgrade-handler", N_("Two WebSocket servers on one port disturb each other."))
_V2 = ("protocol-too-new", N_("The server is Socket.IO 2, and the client is newer."))
_PLAIN = ("plain-websocket-server", N_("The server may be a plain WebSocket server, which says nothing of Socket.IO."))


def _answers() -> Iterator[Wording]:
    """A status other than 101, in Chrome's words and in those of ws and websockets."""
    for speaker, form in (
        (Speaker.CHROME, "unexpected response code: {}"),
        (Speaker.NODE, "unexpected server response: {}"),
        (Speaker.PYTHON, "server rejected websocket connection: http {}"),
        (Speaker.PYTHON, "invalid response status', status={}"),
        (Speaker.PYTHON, "handshake status {}"),
    ):
        for statuses, guesses in _BY_STATUS:
            for status in statuses:
                yield say(form.format(status), speaker, _USUAL, Stage.WEBSOCKET, *guesses,
                    also=(Stage.HTTP, Stage.PATH))  # fmt: skip


_BY_STATUS: Final = (
    (
        (101,),
        (("handshake-101-invalid", N_("The status is right and a header of the answer is not.")),),
    ),
    (
        (200,),
        (
            ("html-instead-of-handshake", N_("A web page answered the request for a WebSocket.")),
            _PROXY_DROPS,
        ),
    ),
    (
        (301, 302, 307, 308),
        (
            ("redirect", N_("The server points to another address, and a WebSocket is not redirected.")),
            ("redirect-slash", N_("It may only be the slash at the end of the path.")),
            ("http-auth-required", N_("Or it points to a login page.")),
        ),
    ),
    (
        (400,),
        (
            _PROXY_DROPS,
            _AFFINITY,
            ("protocol-too-old", N_("An old client is refused with this status.")),
            ("bad-request", N_("A middleware of the server failed.")),
        ),
    ),
    (
        (401, 403),
        (
            ("upgrade-refused", N_("Something on the way refuses WebSockets.")),
            ("origin-rejected", N_("The server may not accept the page's origin.")),
            ("http-auth-required", N_("Or it wants a login.")),
        ),
    ),
    (
        (404,),
        (
            ("wrong-path", N_("Nothing takes WebSockets at this path.")),
            ("no-socketio", N_("Socket.IO may not be attached to the server that listens.")),
            ("upgrade-refused", N_("The server may have no support for WebSockets.")),
        ),
    ),
    ((407,), (("proxy-auth-required", N_("The forward proxy wants a password.")),)),
    ((426,), (("plain-websocket-server", N_("A plain WebSocket server says this to an ordinary request.")),)),
    ((429,), (("rate-limited", N_("The status says that there were too many requests.")),)),
    (
        (500, 501),
        (("upgrade-refused", N_("The server fails on WebSockets; uvicorn does so without a WebSocket library.")),),
    ),
    (
        (502, 503, 504),
        (
            ("gateway-error", N_("The proxy could not reach the server.")),
            ("upgrade-not-handled", N_("After a second, it means that nobody takes the WebSocket at this path.")),
            ("connection-limit", N_("A 503 may also be a limit of connections.")),
        ),
    ),
)

ANSWERS: Final[tuple[Wording, ...]] = tuple(_answers())

SOCKETIO: Final[tuple[Wording, ...]] = (
    say("it seems you are trying to reach a socket.io server in v2", _CLIENT, _CLEAR, Stage.VERSION, _V2),
    say("xhr poll error", _CLIENT, _VAGUE, Stage.HANDSHAKE,
        ("cors-missing", N_("In a browser, polling that fails without a status is mostly CORS.")),
        ("connection-refused", N_("The server may not run, or on another port.")),
        ("wrong-path", N_("The path may not be that of the server.")),
        ("gateway-error", N_("A proxy may answer in place of the server.")),
        ("websocket-only-server", N_("The server may take WebSockets only.")),
        also=(Stage.TCP, Stage.PATH, Stage.BROWSER)),
    say("xhr post error", _CLIENT, _USUAL, Stage.AFFINITY, _AFFINITY,
        ("payload-too-large", N_("A message may have been too large for the server or a proxy.")),
        ("rate-limited", N_("A limit of requests may have stopped it.")), also=(Stage.LIMITS,)),
    say("websocket error", _CLIENT, _VAGUE, Stage.WEBSOCKET, _PROXY_DROPS,
        ("upgrade-refused", N_("WebSockets may be forbidden on the way.")),
        ("wrong-path", N_("The path may not be that of the server.")), _TWO_SERVERS, also=(Stage.FRAMES, Stage.PATH)),
    say("server error", _CLIENT, _VAGUE, Stage.HANDSHAKE,
        ("html-instead-of-handshake", N_("The client says this when the answer is no handshake, such as a page.")),
        _V2, ("url-missing", N_("Without a URL the client asks the server of the page.")),
        pattern=r"connect_error|error: server error|engine|^\W*server error", also=(Stage.VERSION,)),
    say("error: timeout", _CLIENT, _USUAL, Stage.TCP,
        ("connection-timeout", N_("The server's address may not answer.")),
        _PLAIN, ("upgrade-no-open-packet", N_("A WebSocket may open in which Socket.IO says nothing.")),
        ("http-timeout", N_("The server may accept and stay silent.")),
        also=(Stage.HTTP, Stage.WEBSOCKET, Stage.HANDSHAKE)),
    say("ping timeout", _CLIENT, _USUAL, Stage.HEARTBEAT,
        ("ping-timeout", N_("The heartbeat stopped.")),
        ("server-overloaded", N_("The server's event loop may have been blocked.")),
        ("proxy-buffering", N_("A proxy may hold answers back.")),
        ("packets-lost", N_("Or the network loses what is sent.")), also=(Stage.LIFETIME, Stage.TCP)),
    say("transport close", _CLIENT, _VAGUE, Stage.LIFETIME,
        ("idle-timeout", N_("If it comes at one and the same age, a proxy cuts the connection.")),
        ("dropped-without-close", N_("The server may have been restarted.")),
        ("payload-too-large", N_("After a large message, a limit ended it.")), also=(Stage.LIMITS,)),
    say("transport error", _CLIENT, _VAGUE, Stage.FRAMES,
        _TWO_SERVERS, ("dropped-without-close", N_("The connection may have been cut.")),
        ("session-unknown", N_("The server may have been restarted and has lost the session.")),
        also=(Stage.LIFETIME,)),
    say("io server disconnect", _CLIENT, _CLEAR, Stage.NAMESPACE,
        ("server-disconnects", N_("The application itself ended the connection.")),
        ("auth-rejected", N_("Mostly because a check of its own did not succeed."))),
    say("parse error", _CLIENT, _USUAL, Stage.FRAMES,
        ("packet-rejected", N_("One side uses another parser, or something changes packets on the way.")), _TWO_SERVERS,
        pattern=r"disconnect|reason|engine|close", also=(Stage.NAMESPACE,)),
    say("probe error", _CLIENT, _CLEAR, Stage.UPGRADE,
        ("upgrade-closed", N_("The WebSocket opened and ended during the probe.")), _TWO_SERVERS, _PROXY_DROPS,
        _AFFINITY, also=(Stage.WEBSOCKET, Stage.AFFINITY)),
    say('0{"sid":', _CLIENT, _USUAL, Stage.VERSION,
        ("socketio-not-plain-websocket", N_("If a plain WebSocket gets this message, the server speaks Socket.IO.")),
        ("protocol-too-new", N_("With a number and a colon before it, the server is Socket.IO 2."))),
    say("invalid namespace", _SERVER, _CLEAR, Stage.NAMESPACE,
        ("path-used-as-namespace", N_("The path of the URL was taken as a namespace.")),
        ("namespace-unknown", N_("The server has not created this namespace."))),
    say("session id unknown", _SERVER, _CLEAR, Stage.AFFINITY, _AFFINITY,
        ("affinity-needs-cookies", N_("The cookie that keeps a session together may not be sent.")),
        ("session-unknown", N_("The server may have been restarted, or the session is over.")),
        ("handshake-cached", N_("A cache may give the same session to several clients."))),
    say("transport unknown", _SERVER, _CLEAR, Stage.HANDSHAKE,
        ("websocket-only-server", N_("The server does not take this transport.")),
        ("query-stripped", N_("A proxy may drop the query, in which the transport is named.")),
        ("polling-only-server", N_("If it answers a WebSocket, the server takes polling only.")),
        also=(Stage.WEBSOCKET,)),
    say("bad handshake method", _SERVER, _CLEAR, Stage.BROWSER,
        ("cors-preflight-refused", N_("OPTIONS is answered like this where the option cors is not set.")),
        ("redirect", N_("A redirect may have turned the request into another one."))),
    say('"message":"bad request"', _SERVER, _CLEAR, Stage.WEBSOCKET, _PROXY_DROPS,
        ("bad-request", N_("On polling, a middleware of the server failed.")), also=(Stage.HANDSHAKE,)),
    say("unsupported protocol version", _SERVER, _CLEAR, Stage.VERSION,
        ("protocol-too-old", N_("The client speaks version 2, and the server does not allow it."))),
    say('"code":4', _SERVER, _CLEAR, Stage.HANDSHAKE,
        ("forbidden-by-server", N_("Code 4 means that allowRequest refused.")), pattern=r'"message"'),
    say("transport_mismatch", _SERVER, _CLEAR, Stage.WEBSOCKET, _PROXY_DROPS,
        ("upgrade-timeout", N_("Or a request came late, after the change to the WebSocket.")), also=(Stage.UPGRADE,)),
    say("transport_handshake_error", _SERVER, _CLEAR, Stage.WEBSOCKET, _PROXY_DROPS),
    say("middleware_failure", _SERVER, _CLEAR, Stage.HANDSHAKE,
        ("bad-request", N_("A function given to io.engine.use() failed.")),
        ("origin-rejected", N_("The function that decides on CORS gave an error.")), _TWO_SERVERS,
        also=(Stage.BROWSER, Stage.FRAMES)),
    say("overlap from client", _SERVER, _CLEAR, Stage.HANDSHAKE,
        ("handshake-cached", N_("Two clients have the same session, as from a cache.")),
        ("proxy-buffering", N_("Or a proxy repeats requests.")), also=(Stage.HTTP,)),
    say("invalid heartbeat direction", _SERVER, _CLEAR, Stage.VERSION,
        ("protocol-too-old", N_("The client sends heartbeats as version 2 does."))),
    say("handleupgrade() was called more than once", _SERVER, _CLEAR, Stage.FRAMES,
        ("second-upgrade-handler", N_("The server says itself that two handlers took one connection.")),
        ("upgrade-no-open-packet", N_("The other one may have won, and Socket.IO stays silent.")),
        also=(Stage.WEBSOCKET,)),
    say("not authorized", _SERVER, _USUAL, Stage.NAMESPACE,
        ("auth-rejected", N_("These are the words of a middleware that refuses the credentials."))),
    say("authentication error", _SERVER, _USUAL, Stage.NAMESPACE,
        ("auth-rejected", N_("These are the words of a middleware that refuses the credentials."))),
    say("jwt expired", _SERVER, _CLEAR, Stage.NAMESPACE, ("auth-rejected", N_("The token is too old."))),
    say("invalid token", _SERVER, _USUAL, Stage.NAMESPACE, ("auth-rejected", N_("The token is not accepted."))),
)  # fmt: skip
