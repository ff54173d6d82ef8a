"""Names that are not answered or answered wrongly, addresses that lead nowhere, and a portal that answers for all."""

from __future__ import annotations

from collections.abc import Sequence

from tests.networks.clients import Client, javascript_client, our_client
from tests.networks.machines import FAR_IPV4, FAR_IPV6, NAME, NOBODY_IPV4, Pair
from tests.networks.portal import PAGE

ATTEMPTS = 2
OPTIONS = {
    "timeout": 1000,
    "reconnectionAttempts": ATTEMPTS,
    "reconnectionDelay": 200,
    "reconnectionDelayMax": 200,
    "randomizationFactor": 0,
}


def both_give_up(pair: Pair, url: str) -> Client:
    """Our client, after it and the JavaScript one have told the same story to its end."""
    with our_client(pair.near, url, OPTIONS) as ours, javascript_client(pair.near, url, OPTIONS) as theirs:
        theirs.until("reconnect_failed")
        theirs.until("reconnect_error", ATTEMPTS)
        assert ours.wait() == 1
        assert ours.story() == theirs.story()
    return ours


def errors(client: Client) -> set[object]:
    return {line["error"] for line in client.of("http") if "error" in line}


def summaries(said: dict[str, object], status: str) -> Sequence[str]:
    findings = said["findings"]
    assert isinstance(findings, list)
    return [each["summary"] for each in findings if each["status"] == status]


def test_the_name_server_is_silent(pair: Pair) -> None:
    with pair.serving("naming", addresses=None):
        ours = both_give_up(pair, f"http://{NAME}:3000")
        said = pair.near.check(f"http://{NAME}:3000")
    assert errors(ours) == {"Cancelled before an answer came. The host name was still being looked up."}
    assert said["causes"] == ["name-not-resolved"]
    assert summaries(said, "fail") == [f"{NAME} has no address: The resolver gave no answer within 5 s."]


def test_the_name_server_denies_the_name(pair: Pair) -> None:
    with pair.serving("naming", addresses=[]):
        ours = both_give_up(pair, f"http://{NAME}:3000")
        said = pair.near.check(f"http://{NAME}:3000")
    (error,) = errors(ours)
    assert str(error).startswith("The host name has no address (")
    assert said["causes"] == ["name-not-resolved"]


def test_the_name_server_names_an_address_that_nobody_has(pair: Pair) -> None:
    with pair.serving("naming", addresses=[NOBODY_IPV4]):
        ours = both_give_up(pair, f"http://{NAME}:3000")
        said = pair.near.check(f"http://{NAME}:3000")
    assert errors(ours) == {"Cancelled before an answer came. The TCP connection was still being opened."}
    assert said["causes"] == ["connection-timeout"]
    assert NOBODY_IPV4 in str(said["findings"])  # the lie is there to be seen


def test_a_captive_portal_answers_with_its_page(pair: Pair) -> None:
    with pair.serving("portal") as port, pair.serving("naming", addresses=[FAR_IPV4]):
        ours = both_give_up(pair, f"http://{NAME}:{port}")
        said = pair.near.check(f"http://{NAME}:{port}")
    assert {line["body"] for line in ours.of("http")} == {PAGE}
    assert said["causes"] == ["html-instead-of-handshake"]
    assert "“Welcome to Airport WiFi”" in summaries(said, "fail")[0]


def test_a_captive_portal_cannot_pose_as_a_server_with_tls(pair: Pair) -> None:
    with pair.serving("portal", secure=True) as port, pair.serving("naming", addresses=[FAR_IPV4]):
        ours = both_give_up(pair, f"https://{NAME}:{port}")
        said = pair.near.check(f"https://{NAME}:{port}")
    assert all("certificate is not accepted" in str(error) for error in errors(ours))
    assert len(errors(ours)) == 1
    assert str(said["cause"]).startswith("certificate-")


def test_ipv6_leads_nowhere(pair: Pair) -> None:
    pair.cable.carries_ipv6 = False
    with (
        pair.serving("serving", ping_interval=25, ping_timeout=20) as port,
        pair.serving("naming", addresses=[FAR_IPV6, FAR_IPV4]),
    ):
        url = f"http://{NAME}:{port}"
        with our_client(pair.near, url, {}) as ours, javascript_client(pair.near, url, {}) as theirs:
            for client in (ours, theirs):
                client.until("connect")
                client.until("upgrade")
                assert client.story() == ["connect"]
            assert ours.stop() == 0
        said = pair.near.check(url)
    tried = f"{FAR_IPV6}, port {port}: The time was up before an answer came. Now {FAR_IPV4} is tried."
    assert ours.of("note")[0]["text"] == tried
    assert said["cause"] is None
    assert summaries(said, "warn") == [f"{NAME}:{port} takes connections at {FAR_IPV4}, and not at {FAR_IPV6}."]
