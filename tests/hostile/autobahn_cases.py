"""The cases of the Autobahn test suite, played by a server: what it sends, and what is to become of it.

The names are those of the suite, so that coverage can be counted: https://github.com/crossbario/autobahn-testsuite.
Its cases are described there in words; these are their bytes.
"""

from __future__ import annotations

import itertools
import os
import random
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wsgui.core.ws_frames import Frame, Opcode

CONT, TEXT, BINARY, CLOSE, PING, PONG = Opcode
PROTOCOL_ERROR, BAD_DATA = 1002, 1007
HELLO = "Hello-µ@ßöäüàá-UTF-8!!"
GREEK = "κόσμε"


@dataclass(frozen=True)
class Case:
    """``pieces`` are written one by one; then the server closes with 1000, if it has not closed yet."""

    name: str
    pieces: tuple[bytes, ...]
    messages: tuple[str | bytes, ...] = ()
    """What must arrive, in order."""
    fails: int = 0
    """The code with which the client must close, or 0."""
    deflate: str = ""
    """The parameters of permessage-deflate that the server agrees to; without them there is no compression."""
    closes: bool = False
    """Whether the pieces hold the server's close frame."""
    many: int = 0
    """The number of messages, where they are too many to name."""


def frame(opcode: int, payload: bytes = b"", *, fin: bool = True, rsv: int = 0) -> bytes:
    return Frame(opcode, payload, fin, rsv).encode()


def octets(data: bytes) -> tuple[bytes, ...]:
    return tuple(data[place : place + 1] for place in range(len(data)))


def chopped(data: bytes, size: int) -> tuple[bytes, ...]:
    return tuple(data[place : place + size] for place in range(0, len(data), size))


def fragments(opcode: int, parts: Iterable[bytes]) -> list[bytes]:
    """A message in as many frames as there are parts."""
    listed = list(parts)
    last = len(listed) - 1
    return [frame(CONT if number else opcode, part, fin=number == last) for number, part in enumerate(listed)]


def ok(name: str, *pieces: bytes, messages: Iterable[str | bytes] = (), closes: bool = False) -> Case:
    return Case(name, pieces, tuple(messages), closes=closes)


def fails(name: str, *pieces: bytes, code: int = PROTOCOL_ERROR, messages: Iterable[str | bytes] = ()) -> Case:
    return Case(name, pieces, tuple(messages), code)


def framing() -> Iterator[Case]:
    sizes = (0, 125, 126, 127, 128, 65535, 65536)
    for section, opcode in ((1, TEXT), (2, BINARY)):
        for number, size in enumerate((*sizes, 65536), 1):
            content = b"*" * size if opcode is TEXT else b"\xfe" * size
            whole = frame(opcode, content)
            pieces = chopped(whole, 997) if number == 8 else (whole,)
            yield ok(f"1.{section}.{number}", *pieces, messages=[content.decode() if opcode is TEXT else content])


def pings() -> Iterator[Case]:
    yield ok("2.1", frame(PING))
    yield ok("2.2", frame(PING, b"Hello, world!"))
    yield ok("2.3", frame(PING, b"\x00\xff\xfe\xfd\xfc\xfb\x00\xff"))
    yield ok("2.4", frame(PING, b"\xfe" * 125))
    yield fails("2.5", frame(PING, b"\xfe" * 126))
    yield ok("2.6", *octets(frame(PING, b"\xfe" * 125)))
    yield ok("2.7", frame(PONG))
    yield ok("2.8", frame(PONG, b"unsolicited pong payload"))
    yield ok("2.9", frame(PONG, b"unsolicited pong payload"), frame(PING, b"ping payload"))
    yield ok("2.10", *(frame(PING, b"payload-%d" % number) for number in range(10)))
    yield ok("2.11", *octets(b"".join(frame(PING, b"payload-%d" % number) for number in range(10))))


def reserved_bits() -> Iterator[Case]:
    small = frame(TEXT, b"Hello, world!")
    yield fails("3.1", frame(TEXT, b"Hello, world!", rsv=1))
    yield fails("3.2", small, frame(TEXT, b"Hello, world!", rsv=2), frame(PING), messages=["Hello, world!"])
    yield fails("3.3", small, frame(TEXT, b"Hello, world!", rsv=3), frame(PING), messages=["Hello, world!"])
    both = small + frame(TEXT, b"Hello, world!", rsv=4) + frame(PING)
    yield fails("3.4", *octets(both), messages=["Hello, world!"])
    yield fails("3.5", frame(BINARY, b"\x00\xff\xfe\xfd", rsv=5))
    yield fails("3.6", frame(PING, b"Hello, world!", rsv=6))
    yield fails("3.7", frame(CLOSE, rsv=7))


def opcodes() -> Iterator[Case]:
    small = frame(TEXT, b"Hello, world!")
    for section, first in ((1, 3), (2, 11)):
        for number in range(5):
            bad = frame(first + number, b"reserved opcode payload" if number else b"")
            name = f"4.{section}.{number + 1}"
            if number < 2:
                yield fails(name, bad)
            else:
                pieces = octets(small + bad + frame(PING)) if number == 4 else (small, bad, frame(PING))
                yield fails(name, *pieces, messages=["Hello, world!"])


def fragmentation() -> Iterator[Case]:
    one, two = b"fragment1", b"fragment2"
    both = "fragment1fragment2"
    first, last = frame(TEXT, one, fin=False), frame(CONT, two)
    ping = frame(PING, b"ping payload")
    yield fails("5.1", *fragments(PING, [one, two]))
    yield fails("5.2", *fragments(PONG, [one, two]))
    yield ok("5.3", first + last, messages=[both])
    yield ok("5.4", first, last, messages=[both])
    yield ok("5.5", *octets(first + last), messages=[both])
    yield ok("5.6", first + ping + last, messages=[both])
    yield ok("5.7", first, ping, last, messages=[both])
    yield ok("5.8", *octets(first + ping + last), messages=[both])
    lonely, unfinished = frame(CONT, b"non-continuation payload"), frame(CONT, b"non-continuation payload", fin=False)
    hello = frame(TEXT, b"Hello, world!")
    for name, pieces in (
        ("5.9", (lonely + hello,)), ("5.10", (lonely, hello)), ("5.11", octets(lonely + hello)),
        ("5.12", (unfinished + hello,)), ("5.13", (unfinished, hello)), ("5.14", octets(unfinished + hello)),
    ):  # fmt: skip
        yield fails(name, *pieces)
    yield fails("5.15", first, last, frame(CONT, b"fragment3", fin=False), hello, messages=[both])
    yield fails("5.16", frame(CONT, one, fin=False), frame(TEXT, two), frame(CONT, b"fragment3"))
    yield fails("5.17", frame(CONT, one), frame(TEXT, two), frame(CONT, b"fragment3"))
    yield fails("5.18", frame(TEXT, one, fin=False), frame(TEXT, two))
    parts = [b"fragment%d" % number for number in range(1, 6)]
    five = fragments(TEXT, parts)
    mixed = [*five[:2], frame(PING, b"pongme 1!"), *five[2:4], frame(PING, b"pongme 2!"), five[4]]
    yield ok("5.19", *mixed, messages=[b"".join(parts).decode()])
    yield ok("5.20", b"".join(mixed[:3]), b"".join(mixed[3:]), messages=[b"".join(parts).decode()])


def utf8() -> Iterator[Case]:
    hello, greek = HELLO.encode(), GREEK.encode()
    yield ok("6.1.1", frame(TEXT), messages=[""])
    yield ok("6.1.2", *fragments(TEXT, [b"", b"", b""]), messages=[""])
    yield ok("6.1.3", *fragments(TEXT, [b"", b"middle frame payload", b""]), messages=["middle frame payload"])
    yield ok("6.2.1", frame(TEXT, hello), messages=[HELLO])
    yield ok("6.2.2", *fragments(TEXT, [hello[:12], hello[12:]]), messages=[HELLO])
    yield ok("6.2.3", *fragments(TEXT, octets(hello)), messages=[HELLO])
    yield ok("6.2.4", *fragments(TEXT, octets(greek)), messages=[GREEK])
    broken = greek + b"\xed\xa0\x80edited"
    yield fails("6.3.1", frame(TEXT, broken), code=BAD_DATA)
    yield fails("6.3.2", *fragments(TEXT, octets(broken)), code=BAD_DATA)
    parts = [greek, b"\xf4\x90\x80\x80", b"edited"]
    yield fails("6.4.1", *fragments(TEXT, parts), code=BAD_DATA)
    yield fails("6.4.2", *fragments(TEXT, [greek + b"\xf4", b"\x90", b"\x80\x80edited"]), code=BAD_DATA)
    whole = frame(TEXT, b"".join(parts))
    yield fails("6.4.3", whole[:13], whole[13:17], whole[17:], code=BAD_DATA)
    yield fails("6.4.4", whole[:14], whole[14:15], whole[15:], code=BAD_DATA)
    for name, data in _sequences():
        try:
            yield ok(name, frame(TEXT, data), messages=[data.decode()])
        except UnicodeDecodeError:
            yield fails(name, frame(TEXT, data), code=BAD_DATA)


def _sequences() -> Iterator[tuple[str, bytes]]:
    """Section, and the sequences of its cases: Markus Kuhn's test of decoders, byte by byte."""
    greek = GREEK.encode()
    planes = [plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF)]
    lonely = [bytes(itertools.chain.from_iterable((start, 0x20) for start in range(first, end)))
              for first, end in ((0xC0, 0xE0), (0xE0, 0xF0), (0xF0, 0xF8), (0xF8, 0xFC), (0xFC, 0xFE))]  # fmt: skip
    short = ["c0", "e080", "f08080", "f8808080", "fc80808080", "df", "efbf", "f7bfbf", "fbbfbfbf", "fdbfbfbfbf"]
    sections: dict[int, list[bytes]] = {
        5: [greek, *(text.encode() for text in ("κ", "κό", "κόσ", "κόσμ"))],
        6: [greek[:size] for size in range(1, len(greek) + 1)],
        7: [b"\x00", b"\xc2\x80", b"\xe0\xa0\x80", b"\xf0\x90\x80\x80"],
        8: [bytes.fromhex("f888808080"), bytes.fromhex("fc8480808080")],
        9: [b"\x7f", b"\xdf\xbf", b"\xef\xbf\xbf", b"\xf4\x8f\xbf\xbf"],
        10: [bytes.fromhex(text) for text in ("f7bfbfbf", "fbbfbfbfbf", "fdbfbfbfbfbf")],
        11: [bytes.fromhex(text) for text in ("ed9fbf", "ee8080", "efbfbd", "f48fbfbf", "f4908080")],
        12: [b"\x80", b"\xbf", *(bytes((0x80, 0xBF) * 4)[:size] for size in range(2, 7)), bytes(range(0x80, 0xC0))],
        13: lonely,
        14: [bytes.fromhex(text) for text in short],
        15: [bytes.fromhex("".join(short))],
        16: [b"\xfe", b"\xff", b"\xfe\xfe\xff\xff"],
        17: [bytes.fromhex(text) for text in ("c0af", "e080af", "f08080af", "f8808080af", "fc80808080af")],
        18: [bytes.fromhex(text) for text in ("c1bf", "e09fbf", "f08fbfbf", "f887bfbfbf", "fc83bfbfbfbf")],
        19: [bytes.fromhex(text) for text in ("c080", "e08080", "f0808080", "f880808080", "fc8080808080")],
        20: [bytes.fromhex(f"ed{text}") for text in ("a080", "adbf", "ae80", "afbf", "b080", "be80", "bfbf")],
        21: [bytes.fromhex(f"ed{one}ed{two}") for one in ("a080", "adbf", "ae80", "afbf") for two in ("b080", "bfbf")],
        22: [chr(point).encode() for point in planes],
        23: [chr(point).encode() for point in range(0xFFF9, 0x10000)],
    }
    for section, sequences in sections.items():
        for number, sequence in enumerate(sequences, 1):
            yield f"6.{section}.{number}", sequence


def closing() -> Iterator[Case]:
    hello, close = frame(TEXT, b"Hello World!"), frame(CLOSE, b"\x03\xe8")
    large = b"*" * (256 * 1024)
    yield ok("7.1.1", hello, close, messages=["Hello World!"], closes=True)
    yield ok("7.1.2", close + close, closes=True)
    yield ok("7.1.3", close + frame(PING), closes=True)
    yield ok("7.1.4", close + hello, closes=True)
    yield ok("7.1.5", frame(TEXT, b"fragment1", fin=False) + close + frame(CONT, b"fragment2"), closes=True)
    yield ok("7.1.6", frame(TEXT, large), close + frame(PING), messages=[large.decode()], closes=True)
    yield ok("7.3.1", frame(CLOSE), closes=True)
    yield fails("7.3.2", frame(CLOSE, b"a"))
    yield ok("7.3.3", close, closes=True)
    yield ok("7.3.4", frame(CLOSE, b"\x03\xe8Hello World!"), closes=True)
    yield ok("7.3.5", frame(CLOSE, b"\x03\xe8" + b"*" * 123), closes=True)
    yield fails("7.3.6", frame(CLOSE, b"\x03\xe8" + b"*" * 124))
    yield fails("7.5.1", frame(CLOSE, b"\x03\xe8" + GREEK.encode() + b"\xed\xa0\x80edited"), code=BAD_DATA)
    good = (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999)
    for number, code in enumerate(good, 1):
        yield ok(f"7.7.{number}", frame(CLOSE, code.to_bytes(2, "big")), closes=True)
    for number, code in enumerate((0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999), 1):
        yield fails(f"7.9.{number}", frame(CLOSE, code.to_bytes(2, "big")))
    for number, code in enumerate((5000, 65535), 1):
        yield fails(f"7.13.{number}", frame(CLOSE, code.to_bytes(2, "big")))


def limits() -> Iterator[Case]:
    """The suite goes up to 16 MiB; here 4 MiB, for the time it takes."""
    for section, opcode in ((1, TEXT), (2, BINARY)):
        for number, size in enumerate((65536, 262144, 1 << 20, 4 << 20), 1):
            content = b"*" * size
            message = content.decode() if opcode is TEXT else content
            yield ok(f"9.{section}.{number}", frame(opcode, content), messages=[message])
    content = b"*" * (1 << 20)
    for section, opcode in ((3, TEXT), (4, BINARY)):
        for number, size in enumerate((256, 1024, 4096, 16384, 65536, 262144, 1 << 20), 1):
            message = content.decode() if opcode is TEXT else content
            yield ok(f"9.{section}.{number}", *fragments(opcode, chopped(content, size)), messages=[message])
    whole = {TEXT: frame(TEXT, content), BINARY: frame(BINARY, content)}
    for section, opcode in ((5, TEXT), (6, BINARY)):
        for number, size in enumerate((256, 512, 1024, 2048, 4096, 8192), 1):
            message = content.decode() if opcode is TEXT else content
            yield ok(f"9.{section}.{number}", *chopped(whole[opcode], size), messages=[message])
    for section, opcode in ((7, TEXT), (8, BINARY)):
        for number, size in enumerate((0, 16, 64, 256, 1024, 4096), 1):
            pieces = tuple(frame(opcode, b"*" * size) for _time in range(1000))
            yield Case(f"9.{section}.{number}", pieces, many=1000)
    yield ok("10.1.1", *fragments(TEXT, chopped(b"*" * 65536, 1300)), messages=["*" * 65536])


def compression() -> Iterator[Case]:
    """The suite sends 1,000 messages for each; here 20."""
    agreed = {
        "12.1": "", "13.1": "server_no_context_takeover", "13.3": "server_max_window_bits=9",
        "13.5": "server_no_context_takeover; server_max_window_bits=9", "13.7": "client_no_context_takeover",
    }  # fmt: skip
    sizes = (16, 64, 256, 1024, 4096, 8192, 16384, 32768, 65536, 131072)
    chance = random.Random(12)
    for section, parameters in agreed.items():
        for number, size in enumerate(sizes, 1):
            texts = ["".join(chance.choices('{}:,"abcdefghij ', k=size)) for _time in range(20 if size < 16384 else 4)]
            yield Case(
                f"{section}.{number}", tuple(_deflated(texts, parameters)), tuple(texts),
                deflate="; ".join(filter(None, ["permessage-deflate", parameters])),
            )  # fmt: skip


def lies_about_compression() -> Iterator[Case]:
    """Not of the suite: compressed messages that cannot be what they say."""
    agreed = "permessage-deflate"
    good = _deflate(zlib.compressobj(wbits=-15), b"Hello, world!")
    no_text = _deflate(zlib.compressobj(wbits=-15), b"\xff\xfe")
    noise = bytes(random.Random(3).randrange(256) for _place in range(64))
    for name, pieces, code in (
        ("no deflate at all", [frame(TEXT, b"\xff\xff\xff", rsv=4)], BAD_DATA),
        ("noise", [frame(BINARY, b"\x07" + noise, rsv=4)], BAD_DATA),
        ("text that unpacks to no UTF-8", [frame(TEXT, no_text, rsv=4)], BAD_DATA),
        ("RSV1 on a continuation", [frame(TEXT, good[:4], fin=False, rsv=4), frame(CONT, good[4:], rsv=4)], 1002),
        ("RSV1 on a ping", [frame(PING, good, rsv=4)], 1002),
    ):
        yield Case(f"deflate: {name}", tuple(pieces), fails=code, deflate=agreed)


def _deflated(texts: Iterable[str], parameters: str) -> Iterator[bytes]:
    bits = 9 if "server_max_window_bits=9" in parameters else 15
    context = zlib.compressobj(wbits=-bits)
    for text in texts:
        if "server_no_context_takeover" in parameters:
            context = zlib.compressobj(wbits=-bits)
        yield frame(TEXT, _deflate(context, text.encode()), rsv=4)


def _deflate(context: zlib._Compress, data: bytes) -> bytes:
    return (context.compress(data) + context.flush(zlib.Z_SYNC_FLUSH)).removesuffix(b"\x00\x00\xff\xff")


def lengths() -> Iterator[Case]:
    """Not of the suite: lengths that lie, and masks. Of those too large, the code is what Node's ``ws`` says."""
    for name, head, code in (
        ("2^63 bytes announced", b"\x82\x7f" + (1 << 63).to_bytes(8, "big"), 1009),
        ("2^63 - 1 bytes announced", b"\x82\x7f" + ((1 << 63) - 1).to_bytes(8, "big"), 1009),
        ("a terabyte announced", b"\x81\x7f" + (1 << 40).to_bytes(8, "big"), 1009),
    ):
        yield Case(f"length: {name}", (head + b"x" * 100,), fails=code)
    masked = Frame(TEXT, b"masked", mask=os.urandom(4)).encode()
    yield fails("masked: a text", masked)
    yield fails("masked: a ping", Frame(PING, b"p", mask=b"\0\0\0\0").encode())


CASES: tuple[Case, ...] = tuple(
    itertools.chain(
        framing(), pings(), reserved_bits(), opcodes(), fragmentation(), utf8(), closing(), limits(), compression(),
        lies_about_compression(), lengths(),
    )
)  # fmt: skip
