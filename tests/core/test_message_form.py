"""What a person types as a message is the bytes that are meant, or refused with one sentence."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core.message_form import MessageForm, MessageFormError, read_message


@pytest.mark.parametrize(
    ("text", "form", "message"),
    [
        (" a\n", MessageForm.TEXT, " a\n"),
        ("", MessageForm.HEX, b""),
        ("00 fF", MessageForm.HEX, b"\x00\xff"),
        ("0x00, 0xff:01", MessageForm.HEX, b"\x00\xff\x01"),
        ("", MessageForm.BASE64, b""),
        ("-_8", MessageForm.BASE64, b"\xfb\xff"),
        ("+/8=\n", MessageForm.BASE64, b"\xfb\xff"),
    ],
)
def test_read(text: str, form: MessageForm, message: str | bytes) -> None:
    assert read_message(text, form) == message


@pytest.mark.parametrize(
    ("text", "form", "said"),
    [
        ("0g", MessageForm.HEX, "“g” is no hex digit"),
        ("000", MessageForm.HEX, "odd number"),
        ("a?b", MessageForm.BASE64, "“?” does not occur"),
        ("abcde", MessageForm.BASE64, "not whole"),
    ],
)
def test_refused_with_one_sentence(text: str, form: MessageForm, said: str) -> None:
    with pytest.raises(MessageFormError, match=said.replace("?", r"\?")):
        read_message(text, form)


@given(st.binary())
def test_any_bytes_can_be_written(data: bytes) -> None:
    assert read_message(data.hex(" "), MessageForm.HEX) == data
    assert read_message(base64.b64encode(data).decode(), MessageForm.BASE64) == data
