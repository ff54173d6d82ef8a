"""Real sessions compared: what differs between them is found, and what is new in each run by itself is none."""

from __future__ import annotations

from tests.core.comparison.runs import compared, record, row, served, told
from tests.net.session_log import FAST
from wsgui.core.comparison import Verdict
from wsgui.core.records import Kind


async def test_the_same_twice_is_equal() -> None:
    async with served() as url:
        first = await record(None, url)
        second = await record(None, url)
    result = compared(first, second)
    assert result.differing == ()
    assert result.equal
    assert result.summary == f"No difference in {len(result.rows)} steps."


async def test_another_server_of_the_same_kind_is_equal() -> None:
    """Staging and production: another port, and nothing else."""
    async with served() as url, served() as other:
        result = compared(await record(None, url), await record(None, other))
    assert result.equal


async def test_polling_and_websocket() -> None:
    async with served() as url:
        polling = await record(None, url, transports=["polling"])
        websocket = await record(None, url, transports=["websocket"])
    result = compared(polling, websocket)
    assert told(row(result, "Handshake")) == {"Transport": ("polling", "websocket")}
    verdicts = {each.step.name: each.verdict for each in result.rows}
    assert verdicts["Engine.IO session"] is verdicts["Join /"] is verdicts["“ack”"] is Verdict.EQUAL
    assert verdicts["Acknowledgement of “ack”"] is Verdict.EQUAL
    assert verdicts["Upgrades offered"] is verdicts["Sending"] is verdicts["Polling"] is Verdict.LEFT
    assert verdicts["Closed by this client"] is Verdict.RIGHT
    assert not result.equal


async def test_an_upgrade_that_is_refused() -> None:
    async with served() as url, served("upgrade-refused") as faulty:
        healthy = await record(None, url)
        refused = await record(None, faulty, until=Kind.UPGRADE_ERROR)
    result = compared(healthy, refused)
    request = told(row(result, "Upgrade request"))
    assert request["Status"] == ("101 Switching Protocols", "403 Forbidden")
    outcome = told(row(result, "Upgrade"))["Outcome"]
    assert outcome[0] == "done"
    assert "403" in outcome[1]
    assert {each.verdict for each in result.rows if each.step.name == "Probe"} == {Verdict.LEFT}
    assert row(result, "Engine.IO session").verdict is Verdict.EQUAL


async def test_attempts_that_fail_alike_are_one() -> None:
    async with served() as url:
        healthy = await record(None, url, reconnection=False)
    async with served("gateway-error") as faulty:
        failed = await record(None, faulty, until=Kind.RECONNECT_FAILED, reconnectionAttempts=4, **FAST)
    result = compared(healthy, failed)
    headings = [each for each in result.rows if each.is_heading]
    assert told(headings[0]) == {"Outcome": ("connected", "failed"), "Times": ("1 ×", "4 ×")}
    handshake = next(each for each in result.rows if each.step.name == "Handshake")
    assert told(handshake)["Status"] == ("200 OK", "502 Bad Gateway")
    # The fourth gave up, so it is not like the four before it.
    assert [each.right.times for each in headings if each.right is not None] == [4, 1]
    assert row(result, "Gave up").verdict is Verdict.RIGHT


async def test_a_server_that_is_not_there() -> None:
    async with served() as url, served("connection-refused") as dead:
        healthy = await record(None, url)
        refused = await record(None, dead, until=Kind.CONNECT_ERROR, reconnection=False)
    result = compared(healthy, refused)
    assert list(told(row(result, "Handshake"))) == ["Outcome"]
    assert row(result, "Connecting failed").verdict is Verdict.RIGHT


async def test_another_close_code() -> None:
    async with served("invalid-close-code") as url, served("invalid-close-code-999") as other:
        first = await record(None, url, until=Kind.WS_CLOSE, reconnection=False)
        second = await record(None, other, until=Kind.WS_CLOSE, reconnection=False)
    result = compared(first, second)
    assert told(row(result, "Closed by the server"))["Close code"] == ("1006", "999")


async def test_a_header_more() -> None:
    async with served("cors-missing") as url, served("cors-origin-mismatch") as other:
        first = await record(None, url, until=Kind.CONNECT)
        second = await record(None, other, until=Kind.CONNECT)
    result = compared(first, second)
    name = "Answer header access-control-allow-origin"
    assert told(row(result, "Handshake"))[name][0] == "–"


async def test_secrets_are_not_shown() -> None:
    headers = {"Authorization": "Bearer planted-secret-1", "Cookie": "session=planted-secret-2"}
    async with served() as url:
        first = await record(None, url, extraHeaders=headers, query={"token": "planted-secret-3"})
        second = await record(None, url)
    result = compared(first, second)
    assert "Request header authorization" in told(row(result, "Handshake"))
    assert "planted-secret" not in repr(result)
