"""Frames: the examples of RFC 6455, and every frame there can be, there and back in any pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core.ws_frames import Frame, FrameDecoder, Head, Opcode, apply_mask, utf8

MASK = bytes.fromhex("37fa213d")

EXAMPLES = [  # RFC 6455, section 5.7, and the borders of the lengths
    (Frame(Opcode.TEXT, b"Hello"), "81 05 48 65 6c 6c 6f"),
    (Frame(Opcode.TEXT, b"Hello", mask=MASK), "81 85 37 fa 21 3d 7f 9f 4d 51 58"),
    (Frame(Opcode.TEXT, b"Hel", fin=False), "01 03 48 65 6c"),
    (Frame(Opcode.CONTINUATION, b"lo"), "80 02 6c 6f"),
    (Frame(Opcode.PING, b"Hello"), "89 05 48 65 6c 6c 6f"),
    (Frame(Opcode.PONG, b"Hello", mask=MASK), "8a 85 37 fa 21 3d 7f 9f 4d 51 58"),
    (Frame(Opcode.BINARY, bytes(125)), "82 7d" + "00" * 125),
    (Frame(Opcode.BINARY, bytes(126)), "82 7e 00 7e" + "00" * 126),
    (Frame(Opcode.BINARY, bytes(65535)), "82 7e ff ff" + "00" * 65535),
    (Frame(Opcode.BINARY, bytes(256)), "82 7e 01 00" + "00" * 256),
    (Frame(Opcode.BINARY, bytes(65536)), "82 7f 00 00 00 00 00 01 00 00" + "00" * 65536),
]
FRAMES = st.builds(
    Frame,
    st.integers(0, 15),
    st.binary(max_size=300),
    st.booleans(),
    st.integers(0, 7),
    st.none() | st.binary(min_size=4, max_size=4),
)


@pytest.mark.parametrize(("frame", "wire"), EXAMPLES, ids=[text[:20] for _frame, text in EXAMPLES])
def test_the_examples_of_the_standard(frame: Frame, wire: str) -> None:
    assert frame.encode() == bytes.fromhex(wire)
    assert list(FrameDecoder().feed(bytes.fromhex(wire))) == [frame]


@given(st.lists(FRAMES, max_size=5), st.integers(1, 40))
def test_any_frames_come_back_whatever_pieces_they_come_in(frames: list[Frame], size: int) -> None:
    wire = b"".join(frame.encode() for frame in frames)
    decoder = FrameDecoder()
    pieces = [wire[start : start + size] for start in range(0, len(wire), size)]
    assert [frame for piece in pieces for frame in decoder.feed(piece)] == frames
    assert decoder.rest == b""


def test_a_head_is_judged_before_its_payload_has_come() -> None:
    heads: list[Head] = []
    decoder = FrameDecoder(heads.append)
    assert list(decoder.feed(bytes.fromhex("92 ff 00 00 01 00 00 00 00"))) == []
    assert heads == []
    assert list(decoder.feed(b"\x00")) == []
    assert list(decoder.feed(b"\x00")) == []
    assert heads == [Head(Opcode.BINARY, 1 << 40, fin=True, rsv=1, masked=True)]


def test_what_the_check_refuses_is_kept() -> None:
    def refuse(head: Head) -> None:
        if head.opcode == 3:
            raise ValueError("three")

    decoder = FrameDecoder(refuse)
    came: list[Frame] = []
    with pytest.raises(ValueError, match="three"):
        came.extend(decoder.feed(Frame(1, b"a").encode() + Frame(3, b"b").encode()))
    assert decoder.rest == Frame(3, b"b").encode()


@given(st.binary(), st.binary(min_size=4, max_size=4))
def test_masking_twice_is_nothing(data: bytes, mask: bytes) -> None:
    assert apply_mask(apply_mask(data, mask), mask) == data
    assert apply_mask(data, mask)[:5] == bytes(byte ^ mask[place % 4] for place, byte in enumerate(data[:5]))


def test_half_a_surrogate_pair_is_sent_as_javascript_sends_it() -> None:
    assert utf8("ж\ud800x\U0001f600") == "ж\ufffdx\U0001f600".encode()
