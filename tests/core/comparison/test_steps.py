"""Which steps records make, what counts as a difference, and how much of a long recording is kept."""

from __future__ import annotations

import pytest

from tests.core.comparison.runs import compared, of, row, told
from wsgui.core.comparison import Comparison, Verdict
from wsgui.core.comparison.draft import MOST_STEPS
from wsgui.core.comparison.messages import event_name, message_name
from wsgui.core.comparison.steady import steady
from wsgui.core.comparison.steps import MOST_ATTEMPTS
from wsgui.core.record_reader import MOST_BEGINNING
from wsgui.core.records import Direction, Facts, Kind, Record

IN, OUT, NONE = Direction.IN, Direction.OUT, Direction.NONE
What = tuple[Kind, Direction, str | bytes | None, Facts | None]

CONNECTING: What = (Kind.STATE, NONE, None, {"state": "connecting", "url": "http://host"})
JOINED: What = (Kind.CONNECT, IN, '0{"sid":"x"}', {"namespace": "/", "sid": "x"})
AGAIN: What = (Kind.RECONNECT_ATTEMPT, NONE, None, {"n": 1, "delay": 0.1})


def event(name: str, direction: Direction = IN) -> What:
    return (Kind.EVENT, direction, f'2["{name}",1]', None)


def asked(status: int) -> What:
    """The first exchange."""
    facts = {"method": "GET", "url": "http://host/socket.io/?EIO=4&transport=polling", "status": status}
    return (Kind.HTTP, OUT, "", facts)


def records(*what: What, every: float = 0.001) -> list[Record]:
    return [
        Record(seq, seq * every, 1.7e9 + seq * every, 1, direction, kind, data, facts)
        for seq, (kind, direction, data, facts) in enumerate(what, 1)
    ]


def both(left: list[Record], right: list[Record]) -> Comparison:
    return compared(of(left), of(right))


def test_the_order_within_a_stage_is_no_difference() -> None:
    one = records(CONNECTING, JOINED, event("a"), event("b"), event("c"))
    other = records(CONNECTING, event("c"), event("a"), JOINED, event("b"))
    assert both(one, other).equal


def test_what_only_the_right_has_stands_where_it_came() -> None:
    result = both(records(CONNECTING, event("a"), event("c")), records(CONNECTING, event("a"), event("b"), event("c")))
    assert [each.step.name for each in result.rows] == ["Connecting", "“a”", "“b”", "“c”"]
    assert row(result, "“b”").verdict is Verdict.RIGHT
    assert [each.step.name for each in result.differing] == ["Connecting", "“b”"]
    assert result.summary == "1 is only on the right, 3 are the same."


def test_a_lost_event_is_a_difference() -> None:
    result = both(records(CONNECTING, *[event("part")] * 4), records(CONNECTING, *[event("part")] * 3))
    assert told(row(result, "“part”")) == {"Times": ("4 ×", "3 ×")}


def test_what_keeps_coming_is_compared_by_how_often() -> None:
    """Whoever watched longer saw more of it; whoever saw it twice as often sees a difference."""
    short = records(CONNECTING, *[event("tick")] * 5, every=1.0)
    long = records(CONNECTING, *[event("tick")] * 50, every=1.1)
    quick = records(CONNECTING, *[event("tick")] * 50, every=0.5)
    assert both(short, long).equal
    assert told(row(both(short, quick), "“tick”")) == {"Times": ("5 ×", "50 ×")}


@pytest.mark.parametrize(
    ("left", "right", "differs"), [(0.001, 0.05, False), (0.1, 0.25, True), (1.0, 1.9, False), (3.0, 1.0, True)]
)
def test_a_duration_differs_if_it_is_much_longer(left: float, right: float, differs: bool) -> None:
    def answered(seconds: float) -> list[Record]:
        ack: What = (Kind.ACK, IN, "30[]", {"id": 0, "namespace": "/", "event": "ask", "rtt": seconds, "emit": 2})
        return records(CONNECTING, event("ask", OUT), ack)

    result = both(answered(left), answered(right))
    assert ("Duration" in told(row(result, "Acknowledgement of “ask”"))) is differs


def test_a_namespace_that_is_refused() -> None:
    refused: What = (Kind.CONNECT_ERROR, IN, "4", {"namespace": "/", "text": "not you", "data": None})
    result = both(records(CONNECTING, JOINED), records(CONNECTING, refused))
    assert told(row(result, "Join /")) == {"Outcome": ("joined", "refused: not you")}
    assert told(result.rows[0]) == {"Outcome": ("connected", "failed")}


def test_attempts_stand_beside_those_they_are_like() -> None:
    """Yesterday it connected at once, today at the second attempt."""
    failed: What = (Kind.CONNECT_ERROR, NONE, None, {"text": "xhr poll error"})
    tail = (asked(200), JOINED, event("a"), event("b"))
    result = both(records(CONNECTING, *tail), records(CONNECTING, asked(502), failed, AGAIN, CONNECTING, *tail))
    assert [(each.step.name, each.verdict) for each in result.rows if each.is_heading] == [
        ("Connecting", Verdict.RIGHT),
        ("Connecting", Verdict.EQUAL),
    ]


def test_a_diagnosis_in_between_is_not_compared() -> None:
    exchange: What = (Kind.HTTP, OUT, "", {"method": "GET", "url": "http://host/health", "status": 404})
    begins: What = (Kind.NOTE, NONE, None, {"text": "Diagnosis", "diagnosis": "begins"})
    ends: What = (Kind.NOTE, NONE, None, {"text": "Diagnosis: end", "diagnosis": "ends"})
    plain = records(CONNECTING, JOINED, event("a"))
    assert both(plain, records(CONNECTING, JOINED, begins, exchange, event("a"), ends)).equal
    assert not both(plain, records(CONNECTING, JOINED, exchange, event("a"))).equal


def test_a_long_recording_is_few_steps() -> None:
    many = records(CONNECTING, JOINED, *[event(f"e{number % 5_000}") for number in range(20_000)])
    result = both(many, many)
    assert result.equal
    assert len(result.rows) <= MOST_STEPS + 10
    others = next(each for each in result.rows if each.step.key[0] == "others")
    assert others.step.times == 20_000 - 4 * (MOST_STEPS - 1)


def test_attempts_without_end_are_cut() -> None:
    def failing(number: int) -> list[What]:
        return [AGAIN, (Kind.CONNECT_ERROR, NONE, None, {"text": f"reason {'ab'[number % 2]}"})]

    storm = records(CONNECTING, *[each for number in range(500) for each in failing(number)])
    result = both(storm, records(CONNECTING, JOINED))
    assert sum(each.is_heading for each in result.rows) <= MOST_ATTEMPTS + 1
    assert result.left.left_out == 500 - MOST_ATTEMPTS


def test_of_long_data_only_the_beginning_is_read() -> None:
    recording = of(records(CONNECTING, event("a" + "x" * 100_000), (Kind.EVENT, IN, b"\x00" * 10_000, None)))
    _first, text, data = recording.beginnings(0, 10)
    assert text.data == ('2["a' + "x" * MOST_BEGINNING)[:MOST_BEGINNING]
    assert data.data == b"\x00" * MOST_BEGINNING
    recording.close()


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ('2["a"]', ("/", "a")),
        ('2/admin,12["b\\u0041",{}]', ("/admin", "bA")),
        ('51-2["file",{"_placeholder":true,"num":0}]', ("/", "file")),
        ("2[7]", ("/", "7")),
        ('2["cut ' + "x" * 1000, ("/", "(unreadable)")),
        (b"\x00\x01", ("/", "(unreadable)")),
    ],
)
def test_names_of_events(data: str | bytes, named: tuple[str, str]) -> None:
    assert event_name(Record(1, 0, 0, 1, IN, Kind.EVENT, data)) == named


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ('{"type":"price","x":1}', "price"),
        ('{"id": 1, "method": "sub\\"x"}', 'sub"x'),
        ('{"nested":{"type":"inner"}}', "(text)"),
        ("hello", "(text)"),
        (b"hello", "(binary)"),
        ("", "(text)"),
    ],
)
def test_names_of_messages(data: str | bytes, name: str) -> None:
    assert message_name(Record(1, 0, 0, 1, IN, Kind.WS_MESSAGE, data)) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("no route to host:3000", "no route to host:3001"),
        ("('127.0.0.1', 41234)", "('127.0.0.1', 41235)"),
        ("at 2026-01-01T10:00:00.123Z", "at 2026-02-03T11:12:13Z"),
        ("?EIO=4&t=abc&sid=de-f_1", "?EIO=4&t=xyz&sid=Q"),
        ("after 1.5 s", "after 20 s"),
        ("id 123e4567-e89b-12d3-a456-426614174000", "id 00000000-e89b-12d3-a456-426614174000"),
    ],
)
def test_what_changes_by_itself_is_left_out(one: str, other: str) -> None:
    assert steady(one) == steady(other)
    assert steady("status 502") == "status 502"
