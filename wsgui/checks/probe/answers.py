"""What an answer to a handshake is: a pure function of the exchange, by the exact bytes that each server sends."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from wsgui.checks.probe.exchange import End, Exchange
from wsgui.core.i18n import _
from wsgui.net.handshake import Handshake, HandshakeError, read_handshake


class Kind(StrEnum):
    """What an answer is."""

    HANDSHAKE = "handshake"
    OTHER_VERSION = "other-version"
    """A valid handshake of the other revision of Engine.IO."""
    MALFORMED = "malformed"
    """It looks like a handshake and is not valid."""
    ENGINE_ERROR = "engine-error"
    """Engine.IO itself refuses; ``code`` and ``message`` say how. ``code`` is -1 where there is none."""
    ORIGIN_REFUSED = "origin-refused"
    """python-engineio names the origin that it does not accept."""
    REDIRECT = "redirect"
    SLASH_REDIRECT = "slash-redirect"
    NEXTJS = "nextjs"
    LOGIN = "login"
    """A login, a challenge or a warning page stands before the server, or 401, 403."""
    RATE_LIMIT = "rate-limit"
    TOO_LARGE = "too-large"
    """The headers or the URL are."""
    GATEWAY = "gateway"
    PLAIN_TO_TLS = "plain-to-tls"
    CLIENT_CERTIFICATE = "client-certificate"
    WRONG_NAME = "wrong-name"
    """421: this server is not for that name."""
    UPGRADE_REQUIRED = "upgrade-required"
    NOT_FOUND = "not-found"
    HTML = "html"
    SERVER_ERROR = "server-error"
    OTHER = "other"
    NOTHING = "nothing"
    """No HTTP answer; the exchange says why."""


@dataclass(frozen=True)
class Answer:
    """An answer, read."""

    kind: Kind
    code: int = -1
    message: str = ""
    """What the server says, or what is wrong with the handshake."""
    handshake: Handshake | None = None
    location: str = ""
    raw_handshake: str = ""
    """The JSON of the open packet."""


_PYTHON_MESSAGES = {
    "invalid session": 1,
    "invalid transport": 0,
    "invalid websocket upgrade": 3,
    "the client is using an unsupported version": 5,
}
"""python-engineio -> the code that engine.io has for it."""
_GATEWAY = frozenset({502, 503, 504, 530, *range(520, 528)})
_CHALLENGE = re.compile(
    r"just a moment\.\.\.|cf-chl|challenge-platform|attention required! \| cloudflare|ngrok-skip-browser-warning"
    r"|err_ngrok_6024|vercel authentication|_vercel_sso",
    re.IGNORECASE,
)
_LOGIN_PLACE = re.compile(r"[/.](log-?in|sign-?in|auth|oauth2?|sso|session/new|adfs)([/.?]|$)", re.IGNORECASE)
_LENGTH_PREFIX = re.compile(r"\d+:0(\{.*)", re.DOTALL)
_TOO_MANY = re.compile(r"too many requests|rate.?limit", re.IGNORECASE)


def read_answer(exchange: Exchange, eio: str = "4") -> Answer:
    """Read the answer to a polling handshake that was asked with ``EIO=eio``."""
    if exchange.end not in (End.WHOLE, End.TOO_LONG) or exchange.head is None:
        return Answer(Kind.NOTHING)
    text = exchange.text
    status = exchange.status
    if 200 <= status < 300 and (found := _handshake(text, eio)):
        return found
    if found := _engine_error(exchange):
        return found
    if found := _front(exchange):
        return found
    if 300 <= status < 400:
        return _redirect(exchange)
    if status in (404, 405, 410):
        return Answer(Kind.NEXTJS if _is_nextjs(exchange) else Kind.NOT_FOUND, message=_first_line(exchange))
    if exchange.is_html:
        return Answer(Kind.NEXTJS if _is_nextjs(exchange) else Kind.HTML, message=title_of(exchange))
    if status >= 500:
        return Answer(Kind.SERVER_ERROR, message=_first_line(exchange))
    return Answer(Kind.OTHER, message=_first_line(exchange))


def _handshake(text: str, eio: str) -> Answer | None:
    """A handshake of any revision, valid or not; ``None`` if it is nothing of the kind."""
    prefixed = _LENGTH_PREFIX.match(text)
    bare = text.startswith("0{")
    if not prefixed and not bare:
        return _almost(text)
    content = text[1:] if bare else prefixed[1] if prefixed else ""
    content = content.partition("\x1e")[0]
    try:
        value, end = json.JSONDecoder().raw_decode(content)
    except (ValueError, RecursionError) as error:
        return Answer(Kind.MALFORMED, message=_("its JSON is broken: {why}").format(why=error))
    content = content[:end]
    try:
        found = read_handshake(content)
    except HandshakeError as error:
        return Answer(Kind.MALFORMED, message=str(error), raw_handshake=content)
    if not found.sid:
        return Answer(Kind.MALFORMED, message=_("“sid” is empty"), raw_handshake=content)
    if found.ping_interval <= 0:
        return Answer(Kind.MALFORMED, message=_("“pingInterval” is 0"), raw_handshake=content)
    if not isinstance(value.get("upgrades"), list):
        return Answer(Kind.MALFORMED, message=_("“upgrades” is no list"), raw_handshake=content)
    kind = Kind.HANDSHAKE if bool(prefixed) is (eio == "3") else Kind.OTHER_VERSION
    return Answer(kind, handshake=found, raw_handshake=content)


def _almost(text: str) -> Answer | None:
    """An open packet without its digit, a digit without its packet, another packet in its place."""
    if text.startswith("{") and '"sid"' in text[:200]:
        return Answer(Kind.MALFORMED, message=_("the digit 0 of the open packet is missing"))
    if re.match(r"(\d+:)?0\s*[\[\"{]|0$", text[:20]):
        return Answer(Kind.MALFORMED, message=_("the open packet holds no JSON object"))
    if not text:
        return Answer(Kind.MALFORMED, message=_("the body is empty"))
    if re.fullmatch(r"[1-6]", text[:2]) or text.startswith(("40", "42[")):
        return Answer(Kind.MALFORMED, message=_("the first packet is not the open packet"))
    return None


def _engine_error(exchange: Exchange) -> Answer | None:
    """What Engine.IO says itself: ``{"code":0,"message":...}``, or a JSON string from python-engineio."""
    if exchange.status not in (400, 403):
        return None
    try:
        value = json.loads(exchange.text)
    except (ValueError, RecursionError):
        value = exchange.text.strip()
    if isinstance(value, dict) and isinstance(value.get("code"), int) and "message" in value:
        return Answer(Kind.ENGINE_ERROR, value["code"], str(value["message"]))
    if not isinstance(value, str):
        return None
    if "is not an accepted origin" in value.lower():
        return Answer(Kind.ORIGIN_REFUSED, message=value)
    for start, code in _PYTHON_MESSAGES.items():
        if value.lower().startswith(start):
            return Answer(Kind.ENGINE_ERROR, code, value)
    return None


BARE_ERRORS = {"Transport unknown": 0, "Session ID unknown": 1, "Bad handshake method": 2, "Bad request": 3}
"""The text with which engine.io refuses an *upgrade* -> its code. 4 has the server's own text, 5 comes after a 101."""


def _front(exchange: Exchange) -> Answer | None:
    """What stands before Socket.IO and answers in its place."""
    status, text = exchange.status, exchange.text
    if "plain http request was sent to https port" in text.lower() or "speaking plain HTTP to an SSL" in text:
        return Answer(Kind.PLAIN_TO_TLS, message=_first_line(exchange))
    if "No required SSL certificate was sent" in text or "SSL certificate error" in text:
        return Answer(Kind.CLIENT_CERTIFICATE, message=title_of(exchange))
    if status in (413, 414, 431) or "request header or cookie too large" in text.lower():
        return Answer(Kind.TOO_LARGE, message=_first_line(exchange))
    if status == 429 or (status in (403, 503) and _TOO_MANY.search(text)):
        return Answer(Kind.RATE_LIMIT, message=_first_line(exchange))
    challenged = exchange.header("cf-mitigated") or (exchange.is_html and _CHALLENGE.search(text[:20_000]))
    if status in (401, 403, 407, 511) or challenged:
        return Answer(Kind.LOGIN, message=title_of(exchange) or _first_line(exchange))
    if status in _GATEWAY:
        return Answer(Kind.GATEWAY, message=title_of(exchange) or _first_line(exchange))
    if status == 421:
        return Answer(Kind.WRONG_NAME, message=_first_line(exchange))
    if status == 426:
        return Answer(Kind.UPGRADE_REQUIRED, message=_first_line(exchange))
    return None


def _redirect(exchange: Exchange) -> Answer:
    location = exchange.header("location")
    if _is_nextjs(exchange):
        return Answer(Kind.NEXTJS, location=location, message=location)
    if _LOGIN_PLACE.search(location):
        return Answer(Kind.LOGIN, location=location, message=location)
    try:
        asked, told = urlsplit(exchange.url), urlsplit(location)
    except ValueError:  # it is no URL; the answer says "elsewhere" all the same
        return Answer(Kind.REDIRECT, location=location)
    same_place = not told.netloc or (told.netloc == asked.netloc and told.scheme in (asked.scheme, ""))
    if same_place and told.path != asked.path and told.path.rstrip("/") == asked.path.rstrip("/"):
        return Answer(Kind.SLASH_REDIRECT, location=location)
    return Answer(Kind.REDIRECT, location=location)


def _is_nextjs(exchange: Exchange) -> bool:
    """Next.js: its header, its ``Refresh`` beside a permanent redirect, or its files in the page."""
    if "next.js" in exchange.header("x-powered-by").lower() or exchange.header("x-nextjs-cache"):
        return True
    if exchange.status == 308 and exchange.header("refresh").startswith("0;url="):
        return True
    return exchange.is_html and any(word in exchange.text for word in ("/_next/static", "__NEXT_DATA__", "__next_f"))


def title_of(exchange: Exchange) -> str:
    """The title of a web page."""
    found = re.search(r"<title[^>]*>(.{1,200}?)</title>", exchange.text[:50_000], re.IGNORECASE | re.DOTALL)
    return " ".join(found[1].split()) if found else ""


def _first_line(exchange: Exchange) -> str:
    return exchange.text.strip().split("\n")[0][:200]
