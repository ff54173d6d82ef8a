"""Answers to a handshake, by the bytes that real servers send."""

from __future__ import annotations

import pytest

from wsgui.checks.probe.answers import Kind, read_answer
from wsgui.checks.probe.exchange import End, Exchange
from wsgui.core.http1 import parse_head

OPEN = '0{"sid":"abc","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}'
OPEN_V3 = '97:0{"sid":"abc","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000}2:40'
NEXT = '<!DOCTYPE html><html><script src="/_next/static/chunks/main.js"></script></html>'


def exchange(status: int, body: str = "", *headers: str) -> Exchange:
    head = parse_head("\r\n".join([f"HTTP/1.1 {status} Reason", *headers]).encode("latin-1"))
    url = "http://host:3000/socket.io/?EIO=4&transport=polling"
    return Exchange(method="GET", url=url, sent=b"", end=End.WHOLE, head=head, body=body.encode())


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (exchange(200, OPEN), Kind.HANDSHAKE),
        (exchange(200, OPEN + "\x1e40"), Kind.HANDSHAKE),
        (exchange(200, OPEN_V3), Kind.OTHER_VERSION),
        (exchange(200, OPEN[1:]), Kind.MALFORMED),
        (exchange(200, "0"), Kind.MALFORMED),
        (exchange(200, "0[]"), Kind.MALFORMED),
        (exchange(200, "40"), Kind.MALFORMED),
        (exchange(200, "6"), Kind.MALFORMED),
        (exchange(200, ""), Kind.MALFORMED),
        (exchange(200, "ok"), Kind.OTHER),
        (exchange(200, "<!doctype html><title>App</title>"), Kind.HTML),
        (exchange(200, NEXT, "Content-Type: text/html"), Kind.NEXTJS),
        (exchange(404, NEXT, "Content-Type: text/html"), Kind.NEXTJS),
        (exchange(308, "/x", "Location: /socket.io?EIO=4", "Refresh: 0;url=/socket.io?EIO=4"), Kind.NEXTJS),
        (exchange(301, "", "Location: /socket.io?EIO=4&transport=polling"), Kind.SLASH_REDIRECT),
        (exchange(301, "", "Location: https://host/socket.io/?EIO=4&transport=polling"), Kind.REDIRECT),
        (exchange(302, "", "Location: https://sso.example.com/login?next=/socket.io/"), Kind.LOGIN),
        (exchange(302, "", "Location: /socket.io/?EIO=4&transport=polling"), Kind.REDIRECT),
        (exchange(400, '{"code":0,"message":"Transport unknown"}'), Kind.ENGINE_ERROR),
        (exchange(403, '{"code":4,"message":"not today"}'), Kind.ENGINE_ERROR),
        (exchange(400, '"Invalid session nope"'), Kind.ENGINE_ERROR),
        (exchange(400, '"http://x is not an accepted origin."'), Kind.ORIGIN_REFUSED),
        (exchange(400, "Bad Request"), Kind.OTHER),
        (exchange(401, "who?", 'WWW-Authenticate: Basic realm="x"'), Kind.LOGIN),
        (exchange(403, "<html><title>Just a moment...</title></html>", "cf-mitigated: challenge"), Kind.LOGIN),
        (exchange(404, "Cannot GET /socket.io/"), Kind.NOT_FOUND),
        (exchange(400, "<center>The plain HTTP request was sent to HTTPS port</center>"), Kind.PLAIN_TO_TLS),
        (exchange(400, "<center>No required SSL certificate was sent</center>"), Kind.CLIENT_CERTIFICATE),
        (exchange(400, "<center>Request Header Or Cookie Too Large</center>"), Kind.TOO_LARGE),
        (exchange(414), Kind.TOO_LARGE),
        (exchange(431), Kind.TOO_LARGE),
        (exchange(429), Kind.RATE_LIMIT),
        (exchange(503, "Too Many Requests"), Kind.RATE_LIMIT),
        (exchange(503, "<html>503 Service Unavailable</html>"), Kind.GATEWAY),
        (exchange(502), Kind.GATEWAY),
        (exchange(521), Kind.GATEWAY),
        (exchange(421), Kind.WRONG_NAME),
        (exchange(426, "Upgrade Required"), Kind.UPGRADE_REQUIRED),
        (exchange(500, "boom"), Kind.SERVER_ERROR),
    ],
)  # fmt: skip
def test_an_answer_is_known_by_its_bytes(found: Exchange, kind: Kind) -> None:
    assert read_answer(found).kind is kind


def test_the_old_revision_is_a_handshake_to_an_old_client() -> None:
    assert read_answer(exchange(200, OPEN_V3), "3").kind is Kind.HANDSHAKE
    assert read_answer(exchange(200, OPEN), "3").kind is Kind.OTHER_VERSION


def test_a_handshake_is_read() -> None:
    handshake = read_answer(exchange(200, OPEN)).handshake
    assert handshake is not None
    assert (handshake.sid, handshake.ping_interval, handshake.upgrades) == ("abc", 25000, ("websocket",))


@pytest.mark.parametrize("end", [End.SILENT, End.CLOSED, End.NO_LINE, End.NOT_HTTP, End.BROKEN, End.SLOW])
def test_without_an_answer_there_is_nothing_to_read(end: End) -> None:
    found = Exchange(method="GET", url="http://host/", sent=b"", end=end)
    assert read_answer(found).kind is Kind.NOTHING
