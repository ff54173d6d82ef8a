"""The rows of the option table about TLS and the way to the server: whom to trust, who we are, which proxy."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.core.option_types import Fidelity, Group, Option, OptionType

_NODE_AGENT = N_("socket.io-client does not hand it on to Node; there it goes into an https.Agent, the option agent.")

ROWS: tuple[Option, ...] = (
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
)
