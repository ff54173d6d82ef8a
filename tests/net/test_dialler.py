"""The ways to a server: address after address, each step timed."""

from __future__ import annotations

import socket

import pytest

from tests.net.raw_server import raw_server, silent
from wsgui.core.options import check_values
from wsgui.core.records import Kind, Record
from wsgui.net import dialler
from wsgui.net.dialler import Dialler, Origin
from wsgui.net.resolver import Place
from wsgui.net.tap import Tap


@pytest.fixture
def two_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where ``localhost`` is ``::1`` first, and the server listens on 127.0.0.1 alone."""

    async def resolve(host: str, port: int, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[Place]:
        return [Place(socket.AF_INET6, ("::1", port, 0, 0)), Place(socket.AF_INET, ("127.0.0.1", port))]

    monkeypatch.setattr(dialler, "resolve", resolve)


@pytest.mark.usefixtures("two_addresses")
async def test_an_address_that_refuses_is_told_and_the_next_one_tried() -> None:
    records: list[Record] = []
    async with raw_server(silent) as url:
        port = int(url.rpartition(":")[2])
        timing: dict[str, float] = {}
        dialled = await Dialler(check_values({}), Tap(records.extend), secure=False).dial(
            Origin("localhost", port, secure=False), timing, tunnel=False
        )
        dialled.stream.close()
        await dialled.stream.wait_closed()
    refused, connected = records
    assert str(refused.fact("text")).startswith(f"::1, port {port}: ")
    assert str(refused.fact("text")).endswith("Now 127.0.0.1 is tried.")
    assert connected.fact("peer") == f"127.0.0.1:{port}"
    assert connected.fact("socket") == dialled.number == 1
    assert list(timing) == ["dns", "connect"]


@pytest.mark.usefixtures("two_addresses")
async def test_where_all_refuse_the_last_one_says_why() -> None:
    records: list[Record] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    with pytest.raises(ConnectionRefusedError):
        await Dialler(check_values({}), Tap(records.extend), secure=False).dial(
            Origin("localhost", port, secure=False), {}, tunnel=False
        )
    assert [record.kind for record in records] == [Kind.NOTE]


async def test_small_packets_do_not_wait_for_each_other() -> None:
    async with raw_server(silent) as url:
        origin = Origin("127.0.0.1", int(url.rpartition(":")[2]), secure=False)
        dialled = await Dialler(check_values({}), Tap(lambda records: None), secure=False).dial(
            origin, {}, tunnel=False
        )
        assert dialled.stream.transport is not None
        plug = dialled.stream.transport.get_extra_info("socket")
        assert plug.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        dialled.stream.close()
        await dialled.stream.wait_closed()


def test_an_origin_names_its_port_where_it_is_not_the_usual_one() -> None:
    assert Origin("h", 80, secure=False).netloc == "h"
    assert Origin("h", 80, secure=True).netloc == "h:80"
    assert Origin("::1", 443, secure=True).netloc == "[::1]"
