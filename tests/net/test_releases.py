"""The one request for the newest release: what goes out, and what is made of each answer."""

from __future__ import annotations

import asyncio
import json

import pytest

from tests.net.proxy_server import HttpProxy
from tests.net.raw_server import Handler, Request, answer, hangs_up, raw_server, read_request
from wsgui.net import releases
from wsgui.net.releases import NoReleaseError, newest_release

GOOD = json.dumps({"tag_name": "v1.2.3", "html_url": "https://elsewhere.invalid", "body": "x" * 5000})


def keeps(asked: list[Request], said: bytes) -> Handler:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            asked.append(await read_request(reader))
            writer.write(said)

    return handler


async def test_one_request_that_says_nothing_of_anybody() -> None:
    asked: list[Request] = []
    async with raw_server(keeps(asked, answer("200 OK", GOOD, "Set-Cookie: id=1; Max-Age=9999"))) as url:
        assert await newest_release(f"{url}/releases/latest", {}) == "1.2.3"
        assert await newest_release(f"{url}/releases/latest", {}) == "1.2.3"
    assert len(asked) == 2
    for request in asked:
        assert (request.method, request.target, request.body) == ("GET", "/releases/latest", "")
        assert dict(request.headers) == {
            "host": url.partition("://")[2],
            "user-agent": "wsgui",
            "accept": "application/json",
            "accept-encoding": "identity",
            "connection": "close",
        }


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (answer("404 Not Found", "{}"), "answers 404"),
        (answer("302 Found", "", "Location: http://127.0.0.1:1/"), "answers 302"),
        (answer("200 OK", "<html>"), "names no version"),
        (answer("200 OK", '{"tag_name": "\\u001b[31m"}'), "names no version"),
        (answer("200 OK", "x" * 300_000), "none that a list of releases gives"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", "none that a list of releases"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 300_000, "none that a list of releases"),
        (b"SSH-2.0-OpenSSH\r\n", "not HTTP"),
    ],
)
async def test_any_other_answer_is_a_sentence(said: bytes, why: str) -> None:
    async with raw_server(keeps([], said)) as url:
        with pytest.raises(NoReleaseError, match=why):
            await newest_release(url, {})


async def test_a_server_that_hangs_up_or_is_not_there() -> None:
    async with raw_server(hangs_up) as url:
        with pytest.raises(NoReleaseError, match="closed the connection"):
            await newest_release(url, {})
    with pytest.raises(NoReleaseError, match="refused"):
        await newest_release(url, {})
    with pytest.raises(NoReleaseError, match=r"not known|not found|does not exist|cannot be found"):
        await newest_release("http://nowhere.invalid/", {})


async def test_a_server_that_never_answers_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releases, "SECONDS", 0.05)

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with raw_server(silent) as url:
        with pytest.raises(NoReleaseError):
            await newest_release(url, {})


async def test_it_goes_through_the_proxy() -> None:
    proxy = HttpProxy()
    async with raw_server(keeps([], answer("200 OK", GOOD))) as url, raw_server(proxy) as proxy_url:
        assert await newest_release(url, {"proxy": proxy_url}) == "1.2.3"
    assert [request.method for request in proxy.requests] == ["CONNECT"]
