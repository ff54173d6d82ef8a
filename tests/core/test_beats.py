"""Tables of records, and the heartbeat they tell of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.record_strategies import RECORDS
from wsgui.core.beats import Beats, Mark, tolerance
from wsgui.core.pulse_words import countdown, faults, heartbeat_lines, heartbeat_sentence
from wsgui.core.records import Direction, Kind, Record

IN, OUT = Direction.IN, Direction.OUT
OPEN = '{"sid":"x","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}'


def engine(t: float, packet: str, direction: Direction = IN, data: str | None = None) -> Record:
    return Record(1, t, 1.7e9 + t, 1, direction, Kind.ENGINE, data, {"packet": packet, "transport": "websocket"})


def opened(t: float, data: str = OPEN) -> Record:
    return engine(t, "open", IN, data)


def state(t: float, name: str) -> Record:
    return Record(1, t, 1.7e9 + t, 1, Direction.NONE, Kind.STATE, None, {"state": name})


def lost(t: float, reason: str) -> Record:
    return Record(1, t, 1.7e9 + t, 1, Direction.NONE, Kind.DISCONNECT, None, {"reason": reason, "namespace": "/"})


def ws_ping(t: float, direction: Direction = IN) -> Record:
    return Record(1, t, 1.7e9 + t, 1, direction, Kind.WS_PING, b"")


def fold(*records: Record) -> Beats:
    beats = Beats()
    for record in records:
        beats.fold(record)
    return beats


def marks(beats: Beats) -> list[Mark]:
    return [beat.mark for beat in beats.marks]


def test_the_open_packet_announces_the_first_ping() -> None:
    beats = fold(opened(1.0))
    assert (beats.interval, beats.patience) == (25.0, 20.0)
    assert (beats.due, beats.late_from, beats.deadline) == (26.0, 27.0, 46.0)
    assert beats.seen is None
    assert countdown(beats, 13.5) == "next ping in 13 s"
    assert heartbeat_lines(beats, 13.5)[0] == "next ping in 13 s · announced every 25 s · 0 late"


def test_each_ping_puts_the_next_one_off() -> None:
    beats = fold(opened(1.0), engine(26.0, "ping"), engine(26.0, "pong", OUT), engine(51.2, "ping"))
    assert (beats.due, beats.number, beats.late) == (76.2, 2, 0)
    assert beats.seen == pytest.approx(25.2)
    assert heartbeat_lines(beats, 75.9) == (
        "next ping in 0.3 s · every 25.2 s · 0 late",
        "next ping in 0.3 s · 0 late",
        "next ping in 0.3 s",
        "ping 1 s",
    )


def test_a_late_ping_is_counted_and_said_while_it_is_awaited() -> None:
    beats = fold(opened(1.0))
    assert countdown(beats, 26.5) == "ping due now"
    assert countdown(beats, 29.0) == "ping 3 s late, given up in 17 s"
    beats.fold(engine(29.0, "ping"))
    assert (beats.late, beats.missed, marks(beats)) == (1, 0, [Mark.LATE])
    assert (beats.due, countdown(beats, 29.0)) == (54.0, "next ping in 25 s")


@pytest.mark.parametrize(
    ("interval", "seconds"), [(25.0, 1.0), (5.0, 0.5), (0.3, 0.1), (3600.0, 1.0)], ids=["usual", "5", "0.3", "hour"]
)
def test_how_late_is_late(interval: float, seconds: float) -> None:
    assert tolerance(interval) == seconds


@pytest.mark.parametrize(
    ("end", "missed"),
    [
        ([lost(46.0, "ping timeout"), state(46.0, "waiting")], 1),
        ([lost(30.0, "transport close"), state(30.0, "waiting")], 1),
        ([lost(26.5, "transport close"), state(26.5, "closed")], 0),
        ([state(10.0, "closing"), lost(10.0, "io client disconnect"), state(10.1, "closed")], 0),
        ([opened(40.0)], 1),
    ],
    ids=["ping timeout", "ended while overdue", "ended in time", "the person's wish", "opened again"],
)
def test_a_missed_ping_is_one_that_never_came(end: list[Record], missed: int) -> None:
    beats = fold(opened(1.0), *end)
    assert beats.missed == missed
    assert marks(beats) == [Mark.MISSED] * missed


def test_several_namespaces_miss_the_same_ping_once() -> None:
    beats = fold(opened(1.0), lost(46.0, "ping timeout"), lost(46.0, "ping timeout"), state(46.0, "waiting"))
    assert (beats.missed, faults(beats)) == (1, "0 late · 1 missed")


def test_nothing_is_expected_after_the_end_and_the_counts_stay() -> None:
    beats = fold(opened(0.0), engine(25.0, "ping"), engine(53.0, "ping"), state(60.0, "closed"))
    assert (beats.due, beats.deadline, beats.seen, beats.interval) == (None, None, None, None)
    assert heartbeat_lines(beats, 70.0) == ("2 pings · 1 late", "1 late")
    assert heartbeat_lines(Beats(), 70.0) == ()


def test_the_time_without_connection_is_no_interval() -> None:
    beats = fold(opened(0.0), engine(25.0, "ping"), state(30.0, "waiting"), opened(50.0), engine(75.0, "ping"))
    assert [beat.interval for beat in beats.marks] == [None, None]
    assert (beats.late, beats.missed) == (0, 0)


def test_in_engine_io_3_the_client_pings_and_the_pong_can_be_late() -> None:
    beats = fold(opened(0.0), engine(25.0, "ping", OUT))
    assert (beats.due, beats.asked, beats.deadline, beats.late_from) == (None, 25.0, 45.0, 26.0)
    assert countdown(beats, 25.1) == "pong awaited"
    assert countdown(beats, 28.0) == "no pong for 3 s, given up in 17 s"
    beats.fold(engine(25.1, "pong"))
    assert (beats.due, beats.late) == (50.1, 0)
    assert countdown(beats, 30.1) == "next ping sent in 20 s"
    for record in (engine(50.1, "ping", OUT), engine(53.0, "pong"), engine(78.0, "ping", OUT)):
        beats.fold(record)
    assert (beats.late, marks(beats)) == (1, [Mark.ON_TIME, Mark.LATE, Mark.ON_TIME])
    beats.fold(lost(98.0, "ping timeout"))
    assert (beats.missed, marks(beats)[-1]) == (1, Mark.MISSED)


def test_the_probe_of_an_upgrade_is_no_heartbeat() -> None:
    beats = fold(opened(0.0), engine(0.1, "ping", OUT, "probe"), engine(0.2, "pong", IN, "probe"))
    assert (beats.number, beats.client_pings, beats.due) == (0, False, 25.0)


def test_pings_of_a_plain_websocket_are_timed_and_not_expected() -> None:
    beats = fold(ws_ping(10.0), ws_ping(15.0, OUT), ws_ping(40.0))
    assert (beats.number, beats.seen, beats.due) == (2, 30.0, None)
    assert heartbeat_lines(beats, 41.0) == ("every 30.0 s · 0 late", "every 30.0 s", "0 late")
    below_engine = fold(opened(0.0), ws_ping(10.0))
    assert below_engine.number == 0


@pytest.mark.parametrize(
    "handshake",
    ["", "[]", "{", '{"pingInterval":"25"}', '{"pingInterval":true}', '{"pingInterval":-1}', '{"pingInterval":1e999}',
     '{"pingInterval":' + "9" * 400 + "}", '{"pingInterval":0}'],
)  # fmt: skip
def test_a_broken_handshake_announces_nothing(handshake: str) -> None:
    beats = fold(opened(0.0, handshake), engine(1.0, "ping"))
    assert (beats.interval, beats.due, beats.number) == (None, None, 1)


def test_the_sentence_says_it_all() -> None:
    beats = fold(opened(0.0), engine(25.0, "ping"), engine(50.5, "ping"))
    assert heartbeat_sentence(beats, 60.5) == (
        "Heartbeat: next ping in 15 s. The server announced a pingInterval of 25 s and a pingTimeout of 20 s. "
        "The intervals seen were 25.5 s to 25.5 s. 2 pings, 0 late, 0 missed."
    )


@given(st.lists(RECORDS, max_size=8), st.floats(0, 2e9))
def test_no_record_makes_it_fail(records: list[Record], now: float) -> None:
    beats = fold(*records)
    assert all(isinstance(line, str) for line in heartbeat_lines(beats, now))
    assert heartbeat_sentence(beats, now)
