"""What a console says, and the cause that comes first for it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core.causes import CAUSES
from wsgui.core.console_texts import WORDINGS, read
from wsgui.core.console_texts.close_codes import judge
from wsgui.core.findings import Stage

NODE_ERROR = """\
RangeError: Invalid WebSocket frame: invalid status code {code}
    at Receiver.controlMessage (/app/node_modules/ws/lib/receiver.js:640:30)
    at Receiver.getData (/app/node_modules/ws/lib/receiver.js:513:12) {{
  code: 'WS_ERR_INVALID_CLOSE_CODE',
  [Symbol(status-code)]: 1002
}}
"""

CHROME = "WebSocket connection to 'wss://example.com/socket.io/?EIO=4&transport=websocket' failed: "
CORS = "Access to XMLHttpRequest at 'https://a.example/socket.io/?EIO=4&transport=polling&t=x' from origin "
CORS += "'https://b.example' has been blocked by CORS policy: "
FIREFOX = (
    "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://a.example."
)

EXAMPLES = [
    # the error of errors
    (NODE_ERROR.format(code=47746), "second-upgrade-handler"),
    (NODE_ERROR.format(code=47746) + NODE_ERROR.format(code=17389), "second-upgrade-handler"),
    (NODE_ERROR.format(code=1006), "invalid-close-code"),
    (NODE_ERROR.format(code=1005) * 20, "invalid-close-code"),
    (NODE_ERROR.format(code=65535), "invalid-close-code"),
    (NODE_ERROR.format(code=0), "invalid-close-code"),
    (NODE_ERROR.format(code=22373) * 5, "invalid-close-code"),
    ("code: 'WS_ERR_INVALID_CLOSE_CODE'", "second-upgrade-handler"),
    ("WebSocketError(1002, 'Invalid close code: 1006')", "invalid-close-code"),
    ("websocket._exceptions.WebSocketProtocolException: Invalid close opcode 33389", "second-upgrade-handler"),
    ("Server sent close packet data 1006, aborting", "invalid-close-code"),
    # Chrome
    (CHROME + "Invalid frame header", "second-upgrade-handler"),
    (CHROME + "One or more reserved bits are on: reserved1 = 1, reserved2 = 0, reserved3 = 0", "compression-broken"),
    (CHROME + "A server must not mask any frames that it sends to the client.", "masked-server-frame"),
    (CHROME + "Error during WebSocket handshake: Unexpected response code: 400", "upgrade-headers-stripped"),
    (CHROME + "Error during WebSocket handshake: Unexpected response code: 502", "gateway-error"),
    (CHROME + "Error during WebSocket handshake: Unexpected response code: 301", "redirect"),
    (CHROME + "Error during WebSocket handshake: Unexpected response code: 200", "html-instead-of-handshake"),
    (CHROME + "Error during WebSocket handshake: Unexpected response code: 403", "upgrade-refused"),
    (CHROME + "Error during WebSocket handshake: Unexpected response code: 404", "wrong-path"),
    (CHROME + "Error during WebSocket handshake: 'Upgrade' header is missing", "handshake-101-invalid"),
    (CHROME + "Connection closed before receiving a handshake response", "upgrade-not-handled"),
    (CHROME + "Received a broken close frame containing a reserved status code.", "invalid-close-code"),
    (CHROME + "Error in connection establishment: net::ERR_CERT_AUTHORITY_INVALID", "certificate-self-signed"),
    ("GET https://undefined/socket.io/?EIO=4 net::ERR_NAME_NOT_RESOLVED", "url-missing"),
    ("GET http://localhost:3000/socket.io/?EIO=4 net::ERR_CONNECTION_REFUSED", "connection-refused"),
    ("GET http://localhost:6000/ net::ERR_UNSAFE_PORT", "port-blocked-by-browser"),
    ("net::ERR_SSL_PROTOCOL_ERROR", "tls-to-http-port"),
    ("Mixed Content: The page at 'https://a' was loaded over HTTPS, but attempted to connect to 'ws://b'",
     "mixed-content"),
    ("Refused to connect to 'wss://a' because it violates the following Content Security Policy directive",
     "csp-blocks"),
    # CORS, in three browsers' words
    (CORS + "No 'Access-Control-Allow-Origin' header is present on the requested resource.", "cors-missing"),
    (
        CORS + "No 'Access-Control-Allow-Origin' header is present on the requested resource.\n"
        "GET https://a.example/socket.io/ net::ERR_FAILED 502 (Bad Gateway)",
        "gateway-error",
    ),
    (CORS + "The 'Access-Control-Allow-Origin' header has a value 'https://b.example/' that is not equal to the "
     "supplied origin.", "cors-origin-mismatch"),
    (CORS + "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' "
     "when the request's credentials mode is 'include'.", "cors-wildcard-credentials"),
    (CORS + "The 'Access-Control-Allow-Origin' header contains multiple values '*, *', but only one is allowed.",
     "cors-duplicate"),
    (CORS + "Request header field my-hdr is not allowed by Access-Control-Allow-Headers in preflight response.",
     "cors-preflight-refused"),
    (CORS + "The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true'",
     "cors-no-credentials"),
    (FIREFOX + " (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 200.", "cors-missing"),
    (FIREFOX + " (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 502.", "gateway-error"),
    (FIREFOX + " (Reason: CORS header ‘Access-Control-Allow-Origin’ does not match ‘https://x’).",
     "cors-origin-mismatch"),
    (FIREFOX + " (Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’).",
     "cors-wildcard-credentials"),
    (FIREFOX + " (Reason: CORS request did not succeed). Status code: (null).", "connection-refused"),
    ("Origin https://b.example is not allowed by Access-Control-Allow-Origin. Status code: 200", "cors-missing"),
    ("Access-Control-Allow-Origin cannot contain more than one origin.", "cors-duplicate"),
    # Firefox and Safari
    ("Firefox can’t establish a connection to the server at wss://example.com/socket.io/.", "upgrade-refused"),
    ("The connection to wss://example.com/ was interrupted while the page was loading.", "dropped-without-close"),
    ("Blocked loading mixed active content “http://a.example/”", "mixed-content"),
    ("Error code: MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", "certificate-self-signed"),
    ("WebSocket connection to 'wss://a' failed: There was a bad response from the server.", "upgrade-refused"),
    ("A server with the specified hostname could not be found.", "name-not-resolved"),
    # socket.io
    ("It seems you are trying to reach a Socket.IO server in v2.x with a v3.x client", "protocol-too-new"),
    ('{"code":1,"message":"Session ID unknown"}', "no-session-affinity"),
    ('{"code":0,"message":"Transport unknown"}', "websocket-only-server"),
    ('{"code":3,"message":"Bad request"}', "upgrade-headers-stripped"),
    ('{"code":5,"message":"Unsupported protocol version"}', "protocol-too-old"),
    ('{"code":4,"message":"Forbidden"}', "forbidden-by-server"),
    ("connect_error Error: xhr poll error", "cors-missing"),
    ("Error: xhr post error", "no-session-affinity"),
    ("connect_error Error: server error", "html-instead-of-handshake"),
    ("Error: Invalid namespace", "path-used-as-namespace"),
    ("disconnect: ping timeout", "ping-timeout"),
    ("disconnected io server disconnect", "server-disconnects"),
    ("upgradeError probe error: transport closed", "upgrade-closed"),
    ("Error: server.handleUpgrade() was called more than once with the same socket", "second-upgrade-handler"),
    # Node
    ("RangeError: Invalid WebSocket frame: RSV1 must be clear", "second-upgrade-handler"),
    ("Error: getaddrinfo ENOTFOUND undefined", "url-missing"),
    ("Error: getaddrinfo ENOTFOUND api.example.com", "name-not-resolved"),
    ("Error: connect ECONNREFUSED 127.0.0.1:3000", "connection-refused"),
    ("Error: connect ECONNREFUSED ::1:3000", "localhost-family"),
    ("Error: Unexpected server response: 502", "gateway-error"),
    ("Error: unable to verify the first certificate (UNABLE_TO_VERIFY_LEAF_SIGNATURE)", "certificate-unknown-issuer"),
    ("RangeError: Max payload size exceeded", "payload-too-large"),
    ("Error: Invalid Sec-WebSocket-Accept header", "handshake-101-invalid"),
    # Python
    ("socketio.exceptions.ConnectionError: OPEN packet not returned by server", "protocol-too-new"),
    ("socketio.exceptions.ConnectionError: One or more namespaces failed to connect: /", "auth-rejected"),
    ("aiohttp: Received frame with non-zero reserved bits", "second-upgrade-handler"),
    ('"http://x is not an accepted origin."', "origin-rejected"),
    ("WARNING: No supported WebSocket library detected.", "upgrade-refused"),
    ("ssl.SSLError: [SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)", "tls-to-http-port"),
    ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired", "certificate-expired"),
    # proxies and platforms
    ("2026/01/01 [error] upstream timed out (110: Connection timed out) while reading upstream", "idle-timeout"),
    ("[error] connect() failed (111: Connection refused) while connecting to upstream", "gateway-error"),
    ("client intended to send too large body: 2000000 bytes", "payload-too-large"),
    ('at=error code=H15 desc="Idle connection" path="/socket.io/"', "idle-timeout"),
    ("Cannot GET /socket.io/", "no-socketio"),
    ("X-Powered-By: Next.js", "nextjs-answers"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "first"), EXAMPLES)
def test_the_likeliest_cause_comes_first(text: str, first: str) -> None:
    candidates = read(text)
    assert candidates[0].cause == first, [(candidate.cause, candidate.score) for candidate in candidates[:4]]


@pytest.mark.parametrize("text", ["", "   \n\n", "Hello, world", "connected, all is well", "status: 200 OK"])
def test_of_what_it_does_not_know_it_says_nothing(text: str) -> None:
    assert read(text) == ()


def test_a_candidate_says_why_and_what_decides() -> None:
    [first, second, *_] = read(NODE_ERROR.format(code=47746))
    assert (first.cause, second.cause) == ("second-upgrade-handler", "invalid-close-code")
    assert "random" in first.why
    assert first.decided_by == (Stage.FRAMES,)
    assert first.quotes == ("RangeError: Invalid WebSocket frame: invalid status code 47746",)


@pytest.mark.parametrize(
    ("codes", "first"),
    [
        ([47746], "second-upgrade-handler"),
        ([47746, 33389, 17389], "second-upgrade-handler"),
        ([47746, 47746, 47746], "invalid-close-code"),
        ([1006, 1006, 47746, 33389], "second-upgrade-handler"),
        ([0, 1005, 1006], "invalid-close-code"),
        ([1002, 999], "invalid-close-code"),
        ([2000, 2500], "second-upgrade-handler"),
    ],
)
def test_a_random_code_is_not_a_reserved_one(codes: list[int], first: str) -> None:
    judged = judge(codes)
    assert judged is not None
    assert judged[0][0].cause == first
    assert {guess.cause for guess in judged[0]} == {"second-upgrade-handler", "invalid-close-code"}


def test_codes_that_may_be_sent_are_no_error() -> None:
    assert judge([1000, 1001, 1002, 1011, 4001]) is None
    assert judge([]) is None


def test_several_messages_point_together() -> None:
    text = (
        f"\x1b[31m{CHROME}Unexpected response code: 400\x1b[0m\r\n"
        'polling: 400 {"code":1,"message":"Session ID unknown"}\nError: xhr post error\n'
    )
    [first, *others] = read(text)
    assert first.cause == "no-session-affinity"
    assert len(first.quotes) == 3
    assert not any("\x1b" in quote for quote in first.quotes)
    assert "upgrade-headers-stripped" in {candidate.cause for candidate in others}
    assert {Stage.AFFINITY, Stage.WEBSOCKET} <= set(first.decided_by)


def test_a_quote_is_short_also_from_a_long_line() -> None:
    [first, *_] = read("x" * 5000 + " RSV1 must be clear " + "x" * 5000 + "\nthe next line")
    [quote] = first.quotes
    assert "RSV1 must be clear" in quote
    assert len(quote) < 1000


def test_there_are_many_and_each_names_causes_that_there_are() -> None:
    assert len({wording.needle for wording in WORDINGS}) == len(WORDINGS) >= 60
    for wording in WORDINGS:
        assert wording.needle == wording.needle.lower()
        assert {guess.cause for guess in wording.guesses} <= CAUSES.keys()
        assert len({guess.cause for guess in wording.guesses}) == len(wording.guesses) > 0
        assert all(
            re.fullmatch(r"[A-Z““].*\.|(?:aiohttp|nginx|python|squid|uvicorn).*\.", guess.why)
            for guess in wording.guesses
        )


def test_every_cause_can_be_pasted_or_is_silent() -> None:
    named = {guess.cause for wording in WORDINGS for guess in wording.guesses} | {"invalid-close-code"}
    assert CAUSES.keys() - named == set()


PIECES = st.one_of(
    st.text(max_size=30),
    st.sampled_from([wording.needle for wording in WORDINGS]),
    st.builds("invalid status code {}".format, st.integers()),
    st.sampled_from(["\n", "\x1b[31m", "\ud800", "İ", "\0"]),
)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_no_text_is_too_odd(text: str) -> None:
    for candidate in read(text):
        assert candidate.cause in CAUSES
        assert candidate.quotes
        assert all(len(quote) < 1000 for quote in candidate.quotes)


@pytest.mark.parametrize(
    "piece",
    [
        "x",
        "invalid status code 47746 ",
        "\x1b[",
        "blocked by cors policy ",
        "content security policy\n",
        "server error",
        "\n",
    ],
)
def test_a_large_text_is_read_in_pieces(piece: str) -> None:
    """Its time is measured nowhere, but a pattern that explodes would never end here."""
    read(piece * (1_000_000 // len(piece)))
