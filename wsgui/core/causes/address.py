"""Causes in the address and in TCP: there is no connection that HTTP could be spoken on."""

from __future__ import annotations

from typing import Final

from wsgui.core.causes.cause import Cause, Fix, Side, after
from wsgui.core.findings import Part, Stage
from wsgui.core.i18n import N_

CAUSES: Final[tuple[Cause, ...]] = (
    Cause(
        id="url-missing",
        title=N_("The URL is empty, is the word “undefined”, or has no scheme."),
        explanation=N_(
            "The program that builds the page puts environment variables in when it builds, not when it runs. A "
            "variable that was not set then is undefined, and the client connects to the page's own server or to a "
            "host of that name."
        ),
        signature=N_("Nothing that makes sense is on the wire: the URL itself cannot be used."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_(
                    "Set the variable where the page is built, with the scheme in it (https://...), build again and "
                    "deploy again. Next.js only passes on names that begin with NEXT_PUBLIC_, Vite those with VITE_."
                ),
                'const url = process.env.NEXT_PUBLIC_SOCKETIO_URL;\nif (!url) throw new Error("The URL is not set");\n'
                "const socket = io(url);",
            ),
            Fix(
                Side.HOSTING,
                N_(
                    "Add the variable in the project's settings, for Production and Preview each, and redeploy: a "
                    "build that already exists keeps the old value."
                ),
                platform="vercel",
            ),
        ),
        explains=after(Stage.URL),
    ),
    Cause(
        id="path-used-as-namespace",
        title=N_("The path of the URL is taken as a namespace, and there is no such namespace."),
        explanation=N_(
            "In Socket.IO the path of the URL names the namespace to join, and the requests go to /socket.io/ all the "
            "same. The HTTP path is given with the option path."
        ),
        signature=N_("The handshake works, and CONNECT is answered with “Invalid namespace”: 44/socket.io,{...}."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Take the path out of the URL and put it into the option path."),
                'const socket = io("https://example.com", { path: "/my-path/" });',
            ),
            Fix(
                Side.NODE,
                N_("Create the namespace, if the path is meant as one."),
                'io.of("/chat").on("connection", (socket) => {});',
            ),
            Fix(
                Side.PYTHON,
                N_("Register the namespace, if the path is meant as one."),
                '@sio.event(namespace="/chat")\nasync def connect(sid, environ, auth):\n    pass',
            ),
        ),
        explains=("wrong-path", "no-socketio", Stage.NAMESPACE, Stage.HEARTBEAT, Stage.LIMITS),
    ),
    Cause(
        id="path-without-slash",
        title=N_("The option path does not begin with a slash, which browsers cannot use."),
        explanation=N_(
            "The client puts host and path together as they are. Without the slash between them the result is no URL "
            "in a browser, while other clients may repair it."
        ),
        signature=N_("No request leaves the browser; it reports “xhr poll error” with “Invalid URL”."),
        breaks=Part.BROWSER,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Begin the path with a slash."),
                'const socket = io("https://example.com", { path: "/socket.io" });',
            ),
        ),
    ),
    Cause(
        id="name-not-resolved",
        title=N_("The host name has no address."),
        explanation=N_(
            "The name was looked up and nobody knows it. It is mistyped, not registered yet, known only inside of a "
            "network (a container, a VPN), or the lookup itself does not work here."
        ),
        signature=N_("The resolver answers that the name does not exist; no packet goes to the server."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(Side.CLIENT, N_("Check the spelling of the host, and whether a VPN has to be on.")),
            Fix(
                Side.HOSTING,
                N_(
                    "Create the A or AAAA record and wait until it is known. The name of a container or of a service "
                    "is known inside of its own network only: use the public name in the browser."
                ),
                "nslookup api.example.com",
            ),
        ),
        explains=after(Stage.NAME),
    ),
    Cause(
        id="connection-refused",
        title=N_("Nothing listens on that port."),
        explanation=N_(
            "The machine is there and says at once that no program has this port open. The server is not running, "
            "listens on another port, or listens on another address of its machine."
        ),
        signature=N_("The SYN is answered with RST at once (ECONNREFUSED)."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(Side.CLIENT, N_("Check the port in the URL. Without one it is 80 for http and 443 for https.")),
            Fix(
                Side.NODE,
                N_("Start the server, and let it listen on all addresses: in a container 127.0.0.1 is not enough."),
                'httpServer.listen(3000, "0.0.0.0");',
            ),
            Fix(
                Side.PYTHON,
                N_("Let uvicorn listen on all addresses."),
                'uvicorn.run(app, host="0.0.0.0", port=3000)',
            ),
            Fix(
                Side.HOSTING,
                N_("Publish the port of the container, and listen on the port that the platform gives in PORT."),
                "docker run -p 3000:3000 my-server",
            ),
        ),
        explains=after(Stage.TCP),
    ),
    Cause(
        id="localhost-family",
        title=N_("The server listens on the other one of 127.0.0.1 and ::1."),
        explanation=N_(
            "The name localhost stands for an IPv4 address and an IPv6 address, and the server has only one of them. "
            "Which one a client tries first depends on the client and its version."
        ),
        signature=N_("One of 127.0.0.1 and [::1] refuses the port, the other one answers on it."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Write the address that answers instead of the name localhost."),
                'const socket = io("http://127.0.0.1:3000");',
            ),
            Fix(
                Side.NODE,
                N_('Listen on both: "::" takes IPv4 too, unless the system is told otherwise.'),
                'httpServer.listen(3000, "::");',
            ),
        ),
        explains=("connection-refused", *after(Stage.TCP)),
    ),
    Cause(
        id="connection-timeout",
        title=N_("The server's address does not answer: packets are dropped on the way."),
        explanation=N_(
            "Nobody accepts the connection and nobody refuses it, which is what a firewall does. A security group, a "
            "missing VPN or a wrong address look the same."
        ),
        signature=N_("The SYN gets no answer at all until the time is over."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(Side.CLIENT, N_("Check the address, and whether you have to be in a VPN or another network.")),
            Fix(
                Side.HOSTING,
                N_("Open the port in the firewall or security group, for the networks that the clients are in."),
                "ufw allow 443/tcp",
            ),
            Fix(
                Side.HOSTING,
                N_("Allow the port in the security group of the load balancer, and in the network ACL both ways."),
                platform="aws-alb",
            ),
        ),
        explains=after(Stage.TCP),
    ),
    Cause(
        id="packets-lost",
        title=N_("The network loses packets."),
        explanation=N_(
            "TCP sends again what was not confirmed, so everything arrives, but some of it late, by a part of a second "
            "or by several. Where much is lost, heartbeats come too late and the connection drops. Weak Wi-Fi, a "
            "crowded line and a server that is too busy to take connections look the same."
        ),
        signature=N_("The same segment goes out again and again, after waits that double: 0.2, 0.4, 0.8 seconds."),
        breaks=Part.ENDURANCE,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Try another network or a cable. If it is well there, it is the line and not the server."),
            ),
            Fix(
                Side.HOSTING,
                N_("See on the server what TCP had to send again, and to whom: clients of one network, or all."),
                "ss -ti '( sport = :443 )'",
            ),
            Fix(
                Side.NODE,
                N_("Until the network is better, give heartbeats more time, so that fewer connections are given up."),
                "const io = new Server(httpServer, { pingTimeout: 60000 });",
            ),
            Fix(
                Side.PYTHON,
                N_("Until the network is better, give heartbeats more time, so that fewer connections are given up."),
                'sio = socketio.AsyncServer(async_mode="asgi", ping_timeout=60)',
            ),
        ),
        explains=("connect-slow", "ping-timeout", "upgrade-timeout", "proxy-buffering"),
        why_not_produced=N_("Only the network itself can lose packets."),
    ),
    Cause(
        id="not-http",
        title=N_("Another protocol is spoken on that port."),
        explanation=N_(
            "The connection is accepted, but what comes back is not HTTP. It is the port of another service: SSH, a "
            "database, a mail server."
        ),
        signature=N_("The first bytes are not “HTTP/”; an SSH server says “SSH-2.0-...”."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(Side.CLIENT, N_("Use the port of the HTTP server. The evidence shows what answers on this one.")),
            Fix(
                Side.HOSTING, N_("Check which port is published or forwarded: it leads to another service."), "ss -ltnp"
            ),
        ),
        explains=after(Stage.TCP),
    ),
    Cause(
        id="connection-closed-at-once",
        title=N_("The connection is accepted and closed without an answer."),
        explanation=N_(
            "Something takes the connection and ends it before it says a word. A forwarder whose target is dead does "
            "that, as does a server that has reached its limit of connections or of open files, or a list of allowed "
            "addresses."
        ),
        signature=N_("FIN or RST after the request, with not one byte before it."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.HOSTING,
                N_(
                    "Look whether the container behind the published port runs, and whether it listens on 0.0.0.0 and "
                    "not on 127.0.0.1."
                ),
                "docker ps\ndocker logs my-server",
            ),
            Fix(
                Side.NODE,
                N_("Look for a limit of connections in the server, and for EMFILE (too many open files) in its log."),
                "httpServer.maxConnections = 10000;",
            ),
            Fix(Side.CLIENT, N_("Check whether your address is among those that the server accepts.")),
        ),
        explains=after(Stage.TCP),
    ),
    Cause(
        id="port-blocked-by-browser",
        title=N_("Browsers refuse to connect to this port."),
        explanation=N_(
            "Browsers have a list of ports that belong to other services (6000 and 6667 are among them) and never "
            "send HTTP there. Other clients know no such list."
        ),
        signature=N_("No packet leaves the browser; Chrome reports ERR_UNSAFE_PORT."),
        breaks=Part.BROWSER,
        fixes=(
            Fix(
                Side.NODE,
                N_("Listen on a port that is not on the list, such as 3000 or 8080."),
                "httpServer.listen(3000);",
            ),
            Fix(Side.NGINX, N_("Let the proxy take the connections on 443."), "listen 443 ssl;"),
        ),
    ),
    Cause(
        id="local-network-access",
        title=N_("The page is public and the server is on a private address: the browser asks first."),
        explanation=N_(
            "Chrome lets a public page reach private and loopback addresses only after the user has agreed (since 142 "
            "for requests, 147 for WebSockets). A page that is not on https is refused without a question."
        ),
        signature=N_("From the browser no request arrives at the server, while every other client gets an answer."),
        breaks=Part.BROWSER,
        fixes=(
            Fix(
                Side.HOSTING,
                N_("Give the server a public name and address, or open the page from inside of the network."),
            ),
            Fix(Side.CLIENT, N_("Serve the page over https, so that the browser asks, and allow it when it does.")),
        ),
    ),
)
"""Section A of the catalogue, in its order."""
