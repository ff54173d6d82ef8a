"""Every event of the healthy servers, asked by a stock client over polling, WebSocket and the upgrade."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.lab.visitor import Visitor, visit
from wsgui.lab.catalogue import offers
from wsgui.lab.events import EVENTS
from wsgui.lab.server import serve


@pytest.fixture(params=["healthy", "healthy-node"])
async def lab(request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """The URL of a healthy server: python-socketio's, and the one that answers as Node's."""
    async with offers()[request.param].serve(0) as url:
        yield url


async def test_welcome_tells_every_event(visitor: Visitor) -> None:
    (welcome,) = await visitor.receive("welcome")
    assert isinstance(welcome, dict)
    assert list(welcome["events"]) == [event.name for event in EVENTS]


@pytest.mark.parametrize(
    ("args", "acknowledged"),
    [
        ((), None),
        (("one",), "one"),
        ((["a", "list"],), ["a", "list"]),
        ((1, {"two": None}, "Привет"), (1, {"two": None}, "Привет")),
        ((b"\x00\xff", {"nested": b"bytes"}), (b"\x00\xff", {"nested": b"bytes"})),
    ],
)
async def test_echo_comes_back_and_is_acknowledged(
    visitor: Visitor, args: tuple[object, ...], acknowledged: object
) -> None:
    answer = await visitor.call("echo", *args)
    assert await visitor.receive("echo") == args
    assert answer == acknowledged


async def test_ack_tells_what_was_received(visitor: Visitor) -> None:
    assert await visitor.call("ack", 1, b"two") == {"ok": True, "received": [1, b"two"]}


@pytest.mark.parametrize(
    ("args", "answer"),
    [
        ((), 0),
        ((1, 2.5), 3.5),
        ((1, "2"), {"error": "sum adds numbers only."}),
        ((1e308, 1e308), {"error": "The sum is too large."}),
    ],
)
async def test_sum(visitor: Visitor, args: tuple[object, ...], answer: object) -> None:
    assert await visitor.call("sum", *args) == answer


@pytest.mark.parametrize(
    ("sent", "back"), [((b"\x01\x02\x03",), b"\x01\x02\x03"), (("Я",), b"\xd0\xaf"), ((), bytes(range(256)))]
)
async def test_binary_comes_back_with_its_length_and_reversed(
    visitor: Visitor, sent: tuple[object, ...], back: bytes
) -> None:
    answer = (back, {"length": len(back), "reversed": back[::-1]})
    assert await visitor.call("binary", *sent) == answer
    assert await visitor.receive("binary") == answer


async def test_binary_refuses_what_has_no_bytes(visitor: Visitor) -> None:
    assert await visitor.call("binary", 7) == {"error": "binary takes bytes or text."}


async def test_ask_reports_the_acknowledgement_of_the_client(visitor: Visitor) -> None:
    await visitor.call("ask", "really?", 1)
    assert await visitor.receive("question") == ("really?", 1)
    assert await visitor.receive("answered") == ("heard", "really?", 1)


async def test_broadcast_reaches_everybody_and_names_the_sender(lab: str, visitor: Visitor) -> None:
    async with visit(lab, "websocket") as other:
        await other.emit("broadcast", "hello", 1)
        expected = (other.client.get_sid(), "hello", 1)
        assert await visitor.receive("broadcast") == expected
        assert await other.receive("broadcast") == expected


async def test_fail_disconnects_the_client(visitor: Visitor) -> None:
    await visitor.emit("fail")
    assert await visitor.receive("disconnect") == ("server disconnect",)


async def test_fail_is_not_acknowledged(lab: str) -> None:
    acknowledged: list[object] = []
    async with visit(lab, "websocket", namespaces=["/", "/admin"], auth={"token": "secret"}) as visitor:
        await visitor.client.emit("fail", namespace="/", callback=lambda *args: acknowledged.append(args))
        # The other namespace keeps the connection open, and its answer comes after what is not to come.
        await visitor.call("ack", namespace="/admin")
    assert acknowledged == []


async def test_tick_counts() -> None:
    async with serve() as url, visit(url, "websocket") as visitor:
        (first,) = await visitor.receive("tick")
        (second,) = await visitor.receive("tick")
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    assert second["seq"] == first["seq"] + 1
    assert second["time"] > first["time"]


async def test_a_burst_is_answered_in_order(visitor: Visitor) -> None:
    # Over polling, 20 packets in one POST, and 20 in the answer to a poll.
    for n in range(10):
        await visitor.emit("echo", n, b"attached")
    assert [(await visitor.receive("echo"))[0] for _ in range(10)] == list(range(10))
