"""A server that answers anything at all: each check is bounded in time and in memory, and says what it saw."""

from __future__ import annotations

import asyncio
import json
import tracemalloc
import zlib
from functools import cache

import pytest

from tests.checks.diagnosing import patient, report_on, told
from tests.net.raw_server import Handler, RawWebSocket, answer, raw_server, read_request
from wsgui.core.findings import Verdict
from wsgui.core.option_types import Protocol

BLOCK = b"x" * (1 << 16)


async def pour(writer: asyncio.StreamWriter, data: bytes) -> None:
    """Send the same for as long as somebody takes it."""
    while True:
        writer.write(data)
        await writer.drain()


async def garbage(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(bytes(range(256)) * 20)


async def endless_garbage(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    await pour(writer, BLOCK)


async def endless_headers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(b"HTTP/1.1 200 OK\r\n")
    await pour(writer, b"X-More: " + b"y" * 1000 + b"\r\n")


async def endless_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    await pour(writer, BLOCK)


async def endless_chunks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    await pour(writer, b"10000\r\n" + BLOCK + b"\r\n")


async def endless_informational(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    while True:
        writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.02)


async def a_byte_at_a_time(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n012345678" * 10:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.2)


async def bomb(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    packed = packed_zeros()
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed)
    await writer.drain()


@cache
def packed_zeros() -> bytes:
    """Half a gigabyte, in half a megabyte."""
    stream = zlib.compressobj(wbits=31)
    return b"".join([*(stream.compress(bytes(1 << 20)) for _mebibyte in range(512)), stream.flush()])


async def short(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n0{")


async def two_lengths(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello")


def handshake(**fields: object) -> Handler:
    """A polling handshake with these fields in the place of the right ones."""
    usual: dict[str, object] = {"sid": "abc", "upgrades": ["websocket"], "pingInterval": 25000, "pingTimeout": 20000}
    return body("0" + json.dumps({**usual, **fields}))


def body(text: str) -> Handler:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await read_request(reader)
            writer.write(answer("200 OK", text))

    return handler


async def to_nowhere(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(b"HTTP/1.1 302 Found\r\nLocation: http://[not:an:address/x\r\nContent-Length: 0\r\n\r\n")


async def in_a_circle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(b"HTTP/1.1 302 Found\r\nLocation: /round/and/round\r\nContent-Length: 0\r\n\r\n")


CASES: dict[str, tuple[Handler, str, str]] = {
    "garbage": (garbage, "not-http", "\\x00\\x01"),
    "endless garbage": (endless_garbage, "not-http", "xxxx"),
    "endless headers": (endless_headers, "handshake-malformed", "headers are longer"),
    "endless body": (endless_body, "no-socketio", "answers 200"),
    "endless chunks": (endless_chunks, "no-socketio", "answers 200"),
    "endless 103": (endless_informational, "http-timeout", "had not come to its end"),
    "a byte at a time": (a_byte_at_a_time, "http-timeout", "had not come to its end"),
    "a bomb": (bomb, "handshake-malformed", "unpacks to more than"),
    "a short body": (short, "connection-closed-at-once", "broke off"),
    "two lengths": (two_lengths, "handshake-malformed", "Content-Length"),
    "a redirect to no URL": (to_nowhere, "redirect", "[not:an:address"),
    "pingInterval -1": (handshake(pingInterval=-1), "handshake-malformed", "pingInterval"),
    "pingInterval in words": (handshake(pingInterval="soon"), "handshake-malformed", "pingInterval"),
    "pingInterval 1e999": (
        body('0{"sid":"a","pingInterval":1e999,"pingTimeout":1}'),
        "handshake-malformed",
        "no times",
    ),
    "sid null": (handshake(sid=None), "handshake-malformed", "sid"),
    "sid empty": (handshake(sid=""), "handshake-malformed", "sid"),
    "upgrades a number": (handshake(upgrades=7), "handshake-malformed", "upgrades"),
    "ten megabytes of JSON": (handshake(more="z" * 10_000_000), "handshake-malformed", "not read to its end"),
    "a redirect without an end": (in_a_circle, "redirect", "/round/"),
    "deep JSON": (body("0" + '{"sid":' + "[" * 100_000), "handshake-malformed", "JSON"),
    "an empty body": (body(""), "handshake-malformed", "empty"),
    "half a packet": (body('0{"sid":"abc"'), "handshake-malformed", "JSON"),
}


@pytest.mark.parametrize(("handler", "cause", "saying"), CASES.values(), ids=CASES.keys())
async def test_a_bad_answer_is_bounded_and_told(handler: Handler, cause: str, saying: str) -> None:
    packed_zeros()
    async with raw_server(handler) as url:
        report = await report_on(url, limits=patient(1.0))
    assert report.cause == cause, told(report)
    assert report.verdict is Verdict.FAILED
    root = next(each for each in report.findings if each.cause == cause)
    assert saying in root.summary
    assert all(len(evidence.text) < 20_000 for each in report.findings for evidence in each.evidence)


@pytest.mark.parametrize("protocol", Protocol)
async def test_whatever_comes_behind_a_101_is_bounded(protocol: Protocol) -> None:
    async def flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await read_request(reader)
        if "sec-websocket-key" not in request.headers:
            writer.write(answer("404 Not Found", "nothing"))
            return
        RawWebSocket(reader, writer).accept(request)
        await pour(writer, b"\x81\x7e\xff\xff" + b"a" * 0xFFFF)

    async with raw_server(flood) as url:
        report = await report_on(url.replace("http", "ws", 1) + "/", None, protocol, limits=patient(1.0))
    assert report.findings


@pytest.mark.parametrize(
    "name",
    ["a bomb", "endless garbage", "endless headers", "endless body", "endless chunks", "ten megabytes of JSON"],
)
async def test_no_answer_fills_the_memory(name: str) -> None:
    handler, cause, _saying = CASES[name]
    packed_zeros()
    async with raw_server(handler) as url:
        tracemalloc.start()
        try:
            report = await report_on(url, limits=patient(1.0))
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert most < 1 << 26
    assert report.cause == cause


async def test_a_diagnosis_can_be_cancelled_at_any_time() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    before = asyncio.all_tasks()
    async with raw_server(silent) as url:
        for turns in range(0, 60, 4):
            running = asyncio.create_task(report_on(url))
            for _turn in range(turns):
                await asyncio.sleep(0)
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running
    assert {
        task for task in asyncio.all_tasks() - before if task.get_name().startswith(("probe", "diagnosis"))
    } == set()


@pytest.mark.parametrize(
    "frame", [b"\x89\x01x", b"\x81\x02hi", b"\x82\x7e\xff\xff" + b"a" * 0xFFFF], ids=["ping", "text", "binary"]
)
async def test_a_websocket_that_never_stops_is_bounded(frame: bytes) -> None:
    async def flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await read_request(reader)
        if "sec-websocket-key" not in request.headers:
            writer.write(answer("404 Not Found", "nothing"))
            return
        RawWebSocket(reader, writer).accept(request)
        await pour(writer, frame * 100)

    async with raw_server(flood) as url:
        report = await report_on(url, {"transports": ["websocket"]}, limits=patient(1.0))
    assert report.cause == "plain-websocket-server", told(report)
