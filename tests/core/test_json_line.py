"""A record for scripts: one line, always JSON, with what its kind carries."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from tests.core.record_strategies import RECORDS, record
from wsgui.core.json_line import as_json
from wsgui.core.records import Direction, Kind, Record


def read(one: Record) -> dict[str, Any]:
    value = json.loads(as_json(one))
    assert isinstance(value, dict)
    return value


def test_an_event_has_its_name_its_arguments_and_what_was_on_the_wire() -> None:
    assert read(record(Kind.EVENT, '2/a,3["news",1]')) == {
        "seq": 7,
        "t": 1.5,
        "direction": "in",
        "kind": "event",
        "text": "news in /a  1 · ack 3 asked",
        "connection": 1,
        "namespace": "/a",
        "event": "news",
        "args": [1],
        "id": 3,
        "data": '2/a,3["news",1]',
    }


def test_an_acknowledgement_has_its_arguments_and_facts() -> None:
    line = read(record(Kind.ACK, '31["ok"]', id=1, event="ask", emit=3, rtt=0.25))
    assert (line["args"], line["event"], line["emit"], line["rtt"]) == (["ok"], "ask", 3, 0.25)


def test_a_refusal_has_the_servers_text_and_data_and_the_raw_packet_beside() -> None:
    line = read(record(Kind.CONNECT_ERROR, '4{"message":"no"}', text="no", data={"code": 7}))
    assert (line["text"], line["data"], line["raw"]) == ("no", {"code": 7}, '4{"message":"no"}')


@pytest.mark.parametrize("kind", [Kind.HTTP, Kind.WS_OPEN])
def test_an_exchange_always_has_body_and_headers(kind: Kind) -> None:
    line = read(record(kind, method="GET", url="u", status=200))
    assert (line["body"], line["headers"], line["status"]) == ("", [], 200)


def test_bytes_are_in_base64() -> None:
    assert read(record(Kind.WS_MESSAGE, b"\x01\x02\x03"))["data"] == "AQID"


def test_facts_cannot_pose_as_what_every_line_has() -> None:
    line = read(record(Kind.EVENT, '2["a"]', Direction.IN, seq=99, kind="ack", direction="out", connection=5))
    assert (line["seq"], line["kind"], line["direction"], line["connection"]) == (7, "event", "in", 1)


@settings(deadline=None)
@given(RECORDS)
def test_every_record_is_one_line_of_json_in_utf_8(one: Record) -> None:
    line = as_json(one)
    line.encode()
    assert "\n" not in line
    value = json.loads(line, parse_constant=lambda constant: pytest.fail(f"{constant} is no JSON"))
    assert value["kind"] == one.kind
    assert {"seq", "t", "direction", "text", "connection"} <= value.keys()
