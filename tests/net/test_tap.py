"""The tap numbers what happens, and keeps of each exchange what was on the wire."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.net.raw_server import always, answer, raw_server, read_request, says, silent
from wsgui.core.address import read_address
from wsgui.core.http1 import HttpError
from wsgui.core.options import check_values
from wsgui.core.records import Direction, Kind, Record
from wsgui.net.dialler import origin_of
from wsgui.net.frame_records import joined_source
from wsgui.net.http import MOST_REFUSAL, Http
from wsgui.net.tap import FRAME, Source, Tap


def test_records_are_numbered_without_a_gap_and_in_time() -> None:
    records: list[Record] = []
    tap = Tap(records.extend)
    tap.connection += 1
    assert [tap.record(Kind.NOTE), tap.record(Kind.EVENT, Direction.IN, '2["a"]')] == [1, 2]
    tap.note("three")
    tap.received_events(['2["b"]', '2["c"]'])
    assert [record.seq for record in records] == [1, 2, 3, 4, 5]
    assert records == sorted(records, key=lambda record: record.t)
    assert {record.connection for record in records} == {1}
    assert (records[2].kind, records[2].fact("text")) == (Kind.NOTE, "three")
    assert (records[4].kind, records[4].direction, records[4].data) == (Kind.EVENT, Direction.IN, '2["c"]')


def test_what_is_received_knows_where_it_was_read() -> None:
    records: list[Record] = []
    tap = Tap(records.extend)
    tap.received(Kind.EVENT, '2["a"]')
    tap.received_events(['2["b"]'])
    exchange = tap.record(Kind.HTTP, Direction.OUT, via=None)
    with tap.reading(Source(exchange)):
        tap.received(Kind.EVENT, '2["c"]', {"n": 1})
        tap.received_events(['2["d"]', '2["e"]'])
    with tap.reading(Source(None, {"frames": [[1, 1, 4, 9]]}, b"raw")):
        tap.received(Kind.EVENT, '2["f"]', {"n": 1})
    tap.note("here")
    assert [record.via for record in records] == [1, 2, 3, 3, 3, 3, 7, 0]
    assert (records[6].facts, records[6].raw) == ({"n": 1, "frames": [[1, 1, 4, 9]]}, b"raw")


def test_the_parts_of_a_packet_are_one_source() -> None:
    odd = Source(None, {"frames": [[2, 1, 4, 3]]}, b"odd")
    assert joined_source([(FRAME, "451-"), (FRAME, b"b")]) == FRAME
    assert joined_source([(Source(3), "451-"), (Source(4), b"b")]) == Source(4)
    assert joined_source([(odd, b"x"), (odd, b"y")]) == Source(
        None, {"frames": [[2, 1, 4, 3], [2, 1, 4, 3]]}, b"oddodd"
    )
    assert joined_source([(FRAME, "451-"), (odd, b"y"), (FRAME, b"z")]) == Source(
        None, {"frames": [[1, 1, 0, 4], [2, 1, 4, 3], [2, 1, 0, 1]]}, b"\x81\x04451-odd\x82\x01z"
    )


@asynccontextmanager
async def client(url: str, records: list[Record]) -> AsyncIterator[Http]:
    http = Http(check_values({}), Tap(records.extend), origin_of(read_address(url)))
    try:
        yield http
    finally:
        await http.close()


def told(records: list[Record]) -> Record:
    """The one exchange."""
    (record,) = (each for each in records if each.kind is not Kind.NOTE)
    return record


async def exchange(url: str, method: str = "GET", body: bytes = b"") -> Record:
    """The record of a request."""
    records: list[Record] = []
    async with client(url, records) as http:
        _answer, tell = await http.request(method, "/", [("X-Mine", "1")], body)
        assert tell() == len(records)
    return told(records)


async def test_an_exchange_keeps_both_sides() -> None:
    async with raw_server(always("418 Teapot", "körper", "X-Twice: 1", "x-twice: 2")) as url:
        record = await exchange(url, "POST", "ж".encode())
    assert (record.kind, record.data) == (Kind.HTTP, "körper")
    assert (record.fact("method"), record.fact("status"), record.fact("reason")) == ("POST", 418, "Teapot")
    assert record.fact("request_body") == "ж"
    assert record.fact("headers") == [["Content-Length", "7"], ["X-Twice", "1"], ["x-twice", "2"]]
    assert record.fact("request_headers") == [
        ["Host", url.partition("//")[2]],
        ["X-Mine", "1"],
        ["Content-Length", "2"],
    ]
    assert (record.fact("version"), record.fact("socket"), record.via, record.raw) == ("1.1", 1, record.seq, None)
    timing = record.fact("timing")
    assert isinstance(timing, dict)
    assert list(timing) == ["dns", "connect", "wait", "receive"]
    assert all(0 <= seconds < 60 for seconds in timing.values())


async def test_a_connection_is_used_again() -> None:
    records: list[Record] = []
    async with raw_server(always("200 OK", "a")) as url, client(url, records) as http:
        for _time in range(2):
            _answer, tell = await http.request("GET", "/", [])
            tell()
    sockets = [record.fact("socket") for record in records if record.kind is Kind.HTTP]
    assert len(sockets) == 2
    assert set(sockets) <= {1, 2}


async def test_an_answer_in_chunks_is_kept_as_it_came() -> None:
    raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"
    async with raw_server(says(raw)) as url:
        record = await exchange(url)
    assert (record.data, record.raw) == ("a", raw)


async def test_what_is_no_http_is_shown() -> None:
    records: list[Record] = []
    async with raw_server(says(b"SSH-2.0-x\r\n")) as url, client(url, records) as http:
        with pytest.raises(HttpError):
            await http.request("GET", "/", [])
    assert told(records).raw == b"SSH-2.0-x\r\n"
    assert "The answer is not HTTP" in str(told(records).fact("error"))


async def test_a_body_that_is_no_text_is_kept_as_bytes() -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\xff\xfe")

    async with raw_server(handler) as url:
        assert (await exchange(url)).data == b"\xff\xfe"


async def test_what_is_given_up_is_recorded_too() -> None:
    records: list[Record] = []
    async with raw_server(silent) as url, client(url, records) as http:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await http.request("GET", "/", [])
    assert told(records).fact("error") == "Cancelled before an answer came."
    assert told(records).fact("status") is None


async def test_what_is_under_way_can_be_seen() -> None:
    records: list[Record] = []
    tap = Tap(records.extend)
    async with raw_server(silent) as url:
        http = Http(check_values({}), tap, origin_of(read_address(url)))
        asking = asyncio.get_running_loop().create_task(http.request("GET", "/path", []))
        while not records:  # noqa: ASYNC110 - the connection is the first
            await asyncio.sleep(0)
        assert [(pending.method, pending.url) for pending in tap.pending.values()] == [("GET", f"{url}/path")]
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        await http.close()
    assert tap.pending == {}


async def test_the_body_of_a_refusal_is_kept_up_to_a_limit() -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(answer("403 Forbidden", "x" * (3 * MOST_REFUSAL)))

    records: list[Record] = []
    async with raw_server(handler) as url, client(url, records) as http:
        refusal, stream = await http.upgrade("/", [])
    assert (refusal.head.status, stream) == (403, None)
    assert told(records).kind is Kind.WS_OPEN
    assert MOST_REFUSAL / 2 < len(told(records).data or "") < 2 * MOST_REFUSAL
