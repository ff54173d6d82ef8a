"""Far, lossy and narrow networks: everything works, later, and nothing but the network is blamed for it."""

from __future__ import annotations

import random
import string

from tests.networks.cable import SEED
from tests.networks.clients import Client, Line, javascript_client, our_client
from tests.networks.machines import FAR_IPV4, Pair


def check_is_content(pair: Pair, url: str) -> dict[str, Line]:
    """The diagnosis has nothing to complain of; its findings by the id of the check."""
    said = pair.near.check(url)
    findings: list[Line] = said["findings"]  # type: ignore[assignment] # it is JSON
    complaints = [each["summary"] for each in findings if each["status"] not in ("pass", "skip")]
    assert (said["causes"], complaints) == ([], [])
    assert said["verdict"] == "ok"
    return {str(each["id"]): each for each in findings}


def ticks(client: Client) -> list[object]:
    """The numbers in the order in which they came."""
    return [line["args"][0] if "args" in line else int(str(line["data"])[9:-1]) for line in client.of("event")]  # type: ignore[index] # it is JSON


def test_half_a_second_away(pair: Pair) -> None:
    pair.cable.delay = 0.25
    with pair.serving("serving", ping_interval=25, ping_timeout=20) as port:
        url = f"http://{FAR_IPV4}:{port}"
        with our_client(pair.near, url, {}) as ours, javascript_client(pair.near, url, {}) as theirs:
            for client in (ours, theirs):
                client.until("connect")
                client.until("upgrade")
            assert ours.story() == theirs.story() == ["connect"]
            assert ours.stop() == 0
        findings = check_is_content(pair, url)
    first = ours.of("http")[0]["timing"]
    assert isinstance(first, dict)
    assert first["connect"] > 0.5
    assert first["wait"] > 0.5
    assert "after 1" in str(findings["namespace-joined"]["summary"])  # 1,000 ms, as two round trips take


def test_one_packet_in_ten_is_lost(pair: Pair) -> None:
    pair.cable.loses_one_in_ten = True
    with pair.serving("serving", ping_interval=25, ping_timeout=20, ticks=True) as port:
        url = f"http://{FAR_IPV4}:{port}"
        with our_client(pair.near, url, {}) as ours, javascript_client(pair.near, url, {}) as theirs:
            for client in (ours, theirs):
                client.until("upgrade")
                client.until("event", 30)
                assert client.story() == ["connect"]
                assert ticks(client)[:30] == list(range(1, 31))
            assert ours.stop() == 0
        for options in ("{}", '{"transports": ["polling"]}'):
            said = pair.near.check(url, "--options", options)
            assert (said["verdict"], said["causes"]) == ("degraded", ["packets-lost"])
    assert pair.cable.lost > 10


def test_sixteen_kilobits_in_a_second(pair: Pair) -> None:
    pair.cable.rate = 2000
    text = "".join(random.Random(SEED).choices(string.ascii_letters, k=4000))  # which compression hardly shortens
    with pair.serving("serving", ping_interval=25, ping_timeout=20) as port:
        url = f"http://{FAR_IPV4}:{port}"
        with our_client(pair.near, url, {}, "--emit", "echo", f'["{text}"]') as ours:
            ours.until("upgrade")
            ours.until("ack")
            assert ours.story() == ["connect"]
            assert ours.of("ack")[0]["args"] == [text]
            assert ours.stop() == 0
        check_is_content(pair, url)
    (sent,) = [line for line in ours.of("event") if line["direction"] == "out"]
    (answered,) = ours.of("ack")
    assert float(str(answered["t"])) - float(str(sent["t"])) > 2  # 3 kB there, and 3 kB back
