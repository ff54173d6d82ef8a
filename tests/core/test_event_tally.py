"""Counting the events of a recording by name, and leaving some of them out."""

from __future__ import annotations

from contextlib import closing

from wsgui.core import event_tally
from wsgui.core.event_tally import Count, EventTally, without
from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Kind, Record


def record(seq: int, direction: Direction, kind: Kind, data: str) -> Record:
    return Record(seq, 0.0, 0.0, 1, direction, kind, data, {"event": "say"} if kind is Kind.ACK else None)


def test_events_are_counted_once_by_name_and_way() -> None:
    with closing(Recording(None)) as recording:
        told = ['2["tick",1]', '2/chat,["tick"]', '2["t\\u0069ck"]', '2["",1]']
        recording.extend([record(n, Direction.IN, Kind.EVENT, data) for n, data in enumerate(told, 1)])
        recording.append(record(5, Direction.OUT, Kind.EVENT, '20["say",1]'))
        recording.append(record(6, Direction.IN, Kind.ACK, "30[1]"))
        recording.flush()
        tally = EventTally(recording)
        assert not tally.look()
        assert tally.counts == {"tick": Count(3, 0), "": Count(1, 0), "say": Count(0, 1)}
        recording.append(record(7, Direction.OUT, Kind.EVENT, '2["tick"]'))
        recording.flush()
        tally.look()
        tally.look()
        assert tally.counts["tick"] == Count(3, 1)
        assert tally.total(["tick", "say", "other"]) == 5
        condition = without(["tick", 'a"b'])
        assert condition is not None
        assert recording.matching(condition, 0, 9) == [4, 5, 6]
        assert without([]) is None


def test_a_server_that_invents_names_fills_nothing() -> None:
    with closing(Recording(None)) as recording:
        many = event_tally.MOST + 5
        recording.extend([record(n, Direction.IN, Kind.EVENT, f'2["e{n}"]') for n in range(1, many + 1)])
        recording.flush()
        tally = EventTally(recording)
        while tally.look():
            pass
        assert len(tally.counts) == event_tally.MOST
        assert tally.others == 5
