"""The differences from socket.io-client that stay, each with its reason. ``docs/parity.md`` is made of this table.

``python -m tests.interop.parity.differences`` writes the page anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.interop.parity.trace import IGNORED_HEADERS

PAGE = Path(__file__).parents[3] / "docs" / "parity.md"


@dataclass(frozen=True)
class Difference:
    """In ``cases`` this lane differs: what only JavaScript has contains ``javascript``, what only we have ``here``."""

    what: str
    reason: str
    cases: tuple[str, ...]
    lane: str
    javascript: str
    """Empty where JavaScript's has nothing of its own."""
    here: str
    """One of these words, parted by ``|``."""


SAYS = "socket events"

DIFFERENCES = (
    Difference(
        "`requestTimeout` is kept to",
        "On Node the XMLHttpRequest of engine.io-client knows no time limit, so the option does nothing there. In a "
        "browser it does what its name says, and this program does that.",
        ("requestTimeout",),
        SAYS,
        '"message": "timeout"',
        '"message": "xhr poll error"',
    ),
    Difference(
        "A polling request that is redirected with 302, 303 or 307 fails",
        "On Node these three are followed in silence, 301 and 308 are not; a browser follows all of them if CORS "
        "allows it. Here each of them is a failure that says where the server points to: a redirect is what a tester "
        "has to see.",
        ("redirected with 302",),
        SAYS,
        '"message": "xhr poll error",',
        '"message": "xhr poll error 302"',
    ),
    Difference(
        "A packet that JavaScript ignores is shown",
        "An event for a namespace that was not joined, or an acknowledgement of nothing, is dropped by JavaScript "
        "without a word. The log shows what was on the wire.",
        ("packet for nobody",),
        SAYS,
        "",
        "/other|ack",
    ),
    Difference(
        "A number goes out as it was typed",
        "JavaScript has one type of number and writes 5.0 as 5 and -0.0 as 0. Who types 5.0 here wants to see what a "
        "server makes of it.",
        ("numbers of one value and two spellings",),
        "frames sent",
        '["echo",5,0]',
        '["echo",5.0,-0.0]',
    ),
)

UNSEEN = (
    (
        "Polling requests share TCP connections",
        "Node opens a new one for each request, and says so with `Connection: close`. Browsers keep them open.",
    ),
    (
        "`rememberUpgrade` remembers each server by itself",
        "JavaScript keeps one flag for the whole page; here many servers are tested, one after the other.",
    ),
    (
        "An event that is broken is found after the next polling request was sent",
        "JavaScript reads an answer first. Here the server works on its next answer while this one is read.",
    ),
    (
        "Nothing goes on after the end",
        "When `timeout` is over or all is closed, JavaScript lets a request wait on by itself. Here it is broken off.",
    ),
    (
        "A second open packet in a session is ignored, and shown",
        "JavaScript takes the new sid and joins its namespaces again. A log that says what came helps more.",
    ),
    (
        "A handshake that is no JSON is a `server error`",
        "In JavaScript it is an uncaught exception. On Node it ends the process.",
    ),
    (
        "WebTransport is not spoken",
        "`webtransport` in `transports` is left out, as by a client that does not have it.",
    ),
    (
        "A server of Socket.IO 2 is named at once where Socket.IO 3 and 4 is chosen",
        "Over polling JavaScript says `server error`, or `timeout` if the length of the first packet begins with a 1.",
    ),
    (
        "In Socket.IO 2 a packet that cannot be read ends nothing",
        "There it is an uncaught exception: a Node process ends, a page lives on. Here it is an error in the log.",
    ),
    (
        "In Socket.IO 2 `withCredentials` keeps cookies where it is given",
        "On Node socket.io-client 2.5 never keeps one; in a browser it does, even without the option.",
    ),
)
"""What the recorder does not see or a comparison cannot show."""


def page() -> str:
    """The page of the documentation."""
    lines = [
        "# Where wsgui differs from socket.io-client",
        "",
        "The tests in `tests/interop/parity` run the real socket.io-client and wsgui with the same options against the",
        "same servers, healthy ones and misbehaving ones, and compare what both put on the wire and what both tell:",
        "methods, paths, parameters and their order, headers, bodies, WebSocket frames, events and their order.",
        "These differences are known and stay; the tests fail at any other, and at one that is gone.",
        "",
        "| Difference | Why |",
        "|---|---|",
        *(f"| {each.what} | {each.reason} |" for each in DIFFERENCES),
        "",
        "What the comparison leaves out, because it cannot be equal or cannot be seen:",
        "",
        "| Left out | Why |",
        "|---|---|",
        *(f"| `{name}` header | {why} |" for name, why in IGNORED_HEADERS.items()),
        *(f"| {what} | {why} |" for what, why in UNSEEN),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
