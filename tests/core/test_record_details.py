"""All that is known of a record, in sections of plain text."""

import pytest
from hypothesis import given, settings

from tests.core.record_strategies import RECORDS, record
from wsgui.core.msgpack_packets import encode
from wsgui.core.record_details import LONG, MOST_HEX_BYTES, Section, details, first_details, hex_lines, pieces
from wsgui.core.records import Kind, Record
from wsgui.core.socket_packets import SocketPacket, SocketType
from wsgui.core.visible import lines


def test_arguments_are_pretty_printed_one_by_one_and_the_wire_follows() -> None:
    assert details(record(Kind.EVENT, '2["a",{"b":1},2]')) == (
        Section("Argument 1", '{\n  "b": 1\n}'),
        Section("Argument 2", "2"),
        Section("As it was on the wire", '2["a",{"b":1},2]'),
    )


def test_bytes_are_named_in_their_place_and_shown_as_hex_beside() -> None:
    text = '52-["f",{"x":{"_placeholder":true,"num":1}},{"_placeholder":true,"num":0}]\x1ebAA==\x1eb/w=='
    sections = dict(details(record(Kind.EVENT, text)))
    assert sections["Argument 1"] == '{\n  "x": "<binary 1: 1 bytes>"\n}'
    assert sections["Argument 2"] == "<binary 2: 1 bytes>"
    assert sections["Binary 1: 1 bytes"].startswith("00000000  ff ")
    assert sections["Binary 2: 1 bytes"].startswith("00000000  00 ")


def test_headers_body_and_chain_have_sections_of_their_own() -> None:
    facts = {
        "method": "POST",
        "status": 400,
        "headers": [["A", "1"], ["B", "2"]],
        "request_headers": [["C", "3"]],
        "request_body": "40",
        "chain": [["OSError", "no"], ["ValueError", "why"]],
    }
    sections = dict(details(record(Kind.HTTP, "<p>", **facts)))
    assert sections == {
        "Response headers": "A: 1\nB: 2",
        "Request headers": "C: 3",
        "Request body": "40",
        "Chain of causes": "OSError: no\nValueError: why",
        "Facts": "method  POST\nstatus  400",
        "Body": "<p>",
    }


def test_the_data_of_a_packet_that_is_no_event_is_pretty_printed() -> None:
    assert details(record(Kind.CONNECT, '0{"sid":"x"}'))[0] == Section("Data", '{\n  "sid": "x"\n}')


def test_hex_has_offset_bytes_and_characters() -> None:
    first, second = hex_lines(b"0123456789abcdef\x00\xffZ").splitlines()
    assert first == "00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef"
    assert second.split() == ["00000010", "00", "ff", "5a", "··Z"]
    assert hex_lines(bytes(MOST_HEX_BYTES + 3)).splitlines()[-1] == "… and 3 more bytes"
    assert hex_lines(b"") == ""


@pytest.mark.parametrize("kind", Kind)
def test_headers_of_a_wrong_shape_are_shown_as_they_are(kind: Kind) -> None:
    sections = dict(details(record(kind, headers=[["only one"], 5], chain=["text"])))
    assert "only one" in sections["Facts"]
    assert "text" in sections["Facts"]


@settings(deadline=None)
@given(RECORDS)
def test_no_record_is_too_strange(one: Record) -> None:
    for section in details(one):
        assert section.title
        assert isinstance(section.text, str)


def test_deep_nesting_is_shown() -> None:
    sections = details(record(Kind.EVENT, '2["a",' + "[" * 700 + "]" * 700 + "]"))
    assert sections[0].text.count("[") == 700


LONG_RECORDS = [
    record(Kind.EVENT, '2["a",' + '{"b":1},' * LONG + "{}]"),
    record(Kind.EVENT, '2["a","' + "x" * LONG + '"]'),
    record(Kind.EVENT, '2["broken",' + "[" * LONG),
    record(Kind.EVENT, '51-["f",{"_placeholder":true,"num":0}]\x1eb' + "AAAA" * LONG),
    record(Kind.EVENT, encode(SocketPacket(SocketType.EVENT, "/", 1, ["a", "x" * LONG]))),
    record(Kind.WS_MESSAGE, '{"type":"a","b":[' + "1," * LONG + "1]}"),
    record(Kind.WS_MESSAGE, bytes(LONG + 1)),
    record(Kind.HTTP, "x" * LONG * 2, status=200, request_body="y" * LONG * 2),
]


@pytest.mark.parametrize("one", LONG_RECORDS, ids=range(len(LONG_RECORDS)))
def test_of_what_is_long_the_beginning_is_shown_and_all_is_copied(one: Record) -> None:
    shown = first_details(one, 5000)
    assert all(len(part.text) <= 5000 for part in shown)
    assert any(part.more > LONG - 5000 for part in shown) or isinstance(one.data, bytes)
    copied = "".join(pieces(one))
    for part in shown:
        assert part.title in copied
    if isinstance(one.data, str):
        assert lines(one.data) in copied


def test_a_long_packet_is_laid_out_and_not_decoded() -> None:
    data, wire = first_details(LONG_RECORDS[2], 1000)  # its JSON is broken at the end: nobody has looked there
    assert data.text.startswith('[\n  "broken",\n  [\n    [')
    assert (wire.title, wire.more) == ("As it was on the wire", LONG + 11 - 1000)


def test_a_long_attachment_is_hex_of_its_beginning() -> None:
    sections = {part.title: part.text for part in first_details(LONG_RECORDS[3], 5000)}
    hex_text = sections[f"Binary 1: {3 * LONG} bytes"]
    assert hex_text.startswith("00000000  00 00")
    assert hex_text.endswith(f"… and {3 * LONG - 16 * (len(hex_text.splitlines()) - 1)} more bytes")


@settings(deadline=None)
@given(RECORDS)
def test_a_short_record_is_shown_and_copied_as_it_is(one: Record) -> None:
    whole = "\n\n".join(f"{part.title}\n{lines(part.text)}" for part in details(one))
    assert "".join(pieces(one)) == whole
    assert [part[:2] for part in first_details(one, 10**6)] == [tuple(part) for part in details(one)]
