"""What proxies and platforms write into their logs and error pages."""

from __future__ import annotations

from typing import Final

from wsgui.core.console_texts.wording import Speaker, Strength, Wording, say
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_

_PROXY = Speaker.PROXY
_USUAL, _CLEAR = Strength.USUAL, Strength.CLEAR

_DEAD = ("gateway-error", N_("The proxy could not reach the server behind it."))

PROXIES: Final[tuple[Wording, ...]] = (
    say("plain http request was sent to https port", _PROXY, _CLEAR, Stage.TLS,
        ("http-to-tls-port", N_("nginx says this of plain text on a TLS port."))),
    say("while connecting to upstream", _PROXY, _CLEAR, Stage.HTTP, _DEAD),
    say("no live upstreams", _PROXY, _CLEAR, Stage.HTTP, _DEAD),
    say("upstream prematurely closed connection", _PROXY, _CLEAR, Stage.WEBSOCKET,
        ("upgrade-not-handled", N_("A second after the request, nobody took the WebSocket at this path.")), _DEAD,
        ("dropped-without-close", N_("Or the server crashed.")), also=(Stage.HTTP,)),
    say("upstream timed out", _PROXY, _CLEAR, Stage.LIFETIME,
        ("idle-timeout", N_("Nothing moved for as long as proxy_read_timeout allows.")),
        ("http-timeout", N_("Or the server did not answer at all.")), also=(Stage.HTTP,)),
    say("client intended to send too large body", _PROXY, _CLEAR, Stage.LIMITS,
        ("payload-too-large", N_("nginx has a limit of its own: client_max_body_size."))),
    say("413 request entity too large", _PROXY, _CLEAR, Stage.LIMITS,
        ("payload-too-large", N_("A proxy's limit for requests is lower than the server's."))),
    say("limiting requests", _PROXY, _CLEAR, Stage.HTTP, ("rate-limited", N_("nginx's limit of requests is reached."))),
    say("429 too many requests", _PROXY, _CLEAR, Stage.HTTP, ("rate-limited", N_("The status says it."))),
    say("limiting connections", _PROXY, _CLEAR, Stage.LIMITS,
        ("connection-limit", N_("nginx's limit of connections for one address is reached."))),
    say("worker_connections are not enough", _PROXY, _CLEAR, Stage.LIMITS,
        ("connection-limit", N_("nginx has no connections left: raise worker_connections."))),
    say("request header or cookie too large", _PROXY, _CLEAR, Stage.HTTP,
        ("headers-too-large", N_("The headers pass nginx's limit."))),
    say("request-uri too large", _PROXY, _CLEAR, Stage.HTTP, ("headers-too-large", N_("The URL is too long."))),
    say("no required ssl certificate was sent", _PROXY, _CLEAR, Stage.TLS,
        ("client-certificate-required", N_("nginx wants a certificate of the client."))),
    say("no server is available to handle this request", _PROXY, _CLEAR, Stage.HTTP, _DEAD),
    say("502 bad gateway", _PROXY, _USUAL, Stage.HTTP, _DEAD,
        ("upgrade-not-handled", N_("After a second, it means that nobody takes the WebSocket at this path.")),
        also=(Stage.WEBSOCKET,)),
    say("503 service unavailable", _PROXY, _USUAL, Stage.HTTP, _DEAD,
        ("connection-limit", N_("Or a limit of connections is reached."))),
    say("504 gateway time", _PROXY, _USUAL, Stage.HTTP,
        ("gateway-error", N_("The server did not answer the proxy in time.")),
        ("idle-timeout", N_("On polling, the proxy's time-out is shorter than the heartbeat.")),
        also=(Stage.LIFETIME,)),
    say("code=h10", _PROXY, _CLEAR, Stage.HTTP, ("gateway-error", N_("Heroku: the application has crashed."))),
    say("code=h12", _PROXY, _CLEAR, Stage.HTTP,
        ("gateway-error", N_("Heroku: no first byte within 30 s.")),
        ("server-overloaded", N_("The server may be overloaded."))),
    say("code=h15", _PROXY, _CLEAR, Stage.LIFETIME,
        ("idle-timeout", N_("Heroku: nothing moved on the connection for 55 s.")),
        ("heartbeat-too-long", N_("The server's pingInterval may be too long for that.")), also=(Stage.HEARTBEAT,)),
    say("err_access_denied", _PROXY, _CLEAR, Stage.PROXY, ("proxy-refused", N_("squid does not allow it."))),
    say("proxy authentication required", _PROXY, _CLEAR, Stage.PROXY,
        ("proxy-auth-required", N_("The forward proxy wants a password."))),
    say("error occurred while trying to proxy", _PROXY, _CLEAR, Stage.HTTP, _DEAD),
    say("ws proxy error", _PROXY, _CLEAR, Stage.WEBSOCKET,
        ("gateway-error", N_("The development proxy could not reach the server.")),
        ("second-upgrade-handler", N_("Or it takes WebSockets that are not its own."))),
    say("function_invocation_timeout", _PROXY, _CLEAR, Stage.LIFETIME,
        ("idle-timeout", N_("Vercel ends a function, and its connections with it, at its maximum duration.")),
        ("gateway-error", N_("Or the function did not answer.")), also=(Stage.HTTP,)),
    say("just a moment...", _PROXY, _CLEAR, Stage.HTTP,
        ("http-auth-required", N_("Cloudflare wants to see that a person is there."))),
    say("cannot get /socket.io", _PROXY, _USUAL, Stage.PATH,
        ("missing-trailing-slash", N_("The path lacks the slash at its end, which a Socket.IO server wants.")),
        pattern=r"cannot get /socket\.io(?:\?|\s|$)"),
    say("x-powered-by: next.js", _PROXY, _CLEAR, Stage.PATH,
        ("nextjs-answers", N_("Next.js answered the request, and Socket.IO is not there."))),
    say("cannot get /", _PROXY, _USUAL, Stage.PATH,
        ("no-socketio", N_("Express answers: Socket.IO is not attached to the server that listens.")),
        ("wrong-path", N_("Or it is at another path, or a proxy has shortened the path."))),
)  # fmt: skip
