"""Sequences: their steps in words and as JSON, their files, and rows of a log as steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from wsgui.core import javascript_json
from wsgui.core.connection_plan import Check, Pause, Plan, Send, Wait, as_objects, as_profile, as_sequence
from wsgui.core.json_file import JsonFileError
from wsgui.core.profiles.text import as_text
from wsgui.core.protocol import Protocol
from wsgui.core.recorded_steps import steps_of
from wsgui.core.records import Direction, Kind, Record
from wsgui.core.sequence_file import change_sequences, read_plan, read_sequences, sequences_path, write_sequences
from wsgui.core.sequences import SavedSequence, StepError, read_steps, said
from wsgui.core.value_check import Test

STEPS = (
    Send("say", ["a", {"$hex": "00"}], "/chat", ack=True, seconds=2.5),
    Wait("said", seconds=1),
    Check("0.user", Test.EQUALS, {"name": "Ж"}),
    Check("0"),
    Pause(0.5),
    Send("", ["plain"]),
    Wait(),
)


def test_steps_come_back_from_json() -> None:
    objects = as_objects(STEPS)
    assert objects[4] == {"do": "pause", "seconds": 0.5}
    assert objects[3] == {"do": "check", "path": "0"}
    assert read_steps(javascript_json.loads(javascript_json.dumps(objects))) == STEPS


def test_steps_in_words() -> None:
    assert [said(step) for step in STEPS] == [
        'send “say” "a", {"$hex":"00"}, wait for its acknowledgement in /chat',
        "wait for “said”, at most 1 s",
        'check: 0.user is {"name":"Ж"}',
        "check: 0 exists",
        "pause for 0.5 s",
        "send plain",
        "wait for a message, at most 10 s",
    ]


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ({}, "no list"),
        ([1], "Step 1 is no object"),
        ([{"do": "jump"}], "one of send, wait, check, pause"),
        ([{"do": "wait", "seconds": True}], "Step 1: “seconds”"),
        ([{"do": "pause", "seconds": -1}], "Step 1: “seconds”"),
        ([{"do": "send", "event": 1}], "Step 1: “event”"),
        ([{"do": "check", "path": "a.b"}], "number of the argument"),
        ([{"do": "check", "test": "is"}], "Step 1: “test”"),
        ([{"do": "check", "test": "matches", "value": "("}], "regular expression is broken"),
    ],
)
def test_what_is_no_step_is_said_with_its_number(entries: object, sentence: str) -> None:
    with pytest.raises(StepError, match=sentence):
        read_steps(entries)


def test_the_file_of_sequences_keeps_all_and_sets_nothing_aside_that_it_can_read(tmp_path: Path) -> None:
    path = tmp_path / "sequences.json"
    kept = (SavedSequence("one", STEPS[:5], 3, note="n"), SavedSequence("two", STEPS[5:], plain=True))
    assert change_sequences(path, lambda before: (*before, *kept)) == kept
    assert read_sequences(path) == kept
    path.write_text('{"wsgui": 1, "sequences": [{"name": "x", "steps": [{"do": "?"}]}]}', encoding="utf-8")
    with pytest.raises(JsonFileError, match="“x”: Step 1"):
        read_sequences(path)
    assert path.exists()
    assert sequences_path().name == "sequences.json"
    write_sequences(path, ())
    assert read_sequences(path) == ()


def test_a_connection_with_its_steps_is_read_by_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "a.wsgui"
    plan = Plan("http://localhost:1", Protocol.SOCKETIO_V2, {"query": {"a": "b"}}, {"/x": None}, STEPS[:5], "all", 4)
    path.write_text(as_sequence(plan), encoding="utf-8")
    assert read_plan(path) == plan
    messages = Plan("ws://localhost:1", Protocol.WEBSOCKET, steps=(Send("", ["a"]),))
    path.write_text(as_text(as_profile(messages)), encoding="utf-8")
    assert read_plan(path).steps == messages.steps
    path.write_text(as_sequence(plan).replace('"query"', '"nonsense"'), encoding="utf-8")
    with pytest.raises(JsonFileError, match="nonsense"):
        read_plan(path)
    assert path.exists()


def test_rows_become_steps_with_the_pauses_that_a_person_made() -> None:
    rows = [
        (0.0, Direction.OUT, Kind.EVENT, '20["say",1]'),
        (0.1, Direction.NONE, Kind.NOTE, None),
        (0.2, Direction.IN, Kind.EVENT, '2/chat,["said",2]'),
        (0.3, Direction.OUT, Kind.EVENT, '2["more",{"$hex":"00"}]'),
        (2.0, Direction.OUT, Kind.WS_MESSAGE, b"\x01"),
        (2.1, Direction.IN, Kind.WS_MESSAGE, "x"),
    ]
    records = [Record(n, t, t, 1, way, kind, data) for n, (t, way, kind, data) in enumerate(rows, 1)]
    assert steps_of(records) == (
        Send("say", [1], "/", ack=True),
        Wait("said", "/chat"),
        Send("more", [{"$json": {"$hex": "00"}}], "/"),
        Pause(1.7),
        Send("", [{"$hex": "01"}]),
        Wait(),
    )
