"""HTTP/1.1 as bytes: a request on its way out, an answer on its way in, without any I/O.

An answer is read as Node reads it (llhttp, strict): what is no HTTP is refused with a sentence that says why, and all
its bytes are kept. Nothing is followed, retried or guessed here.

RFC 9112; the names of the parts are those of RFC 9110.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from wsgui.core.i18n import _

MOST_HEAD = 1 << 16
"""Bytes of a status line and all headers; Node stops at 16 KiB, browsers at 256 KiB."""
MOST_CHUNK_LINE = 1 << 12
MOST_ANSWER = 1 << 26
"""Bytes of a whole answer, also of one that never ends."""
_KEPT = 1 << 16
MOST_INFLATED = 1 << 26
"""Bytes that a compressed body may unfold to: a small answer must not fill the memory."""

_STATUS_LINE = re.compile(rb"HTTP/(\d\.\d) (\d{3})(?: (.*))?", re.DOTALL)
_HEADER = re.compile(r"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([^\r\n\0]*)\r\n")
_HEADERS = re.compile(rf"(?:{_HEADER.pattern})*")
"""Headers as everybody writes them. What they do not match is looked at line by line, to say what is wrong."""
_NAME = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;.*)?", re.DOTALL)
_BODILESS = (204, 304)

Headers = tuple[tuple[str, str], ...]
"""Names as they were written, and values, in the order of the wire."""


class HttpError(Exception):
    """There is no proper answer; the message is a sentence."""


class NoAnswerError(HttpError):
    """The connection ended before the first byte."""

    def __init__(self) -> None:
        super().__init__(_("The server closed the connection without an answer."))


class BrokenOffError(HttpError):
    """The connection ended in the middle of the answer."""

    def __init__(self) -> None:
        super().__init__(_("The server's answer broke off before its end."))


class NotHttpError(HttpError):
    """What came is not HTTP/1."""

    def __init__(self, why: str) -> None:
        super().__init__(_("The answer is not HTTP: {why}.").format(why=why))


@dataclass(frozen=True)
class Head:
    """The status line and the headers of an answer."""

    version: str
    status: int
    reason: str
    headers: Headers

    def value(self, name: str) -> str | None:
        """The value of a header, several of them joined by commas as Node does it; ``name`` in lower case."""
        found = self._by_name.get(name)
        return ", ".join(found) if found else None

    def values(self, name: str) -> list[str]:
        """Each value of a header on its own, for those that may come more than once (``set-cookie``)."""
        return self._by_name.get(name, [])

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, value in self.headers:
            found.setdefault(name.lower(), []).append(value)
        return found


def encode_request(method: str, target: str, headers: Iterable[tuple[str, str]], body: bytes = b"") -> bytes:
    """The bytes of a request. A line break in a name or a value is refused: it would be a header of its own."""
    lines = [f"{method} {target} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in headers]
    joined = "\n".join(lines)
    if "\r" in joined or "\0" in joined or joined.count("\n") >= len(lines):
        line = next(line for line in lines if "\r" in line or "\n" in line or "\0" in line)
        raise HttpError(_("A header must not contain a line break: {line}").format(line=ascii(line)[1:-1][:80]))
    try:
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
    except UnicodeEncodeError as error:
        why = _("A header can hold Latin letters only, not “{character}”.")
        raise HttpError(why.format(character=error.object[error.start])) from error


class AnswerReader:
    """Reads one answer. ``feed`` it what comes until it is ``done``; what follows it is then ``rest``.

    ``head`` is there as soon as it is whole. After an :class:`HttpError` nothing more can be read.
    """

    def __init__(self, method: str = "GET") -> None:
        self.head: Head | None = None
        self.done = False
        self.rest = b""
        self.size = 0
        """Bytes of the answer so far."""
        self.is_odd = False
        """Whether the body does not stand on the wire as ``body`` has it: chunked, compressed, or after a 1xx."""
        self._method = method
        self._waiting = b""
        self._at = 0
        """Where in it the next stage begins."""
        self._raw: list[bytes] = []
        self._body: list[bytes] = []
        self._left: int | None = 0
        """Bytes of the body, or of its chunk, that are still to come; ``None``: all until the connection ends."""
        self._stage = self._read_head

    @property
    def raw(self) -> bytes:
        """All that came and belongs to the answer."""
        return b"".join(self._raw)[: self.size]

    @property
    def is_packed(self) -> bool:
        """Whether the body has to be unpacked, which takes its time."""
        return self._coding in _WBITS

    @property
    def _coding(self) -> str:
        return (self.head.value("content-encoding") or "").strip().lower() if self.head else ""

    @property
    def body(self) -> bytes:
        """The body so far, unpacked where ``Content-Encoding`` says so."""
        return self.unpack(MOST_INFLATED)

    def unpack(self, most: int) -> bytes:
        """The same, which must not become larger than ``most`` bytes. Raises :class:`NotHttpError`."""
        data = b"".join(self._body)
        return inflate(data, self._coding, most) if data and self.is_packed else data

    @property
    def is_reusable(self) -> bool:
        """Whether the connection may carry another request after this answer."""
        if self.head is None or self._left is None:
            return False
        connection = (self.head.value("connection") or "").lower()
        return "keep-alive" in connection if self.head.version == "1.0" else "close" not in connection

    def feed(self, data: bytes) -> None:
        """Take what came. Raises :class:`HttpError`."""
        if self.done:
            self.rest += data
            return
        self._raw.append(data)
        self.size += len(data)
        if self.size > MOST_ANSWER:
            self._raw, self._body, self.size = [b"".join(self._raw[:1])[:_KEPT]], [], _KEPT
            raise NotHttpError(_("it is longer than {n} MiB; its beginning is kept").format(n=MOST_ANSWER >> 20))
        self._waiting = self._waiting[self._at :] + data if self._at < len(self._waiting) else data
        self._at = 0
        while self._stage():
            pass

    def end(self) -> None:
        """The connection ended. Raises :class:`HttpError` if the answer is not whole."""
        if self.done:
            return
        if not self.size:
            raise NoAnswerError
        if self.head is None or self._left is not None:
            raise BrokenOffError
        self.done = True

    # The stages: each takes what it can of what waits, and says whether the next may go on

    def _read_head(self) -> bool:
        data = self._waiting[self._at :] if self._at else self._waiting
        if not data.startswith(b"HTTP/"[: len(data)]):
            raise NotHttpError(_("it begins with {start}").format(start=_quote(data)))
        end = data.find(b"\r\n\r\n")
        bare = data.find(b"\n\n", 0, end + 3 if end >= 0 else len(data))
        if bare >= 0:
            raise NotHttpError(_("a line ends without a carriage return"))
        if end < 0 or end > MOST_HEAD:
            if len(data) > MOST_HEAD:
                raise NotHttpError(_("its headers are longer than {n} KiB").format(n=MOST_HEAD >> 10))
            return False
        head = parse_head(data[:end])
        self._at += end + 4
        if 100 <= head.status < 200 and head.status != 101:
            self.is_odd = True
            return True
        self.head = head
        if head.value("content-encoding"):
            self.is_odd = True
        return self._choose_body(head)

    def _finish(self) -> bool:
        self.done = True
        self.rest, self._waiting, self._at = self._waiting[self._at :], b"", 0
        self.size -= len(self.rest)
        return False

    def _choose_body(self, head: Head) -> bool:
        lengths = {value.strip() for value in (head.value("content-length") or "").split(",") if value.strip()}
        coding = (head.value("transfer-encoding") or "").lower()
        tunnels = self._method == "CONNECT" and 200 <= head.status < 300
        if self._method == "HEAD" or tunnels or head.status == 101 or head.status in _BODILESS:
            return self._finish()
        if coding:
            if lengths:
                raise NotHttpError(_("it has both Content-Length and Transfer-Encoding"))
            self.is_odd = True
            chunked = coding.rstrip().endswith("chunked")
            self._left = 0 if chunked else None
            self._stage = self._read_chunk_line if chunked else self._read_to_end
        elif lengths:
            length = lengths.pop()
            if lengths or not length.isdecimal() or not length.isascii() or len(length) > 18:
                raise NotHttpError(_("its Content-Length is not one number"))
            self._left = int(length)
            self._stage = self._read_body
        else:
            self._left = None
            self._stage = self._read_to_end
        return True

    def _read_body(self) -> bool:
        return self._finish() if self._take() else False

    def _read_to_end(self) -> bool:
        self._body.append(self._waiting[self._at :])
        self._at = len(self._waiting)
        return False

    def _read_chunk_line(self) -> bool:
        line = self._line()
        if line is None:
            return False
        match = _CHUNK.fullmatch(line)
        if match is None:
            raise NotHttpError(_("a chunk begins with {start} and not with its size").format(start=_quote(line)))
        self._left = int(match[1], 16)
        self._stage = self._read_chunk if self._left else self._read_trailer
        return True

    def _read_chunk(self) -> bool:
        if not self._take():
            return False
        if len(self._waiting) < self._at + 2:
            return False
        if not self._waiting.startswith(b"\r\n", self._at):
            raise NotHttpError(_("a chunk is longer than it says"))
        self._at += 2
        self._stage = self._read_chunk_line
        return True

    def _read_trailer(self) -> bool:
        line = self._line()
        if line is None:
            return False
        return True if line else self._finish()

    def _take(self) -> bool:
        """Take of the body what is there; whether that was the last of it."""
        assert self._left is not None
        part = self._waiting[self._at : self._at + self._left]
        if part:
            self._body.append(part)
            self._at += len(part)
            self._left -= len(part)
        return self._left == 0

    def _line(self) -> bytes | None:
        end = self._waiting.find(b"\r\n", self._at)
        if end < 0:
            if len(self._waiting) > self._at + MOST_CHUNK_LINE:
                raise NotHttpError(_("the size of a chunk has no end"))
            return None
        line = self._waiting[self._at : end]
        self._at = end + 2
        return line


@lru_cache(maxsize=16)  # of polling most are the same for a second, but for what they are to be told apart by
def parse_head(data: bytes) -> Head:
    """A status line and headers without the empty line behind them. Raises :class:`NotHttpError`."""
    first, *lines = data.split(b"\r\n")
    match = _STATUS_LINE.fullmatch(first)
    if match is None or b"\n" in first:
        raise NotHttpError(_("its first line is {start}").format(start=_quote(first)))
    version, status, reason = match.groups()
    if not version.startswith(b"1."):
        raise NotHttpError(_("it speaks HTTP/{version}").format(version=version.decode()))
    block = data[len(first) + 2 :].decode("latin-1") + "\r\n"
    if lines and _HEADERS.fullmatch(block):
        pairs = [(name, value.rstrip(" \t")) for name, value in _HEADER.findall(block)]
    else:
        pairs = _parse_lines(lines)
    return Head(version.decode(), int(status), (reason or b"").decode("latin-1"), tuple(pairs))


def _parse_lines(lines: Sequence[bytes]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for line in lines:
        if line[:1] in (b" ", b"\t") and pairs:  # a folded header, which RFC 9112 lets a client take for a space
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {line.strip().decode('latin-1')}".strip())
            continue
        name, colon, value = line.partition(b":")
        if not colon or not _NAME.fullmatch(name) or b"\n" in value or b"\r" in value or b"\0" in value:
            raise NotHttpError(_("a header line is {start}").format(start=_quote(line)))
        pairs.append((name.decode("ascii"), value.strip(b" \t").decode("latin-1")))
    return pairs


_WBITS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


def inflate(data: bytes, coding: str, most: int = MOST_INFLATED) -> bytes:
    """A body unpacked; raises :class:`NotHttpError` if it cannot be, or would be larger than ``most`` bytes."""
    for bits in (_WBITS[coding], -15) if coding == "deflate" else (_WBITS[coding],):
        stream = zlib.decompressobj(bits)
        try:
            unpacked = stream.decompress(data, most)
        except zlib.error as error:
            why = str(error)
            continue
        if stream.unconsumed_tail:
            raise NotHttpError(_("its body unpacks to more than {n} MiB").format(n=most >> 20))
        return unpacked
    raise NotHttpError(_("its body cannot be unpacked as {coding}: {why}").format(coding=coding, why=why))


def _quote(data: bytes) -> str:
    """The first bytes as text, what is not printable escaped."""
    return repr(data[:40])[1:] + ("…" if len(data) > 40 else "")
