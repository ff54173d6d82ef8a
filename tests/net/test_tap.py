"""The tap numbers what happens, and keeps of each exchange what was on the wire."""

import asyncio

import pytest

from tests.net.raw_server import always, answer, raw_server, read_request, silent
from wsgui.core.options import check_values
from wsgui.core.records import Direction, Kind, Record
from wsgui.net.http import client_session
from wsgui.net.tap import MAX_REFUSAL_BODY, Tap


def test_records_are_numbered_without_a_gap_and_in_time() -> None:
    records: list[Record] = []
    tap = Tap(records.append)
    tap.connection += 1
    assert [tap.record(Kind.NOTE), tap.record(Kind.EVENT, Direction.IN, '2["a"]')] == [1, 2]
    tap.note("three")
    assert [record.seq for record in records] == [1, 2, 3]
    assert records == sorted(records, key=lambda record: record.t)
    assert {record.connection for record in records} == {1}
    assert (records[2].kind, records[2].fact("text")) == (Kind.NOTE, "three")


async def exchange(url: str, method: str = "GET", body: bytes | None = None) -> Record:
    """The one record of a request."""
    records: list[Record] = []
    async with client_session(check_values({}), Tap(records.append), secure=False) as http:
        await http.request(method, url, data=body, headers={"X-Mine": "1"})
    (record,) = (each for each in records if each.kind is not Kind.NOTE)
    return record


async def test_an_exchange_keeps_both_sides() -> None:
    async with raw_server(always("418 Teapot", "körper", "X-Twice: 1", "x-twice: 2")) as url:
        record = await exchange(url, "POST", "ж".encode())
    assert (record.kind, record.data) == (Kind.HTTP, "körper")
    assert (record.fact("method"), record.fact("status"), record.fact("reason")) == ("POST", 418, "Teapot")
    assert record.fact("request_body") == "ж"
    assert record.fact("headers") == [["Content-Length", "7"], ["X-Twice", "1"], ["x-twice", "2"]]
    sent = record.fact("request_headers")
    assert isinstance(sent, list)
    assert ["X-Mine", "1"] in sent


async def test_a_body_that_is_no_text_is_kept_as_bytes() -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\xff\xfe")

    async with raw_server(handler) as url:
        assert (await exchange(url)).data == b"\xff\xfe"


async def test_what_is_given_up_is_recorded_too() -> None:
    records: list[Record] = []
    async with (
        raw_server(silent) as url,
        client_session(check_values({}), Tap(records.append), secure=False) as http,
    ):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await http.get(url)
    (record,) = (each for each in records if each.kind is not Kind.NOTE)
    assert record.fact("error") == "Cancelled before an answer came."
    assert record.fact("status") is None


async def test_the_body_of_a_refusal_is_kept_up_to_a_limit() -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(answer("403 Forbidden", "x" * (MAX_REFUSAL_BODY + 10)))

    records: list[Record] = []
    async with (
        raw_server(handler) as url,
        client_session(check_values({}), Tap(records.append), secure=False) as http,
    ):
        with pytest.raises(Exception, match="403"):
            await http.ws_connect(url)
    (record,) = (each for each in records if each.kind is not Kind.NOTE)
    assert record.kind is Kind.WS_OPEN
    assert len(record.data or "") == MAX_REFUSAL_BODY
