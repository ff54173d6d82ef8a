"""Causes where more than one node answers: each request of one session may meet another one."""

from __future__ import annotations

from typing import Final

from wsgui.core.causes.cause import Cause, Fix, Side
from wsgui.core.causes.snippets import HAPROXY_AFFINITY
from wsgui.core.findings import Change, Part, Stage
from wsgui.core.i18n import N_

_WEBSOCKET_ALONE = Fix(
    Side.CLIENT,
    N_("Or use the WebSocket alone: one connection stays with one node."),
    'const socket = io("https://example.com", { transports: ["websocket"] });',
    Change(options={"transports": ["websocket"]}),
)

CAUSES: Final[tuple[Cause, ...]] = (
    Cause(
        id="no-session-affinity",
        title=N_("The requests of one session reach different nodes."),
        explanation=N_(
            "Polling takes many requests, and only the node that made the session knows it. The load balancer deals "
            "the requests out in turn, so most of them meet a node that does not."
        ),
        signature=N_('400 {"code":1,"message":"Session ID unknown"} on a session that is a moment old.'),
        breaks=Part.POLLING,
        fixes=(
            Fix(
                Side.NGINX,
                N_("Let the client's address choose the node."),
                "upstream app {\n    ip_hash;\n    server 127.0.0.1:3001;\n    server 127.0.0.1:3002;\n}",
            ),
            Fix(Side.HAPROXY, N_("Let a cookie choose the node."), HAPROXY_AFFINITY),
            Fix(
                Side.APACHE,
                N_("Let a cookie choose the node."),
                'Header add Set-Cookie "SERVERID=sticky.%{BALANCER_WORKER_ROUTE}e; path=/" env=BALANCER_ROUTE_CHANGED\n'
                '<Proxy "balancer://app">\n'
                '    BalancerMember "http://127.0.0.1:3001" route=app1 upgrade=websocket\n'
                '    BalancerMember "http://127.0.0.1:3002" route=app2 upgrade=websocket\n'
                "    ProxySet stickysession=SERVERID\n"
                "</Proxy>\n"
                'ProxyPass "/socket.io/" "balancer://app/socket.io/"',
            ),
            Fix(
                Side.CADDY,
                N_("Let a cookie choose the node."),
                "example.com {\n    reverse_proxy 127.0.0.1:3001 127.0.0.1:3002 {\n        lb_policy cookie\n    }\n}",
            ),
            Fix(
                Side.NODE,
                N_("Within one machine, spread sessions and not requests over the workers (@socket.io/sticky)."),
                'const { setupMaster, setupWorker } = require("@socket.io/sticky");\n'
                "if (cluster.isPrimary) {\n"
                '  setupMaster(httpServer, { loadBalancingMethod: "least-connection" });\n'
                "} else {\n"
                "  setupWorker(io);\n"
                "}",
            ),
            Fix(
                Side.PYTHON,
                N_("Run one worker per process and let the proxy choose it: gunicorn cannot keep sessions together."),
                'uvicorn.run("main:app", port=3001, workers=1)',
            ),
            Fix(
                Side.HOSTING,
                N_("With ingress-nginx in Kubernetes, let a cookie choose the node, by an annotation of the Ingress."),
                "nginx.ingress.kubernetes.io/affinity: cookie",
            ),
            Fix(
                Side.HOSTING,
                N_("Turn session affinity on."),
                "heroku features:enable http-session-affinity",
                platform="heroku",
            ),
            Fix(
                Side.HOSTING,
                N_("Turn stickiness on for the target group. It is off by default."),
                "aws elbv2 modify-target-group-attributes --target-group-arn ARN \\\n"
                "  --attributes Key=stickiness.enabled,Value=true Key=stickiness.type,Value=lb_cookie",
                platform="aws-alb",
            ),
            Fix(Side.HOSTING, N_("Turn ARR affinity on in the app's general settings."), platform="azure"),
            Fix(
                Side.HOSTING,
                N_("Turn session affinity on for the service; it is only tried for, so prefer the WebSocket alone."),
                "gcloud run services update SERVICE --session-affinity",
                platform="google",
            ),
            Fix(
                Side.HOSTING,
                N_('Functions have no affinity: use the WebSocket alone, transports: ["websocket"].'),
                platform="vercel",
            ),
            _WEBSOCKET_ALONE,
        ),
        explains=("session-unknown", "connect-unanswered", Stage.POLLING, Stage.UPGRADE),
    ),
    Cause(
        id="affinity-needs-cookies",
        title=N_("The load balancer keeps sessions together by a cookie, which the client does not send."),
        explanation=N_(
            "The first answer sets a cookie that names the node, and the client has to send it back with every "
            "request. socket.io-client does so only with withCredentials, unless page and server share an origin."
        ),
        signature=N_("Code 1 without the cookie of the first answer, and none with it."),
        breaks=Part.POLLING,
        fixes=(
            Fix(
                Side.CLIENT,
                N_("Send cookies. In Node this needs socket.io-client 4.7 or later."),
                'const socket = io("https://example.com", { withCredentials: true });',
                Change(options={"withCredentials": True}),
            ),
            Fix(
                Side.NODE,
                N_("Allow cookies from the page's origin."),
                "const io = new Server(httpServer, {\n"
                '  cors: { origin: "https://app.example.com", credentials: true },\n});',
            ),
            Fix(
                Side.HAPROXY,
                N_("Or let the client's address choose the node."),
                "backend app\n    balance source\n    server app1 127.0.0.1:3001\n    server app2 127.0.0.1:3002",
            ),
            _WEBSOCKET_ALONE,
        ),
        explains=(
            "no-session-affinity",
            "session-unknown",
            "cookie-blocked",
            Stage.POLLING,
            Stage.UPGRADE,
        ),
    ),
)
"""Section F of the catalogue."""
