"""Socket.IO packets: the examples of the protocol document, and the verdicts of socket.io-parser 4.2."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core import javascript_json
from wsgui.core.socket_packets import RESERVED_EVENTS, PacketError, SocketPacket, SocketType, decode, join_attachments

EXAMPLES = [
    ("0", SocketPacket(SocketType.CONNECT)),
    ('0{"sid":"oSO0OpakMV_3jnilAAAA"}', SocketPacket(SocketType.CONNECT, data={"sid": "oSO0OpakMV_3jnilAAAA"})),
    ("0/admin", SocketPacket(SocketType.CONNECT, "/admin")),
    ("0/admin,", SocketPacket(SocketType.CONNECT, "/admin")),
    ('0/admin,{"token":"123"}', SocketPacket(SocketType.CONNECT, "/admin", data={"token": "123"})),
    ("1", SocketPacket(SocketType.DISCONNECT)),
    ("1/admin,", SocketPacket(SocketType.DISCONNECT, "/admin")),
    ("2", SocketPacket(SocketType.EVENT)),
    ('2["foo"]', SocketPacket(SocketType.EVENT, data=["foo"])),
    ("2[1]", SocketPacket(SocketType.EVENT, data=[1])),
    ('2/admin,["bar"]', SocketPacket(SocketType.EVENT, "/admin", data=["bar"])),
    ('212["foo"]', SocketPacket(SocketType.EVENT, id=12, data=["foo"])),
    ('2/n,3["a"]', SocketPacket(SocketType.EVENT, "/n", 3, ["a"])),
    ("31", SocketPacket(SocketType.ACK, id=1)),
    ("31[]", SocketPacket(SocketType.ACK, id=1, data=[])),
    ('3/admin,13["bar"]', SocketPacket(SocketType.ACK, "/admin", 13, ["bar"])),
    ('4{"message":"no"}', SocketPacket(SocketType.CONNECT_ERROR, data={"message": "no"})),
    ('4"no"', SocketPacket(SocketType.CONNECT_ERROR, data="no")),
    (
        '51-["baz",{"_placeholder":true,"num":0}]',
        SocketPacket(SocketType.BINARY_EVENT, data=["baz", {"_placeholder": True, "num": 0}], attachments=1),
    ),
    (
        '52-/admin,7["baz",{"_placeholder":true,"num":0}]\x1ebAQID\x1eb/w==',
        SocketPacket(SocketType.BINARY_EVENT, "/admin", 7, ["baz", b"\x01\x02\x03"], 2),
    ),
    (
        '61-/admin,456[{"_placeholder":true,"num":0}]\x1ebAQID',
        SocketPacket(SocketType.BINARY_ACK, "/admin", 456, [b"\x01\x02\x03"], 1),
    ),
]

REFUSED = [
    "",
    "7",
    "abc",
    "0[]",
    '0"x"',
    "1{}",
    "1[]",
    "2[]",
    "2{}",
    "2[null]",
    "2[true]",
    '2["connect"]',
    '2["newListener",1]',
    '2["a"',
    "2-1[]",
    '251-["a"]',
    '21e3["a"]',
    "31{}",
    "4[]",
    "4null",
    '5["a"]',
    '50-["a"]',
    '5-["a"]',
    '511-["a"]',
    "2[NaN]",
]


@pytest.mark.parametrize(("text", "packet"), EXAMPLES, ids=[text for text, _packet in EXAMPLES])
def test_examples_of_the_protocol(text: str, packet: SocketPacket) -> None:
    assert decode(text) == packet


@pytest.mark.parametrize("text", REFUSED)
def test_what_socket_io_parser_refuses(text: str) -> None:
    with pytest.raises(PacketError) as refusal:
        decode(text)
    assert str(refusal.value)


def test_an_event_has_a_name_and_arguments_and_an_answer_has_arguments_only() -> None:
    event, answer, bare = decode('2["news",1,"x"]'), decode('31["a"]'), decode("0")
    assert (event.event, event.args) == ("news", [1, "x"])
    assert (answer.event, answer.args) == ("", ["a"])
    assert (bare.event, bare.args) == ("", [])


@pytest.mark.parametrize("num", ["1", "-1", '"0"', "null", "true", "0.5"])
def test_a_placeholder_that_names_no_attachment_is_refused(num: str) -> None:
    text = f'51-["a",{{"_placeholder":true,"num":{num}}}]'
    with pytest.raises(PacketError, match="illegal attachments"):
        decode(join_attachments(text, [b"x"]))


def test_attachments_go_to_their_places_in_any_order_and_depth() -> None:
    text = '52-["a",{"deep":[{"_placeholder":true,"num":1}]},{"_placeholder":true,"num":0}]'
    assert decode(join_attachments(text, [b"zero", b""])).args == [{"deep": [b""]}, b"zero"]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.sampled_from(["/", "/a", "/ü b/c"]),
    st.none() | st.integers(0, 10**17),
    st.text().filter(lambda name: name not in RESERVED_EVENTS),
    st.lists(_JSON),
)
def test_every_event_comes_back(namespace: str, number: int | None, name: str, args: list[object]) -> None:
    place = "" if namespace == "/" else f"{namespace},"
    text = f"2{place}{'' if number is None else number}{javascript_json.dumps([name, *args])}"
    assert decode(text) == SocketPacket(SocketType.EVENT, namespace, number, [name, *args])


@given(st.lists(st.binary(), min_size=1, max_size=10))
def test_all_attachments_come_back(attachments: list[bytes]) -> None:
    places = [{"_placeholder": True, "num": number} for number in range(len(attachments))]
    text = f"5{len(attachments)}-{javascript_json.dumps(['files', *places])}"
    assert decode(join_attachments(text, attachments)).args == attachments


@given(st.text() | st.text('0123456[]{}",-/a\x1eb') | st.builds("{}{}".format, st.integers(0, 6), _JSON))
def test_no_text_raises_anything_but_a_packet_error(text: str) -> None:
    try:
        packet = decode(text)
    except PacketError:
        return
    assert packet.type in SocketType


@pytest.mark.parametrize("depth", [200, 900, 1_000, 100_000])
@pytest.mark.parametrize("binary", [False, True])
def test_deep_nesting_is_read_or_refused(depth: int, binary: bool) -> None:
    text = '["a",' + "[" * depth + "]" * depth + "]"
    try:
        decode(join_attachments(f"51-{text}", [b"x"]) if binary else f"2{text}")
    except PacketError:
        assert depth > 200
