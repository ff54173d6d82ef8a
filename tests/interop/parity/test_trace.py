"""The comparison sees what matters and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.interop.parity.case import Event
from tests.interop.parity.trace import Run, disorder, lanes
from tests.interop.parity.wire import TEXT, Answer, Exchange, Frame

SID = '0{"sid":"abcdefghij"}'
HOST = (("host", "127.0.0.1:1"), ("accept", "*/*"))


def get(query: str, when: int, body: str, **changes: object) -> Exchange:
    exchange = Exchange("GET", f"/socket.io/?{query}", HOST, b"", when, Answer(200, (), body.encode(), when + 1))
    return replace(exchange, **changes)  # type: ignore[arg-type] # any of the fields


OPEN = get("EIO=4&transport=polling&t=abcdefgh", 0, SID)
POLL = get("EIO=4&transport=polling&t=ijklmnop&sid=abcdefghij", 2, '42["a"]')
POST = replace(POLL, method="POST", body=b"40", answer=Answer(200, (), b"ok", 3))
SOCKET = get(
    "EIO=4&transport=websocket&sid=abcdefghij",
    4,
    "",
    headers=(*HOST, ("sec-websocket-key", "k")),
    sent=(Frame(TEXT, False, b"2probe", True, 5), Frame(TEXT, False, b"5", True, 8)),
)
RUN = Run([OPEN, POLL, POST, SOCKET], [Event("socket", "connect", "{}")])


def test_what_differs_from_run_to_run_is_equal() -> None:
    def other(text: str) -> str:
        return text.replace("abcdefghij", "klmnopqrst").replace("ijklmnop", "qqqqqqqq")

    changed = [
        replace(
            each,
            target=other(each.target),
            headers=tuple((name, value.replace(":1", ":2")) for name, value in each.headers),
            answer=each.answer and replace(each.answer, body=other(each.answer.body.decode()).encode()),
        )
        for each in RUN.exchanges
    ]
    assert lanes(Run(changed, RUN.events), "t") == lanes(RUN, "t")


@pytest.mark.parametrize(
    "extra",
    [
        get("EIO=4&transport=polling&t=zzzzzzzz&sid=abcdefghij", 9, "6"),
        replace(POST, body=b"3", when=9),
    ],
    ids=["one more GET", "a pong"],
)
def test_the_number_of_polls_and_pongs_is_the_servers(extra: Exchange) -> None:
    assert lanes(Run([*RUN.exchanges, extra], RUN.events), "t") == lanes(RUN, "t")


@pytest.mark.parametrize(
    ("place", "change"),
    [
        (0, {"target": "/socket.io/?transport=polling&EIO=4&t=abcdefgh"}),
        (0, {"headers": (*HOST, ("x-test", "1"))}),
        (1, {"answer": Answer(200, (), b'42["b"]', 3)}),
        (1, {"answer": Answer(400, (), b'42["a"]', 3)}),
        (2, {"body": b"40{}"}),
        (2, {"method": "PUT"}),
        (3, {"sent": SOCKET.sent[::-1]}),
        (3, {"sent": (replace(SOCKET.sent[0], compressed=True), SOCKET.sent[1])}),
        (3, {"target": SOCKET.target + "&b64=1"}),
    ],
)
def test_a_difference_is_seen(place: int, change: dict[str, object]) -> None:
    exchanges = list(RUN.exchanges)
    exchanges[place] = replace(exchanges[place], **change)  # type: ignore[arg-type] # any of the fields
    assert lanes(Run(exchanges, RUN.events), "t") != lanes(RUN, "t")


def test_the_order_of_events_counts_within_a_lane() -> None:
    first, second = Event("socket", "connect", "{}"), Event("socket", "event", "{}")
    other = Event("engine", "open", "{}")
    assert lanes(Run([], [first, second]), "t") != lanes(Run([], [second, first]), "t")
    assert lanes(Run([], [first, other]), "t") == lanes(Run([], [other, first]), "t")


def test_disorder_is_named() -> None:
    assert disorder(RUN) == []
    early = replace(POST, when=2, body=b"41")
    (overlap,) = disorder(Run([OPEN, POST, early], []))
    assert "a POST began before" in overlap
    hanging = replace(POLL, when=6, answer=None)
    (late,) = disorder(Run([OPEN, hanging, SOCKET], []))
    assert "under way when the upgrade was sent" in late
