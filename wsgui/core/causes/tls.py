"""Causes in TLS: the connection is there, and the two cannot agree on how to keep it secret, or with whom."""

from __future__ import annotations

from typing import Final

from wsgui.core.causes.cause import Cause, Fix, Side, after
from wsgui.core.findings import Change, Part, Stage
from wsgui.core.i18n import N_

_UNVERIFIED = Change(options={"rejectUnauthorized": False})
_TEST_ONLY = N_(
    "To go on testing, do not check the certificate. Only for tests: a browser has no such option, and nothing then "
    "tells the server from somebody in between."
)
_NGINX_CHAIN = (
    "ssl_certificate /etc/ssl/example.com/fullchain.pem;\nssl_certificate_key /etc/ssl/example.com/privkey.pem;"
)

CAUSES: Final[tuple[Cause, ...]] = (
    Cause(
        id="http-to-tls-port",
        title=N_("The URL says http or ws, and the port expects TLS."),
        explanation=N_(
            "The server waits for a TLS handshake and gets plain text. Most servers hang up without a word; nginx "
            "says that a plain HTTP request was sent to an HTTPS port."
        ),
        signature=N_("A plain request gets no byte or a 400, while a TLS handshake on the same port succeeds."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Use https:// or wss:// in the URL."),
                'const socket = io("https://example.com");',
            ),
        ),
        explains=("connection-closed-at-once", *after(Stage.TCP)),
    ),
    Cause(
        id="tls-to-http-port",
        title=N_("The URL says https or wss, and the port speaks plain HTTP."),
        explanation=N_(
            "The answer to the TLS handshake is plain text or silence. Nothing on this port does TLS: neither the "
            "server itself nor a proxy before it."
        ),
        signature=N_("The TLS handshake ends with WRONG_VERSION_NUMBER, while plain HTTP is answered."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Use http:// or ws://, or the port of the proxy that does TLS."),
                'const socket = io("http://localhost:3000");',
            ),
            Fix(
                Side.NODE,
                N_("Create an HTTPS server, if this server is to do TLS itself."),
                'const { readFileSync } = require("fs");\n'
                'const httpServer = require("https").createServer({\n'
                '  key: readFileSync("privkey.pem"),\n'
                '  cert: readFileSync("fullchain.pem"),\n'
                "});\n"
                "const io = new Server(httpServer);",
            ),
            Fix(Side.NGINX, N_("Turn TLS on for the port."), f"listen 443 ssl;\n{_NGINX_CHAIN}"),
            Fix(
                Side.CADDY,
                N_("Name the site by its host: Caddy then gets a certificate by itself."),
                "example.com {\n    reverse_proxy 127.0.0.1:3000\n}",
            ),
        ),
        explains=("tls-timeout", *after(Stage.TCP)),
    ),
    Cause(
        id="certificate-expired",
        title=N_("The server's certificate has expired."),
        explanation=N_(
            "The certificate was valid until a day in the past, and every client refuses it. Often the new one is on "
            "the disk already and the server has not read it yet."
        ),
        signature=N_("The certificate's end date lies in the past (verify error 10)."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.HOSTING,
                N_("Renew the certificate, and let the server read it: a reload is needed after each renewal."),
                "certbot renew\nsystemctl reload nginx",
            ),
            Fix(
                Side.NODE,
                N_("Read the renewed files into the running server."),
                'httpServer.setSecureContext({\n  key: readFileSync("privkey.pem"),\n'
                '  cert: readFileSync("fullchain.pem"),\n});',
            ),
            Fix(Side.CLIENT, _TEST_ONLY, change=_UNVERIFIED),
        ),
    ),
    Cause(
        id="certificate-not-yet-valid",
        title=N_("The server's certificate is not valid yet, or a clock is wrong."),
        explanation=N_(
            "The certificate begins in the future. If it looks right to others, the clock of this computer is behind."
        ),
        signature=N_("The certificate's begin date lies in the future (verify error 9)."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(Side.CLIENT, N_("Check date, time and time zone of this computer.")),
            Fix(
                Side.HOSTING,
                N_("Check the clock of the machine that made the certificate, and make it again."),
                "timedatectl",
            ),
            Fix(Side.CLIENT, _TEST_ONLY, change=_UNVERIFIED),
        ),
    ),
    Cause(
        id="certificate-wrong-host",
        title=N_("The server's certificate is for another name."),
        explanation=N_(
            "The name in the URL is not among the names in the certificate. Only the list of alternative names counts "
            "(SAN): the common name (CN) has not been looked at for years."
        ),
        signature=N_("The host is in no subjectAltName of the certificate (verify error 62 or 64)."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(Side.CLIENT, N_("Use a name that is in the certificate: the evidence lists them.")),
            Fix(
                Side.HOSTING,
                N_("Get a certificate with every name that clients use, also www and the plain domain."),
                "certbot certonly -d example.com -d www.example.com",
            ),
            Fix(
                Side.NGINX,
                N_("Check that a server block has this name: else the default one answers with its own certificate."),
                f"server_name api.example.com;\n{_NGINX_CHAIN}",
            ),
            Fix(Side.CLIENT, _TEST_ONLY, change=_UNVERIFIED),
        ),
    ),
    Cause(
        id="certificate-self-signed",
        title=N_("The server's certificate is self-signed."),
        explanation=N_(
            "The certificate vouches for itself, so nobody else can tell whether it is the right one. It is fine for "
            "development, and every client has to be told to trust it."
        ),
        signature=N_("Issuer and subject of the certificate are the same (verify error 18)."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("In Node, give the certificate as an authority; in a browser, install it in the system."),
                'const socket = io("https://localhost:3000", { ca: readFileSync("cert.pem") });',
            ),
            Fix(Side.HOSTING, N_("Get a certificate of a public authority for a public server."), "certbot --nginx"),
            Fix(Side.CLIENT, _TEST_ONLY, change=_UNVERIFIED),
        ),
    ),
    Cause(
        id="certificate-unknown-issuer",
        title=N_("The certificate's issuer is not known: an intermediate is missing, or the authority is private."),
        explanation=N_(
            "A server has to send its certificate together with the intermediate ones. Browsers often find a missing "
            "one by themselves, and Node, Python and phones do not, which is why it may work in a browser only."
        ),
        signature=N_("The chain that the server sends does not end at a trusted authority (verify error 20 or 21)."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.NGINX,
                N_("Give the file with the whole chain, not the one with the certificate alone."),
                _NGINX_CHAIN,
            ),
            Fix(
                Side.NODE,
                N_("Give the whole chain as cert."),
                'const httpServer = createServer({\n  key: readFileSync("privkey.pem"),\n'
                '  cert: readFileSync("fullchain.pem"),\n});',
            ),
            Fix(
                Side.APACHE,
                N_("Give the whole chain as the certificate's file."),
                "SSLCertificateFile /etc/ssl/example.com/fullchain.pem\n"
                "SSLCertificateKeyFile /etc/ssl/example.com/privkey.pem",
            ),
            Fix(
                Side.HAPROXY,
                N_("Put certificate, intermediates and key into one file, in this order."),
                "frontend web\n    bind :443 ssl crt /etc/haproxy/example.com.pem\n    mode http\n"
                "    default_backend app",
            ),
            Fix(
                Side.CLIENT,
                N_("For a private authority, give its certificate in ca (Node: NODE_EXTRA_CA_CERTS does it too)."),
                'const socket = io("https://example.com", { ca: readFileSync("company-ca.pem") });',
            ),
            Fix(Side.CLIENT, _TEST_ONLY, change=_UNVERIFIED),
        ),
    ),
    Cause(
        id="tls-intercepted",
        title=N_("A gateway or a virus scanner in between signs the TLS connection anew."),
        explanation=N_(
            "The certificate does not come from the server but from a product on the way, which reads all traffic. "
            "Clients that do not know its authority refuse it, and many such products do not let WebSockets through."
        ),
        signature=N_("The certificate's issuer is a security product, not a public authority."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Trust the company's authority: the system's list has it, Node's own list does not."),
                'const socket = io("https://example.com", { ca: readFileSync("company-ca.pem") });',
                Change(options={"trustStore": "system"}),
            ),
            Fix(
                Side.HOSTING,
                N_("Ask the people who run the gateway to exempt the server's name from inspection."),
            ),
        ),
        explains=("certificate-unknown-issuer", "upgrade-refused", "upgrade-headers-stripped", "upgrade-unanswered"),
    ),
    Cause(
        id="tls-version",
        title=N_("Client and server have no TLS version in common."),
        explanation=N_(
            "Each side has an oldest and a newest version that it takes, and the two ranges do not meet. Mostly the "
            "server offers TLS 1.1 or older, which clients have given up."
        ),
        signature=N_("The TLS handshake is answered with the alert protocol_version."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(Side.NGINX, N_("Offer both of today's versions."), "ssl_protocols TLSv1.2 TLSv1.3;"),
            Fix(Side.APACHE, N_("Offer today's versions only."), "SSLProtocol -all +TLSv1.2 +TLSv1.3"),
            Fix(
                Side.HAPROXY,
                N_("Offer TLS 1.2 and newer."),
                "global\n    ssl-default-bind-options ssl-min-ver TLSv1.2",
            ),
            Fix(
                Side.NODE,
                N_("Do not limit the versions of the HTTPS server."),
                'const httpServer = createServer({ key, cert, minVersion: "TLSv1.2", maxVersion: "TLSv1.3" });',
            ),
            Fix(
                Side.CLIENT,
                N_("To test such a server all the same, allow the old versions. Browsers cannot."),
                change=Change(options={"minVersion": "TLSv1", "ciphers": "DEFAULT@SECLEVEL=0"}),
            ),
        ),
        explains=after(Stage.TLS),
    ),
    Cause(
        id="tls-cipher",
        title=N_("Client and server have no cipher in common."),
        explanation=N_(
            "Both speak the same version of TLS, but no cipher is in both lists. One of the lists was made too short: "
            "often a line copied from an old guide, or ciphers that do not go with the type of the certificate's key."
        ),
        signature=N_("The TLS handshake is answered with the alert handshake_failure."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(Side.NGINX, N_("Go back to a usual list."), "ssl_ciphers HIGH:!aNULL:!MD5;"),
            Fix(
                Side.NODE,
                N_("Leave the option ciphers out of the HTTPS server."),
                "const httpServer = createServer({ key, cert });",
            ),
            Fix(
                Side.CLIENT,
                N_("Take the client's own list away, if it has one."),
                change=Change(options={"ciphers": None}),
            ),
        ),
        explains=after(Stage.TLS),
    ),
    Cause(
        id="client-certificate-required",
        title=N_("The server wants a certificate of the client."),
        explanation=N_(
            "The server lets in only clients that show a certificate which it knows (mutual TLS). With TLS 1.3 the "
            "handshake seems to succeed first, and the refusal comes with the first answer."
        ),
        signature=N_("The alert certificate_required, or a 400 that says that no certificate was sent."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Give certificate and key (cert and key, or pfx). In a browser, install them in the system."),
                'const socket = io("https://example.com", {\n'
                '  cert: readFileSync("client.pem"),\n  key: readFileSync("client-key.pem"),\n});',
            ),
            Fix(Side.NGINX, N_("If it is not wanted, do not insist on it."), "ssl_verify_client optional;"),
        ),
        explains=after(Stage.TLS),
    ),
    Cause(
        id="sni-rejected",
        title=N_("The server does not serve this name."),
        explanation=N_(
            "The client says in the TLS handshake which host it wants, and the server at this address knows none of "
            "that name. The name's record leads to the wrong machine, or the site is missing in its configuration."
        ),
        signature=N_("The alert unrecognized_name, or the answer 421 Misdirected Request."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(Side.NGINX, N_("Add the name to a server block."), "server_name api.example.com;"),
            Fix(Side.HOSTING, N_("Add the domain to the project, and check where its DNS record leads."), ""),
            Fix(
                Side.CLIENT,
                N_("When connecting to an IP address, say the name that the server expects (servername)."),
            ),
        ),
        explains=after(Stage.TLS),
    ),
    Cause(
        id="http2-only",
        title=N_("The server speaks HTTP/2 only."),
        explanation=N_(
            "A WebSocket begins as a request of HTTP/1.1, and this server does not agree to that version. Browsers "
            "could still poll over HTTP/2, but no WebSocket opens."
        ),
        signature=N_("With HTTP/1.1 alone on offer the TLS handshake ends with no_application_protocol."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(
                Side.NODE,
                N_("Let the HTTP/2 server take HTTP/1.1 too."),
                "const httpServer = http2.createSecureServer({ allowHTTP1: true, key, cert });",
            ),
            Fix(
                Side.HAPROXY,
                N_("Offer both versions on the port."),
                "frontend web\n    bind :443 ssl crt /etc/haproxy/example.com.pem alpn h2,http/1.1\n    mode http\n"
                "    default_backend app",
            ),
            Fix(
                Side.HOSTING,
                N_("Do not turn on end-to-end HTTP/2 for a service with WebSockets."),
                platform="google",
            ),
        ),
        explains=after(Stage.TLS),
    ),
    Cause(
        id="tls-timeout",
        title=N_("The connection is accepted, and the TLS handshake gets no answer."),
        explanation=N_(
            "Somebody accepted the TCP connection and then said nothing. The port speaks a protocol in which the "
            "client waits, or a forwarder has lost its target, or a firewall holds TLS back."
        ),
        signature=N_("No byte comes back after the ClientHello."),
        breaks=Part.CONNECTION,
        fixes=(
            Fix(Side.CLIENT, N_("Check the port, and try http:// if the server does no TLS itself.")),
            Fix(Side.HOSTING, N_("Check the target of the load balancer or port forwarding, and that it runs.")),
        ),
        explains=after(Stage.TLS),
    ),
    Cause(
        id="mixed-content",
        title=N_("The page is on https and the server on http or ws: the browser forbids it."),
        explanation=N_(
            "A secure page may not open insecure connections, so the browser sends nothing. Only servers on the same "
            "computer (localhost, 127.0.0.1) are exempt."
        ),
        signature=N_("Nothing leaves the browser; new WebSocket() throws a SecurityError."),
        breaks=Part.BROWSER,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Use https:// or wss:// in the URL."),
                'const socket = io("https://example.com");',
            ),
            Fix(
                Side.NGINX, N_("Give the server TLS: a proxy before it is enough."), f"listen 443 ssl;\n{_NGINX_CHAIN}"
            ),
            Fix(
                Side.CADDY,
                N_("Give the server TLS: Caddy gets a certificate by itself."),
                "example.com {\n    reverse_proxy 127.0.0.1:3000\n}",
            ),
        ),
    ),
)
"""Section B of the catalogue, in its order."""
