"""The rules for what a server may send, each broken, in the words and codes of the ``ws`` library."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core.ws_close import close_body, read_close
from wsgui.core.ws_deflate import Deflate, Deflater, ExtensionError, Inflater, accept, offer
from wsgui.core.ws_frames import Frame, Head, Opcode
from wsgui.core.ws_messages import Control, Message, MessageReader
from wsgui.core.ws_protocol_error import ProtocolError

TEXT, BINARY, MORE = Opcode.TEXT, Opcode.BINARY, Opcode.CONTINUATION


def wire(*frames: Frame) -> bytes:
    return b"".join(frame.encode() for frame in frames)


def test_messages_whole_in_pieces_and_with_control_frames_between() -> None:
    frames = wire(
        Frame(TEXT, "ж".encode()),
        Frame(BINARY, b"a", fin=False),
        Frame(Opcode.PING, b"p"),
        Frame(MORE, b"", fin=False),
        Frame(Opcode.PONG),
        Frame(MORE, b"b"),
        Frame(TEXT),
        Frame(Opcode.CLOSE, b"\x03"),
    )
    assert list(MessageReader().feed(frames)) == [
        "ж",
        Control(Opcode.PING, b"p"),
        Control(Opcode.PONG, b""),
        Message(
            b"ab", (Head(BINARY, 1, fin=False), Head(MORE, 0, fin=False), Head(MORE, 1)), b"\x02\x01a\0\0\x80\x01b"
        ),
        "",
        Control(Opcode.CLOSE, b"\x03"),
    ]


BROKEN = [
    ([Frame(TEXT, rsv=2)], "RSV2 and RSV3 must be clear", "WS_ERR_UNEXPECTED_RSV_2_3"),
    ([Frame(TEXT, rsv=4)], "RSV1 must be clear", "WS_ERR_UNEXPECTED_RSV_1"),
    ([Frame(Opcode.PING, rsv=4)], "RSV1 must be clear", "WS_ERR_UNEXPECTED_RSV_1"),
    ([Frame(MORE)], "invalid opcode 0", "WS_ERR_INVALID_OPCODE"),
    ([Frame(TEXT, fin=False), Frame(TEXT)], "invalid opcode 1", "WS_ERR_INVALID_OPCODE"),
    ([Frame(7)], "invalid opcode 7", "WS_ERR_INVALID_OPCODE"),
    ([Frame(11)], "invalid opcode 11", "WS_ERR_INVALID_OPCODE"),
    ([Frame(Opcode.CLOSE, fin=False)], "FIN must be set", "WS_ERR_EXPECTED_FIN"),
    ([Frame(Opcode.PING, bytes(126))], "invalid payload length 126", "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH"),
    ([Frame(Opcode.PING, bytes(1 << 16))], "invalid payload length 127", "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH"),
    ([Frame(TEXT, mask=b"abcd")], "MASK must be clear", "WS_ERR_UNEXPECTED_MASK"),
]


@pytest.mark.parametrize(("frames", "problem", "name"), BROKEN, ids=[f"{row[2]} {row[1]}" for row in BROKEN])
def test_a_frame_that_breaks_a_rule(frames: list[Frame], problem: str, name: str) -> None:
    with pytest.raises(ProtocolError) as error:
        list(MessageReader().feed(wire(*frames)))
    assert (str(error.value), error.value.name) == (f"Invalid WebSocket frame: {problem}", name)
    assert error.value.close_code == 1002


@given(
    st.lists(
        st.tuples(st.lists(st.text(max_size=4000), min_size=1, max_size=3), st.booleans(), st.booleans()), max_size=6
    ),
    st.integers(1, 5000),
)
def test_any_messages_come_whole_whatever_pieces_they_come_in(
    messages: list[tuple[list[str], bool, bool]], size: int
) -> None:
    stream = b""
    expected: list[str | Message | Control] = []
    for parts, is_text, is_pinged in messages:
        frames = [
            Frame((TEXT if is_text else BINARY) if not place else MORE, part.encode(), place == len(parts) - 1)
            for place, part in enumerate(parts)
        ]
        stream += wire(*frames) + (wire(Frame(Opcode.PING, b"p")) if is_pinged else b"")
        whole = "".join(parts)
        heads = tuple(Head(frame.opcode, len(frame.payload), frame.fin) for frame in frames) if len(parts) > 1 else ()
        message = Message(whole if is_text else whole.encode(), heads, wire(*frames) if heads else None)
        expected.append(whole if message == Message(whole) else message)
        if is_pinged:
            expected.append(Control(Opcode.PING, b"p"))
    reader = MessageReader()
    pieces = [stream[start : start + size] for start in range(0, len(stream), size)]
    assert [found for piece in pieces for found in reader.feed(piece)] == expected
    assert reader.rest == b""


def test_what_broke_a_rule_can_be_seen_whole() -> None:
    reader = MessageReader()
    good, cut, bad = wire(Frame(TEXT, b"good")), wire(Frame(TEXT, b"cut", fin=False)), wire(Frame(MORE, b"\xff"))
    with pytest.raises(ProtocolError, match="UTF-8"):
        list(reader.feed(good + cut + bad + b"more"))
    assert reader.rest == cut + bad + b"more"


def test_text_that_is_not_utf_8() -> None:
    with pytest.raises(ProtocolError, match="invalid UTF-8 sequence") as error:
        list(MessageReader().feed(wire(Frame(TEXT, b"\xff"))))
    assert (error.value.name, error.value.close_code) == ("WS_ERR_INVALID_UTF8", 1007)


def test_the_limit_counts_all_frames_of_a_message_and_each_message_anew() -> None:
    reader = MessageReader(max_payload=4)
    assert list(reader.feed(wire(Frame(TEXT, b"abcd"), Frame(TEXT, b"ab", fin=False), Frame(MORE, b"cd")))) == [
        "abcd",
        Message("abcd", (Head(TEXT, 2, fin=False), Head(MORE, 2)), b"\x01\x02ab\x80\x02cd"),
    ]
    with pytest.raises(ProtocolError, match="Max payload size exceeded") as error:
        list(reader.feed(wire(Frame(TEXT, b"abc", fin=False), Frame(MORE, b"de"))))
    assert (error.value.name, error.value.close_code) == ("WS_ERR_UNSUPPORTED_MESSAGE_LENGTH", 1009)
    with pytest.raises(ProtocolError, match=r"2\^53 - 1"):
        list(MessageReader().feed(b"\x82\x7f" + (1 << 53).to_bytes(8, "big")))


def test_a_small_frame_that_inflates_beyond_the_limit() -> None:
    packed = Deflater(Deflate(), 0).deflate(bytes(1_000_000))
    assert packed is not None
    frame = wire(Frame(BINARY, packed, rsv=4))
    assert list(MessageReader(1_000_000, Inflater()).feed(frame)) == [
        Message(bytes(1_000_000), (Head(BINARY, len(packed), rsv=4),), frame)
    ]
    with pytest.raises(ProtocolError, match="Max payload size exceeded"):
        list(MessageReader(999_999, Inflater()).feed(frame))


def test_what_does_not_inflate() -> None:
    with pytest.raises(ProtocolError) as error:
        list(MessageReader(0, Inflater()).feed(wire(Frame(TEXT, b"\xff\xff", rsv=4))))
    assert error.value.close_code == 1007


def test_the_examples_of_the_compression_standard() -> None:
    """RFC 7692, section 7.2.3: one after the other with a common window, the second in fewer bytes."""
    inflater = Inflater()
    assert inflater.inflate(bytes.fromhex("f248cdc9c90700")) == b"Hello"
    assert inflater.inflate(bytes.fromhex("f200110000")) == b"Hello"
    assert inflater.inflate(bytes.fromhex("f348cdc9c9070000")) == b"Hello"  # the last block of a stream
    assert inflater.inflate(bytes.fromhex("f248cdc9c90700")) == b"Hello"
    deflater = Deflater(Deflate(), 0)
    assert deflater.deflate(b"Hello") == bytes.fromhex("f248cdc9c90700")
    assert deflater.deflate(b"Hello") == bytes.fromhex("f200110000")


@given(st.lists(st.binary(max_size=200), max_size=5), st.booleans(), st.integers(8, 15))
def test_what_is_compressed_comes_back(messages: list[bytes], forgets: bool, bits: int) -> None:
    deflater, inflater = Deflater(Deflate(forgets, bits), 0), Inflater()
    assert [inflater.inflate(deflater.deflate(message) or b"") for message in messages] == messages


@pytest.mark.parametrize(
    ("header", "agreed"),
    [
        ("permessage-deflate", Deflate()),
        ("permessage-deflate; server_no_context_takeover", Deflate()),
        (
            'permessage-deflate;client_no_context_takeover;client_max_window_bits="9"',
            Deflate(client_forgets=True, client_bits=9),
        ),
        ("permessage-deflate; server_max_window_bits=10", Deflate()),
    ],
)
def test_an_agreement_on_compression(header: str, agreed: Deflate) -> None:
    assert accept(header) == agreed


@pytest.mark.parametrize(
    "header",
    [
        "",
        "x-webkit-deflate-frame",
        "permessage-deflate, x",
        "permessage-deflate; client_max_window_bits",
        "permessage-deflate; server_max_window_bits=7",
        "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
        "permessage-deflate; other",
    ],
)
def test_an_answer_about_compression_that_is_refused(header: str) -> None:
    with pytest.raises(ExtensionError):
        accept(header)


def test_the_offer_is_that_of_ws() -> None:
    assert offer({"threshold": 1024}) == "permessage-deflate; client_max_window_bits"
    assert offer({"serverNoContextTakeover": True, "serverMaxWindowBits": 10, "clientMaxWindowBits": 9}) == (
        "permessage-deflate; server_no_context_takeover; server_max_window_bits=10; client_max_window_bits=9"
    )
    assert offer({"clientNoContextTakeover": True, "clientMaxWindowBits": False}) == (
        "permessage-deflate; client_no_context_takeover"
    )


@pytest.mark.parametrize(
    ("body", "code", "reason", "name"),
    [
        (b"", 1005, "", None),
        (close_body(None, "lost"), 1005, "", None),
        (close_body(1000, "жбык"), 1000, "жбык", None),
        (close_body(1000, "x" * 123), 1000, "x" * 123, None),
        (close_body(1000, "x" * 124), 1000, "x" * 124, "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH"),
        (b"\x03", 1005, "", "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH"),
        (close_body(1006), 1006, "", "WS_ERR_INVALID_CLOSE_CODE"),
        (close_body(65535, "a"), 65535, "a", "WS_ERR_INVALID_CLOSE_CODE"),
        (b"\x03\xe8\xff", 1000, "\ufffd", "WS_ERR_INVALID_UTF8"),
    ],
)
def test_a_close_frame_is_read_whatever_stands_in_it(body: bytes, code: int, reason: str, name: str | None) -> None:
    close = read_close(body)
    assert (close.code, close.reason) == (code, reason)
    assert (close.violation.name if close.violation else None) == name


@given(st.binary(max_size=130))
def test_no_close_frame_is_too_strange(body: bytes) -> None:
    assert isinstance(read_close(body).reason, str)
