"""What browsers print about CORS. Often it is another error in disguise: an error page has no CORS headers either."""

from __future__ import annotations

from typing import Final

from wsgui.core.console_texts.wording import Speaker, Strength, Wording, say
from wsgui.core.findings import Stage
from wsgui.core.i18n import N_

_CHROME, _FIREFOX, _SAFARI = Speaker.CHROME, Speaker.FIREFOX, Speaker.SAFARI
_VAGUE, _USUAL, _CLEAR = Strength.VAGUE, Strength.USUAL, Strength.CLEAR
_BROWSER = Stage.BROWSER
_ANSWER = (Stage.HTTP, Stage.PATH, Stage.HANDSHAKE)

_MISSING = ("cors-missing", N_("The answer does not allow the page's origin."))
_DISGUISE = (
    ("gateway-error", N_("A proxy's error page has no CORS headers and shows as the same message.")),
    ("wrong-path", N_("A 404 of a wrong path shows as the same message.")),
    ("html-instead-of-handshake", N_("A web page in place of the handshake shows as the same message.")),
    ("redirect", N_("A redirect shows as the same message.")),
)
_PREFLIGHT = ("cors-preflight-refused", N_("The browser asked first, because of extra headers, and was refused."))
_MISMATCH = ("cors-origin-mismatch", N_("The answer allows another origin than the page's."))
_WILDCARD = ("cors-wildcard-credentials", N_("“*” does not count for requests with cookies."))
_CREDENTIALS = ("cors-no-credentials", N_("The answer does not allow cookies."))
_DUPLICATE = ("cors-duplicate", N_("The header is there twice: application and proxy both add it."))
_REDIRECTED = ("redirect", N_("The answer was a redirect, which the browser does not follow there."))
_NO_ANSWER = (
    ("connection-refused", N_("Without a status there was no answer at all: this is not about CORS.")),
    ("certificate-self-signed", N_("A certificate that is not trusted ends it before there is an answer.")),
    ("connection-timeout", N_("The server may not be reachable.")),
    ("mixed-content", N_("Or the page is on https and the server is not.")),
)

CORS: Final[tuple[Wording, ...]] = (
    say("blocked by cors policy", _CHROME, _VAGUE, _BROWSER, _MISSING, *_DISGUISE, also=_ANSWER),
    say("no 'access-control-allow-origin' header is present", _CHROME, _USUAL, _BROWSER, _MISSING, *_DISGUISE,
        also=_ANSWER),
    say("that is not equal to the supplied origin", _CHROME, _CLEAR, _BROWSER, _MISMATCH),
    say("must not be the wildcard '*'", _CHROME, _CLEAR, _BROWSER, _WILDCARD),
    say("'access-control-allow-credentials' header in the response is", _CHROME, _CLEAR, _BROWSER, _CREDENTIALS),
    say("contains multiple values", _CHROME, _CLEAR, _BROWSER, _DUPLICATE, pattern="access-control"),
    say("response to preflight request doesn't pass", _CHROME, _CLEAR, _BROWSER, _PREFLIGHT, _MISSING),
    say("is not allowed by access-control-allow-headers", _CHROME, _CLEAR, _BROWSER, _PREFLIGHT),
    say("redirect is not allowed for a preflight request", _CHROME, _CLEAR, Stage.HTTP, _REDIRECTED),
    say("cross-origin request blocked", _FIREFOX, _VAGUE, _BROWSER, _MISSING, *_DISGUISE, also=_ANSWER),
    say("cors header 'access-control-allow-origin' missing", _FIREFOX, _USUAL, _BROWSER, _MISSING, *_DISGUISE,
        also=_ANSWER),
    say("cors header 'access-control-allow-origin' does not match", _FIREFOX, _CLEAR, _BROWSER, _MISMATCH),
    say("multiple cors header", _FIREFOX, _CLEAR, _BROWSER, _DUPLICATE),
    say("credential is not supported if the cors header", _FIREFOX, _CLEAR, _BROWSER, _WILDCARD),
    say("expected 'true' in cors header", _FIREFOX, _CLEAR, _BROWSER, _CREDENTIALS),
    say("cors request did not succeed", _FIREFOX, _CLEAR, Stage.TCP, *_NO_ANSWER, also=(Stage.TLS, _BROWSER)),
    say("cors preflight response did not succeed", _FIREFOX, _CLEAR, _BROWSER, _PREFLIGHT, _MISSING),
    say("from cors preflight response", _FIREFOX, _CLEAR, _BROWSER, _PREFLIGHT),
    say("cors request external redirect not allowed", _FIREFOX, _CLEAR, Stage.HTTP, _REDIRECTED),
    say("is not allowed by access-control-allow-origin", _SAFARI, _USUAL, _BROWSER, _MISSING, _MISMATCH, *_DISGUISE,
        also=_ANSWER),
    say("due to access control checks", _SAFARI, _VAGUE, _BROWSER, _MISSING, *_DISGUISE, also=_ANSWER),
    say("cannot use wildcard in access-control-allow-origin", _SAFARI, _CLEAR, _BROWSER, _WILDCARD),
    say("credentials flag is true, but access-control-allow-credentials", _SAFARI, _CLEAR, _BROWSER, _CREDENTIALS),
    say("access-control-allow-origin cannot contain more than one origin", _SAFARI, _CLEAR, _BROWSER, _DUPLICATE),
    say("preflight response is not successful", _SAFARI, _CLEAR, _BROWSER, _PREFLIGHT, _MISSING),
    say("status code: 50", _FIREFOX, _CLEAR, Stage.HTTP,
        ("gateway-error", N_("The status says that a proxy could not reach the server: CORS is not the cause.")),
        pattern=r"status code: 50[234]\b"),
    say("status code: 404", _FIREFOX, _CLEAR, Stage.PATH,
        ("wrong-path", N_("The status says that nothing is at this path: CORS is not the cause.")),
        ("no-socketio", N_("Or Socket.IO is not on this server at all."))),
    say("err_failed 50", _CHROME, _CLEAR, Stage.HTTP,
        ("gateway-error", N_("The status says that a proxy could not reach the server: CORS is not the cause.")),
        pattern=r"err_failed 50[234]\b"),
    say("err_failed 404", _CHROME, _CLEAR, Stage.PATH,
        ("wrong-path", N_("The status says that nothing is at this path: CORS is not the cause."))),
)  # fmt: skip
