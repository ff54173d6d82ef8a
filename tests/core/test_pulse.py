"""The states, the round trips and the traffic of a recording; read while it grows and when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.record_strategies import RECORDS
from wsgui.core.pulse import KINDS, Phase, Pulse, Stay
from wsgui.core.pulse_words import duration, exact, summary
from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Facts, Kind, Record

IN, OUT, NONE = Direction.IN, Direction.OUT, Direction.NONE


def record(t: float, kind: Kind, facts: Facts | None = None, direction: Direction = NONE) -> Record:
    return Record(1, t, 1.7e9 + t, 1, direction, kind, None, facts)


def state(t: float, name: str, attempt: int | None = None) -> Record:
    return record(t, Kind.STATE, {"state": name} | ({} if attempt is None else {"attempt": attempt}))


def fold(*records: Record) -> Pulse:
    pulse = Pulse()
    for each in records:
        pulse.fold(each)
    return pulse


@pytest.fixture(params=["disk", "memory"])
def recording(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Recording]:
    recording = Recording(tmp_path / "a.sqlite" if request.param == "disk" else None)
    yield recording
    recording.close()


def append(recording: Recording, *records: tuple[float, Kind, Direction, str | bytes | None, Facts | None]) -> None:
    for t, kind, direction, data, facts in records:
        recording.append(Record(recording.count + recording.backlog + 1, t, 1.7e9 + t, 1, direction, kind, data, facts))
    recording.flush()


def read_all(pulse: Pulse, recording: Recording) -> None:
    while pulse.read(recording):
        pass


def test_the_phases_of_a_session() -> None:
    pulse = fold(
        state(0.0, "connecting", 0),
        record(0.1, Kind.TRANSPORT, {"transport": "polling"}),
        record(0.2, Kind.UPGRADE, {"transport": "websocket"}),
        record(0.3, Kind.CONNECT, {"transport": "websocket", "namespace": "/"}),
        state(0.3, "connected"),
        record(9.0, Kind.DISCONNECT, {"reason": "transport close", "namespace": "/"}),
        state(9.0, "waiting", 1),
        state(10.0, "connecting", 1),
        record(10.1, Kind.CONNECT_ERROR, {"text": "xhr poll error", "namespace": "/"}),
        state(10.1, "waiting", 2),
        state(12.0, "connecting", 2),
        record(12.1, Kind.TRANSPORT, {"transport": "websocket"}),
        state(20.0, "closing"),
        record(20.0, Kind.DISCONNECT, {"reason": "io client disconnect", "namespace": "/"}),
        state(20.1, "closed"),
    )
    assert list(pulse.stays) == [
        Stay(Phase.CONNECTING, 0.0, 0.1),
        Stay(Phase.POLLING, 0.1, 0.2),
        Stay(Phase.WEBSOCKET, 0.2, 9.0),
        Stay(Phase.WAITING, 9.0, 10.0, "transport close"),
        Stay(Phase.RECONNECTING, 10.0, 10.1),
        Stay(Phase.WAITING, 10.1, 12.0, "xhr poll error"),
        Stay(Phase.RECONNECTING, 12.0, 12.1),
        Stay(Phase.WEBSOCKET, 12.1, 20.0),
        Stay(Phase.CLOSING, 20.0, 20.1),
        Stay(Phase.CLOSED, 20.1, None, "io client disconnect"),
    ]
    assert pulse.phase is Phase.CLOSED


def test_a_plain_websocket_ends_with_its_close_code() -> None:
    pulse = fold(
        state(0.0, "connecting", 0),
        record(0.1, Kind.CONNECT, {"transport": "websocket"}, IN),
        state(0.1, "connected"),
        record(5.0, Kind.WS_CLOSE, {"code": 1011, "reason": "oops"}, IN),
        state(5.0, "closed"),
    )
    assert [(stay.phase, stay.why) for stay in pulse.stays] == [
        (Phase.CONNECTING, ""),
        (Phase.WEBSOCKET, ""),
        (Phase.CLOSED, "1011 oops"),
    ]


def test_round_trips_of_acknowledgements_and_pongs() -> None:
    pulse = fold(
        record(1.0, Kind.ACK, {"id": 1, "rtt": 0.003}, IN),
        record(2.0, Kind.ACK, {"id": 2}, IN),
        record(3.0, Kind.WS_PONG, {"rtt": 0.005}, IN),
        record(4.0, Kind.WS_PONG, {"rtt": None}, IN),
        record(5.0, Kind.ACK, {"rtt": "soon"}, IN),
        record(6.0, Kind.ENGINE, {"packet": "ping"}, OUT),
        record(6.25, Kind.ENGINE, {"packet": "pong"}, IN),
        record(7.0, Kind.ENGINE, {"packet": "noop"}, IN),
    )
    points = pulse.round_trips.between(0, 10, 1000)
    assert [(point.begin, point.total) for point in points] == [(1.0, 0.003), (3.0, 0.005), (6.25, 0.25)]


def test_messages_are_counted_by_the_second_and_their_bytes_with_them(recording: Recording) -> None:
    append(
        recording,
        (0.2, Kind.EVENT, IN, '2["é"]', None),
        (0.9, Kind.WS_MESSAGE, IN, b"\x00" * 10, None),
        (1.0, Kind.ACK, IN, "30[3]", {"rtt": 0.25}),
        (1.5, Kind.EVENT, OUT, '20["a"]', {"id": 0}),
        (1.6, Kind.WS_MESSAGE, IN, None, None),
        (1.7, Kind.NOTE, NONE, "not a message", None),
        (3.0, Kind.EVENT, IN, '2["\ud800"]', None),
    )
    pulse = Pulse()
    read_all(pulse, recording)
    received = [(point.begin, point.number, point.total) for point in pulse.received.between(0, 10, 100)]
    assert received == [(0.0, 2, 17.0), (1.0, 2, 5.0), (3.0, 1, 8.0)]
    assert [(point.begin, point.number, point.total) for point in pulse.sent.between(0, 10, 100)] == [(1.0, 1, 7.0)]
    assert (pulse.number_received, pulse.number_sent) == (5, 1)
    assert (pulse.end, pulse.wall) == (3.0, 1.7e9)
    assert pulse.round_trips.last is not None
    assert pulse.round_trips.last.total == 0.25


def test_what_is_read_in_steps_is_what_is_read_at_once(recording: Recording) -> None:
    in_steps, at_once = Pulse(), Pulse()
    for second in range(40):
        tick = (second + 0.5, Kind.EVENT, IN, '2["tick"]', None)
        append(recording, *[tick] * 300, (second + 0.6, Kind.ENGINE, IN, None, {"packet": "ping"}))
        in_steps.read(recording)
    read_all(in_steps, recording)
    read_all(at_once, recording)
    for pulse in (in_steps, at_once):
        assert pulse.number_received == 12_000
        assert {point.number for point in pulse.received.between(0, 40, 100)} == {300}
        assert pulse.beats.number == 40
    assert not at_once.read(recording)


def test_a_plain_event_is_never_made_into_an_object() -> None:
    assert Kind.EVENT not in KINDS
    assert Kind.WS_MESSAGE not in KINDS


def test_the_summary_says_the_numbers_of_now() -> None:
    pulse = fold(
        state(0.0, "connecting", 0),
        record(1.0, Kind.TRANSPORT, {"transport": "websocket"}),
        record(2.0, Kind.ACK, {"rtt": 0.0031}, IN),
    )
    pulse.count(2.0, IN, 1200, 5000)
    assert summary(pulse, 201.0) == (
        "WebSocket for 3 min 20 s. 0 pings, 0 late, 0 missed. The last round trip took 3.1 ms. "
        "1,200 messages received, 0 sent."
    )


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"), (0.3, "0.3 s"), (9.96, "10 s"), (12.4, "12 s"), (119.9, "120 s"), (200, "3 min 20 s"),
        (180, "3 min"), (7500, "2 h 5 min"), (7200, "2 h"), (864000 * 2, "20 days"), (1e300, "for ever"), (-5, "0 s"),
    ],
)  # fmt: skip
def test_a_time_for_the_eye(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.00312, "3.1 ms"), (0.25, "250 ms"), (25.04, "25.0 s"), (200, "3 min 20 s")]
)
def test_a_time_as_it_was_measured(seconds: float, text: str) -> None:
    assert exact(seconds) == text


@given(st.lists(RECORDS, max_size=8), st.none() | st.floats(0, 2e9))
def test_no_record_makes_it_fail(records: list[Record], now: float | None) -> None:
    assert summary(fold(*records), now)
