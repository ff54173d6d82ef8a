"""THE table: one row per option of the JavaScript client. Form, command line, files, snippets and docs follow it.

Option values are a mapping with only what differs from the defaults; :func:`check_values` makes one of anything a
person gave, or says in one sentence why it cannot.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from wsgui.core.i18n import N_, _
from wsgui.core.option_types import Fidelity, Group, Option, OptionType, Protocol
from wsgui.core.option_values import OptionError, OptionValue, OptionValues

__all__ = [
    "OPTION",
    "OPTIONS",
    "OptionError",
    "OptionValue",
    "OptionValues",
    "applying",
    "caveats",
    "check_values",
    "problems",
    "value_of",
]

_LONGEST_TIMER = 2**31 - 1  # JavaScript's timers fire at once when asked for more milliseconds

_SOCKETIO = frozenset({Protocol.SOCKETIO, Protocol.SOCKETIO_V2})
_SOCKETIO_4 = frozenset({Protocol.SOCKETIO})
_SOCKETIO_2 = frozenset({Protocol.SOCKETIO_V2})
_WEBSOCKET = frozenset({Protocol.WEBSOCKET})
_SINCE_3 = frozenset({Protocol.SOCKETIO, Protocol.WEBSOCKET})

_USE_THE_URL = N_("Without effect beside a URL, as in JavaScript.")
_WORKING = (Fidelity.EMULATED, Fidelity.OWN)
"""Their caveats say how it is in JavaScript, not what is missing here."""
_NODE_AGENT = N_("socket.io-client does not hand it on to Node; there it goes into an https.Agent, the option agent.")
_NO_FUNCTIONS = N_("It is a function or a class in JavaScript, and there is nothing here that could run it.")

OPTIONS: Final[tuple[Option, ...]] = (
    # ------------------------------------------------------------------------------------------------- address
    Option(
        name="path",
        type=OptionType.PATH,
        default="/socket.io",
        group=Group.ADDRESS,
        label=N_("HTTP path"),
        help=N_(
            "The path of the HTTP requests. It must equal the path option of the server, which answers 404 otherwise. "
            'It is not the namespace: the namespace is the path of the URL, so io("https://host/chat") still '
            "requests /socket.io and then joins /chat."
        ),
        protocols=_SOCKETIO,
    ),
    Option(
        name="addTrailingSlash",
        type=OptionType.BOOLEAN,
        default=True,
        group=Group.ADDRESS,
        label=N_("Slash at the end"),
        help=N_(
            "Requests /socket.io/ rather than /socket.io. A server with default settings answers 404 when this is off: "
            "turn it off only if the server has addTrailingSlash: false too, or a proxy strips the slash."
        ),
        protocols=_SOCKETIO_4,
    ),
    Option(
        name="query",
        type=OptionType.QUERY,
        default={},
        group=Group.ADDRESS,
        label=N_("Query parameters"),
        help=N_(
            "Added to the URL of every request; the server reads them as socket.handshake.query. They stay the same "
            "for the life of a connection. A query in the URL wins: then this one is dropped as a whole, as in "
            "JavaScript."
        ),
        protocols=_SOCKETIO,
    ),
    # ---------------------------------------------------------------------------------------------- transports
    Option(
        name="transports",
        type=OptionType.TRANSPORTS,
        default=["polling", "websocket", "webtransport"],
        group=Group.TRANSPORTS,
        label=N_("Transports, in order"),
        help=N_(
            "Only the first one is tried; the others are what the connection may be upgraded to. "
            '["websocket", "polling"] therefore does not fall back to polling when the WebSocket fails, unless '
            "tryAllTransports is on. The server must allow the first one too."
        ),
        protocols=_SOCKETIO,
        caveat=N_("webtransport (HTTP/3) is not available here and is left out."),
    ),
    Option(
        name="tryAllTransports",
        type=OptionType.BOOLEAN,
        default=False,
        group=Group.TRANSPORTS,
        label=N_("Try all transports"),
        help=N_(
            "When the first transport fails while opening, go on with the next one (since 4.8.0). A client that "
            "fell back to polling in this way stays with polling: the failed transport is off its list."
        ),
        protocols=_SOCKETIO_4,
    ),
    Option(
        name="upgrade",
        type=OptionType.BOOLEAN,
        default=True,
        group=Group.TRANSPORTS,
        label=N_("Upgrade the transport"),
        help=N_(
            "After connecting by polling, try a better transport beside it and move over when it works. If it fails "
            "or hangs, the connection goes on by polling. Off: stay with the first transport."
        ),
        protocols=_SOCKETIO,
    ),
    Option(
        name="rememberUpgrade",
        type=OptionType.BOOLEAN,
        default=False,
        group=Group.TRANSPORTS,
        label=N_("Remember the upgrade"),
        help=N_(
            "If the last WebSocket worked, begin with a WebSocket the next time, without polling first. It is "
            "remembered for as long as the program runs, and forgotten at the next transport error."
        ),
        protocols=_SOCKETIO,
    ),
    Option(
        name="forceBase64",
        type=OptionType.BOOLEAN,
        default=False,
        group=Group.TRANSPORTS,
        label=N_("Binary as Base64"),
        help=N_(
            "Sends binary data as Base64 text and adds b64=1 to every request, for proxies that break binary data."
        ),
        protocols=_SOCKETIO,
    ),
    Option(
        name="timestampRequests",
        type=OptionType.BOOLEAN,
        default=None,
        group=Group.TRANSPORTS,
        label=N_("Timestamp in the URL"),
        help=N_(
            "A parameter that is different in every request, so that nothing on the way answers from a cache. Not set: "
            "polling has it, WebSocket has not. true: both have it. false: none."
        ),
        protocols=_SOCKETIO,
    ),
    Option(
        name="timestampParam",
        type=OptionType.TEXT,
        default="t",
        group=Group.TRANSPORTS,
        label=N_("Name of the timestamp"),
        help=N_("The name of the parameter that timestampRequests adds."),
        protocols=_SOCKETIO,
    ),
    Option(
        name="transportOptions",
        type=OptionType.TRANSPORT_OPTIONS,
        default={},
        group=Group.TRANSPORTS,
        label=N_("Options per transport"),
        help=N_(
            "Options for one transport only, which win over the general ones: "
            '{"polling": {"extraHeaders": {"X-Test": "1"}}}.'
        ),
        protocols=_SOCKETIO,
        caveat=N_("Address, TLS, proxy and cookies cannot differ from transport to transport: the general ones apply."),
    ),
    # -------------------------------------------------------------------------------------------------- timing
    Option(
        name="timeout",
        type=OptionType.NUMBER,
        default=20000,
        unit="ms",
        minimum=0,
        maximum=_LONGEST_TIMER,
        allows_false=True,
        group=Group.TIMING,
        label=N_("Connection timeout"),
        help=N_(
            "How long the opening of the connection may take. It ends with the first packet of the server: joining "
            "the namespace is not covered. 0 does not mean no limit: the attempt fails at once. false means no limit."
        ),
    ),
    Option(
        name="requestTimeout",
        type=OptionType.NUMBER,
        default=0,
        unit="ms",
        minimum=0,
        maximum=_LONGEST_TIMER,
        group=Group.TIMING,
        label=N_("Request timeout"),
        help=N_(
            "How long one polling request may take; 0 means no limit. It must be longer than the server's pingInterval "
            "(25,000 ms by default), because a polling GET waits for the next packet. WebSocket is not affected. "
            "Socket.IO 2 knows it within transportOptions only."
        ),
        protocols=_SOCKETIO_4,
    ),
    Option(
        name="reconnection",
        type=OptionType.BOOLEAN,
        default=True,
        group=Group.TIMING,
        label=N_("Reconnect"),
        help=N_(
            "Connect again by itself when the connection is lost, and also when the first attempt fails. Not after "
            'the server or the client disconnected on purpose ("io server disconnect", "io client disconnect").'
        ),
        protocols=_SOCKETIO,
    ),
    Option(
        name="reconnectionAttempts",
        type=OptionType.NUMBER,
        default=math.inf,
        minimum=0,
        allows_infinity=True,
        group=Group.TIMING,
        label=N_("Attempts to reconnect"),
        help=N_(
            "After so many failed attempts the client gives up (reconnect_failed). 0 does not mean none but Infinity."
        ),
        protocols=_SOCKETIO,
    ),
    Option(
        name="reconnectionDelay",
        type=OptionType.NUMBER,
        default=1000,
        unit="ms",
        minimum=0,
        maximum=_LONGEST_TIMER,
        group=Group.TIMING,
        label=N_("First delay"),
        help=N_(
            "The wait before the first reconnection; it doubles with each further attempt. 0 means 1000, not at once."
        ),
        protocols=_SOCKETIO,
    ),
    Option(
        name="reconnectionDelayMax",
        type=OptionType.NUMBER,
        default=5000,
        unit="ms",
        minimum=0,
        maximum=_LONGEST_TIMER,
        allows_infinity=True,
        group=Group.TIMING,
        label=N_("Longest delay"),
        help=N_("The wait before a reconnection never gets longer than this, the random part included. 0 means 5000."),
        protocols=_SOCKETIO,
    ),
    Option(
        name="randomizationFactor",
        type=OptionType.NUMBER,
        default=0.5,
        minimum=0,
        maximum=1,
        whole=False,
        group=Group.TIMING,
        label=N_("Random part"),
        help=N_(
            "Each delay is made shorter or longer by up to this part of it, so that a thousand clients do not all come "
            "back at the same moment: 0.5 makes 1000 ms into 500 to 1500 ms. 0 switches it off."
        ),
        protocols=_SOCKETIO,
    ),
    Option(
        name="ackTimeout",
        type=OptionType.NUMBER,
        default=None,
        unit="ms",
        minimum=0,
        maximum=_LONGEST_TIMER,
        group=Group.TIMING,
        label=N_("Acknowledgement timeout"),
        help=N_("How long to wait for the acknowledgement of an event. Not set: without limit. 0: it fails at once."),
        protocols=_SOCKETIO_4,
    ),
    Option(
        name="retries",
        type=OptionType.NUMBER,
        default=0,
        minimum=0,
        allows_infinity=True,
        group=Group.TIMING,
        label=N_("Retries of an event"),
        help=N_(
            "Send an event again, up to so many times, until it is acknowledged within ackTimeout. Events then go out "
            "one after the other. 0 switches it off."
        ),
        protocols=_SOCKETIO_4,
    ),
    Option(
        name="autoConnect",
        type=OptionType.BOOLEAN,
        default=True,
        group=Group.TIMING,
        label=N_("Connect at once"),
        help=N_("In JavaScript io() connects at once unless this is false; then the program calls connect()."),
        fidelity=Fidelity.EMULATED,
        caveat=N_("Connecting begins when you ask for it, whatever this says."),
        protocols=_SOCKETIO,
    ),
    # ------------------------------------------------------------------------------------------------- headers
    Option(
        name="auth",
        type=OptionType.OBJECT,
        default=None,
        secret=True,
        group=Group.HEADERS,
        label=N_("Credentials"),
        help=N_(
            "Sent when a namespace is joined, after the connection is open, never in a URL or a header; the server "
            "reads it as socket.handshake.auth. An object: a server refuses anything else. Socket.IO 2 has no "
            "such option: there tokens travel in query."
        ),
        protocols=_SOCKETIO_4,
    ),
    Option(
        name="extraHeaders",
        type=OptionType.HEADERS,
        default={},
        secret=True,
        group=Group.HEADERS,
        label=N_("Extra headers"),
        help=N_(
            "Sent with every polling request and with the WebSocket handshake. Browsers cannot set headers on a "
            "WebSocket: what works here and in Node may fail in a browser that begins with websocket. On polling a "
            "browser asks the server first (a CORS preflight)."
        ),
    ),
    Option(
        name="withCredentials",
        type=OptionType.BOOLEAN,
        default=False,
        group=Group.HEADERS,
        label=N_("Keep and send cookies"),
        help=N_(
            "Keeps the cookies that the server sets and sends them back. Load balancers with cookie affinity need it "
            "as long as polling is used. In a browser the server must then answer with "
            "Access-Control-Allow-Credentials and must not allow the origin *."
        ),
        protocols=_SOCKETIO,
    ),
    Option(
        name="protocols",
        type=OptionType.TOKENS,
        default=[],
        group=Group.HEADERS,
        label=N_("WebSocket subprotocols"),
        help=N_(
            "The names offered in Sec-WebSocket-Protocol, in order of preference. The server picks one or none. "
            "Socket.IO 2 knows it within transportOptions only."
        ),
        protocols=_SINCE_3,
    ),
    Option(
        name="origin",
        type=OptionType.TEXT,
        default=None,
        group=Group.HEADERS,
        label=N_("Origin header"),
        help=N_(
            "The Origin header of the WebSocket handshake, such as https://app.example.com. A browser sends the origin "
            "of its page and nothing else; Node sends none unless this is set."
        ),
        protocols=_SINCE_3,
    ),
    # ----------------------------------------------------------------------------------------------------- TLS
    Option(
        name="rejectUnauthorized",
        type=OptionType.BOOLEAN,
        default=True,
        group=Group.TLS,
        label=N_("Verify the certificate"),
        help=N_(
            "Refuse a server whose certificate is not trusted, has expired or names another host. Browsers always do. "
            "Off is for tests only: anybody on the way can then read along."
        ),
    ),
    Option(
        name="ca",
        type=OptionType.FILES,
        default=None,
        group=Group.TLS,
        label=N_("Trusted authorities"),
        help=N_(
            "PEM files, or PEM text, with the authorities to trust instead of those of trustStore: for a server whose "
            "certificate a private CA has signed. A self-signed certificate is its own authority."
        ),
    ),
    Option(
        name="cert",
        type=OptionType.FILE,
        default=None,
        group=Group.TLS,
        label=N_("Client certificate"),
        help=N_("PEM file with the certificate that this client shows (mutual TLS), the intermediate ones after it."),
    ),
    Option(
        name="key",
        type=OptionType.FILE,
        default=None,
        secret=True,
        group=Group.TLS,
        label=N_("Private key"),
        help=N_("PEM file with the private key of the client certificate."),
    ),
    Option(
        name="pfx",
        type=OptionType.FILE,
        default=None,
        secret=True,
        group=Group.TLS,
        label=N_("Key and certificate (PKCS#12)"),
        help=N_(
            "A .pfx or .p12 file with the client certificate, its chain and the private key in one; it replaces cert "
            "and key. As in Node the authorities in it are trusted as well."
        ),
    ),
    Option(
        name="passphrase",
        type=OptionType.TEXT,
        default=None,
        secret=True,
        group=Group.TLS,
        label=N_("Passphrase of the key"),
        help=N_("Opens an encrypted key or pfx file."),
    ),
    Option(
        name="ciphers",
        type=OptionType.TEXT,
        default=None,
        group=Group.TLS,
        label=N_("Ciphers"),
        help=N_(
            "The TLS ciphers to offer, as OpenSSL writes them: ECDHE+AESGCM:!aNULL. For TLS 1.2 and older; TLS 1.3 has "
            "its own (TLS_…): with none of them in the list all are offered, with nothing else older TLS is off."
        ),
        caveat=N_("Among the ciphers of TLS 1.3 (TLS_…) no choice can be made: all are offered."),
    ),
    Option(
        name="checkServerIdentity",
        type=OptionType.OPAQUE,
        default=None,
        group=Group.TLS,
        label=N_("Own name check"),
        help=N_("A function that decides whether a certificate belongs to the host."),
        fidelity=Fidelity.OUTSIDE,
        caveat=N_("A function of JavaScript cannot run here: name the host that the certificate is for in servername."),
    ),
    Option(
        name="agent",
        type=OptionType.OPAQUE,
        default=False,
        group=Group.TLS,
        label=N_("HTTP agent"),
        help=N_("Node's http.Agent object, used there for proxies and for keeping connections open."),
        fidelity=Fidelity.OUTSIDE,
        caveat=N_("An object of JavaScript cannot be used here: name the proxy in proxy."),
    ),
    Option(
        name="minVersion",
        type=OptionType.CHOICE,
        default="TLSv1.2",
        choices=("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"),
        group=Group.TLS,
        label=N_("Oldest TLS version"),
        help=N_(
            "The oldest version of TLS to accept. For TLSv1 and TLSv1.1 OpenSSL also wants weak ciphers allowed: "
            "DEFAULT@SECLEVEL=0 in ciphers."
        ),
        fidelity=Fidelity.OWN,
        caveat=_NODE_AGENT,
    ),
    Option(
        name="servername",
        type=OptionType.TEXT,
        default=None,
        group=Group.TLS,
        label=N_("Server's name in TLS"),
        help=N_(
            "The name to ask for in the TLS handshake (SNI) and to expect in the certificate, where it is not the host "
            "of the URL: when connecting to an IP address or past a load balancer."
        ),
        fidelity=Fidelity.OWN,
        caveat=_NODE_AGENT,
    ),
    Option(
        name="trustStore",
        type=OptionType.CHOICE,
        default="system",
        choices=("system", "mozilla"),
        group=Group.TLS,
        label=N_("Authorities to trust"),
        help=N_(
            "system: those of the operating system, as a browser does. mozilla: the list that Node has built in, which "
            "lacks the authorities that a company has installed on its computers. ca replaces either."
        ),
        fidelity=Fidelity.OWN,
        caveat=N_("Node trusts its own list; NODE_EXTRA_CA_CERTS or --use-system-ca change that there."),
    ),
    Option(
        name="proxy",
        type=OptionType.PROXY,
        default=None,
        secret=True,
        group=Group.TLS,
        label=N_("Proxy"),
        help=N_(
            "http://user:password@host:port; also https, socks4, socks4a, socks5 and socks5h (with a and h the proxy "
            "looks the server's name up). WebSockets and TLS go through CONNECT, plain polling is asked of an HTTP "
            "proxy directly, as in a browser."
        ),
        fidelity=Fidelity.OWN,
        caveat=N_("In Node give an agent, such as that of https-proxy-agent; a browser asks the operating system."),
    ),
    Option(
        name="proxyFromEnvironment",
        type=OptionType.BOOLEAN,
        default=False,
        group=Group.TLS,
        label=N_("Proxy of the environment"),
        help=N_(
            "Takes the proxy from the variables HTTPS_PROXY, HTTP_PROXY and ALL_PROXY, and none for the hosts in "
            "NO_PROXY. The option proxy wins over all of them."
        ),
        fidelity=Fidelity.OWN,
        caveat=N_("Node's client asks no environment; proxy-from-env with an agent does."),
    ),
    # ------------------------------------------------------------------------------------------------ advanced
    Option(
        name="host",
        type=OptionType.TEXT,
        default=None,
        group=Group.ADVANCED,
        label=N_("Server"),
        help=N_("The server's name or address. JavaScript takes it from the URL when there is one."),
        protocols=_SOCKETIO,
        caveat=_USE_THE_URL,
    ),
    Option(
        name="hostname",
        type=OptionType.TEXT,
        default=None,
        group=Group.ADVANCED,
        label=N_("Server, without a port"),
        help=N_("Another spelling of host, without a port. JavaScript takes it from the URL when there is one."),
        protocols=_SOCKETIO,
        caveat=_USE_THE_URL,
    ),
    Option(
        name="port",
        type=OptionType.NUMBER,
        default=None,
        minimum=1,
        maximum=65535,
        group=Group.ADVANCED,
        label=N_("Server's port"),
        help=N_("The server's port. JavaScript takes it from the URL: 443 for https and wss, 80 for http and ws."),
        protocols=_SOCKETIO,
        caveat=_USE_THE_URL,
    ),
    Option(
        name="secure",
        type=OptionType.BOOLEAN,
        default=None,
        group=Group.ADVANCED,
        label=N_("Encrypt (TLS)"),
        help=N_("Chooses https and wss, or http and ws. JavaScript takes it from the scheme of the URL."),
        protocols=_SOCKETIO,
        caveat=_USE_THE_URL,
    ),
    Option(
        name="perMessageDeflate",
        type=OptionType.OBJECT_OR_BOOLEAN,
        default={"threshold": 1024},
        group=Group.ADVANCED,
        label=N_("WebSocket compression"),
        help=N_(
            "Offers permessage-deflate in the WebSocket handshake, as Node does by default; messages below the "
            "threshold in bytes go uncompressed. false offers no compression. A browser always offers it."
        ),
    ),
    Option(
        name="maxPayload",
        type=OptionType.NUMBER,
        default=100 * 1024 * 1024,
        unit="bytes",
        minimum=0,
        maximum=2**53 - 1,
        group=Group.ADVANCED,
        label=N_("Largest message to accept"),
        help=N_(
            "A longer WebSocket message closes the connection with code 1009. 0 means no limit. It limits what is "
            "received; what the server accepts is its maxHttpBufferSize. Not documented in JavaScript."
        ),
        protocols=_SINCE_3,
    ),
    Option(
        name="forceNew",
        type=OptionType.BOOLEAN,
        default=False,
        group=Group.ADVANCED,
        label=N_("Always a new connection"),
        help=N_("In JavaScript sockets to the same server share one connection unless this is true."),
        protocols=_SOCKETIO,
        fidelity=Fidelity.EMULATED,
        caveat=N_("Every connection here is one of its own, whatever this says."),
    ),
    Option(
        name="multiplex",
        type=OptionType.BOOLEAN,
        default=True,
        group=Group.ADVANCED,
        label=N_("Share the connection"),
        help=N_("false does the same as forceNew: true."),
        protocols=_SOCKETIO,
        fidelity=Fidelity.EMULATED,
        caveat=N_("Every connection here is one of its own, whatever this says."),
    ),
    Option(
        name="parser",
        type=OptionType.CHOICE,
        default="default",
        choices=("default", "msgpack"),
        group=Group.ADVANCED,
        label=N_("Packet format"),
        help=N_(
            "How packets are written: the default (JSON), or socket.io-msgpack-parser. The server must use the same, "
            "or the first packet ends the connection with a parse error."
        ),
        protocols=_SOCKETIO_4,
    ),
    Option(
        name="autoPong",
        type=OptionType.BOOLEAN,
        default=True,
        group=Group.ADVANCED,
        label=N_("Answer pings"),
        help=N_(
            "Answers each ping of the server with a pong. Off: it stays silent, to see how long the server puts up "
            "with that."
        ),
        protocols=_WEBSOCKET,
        fidelity=Fidelity.OWN,
        caveat=N_("An option of the ws library in Node; a browser always answers."),
    ),
    Option(
        name="localAddress",
        type=OptionType.IP_ADDRESS,
        default=None,
        group=Group.ADVANCED,
        label=N_("Local address"),
        help=N_("The address of this machine to connect from, where it has several. Not documented in JavaScript."),
        fidelity=Fidelity.EMULATED,
        caveat=N_("JavaScript gives it to WebSockets only; here polling uses it too."),
    ),
    Option(
        name="family",
        type=OptionType.CHOICE,
        default=0,
        choices=(0, 4, 6),
        group=Group.ADVANCED,
        label=N_("IP version"),
        help=N_("4 or 6: only IPv4 or only IPv6 addresses of the server. 0: both. Not documented in JavaScript."),
        protocols=_SINCE_3,
        fidelity=Fidelity.EMULATED,
        caveat=N_("JavaScript gives it to WebSockets only; here polling uses it too."),
    ),
    Option(
        name="protocolVersion",
        type=OptionType.CHOICE,
        default=13,
        choices=(13, 8),
        group=Group.ADVANCED,
        label=N_("WebSocket version"),
        help=N_("The number in Sec-WebSocket-Version. 13 is the standard; 8 is a draft from before it."),
        protocols=_SINCE_3,
    ),
    Option(
        name="transportImplementations",
        type=OptionType.OPAQUE,
        default=None,
        group=Group.ADVANCED,
        label=N_("Transport classes"),
        help=N_("Classes to use instead of transports, tried in their order. JavaScript refuses it beside transports."),
        protocols=_SOCKETIO_4,
        fidelity=Fidelity.OUTSIDE,
        caveat=_NO_FUNCTIONS,
    ),
    Option(
        name="closeOnBeforeunload",
        type=OptionType.BOOLEAN,
        default=False,
        group=Group.ADVANCED,
        label=N_("Close with the page"),
        help=N_("Closes the connection without a disconnect event when the browser leaves the page."),
        protocols=_SOCKETIO_4,
        fidelity=Fidelity.OUTSIDE,
        caveat=N_("There is no page here that could be left."),
    ),
    Option(
        name="useNativeTimers",
        type=OptionType.BOOLEAN,
        default=False,
        group=Group.ADVANCED,
        label=N_("Native timers"),
        help=N_("Uses the timers as they were when the client was loaded, even if a test replaced them since."),
        protocols=_SOCKETIO_4,
        fidelity=Fidelity.OUTSIDE,
        caveat=N_("Nothing here replaces the timers."),
    ),
    Option(
        name="autoUnref",
        type=OptionType.BOOLEAN,
        default=False,
        group=Group.ADVANCED,
        label=N_("Let the process end"),
        help=N_("Lets a Node process end although a connection is open."),
        protocols=_SOCKETIO_4,
        fidelity=Fidelity.OUTSIDE,
        caveat=N_("This program ends when its window is closed."),
    ),
    Option(
        name="jsonp",
        type=OptionType.BOOLEAN,
        default=True,
        group=Group.ADVANCED,
        label=N_("Allow JSONP"),
        help=N_(
            "Where a browser has no XMLHttpRequest for the server, poll through script tags. For browsers from "
            "before CORS."
        ),
        protocols=_SOCKETIO_2,
        fidelity=Fidelity.OUTSIDE,
        caveat=N_("Polling never uses script tags here, as in Node."),
    ),
    Option(
        name="forceJSONP",
        type=OptionType.BOOLEAN,
        default=False,
        group=Group.ADVANCED,
        label=N_("Always JSONP"),
        help=N_("Polls through script tags even where XMLHttpRequest would do."),
        protocols=_SOCKETIO_2,
        fidelity=Fidelity.OUTSIDE,
        caveat=N_("Polling never uses script tags here."),
    ),
    Option(
        name="enablesXDR",
        type=OptionType.BOOLEAN,
        default=False,
        group=Group.ADVANCED,
        label=N_("Use XDomainRequest"),
        help=N_("Polls with the XDomainRequest of Internet Explorer 8 and 9, which sends no cookies."),
        protocols=_SOCKETIO_2,
        fidelity=Fidelity.OUTSIDE,
        caveat=N_("There is no Internet Explorer here."),
    ),
    Option(
        name="onlyBinaryUpgrades",
        type=OptionType.BOOLEAN,
        default=False,
        group=Group.ADVANCED,
        label=N_("Upgrade only to binary"),
        help=N_("Moves to another transport only if that carries binary data as well as the first one did."),
        protocols=_SOCKETIO_2,
        fidelity=Fidelity.OUTSIDE,
        caveat=N_("Without effect, as in Node: there polling carries binary data as text already."),
    ),
    Option(
        name="forceNode",
        type=OptionType.BOOLEAN,
        default=False,
        group=Group.ADVANCED,
        label=N_("Prefer Node's WebSocket"),
        help=N_("Takes the WebSocket of Node even where there is one of a browser, as in Electron."),
        protocols=_SOCKETIO_2,
        fidelity=Fidelity.OUTSIDE,
        caveat=N_("There is no browser here to choose from."),
    ),
    Option(
        name="policyPort",
        type=OptionType.NUMBER,
        default=843,
        minimum=1,
        maximum=65535,
        group=Group.ADVANCED,
        label=N_("Port of the Flash policy"),
        help=N_("Where the policy file of Adobe Flash was to be had."),
        protocols=_SOCKETIO_2,
        fidelity=Fidelity.OUTSIDE,
        caveat=N_("Nothing uses Flash any more, and socket.io-client 2.5 does not either."),
    ),
)

OPTION: Final[Mapping[str, Option]] = MappingProxyType({option.name: option for option in OPTIONS})


def value_of(values: OptionValues, name: str) -> OptionValue:
    """The value of an option, or its default if ``values`` does not have it."""
    return values.get(name, OPTION[name].default)


def applying(values: OptionValues, protocol: Protocol) -> OptionValues:
    """Those of ``values`` that mean something with ``protocol``."""
    return {name: value for name, value in values.items() if protocol in OPTION[name].protocols}


def check_values(values: OptionValues) -> OptionValues:
    """Only what differs from the defaults, in its normal shape and the table's order.

    Raises :class:`OptionError` for the first value that cannot be, or name that is not known.
    """
    checked, errors = _check(values)
    if errors:
        raise errors[0]
    return checked


def caveats(values: OptionValues) -> list[str]:
    """A sentence for each of ``values`` that this version does not honour exactly."""
    return [
        f"{name}: {_(OPTION[name].caveat)}"
        for name, value in values.items()
        if OPTION[name].fidelity not in _WORKING and OPTION[name].caveat and not _is_honoured(name, value)
    ]


def problems(values: OptionValues) -> list[OptionError]:
    """All that is wrong with ``values``, in their order."""
    return _check(values)[1]


def nearest_option(name: str) -> str | None:
    """The option that ``name`` was probably meant to be, if any is near."""
    by_lower_name = {known.lower(): known for known in OPTION}
    found = difflib.get_close_matches(name.lower(), by_lower_name, n=1)
    return by_lower_name[found[0]] if found else None


def _check(values: OptionValues) -> tuple[dict[str, OptionValue], list[OptionError]]:
    checked: dict[str, OptionValue] = {}
    errors: list[OptionError] = []
    for name, value in values.items():
        if name not in OPTION:
            errors.append(_unknown(name))
            continue
        try:
            checked[name] = OPTION[name].check(value)
        except OptionError as error:
            errors.append(error)
    if all(values.get(name) is not None for name in ("transports", "transportImplementations")):
        sentence = _("transportImplementations and transports cannot be given together: JavaScript refuses that.")
        errors.append(OptionError("transportImplementations", sentence))
    changed = {
        option.name: checked[option.name]
        for option in OPTIONS
        if option.name in checked and not option.is_default(checked[option.name])
    }
    return changed, errors


_PER_TRANSPORT = frozenset(
    {"extraHeaders", "forceBase64", "maxPayload", "origin", "path", "perMessageDeflate", "protocolVersion"}
    | {"protocols", "query", "requestTimeout", "timestampParam", "timestampRequests"}
)  # fmt: skip
"""What ``transportOptions`` can hold."""


def _is_honoured(name: str, value: OptionValue) -> bool:
    """Whether the caveat of an option is about other values of it than this one."""
    match name, value:
        case "ciphers", str():
            return "TLS_" not in value
        case "transports", list():
            return "webtransport" not in value
        case "transportOptions", dict():
            return all(set(each) <= _PER_TRANSPORT for each in value.values() if isinstance(each, Mapping))
    return False


def _unknown(name: str) -> OptionError:
    near = nearest_option(name)
    sentence = _("There is no option {name}; did you mean {near}?") if near else _("There is no option {name}.")
    return OptionError(name, sentence.format(name=name, near=near))
