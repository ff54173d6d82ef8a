"""The lab's server refuses as the real one does: the same status, type and body, on polling and on upgrades."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.interop.node_server import NodeServer
from tests.lab.faults.probe import POLLING, WEBSOCKET, Answer, dial, get, new_session, options, post, upgrade
from wsgui.lab.raw.engine import Settings
from wsgui.lab.raw.serving import node as lab_node
from wsgui.lab.raw.serving import serve_engine

PAGE = "Origin: http://page.example"
COMPARED = ("content-type", "access-control-allow-origin", "access-control-allow-credentials")
V3 = "/socket.io/?EIO=3&transport="

REQUESTS = {
    "no transport": get("/socket.io/?EIO=4"),
    "unknown transport": get("/socket.io/?EIO=4&transport=pigeon"),
    "no transport, upgrade": upgrade("/socket.io/?EIO=4"),
    "unknown sid": get(f"{POLLING}&sid=gone"),
    "unknown sid, upgrade": upgrade(f"{WEBSOCKET}&sid=gone"),
    "POST without sid": get(POLLING, method="POST", body=b"40"),
    "OPTIONS": options(POLLING, PAGE),
    "WebSocket without upgrade": get(WEBSOCKET),
    "old protocol": get(f"{V3}polling"),
    "old protocol, upgrade": upgrade(f"{V3}websocket"),
    "other path, upgrade": upgrade("/nothing/here"),
    "large headers": get(POLLING, f"X-Token: {'x' * 17_000}"),
    "not HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
}


async def heard(url: str, request: bytes) -> tuple[object, ...]:
    """What a client could tell apart: of HTTP the facts, of a WebSocket all that follows."""
    async with dial(url) as line:
        await line.say(request)
        came = await line.rest()
    if not came.startswith(b"HTTP"):
        return (came,)
    answers = re.split(rb"(?=HTTP/1\.1 )", came)[1:]
    return tuple(facts(answer) for answer in answers)


def facts(answer: bytes) -> tuple[object, ...]:
    head, _blank, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = [(name.lower(), value.strip()) for name, _colon, value in (line.partition(":") for line in lines)]
    compared = Answer(int(first.split(" ")[1]), headers, body)
    return (compared.status, body, [[value.lower() for value in compared.all(name)] for name in COMPARED])


@pytest.mark.parametrize("cors", [False, True])
@pytest.mark.parametrize("name", REQUESTS)
async def test_the_refusal_is_the_same(node_server: Callable[..., NodeServer], name: str, cors: bool) -> None:
    real = node_server(**({"cors": {"origin": True, "credentials": True}} if cors else {}))
    async with serve_engine(lab_node(Settings(cors=cors))) as url:
        assert await heard(url, REQUESTS[name]) == await heard(real.url, REQUESTS[name])


@pytest.mark.parametrize(
    "packet", [b"40", b'42["echo",1]', b"4junk", b"2", b"40/nope,"], ids=["CONNECT", "early", "junk", "ping", "nope"]
)
async def test_a_post_is_answered_in_the_same_way(node_server: Callable[..., NodeServer], packet: bytes) -> None:
    real = node_server()
    async with serve_engine(lab_node(Settings(cors=False))) as url:
        answers = []
        for one in (url, real.url):
            sid = await new_session(one)
            answers.append(await heard(one, post(sid, packet)))
        assert answers[0] == answers[1]
