"""A cable that is pulled, for a moment, for long or for ever, and a machine that gets another address.

The real heartbeat of Socket.IO gives a silent connection up after ``pingInterval + pingTimeout``, 45 s. Here both are
one second, so "for 40 s" and "for ever" are measured in them: long enough for both sides to give up. The truth is the
same, because the client takes the figures from the handshake and has no others.
"""

from __future__ import annotations

import itertools
import time

from tests.networks.clients import Client, javascript_client, our_client, outline
from tests.networks.machines import FAR_IPV4, NEAR_IPV4, OTHER_NEAR_IPV4, Pair
from tests.networks.test_pace import ticks

QUICK = {"timeout": 1000, "reconnectionDelay": 200, "reconnectionDelayMax": 200, "randomizationFactor": 0}
"""Every attempt after the same 0.2 s, and given up after one: the clients of two languages then do the same."""
ATTEMPTS = 3
HEARTBEAT = {"ping_interval": 1, "ping_timeout": 1}
LOST = ["connect", "disconnect ping timeout"]
TRIED = [*LOST, "reconnect_attempt", "connect_error timeout", "reconnect_error timeout"]


def connected(*clients: Client) -> None:
    for client in clients:
        client.until("upgrade")
        client.until("connect")


def texts(client: Client) -> list[str]:
    return [str(line["text"]) for line in client.lines]


def test_pulled_for_a_second_nothing_is_lost(pair: Pair) -> None:
    with pair.serving("serving", ping_interval=25, ping_timeout=20, ticks=True) as port:
        url = f"http://{FAR_IPV4}:{port}"
        with our_client(pair.near, url, {}) as ours, javascript_client(pair.near, url, {}) as theirs:
            connected(ours, theirs)
            pair.cable.pull()
            time.sleep(1)  # not waited for: it is what is done to them
            pair.cable.plug()
            for client in (ours, theirs):
                client.until("event", len(client.of("event")) + 20)
                assert client.story() == ["connect"]
                assert ticks(client) == list(range(1, len(ticks(client)) + 1))
            assert ours.stop() == 0
        times = [float(str(line["t"])) for line in ours.of("event")]
        assert max(later - earlier for earlier, later in itertools.pairwise(times)) > 0.9  # the log shows the gap


def test_pulled_for_long_it_comes_back(pair: Pair) -> None:
    with pair.serving("serving", **HEARTBEAT) as port:
        url = f"http://{FAR_IPV4}:{port}"
        with our_client(pair.near, url, QUICK) as ours, javascript_client(pair.near, url, QUICK) as theirs:
            connected(ours, theirs)
            pair.cable.pull()
            for client in (ours, theirs):
                client.until("reconnect_attempt", 2)
            said = pair.near.check(url)
            pair.cable.plug()
            for client in (ours, theirs):
                client.until("reconnect")
                client.until("connect", 2)
                assert outline(client.story()) == [*TRIED, "reconnect"]
            ours.stop()
    assert "Disconnected: ping timeout · no ping came within pingInterval + pingTimeout" in texts(ours)
    assert (said["verdict"], said["cause"]) == ("failed", "connection-timeout")


def test_pulled_for_ever_it_gives_up(pair: Pair) -> None:
    options = QUICK | {"reconnectionAttempts": ATTEMPTS}
    with pair.serving("serving", **HEARTBEAT) as port:
        url = f"http://{FAR_IPV4}:{port}"
        with our_client(pair.near, url, options) as ours, javascript_client(pair.near, url, options) as theirs:
            connected(ours, theirs)
            pair.cable.pull()
            theirs.until("reconnect_failed")
            theirs.until("reconnect_error", ATTEMPTS)
            assert ours.wait() == 1
    assert ours.story() == theirs.story()
    assert ours.story()[:2] == LOST
    still = "Cancelled before an answer came. The TCP connection was still being opened."
    assert [line["error"] for line in ours.of("http") if "error" in line] == [still] * ATTEMPTS
    waiting = [line["delay"] for line in ours.of("state") if line["state"] == "waiting"]
    assert waiting[0] == 0  # the goodbye that nobody answered took longer than the delay, which it is a part of
    assert f"Gave up after {ATTEMPTS} attempts (option “reconnectionAttempts”)" in texts(ours)


def test_the_machine_gets_another_address(pair: Pair) -> None:
    with pair.serving("serving", **HEARTBEAT) as port:
        url = f"http://{FAR_IPV4}:{port}"
        with our_client(pair.near, url, QUICK) as ours, javascript_client(pair.near, url, QUICK) as theirs:
            connected(ours, theirs)
            pair.near.configure("addr", "del", f"{NEAR_IPV4}/24", "dev", "cable0")
            pair.near.configure("addr", "add", f"{OTHER_NEAR_IPV4}/24", "dev", "cable0")
            for client in (ours, theirs):
                client.until("reconnect")
                client.until("connect", 2)
            assert ours.story() == theirs.story() == [*LOST, "reconnect_attempt 1", "reconnect 1", "connect"]
            assert ours.stop() == 0
        said = pair.near.check(url)
    local = [str(line["local"]).rpartition(":")[0] for line in ours.of("note") if "local" in line]
    assert list(dict.fromkeys(local)) == [NEAR_IPV4, OTHER_NEAR_IPV4]
    assert (said["verdict"], said["causes"]) == ("ok", [])
