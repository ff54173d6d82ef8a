"""Answers as they come: whole, in pieces, chunked, packed, and all that is no HTTP."""

from __future__ import annotations

import contextlib
import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core.http1 import (
    MOST_HEAD,
    AnswerReader,
    BrokenOffError,
    Head,
    HttpError,
    NoAnswerError,
    NotHttpError,
    encode_request,
)

OK = b"HTTP/1.1 200 OK\r\n"


def read(data: bytes, *, method: str = "GET", ends: bool = False) -> AnswerReader:
    reader = AnswerReader(method)
    reader.feed(data)
    if ends:
        reader.end()
    return reader


def test_an_answer_of_a_known_length_and_what_follows_it() -> None:
    answer = OK + b"Content-Length: 3\r\nX-A:  b \r\nx-a:c\r\n\r\nabc"
    reader = read(answer + b"HTTP/1.1")
    assert reader.done
    assert reader.head == Head("1.1", 200, "OK", (("Content-Length", "3"), ("X-A", "b"), ("x-a", "c")))
    assert reader.head.value("x-a") == "b, c"
    assert reader.head.values("x-a") == ["b", "c"]
    assert reader.head.value("x-b") is None
    assert (reader.body, reader.rest, reader.size, reader.is_odd) == (b"abc", b"HTTP/1.1", len(answer), False)
    assert reader.raw == answer


CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n"


@pytest.mark.parametrize(
    ("answer", "body", "is_odd"),
    [
        (CHUNKED, b"abc0123456789", True),
        (OK + b"Content-Length: 0\r\n\r\n", b"", False),
        (OK + b"Content-Length: 2, 2\r\n\r\nab", b"ab", False),
        (b"HTTP/1.1 204 No Content\r\n\r\n", b"", False),
        (b"HTTP/1.1 304\r\nContent-Length: 5\r\n\r\n", b"", False),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n", b"", False),
        (b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK + b"Content-Length: 1\r\n\r\na", b"a", True),
        (OK + b"Content-Encoding: gzip\r\nContent-Length: 23\r\n\r\n" + gzip.compress(b"abc", mtime=0), b"abc", True),
        (OK + b"Content-Encoding: br\r\nContent-Length: 1\r\n\r\n?", b"?", True),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_a_body_whatever_pieces_it_comes_in(answer: bytes, body: bytes, is_odd: bool, size: int) -> None:
    reader = AnswerReader()
    for start in range(0, len(answer), size):
        reader.feed(answer[start : start + size])
    assert (reader.body, reader.is_odd, reader.raw) == (body, is_odd, answer)
    assert reader.done
    assert reader.is_reusable


@pytest.mark.parametrize("packed", [zlib.compress(b"abc"), zlib.compress(b"abc")[2:-4]])
def test_deflate_with_and_without_its_wrapping(packed: bytes) -> None:
    assert read(OK + b"Content-Encoding: deflate\r\n\r\n" + packed, ends=True).body == b"abc"


def test_a_body_that_ends_with_the_connection() -> None:
    reader = read(OK + b"\r\nabc")
    before = reader.done
    reader.end()
    assert (before, reader.done, reader.body) == (False, True, b"abc")
    assert not reader.is_reusable


@pytest.mark.parametrize(
    ("head", "is_reusable"),
    [
        (b"HTTP/1.1 200 OK\r\nConnection: close\r\n", False),
        (b"HTTP/1.1 200 OK\r\nConnection: keep-alive, Upgrade\r\n", True),
        (b"HTTP/1.0 200 OK\r\n", False),
        (b"HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n", True),
    ],
)
def test_whether_the_connection_can_be_used_again(head: bytes, is_reusable: bool) -> None:
    assert read(head + b"Content-Length: 0\r\n\r\n").is_reusable is is_reusable


def test_no_body_answers_a_head_request() -> None:
    assert read(OK + b"Content-Length: 10\r\n\r\n", method="HEAD").done


def test_a_tunnel_begins_behind_the_head() -> None:
    assert read(OK + b"\r\nbytes", method="CONNECT").rest == b"bytes"
    assert not read(b"HTTP/1.1 407 No\r\nContent-Length: 3\r\n\r\nab", method="CONNECT").done


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n", "it begins with 'SSH-2.0-OpenSSH_9.2"),
        (b"\x15\x03\x03\x00\x02\x02\x16", r"it begins with '\x15\x03\x03\x00\x02\x02\x16'"),
        (b"HTTP/2.0 200\r\n\r\n", "it speaks HTTP/2.0"),
        (b"HTTP/1.1 20 OK\r\n\r\n", "its first line is 'HTTP/1.1 20 OK'"),
        (OK + b"no colon\r\n\r\n", "a header line is 'no colon'"),
        (OK + b"a b: c\r\n\r\n", "a header line is 'a b: c'"),
        (b"HTTP/1.1 200 OK\nA: b\n\n", "a line ends without a carriage return"),
        (OK + b"A: b\nC: d\r\n\r\n", "a header line is"),
        (OK + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\n", "its Content-Length is not one number"),
        (OK + b"Content-Length: -1\r\n\r\n", "its Content-Length is not one number"),
        (OK + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "both Content-Length and Transfer-Encoding"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n", "a chunk begins with 'xyz'"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\nabc", "a chunk is longer than it says"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"1" * 5000, "the size of a chunk has no end"),
        (OK + b"A: " + b"b" * MOST_HEAD, "its headers are longer than 64 KiB"),
    ],
)
def test_what_is_no_http(answer: bytes, why: str) -> None:
    with pytest.raises(NotHttpError) as error:
        read(answer)
    assert why in str(error.value)


def test_a_body_that_cannot_be_unpacked() -> None:
    reader = read(OK + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc")
    with pytest.raises(NotHttpError, match="cannot be unpacked as gzip"):
        _ = reader.body


def test_a_small_body_that_would_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wsgui.core.http1.MOST_INFLATED", 1 << 20)
    reader = read(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(1 << 22)), ends=True)
    with pytest.raises(NotHttpError, match="unpacks to more than 1 MiB"):
        _ = reader.body


def test_the_end_before_the_end() -> None:
    with pytest.raises(NoAnswerError):
        read(b"", ends=True)
    for cut in (OK, OK + b"Content-Length: 3\r\n\r\nab", CHUNKED[:-2]):
        with pytest.raises(BrokenOffError):
            read(cut, ends=True)


def test_a_request() -> None:
    assert encode_request("POST", "/a?b", [("Host", "h"), ("X", "ü")], b"body") == (
        b"POST /a?b HTTP/1.1\r\nHost: h\r\nX: \xfc\r\n\r\nbody"
    )


@pytest.mark.parametrize("value", ["a\r\nB: c", "a\nb", "a\0"])
def test_no_header_hides_in_a_header(value: str) -> None:
    with pytest.raises(HttpError, match="must not contain a line break"):
        encode_request("GET", "/", [("A", value)])


def test_a_header_that_cannot_be_written() -> None:
    with pytest.raises(HttpError, match="not “ж”"):
        encode_request("GET", "/", [("A", "ж")])


@given(st.lists(st.binary(max_size=50), max_size=4), st.booleans())
def test_nothing_that_comes_does_more_than_be_refused(parts: list[bytes], is_http: bool) -> None:
    reader = AnswerReader()
    with contextlib.suppress(HttpError):
        for part in [OK if is_http else b"", *parts]:
            reader.feed(part)
        reader.end()
        assert reader.body is not None
