"""Answers to the first request of polling that no server should give, and what the log must say of each.

They are bytes: what a proxy that dies, a port that speaks something else, or somebody who means harm would send.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

GOOD_HANDSHAKE = '0{"sid":"S","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}'


PATIENT: dict[str, object] = {"timeout": 20_000}


class Ending(Enum):
    """What the server does behind its last byte."""

    CLOSE = "close"
    RESET = "reset"
    HOLD = "hold"
    """Nothing: the connection stays."""


@dataclass(frozen=True)
class Case:
    """``says``: words of the description that the log gives; ``endless`` is sent again and again behind the pieces."""

    name: str
    pieces: tuple[bytes, ...]
    says: str
    ending: Ending = Ending.CLOSE
    endless: bytes = b""
    options: dict[str, object] = field(default_factory=dict)


def answer(body: bytes = b"", *headers: str, status: str = "200 OK", length: str | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def chunks(*parts: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"".join(parts)


def starts() -> Iterator[Case]:
    """The status line, or what stands in its place."""
    no_http = "The answer is not HTTP"
    yield Case("nothing", (), "closed the connection without an answer")
    yield Case("a reset at once", (), "reset", Ending.RESET)
    yield Case("silence", (), "", Ending.HOLD)
    for name, start in (
        ("a line break", b"\r\n\r\n"), ("zeros", b"\0" * 64), ("SSH", b"SSH-2.0-OpenSSH_9.6\r\n"),
        ("SMTP", b"220 mail.example.com ESMTP\r\n"), ("a TLS alert", b"\x15\x03\x01\x00\x02\x02\x46"),
        ("HTTP/0.9", b"<html>hello</html>"), ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        ("HTTP/2 settings", b"\x00\x00\x12\x04\x00\x00\x00\x00\x00"), ("HTTP/3.0", b"HTTP/3.0 200 OK\r\n\r\n"),
        ("a status of letters", b"HTTP/1.1 abc OK\r\n\r\n"), ("a status of two digits", b"HTTP/1.1 20 OK\r\n\r\n"),
        ("a status of four digits", b"HTTP/1.1 2000 OK\r\n\r\n"), ("no version", b"HTTP 200 OK\r\n\r\n"),
        ("lower case", b"http/1.1 200 OK\r\n\r\n"), ("bare line feeds", b"HTTP/1.1 200 OK\nContent-Length: 0\n\n"),
        ("a request", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"), ("Redis", b"-ERR unknown command 'GET'\r\n"),
    ):  # fmt: skip
        yield Case(f"starts with {name}", (start,), no_http)
    yield Case("half a status line", (b"HTTP/1.1 20",), "broke off")
    yield Case("half a head", (b"HTTP/1.1 200 OK\r\nContent-Le",), "broke off")
    yield Case("a head one byte at a time", tuple(bytes([byte]) for byte in answer(b"hello")), "")
    yield Case("half a head and silence", (b"HTTP/1.1 200 OK\r\nContent-Le",), "", Ending.HOLD)


def headers() -> Iterator[Case]:
    no_http = "The answer is not HTTP"
    for name, line in (
        ("a space before the colon", b"Content-Length : 5"), ("no colon", b"no colon here"), ("no name", b": value"),
        ("a zero in a value", b"X: a\0b"), ("a bare return in a value", b"X: a\rSet-Cookie: b"),
        ("a name of control characters", b"X\x01Y: z"), ("two lengths", b"Content-Length: 5\r\nContent-Length: 6"),
        ("a negative length", b"Content-Length: -1"), ("a length with a sign", b"Content-Length: +5"),
        ("a length in hex", b"Content-Length: 0x5"), ("a length of letters", b"Content-Length: five"),
        ("a length of 40 digits", b"Content-Length: " + b"9" * 40),
        ("a length in Arabic digits", "Content-Length: ٥".encode()),
        ("a length and chunks", b"Content-Length: 5\r\nTransfer-Encoding: chunked"),
    ):  # fmt: skip
        yield Case(f"header: {name}", (b"HTTP/1.1 200 OK\r\n" + line + b"\r\n\r\nhello",), no_http)
    yield Case(
        "header: one of 100 KB", (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",), "longer than 64 KiB"
    )
    yield Case("headers without an end", (b"HTTP/1.1 200 OK\r\n",), "longer than 64 KiB", endless=b"X-Y: z\r\n" * 100)
    yield Case("a hundred interim answers", (b"HTTP/1.1 100 Continue\r\n\r\n" * 100, answer(b"hello")), "")
    yield Case("interim answers without an end", (), "", endless=b"HTTP/1.1 102 Processing\r\n\r\n" * 50)
    yield Case("a redirect", (answer(b"", "Location: /elsewhere", status="302 Found"),), "302")
    yield Case("a redirect to itself", (answer(b"", "Location: /socket.io/", status="307 Temporary Redirect"),), "307")
    yield Case("a redirect to a file", (answer(b"", "Location: file:///etc/passwd", status="301 Moved"),), "301")
    yield Case("101 to polling", (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",), "101")
    yield Case("204", (b"HTTP/1.1 204 No Content\r\n\r\n",), "204")
    yield Case("304", (b"HTTP/1.1 304 Not Modified\r\n\r\n",), "304")
    yield Case("999", (answer(b"", status="999 Request denied"),), "999")
    yield Case("a reason with escapes", (answer(b"no", status="500 \x1b[31mred\x1b[0m <b>bold</b>"),), "500")
    yield Case("407 without a proxy", (answer(b"", status="407 Proxy Authentication Required"),), "407")


def cookies() -> Iterator[Case]:
    """Of a connection that keeps them."""
    keeps: dict[str, object] = {"withCredentials": True}
    for name, cookie in (
        ("with an age of 400 digits", "a=1; Max-Age=" + "9" * 400),
        ("with an age of 10,000 digits", "a=1; Max-Age=" + "9" * 10_000),
        ("with a negative age", "a=1; Max-Age=-" + "9" * 400), ("with an age of letters", "a=1; Max-Age=x"),
        ("that ends in the year 0", "a=1; Expires=Sat, 01 Jan 0000 00:00:00 GMT"),
        ("that ends in the year 9999", "a=1; Expires=Fri, 31 Dec 9999 23:59:59 GMT"),
        ("that ends before 1970", "a=1; Expires=Mon, 01 Jan 0001 00:00:00 +2359"),
        ("that ends on day 99", "a=1; Expires=99 Foo 2024"),
        ("that ends in no zone", "a=1; Expires=Fri, 31 Dec 9999 23:59:59 -0000"), ("without a name", "=1; Path=/"),
        ("without a value", "a; HttpOnly"), ("of 60 KB", "a=" + "x" * 60_000), ("of quotes", 'a="; b="'),
        ("of controls", "a=\x01\x1b[31m; Path=/\x7f"), ("of Latin letters", "ä=ö; Path=/"), ("of nothing", ""),
        ("with a thousand attributes", "a=1" + "; x=y" * 1000), ("called __proto__", "__proto__=1"),
    ):  # fmt: skip
        yield Case(
            f"a cookie {name}",
            (answer(b"no", f"Set-Cookie: {cookie}", status="400 Bad Request"),),
            "400",
            options=keeps,
        )
    many = [f"Set-Cookie: c{number}={number}" for number in range(2000)]
    yield Case("two thousand cookies", (answer(b"no", *many, status="400 Bad Request"),), "400", options=keeps)


def redirects() -> Iterator[Case]:
    for name, target in (
        ("to a script", "javascript:alert(1)"), ("to data", "data:text/html,<script>"), ("to nowhere", ""),
        ("to another scheme", "//evil.example:99999/"), ("of 60 KB", "/" + "x" * 60_000),
        ("with controls", "/\x1b[2J\x08"),
        ("to a user", "http://user:password@127.0.0.1/"), ("to no host", "http://"), ("to half an address", "http://[::1"),
    ):  # fmt: skip
        yield Case(f"a redirect {name}", (answer(b"", f"Location: {target}", status="302 Found"),), "302")


def bodies() -> Iterator[Case]:
    no_http = "The answer is not HTTP"
    yield Case("a body that breaks off", (answer(b"hello", length="100"),), "broke off")
    yield Case("a body that stops", (answer(b"hello", length="100"),), "", Ending.HOLD)
    yield Case(
        "a body without an end",
        (b"HTTP/1.1 200 OK\r\n\r\n",),
        "longer than 64 MiB",
        endless=b"x" * 65536,
        options=PATIENT,
    )
    yield Case("chunks without an end", (chunks(),), "", endless=(b"10\r\n" + b"x" * 16 + b"\r\n") * 200)
    yield Case("a chunk of letters", (chunks(b"zz\r\nhello\r\n"),), no_http)
    yield Case("a negative chunk", (chunks(b"-5\r\nhello\r\n"),), no_http)
    yield Case("a chunk of 2^64", (chunks(b"10000000000000000\r\nhello\r\n"),), no_http)
    yield Case("a chunk longer than it says", (chunks(b"3\r\nhello\r\n0\r\n\r\n"),), no_http)
    yield Case("a chunk's size without an end", (chunks(),), no_http, endless=b"0" * 4096)
    yield Case("a chunk that breaks off", (chunks(b"ff\r\nhello"),), "broke off")
    yield Case("chunks of one byte", (chunks(*(b"1\r\nx\r\n" for _time in range(3000)), b"0\r\n\r\n"),), "")
    yield Case("trailers without an end", (chunks(b"1\r\nx\r\n0\r\n"),), "", endless=b"X: y\r\n" * 200)
    bomb = zlib.compressobj(9, wbits=31)
    packed = b"".join(bomb.compress(b"\0" * (1 << 20)) for _time in range(300)) + bomb.flush()
    yield Case(
        "a bomb of 300 MiB", (answer(packed, "Content-Encoding: gzip"),), "unpacks to more than", options=PATIENT
    )
    yield Case("gzip that is none", (answer(b"hello", "Content-Encoding: gzip"),), "cannot be unpacked")
    yield Case("gzip cut short", (answer(gzip.compress(b"hello" * 1000)[:20], "Content-Encoding: gzip"),), "")
    yield Case("deflate that is none", (answer(b"hello", "Content-Encoding: deflate"),), "cannot be unpacked")
    yield Case("an unknown coding", (answer(b"hello", "Content-Encoding: zstd"),), "")
    yield Case("bad UTF-8", (answer(b"0\xff\xfe\xfd"),), "")
    yield Case("a byte order mark", (answer(("\ufeff" + GOOD_HANDSHAKE).encode()),), "")
    yield Case("UTF-16", (answer(GOOD_HANDSHAKE.encode("utf-16")),), "")
    yield Case("10 MB of JSON", (answer(b"0" + json.dumps({"sid": "x" * 10_000_000}).encode()),), "")
    yield Case("a page", (answer(b"<!doctype html><script>alert(1)</script>", "Content-Type: text/html"),), "")
    yield Case("ANSI escapes", (answer(b"\x1b]0;title\x07\x1b[2J", status="400 Bad Request"),), "400")
    yield Case("more than the length says", (answer(b"hello and more", length="5"),), "")


CASES = (*starts(), *headers(), *cookies(), *redirects(), *bodies())
