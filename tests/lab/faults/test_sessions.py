"""Faults that take more than one request to be seen."""

from __future__ import annotations

import re

import pytest

from tests.lab.faults.probe import POLLING, WEBSOCKET, ask, dial, get, masked, new_session, post, upgrade
from wsgui.lab.catalogue import faults

FAULTS = faults()
SWITCHED = rb"HTTP/1\.1 101 .*?\r\n\r\n"
JOINED = rb'40\{"sid":"[\w-]+"\}'


def poll(sid: str, *headers: str) -> bytes:
    return get(f"{POLLING}&sid={sid}", *headers)


# The HTTP front


async def test_the_cache_gives_everybody_the_same_session() -> None:
    async with FAULTS["handshake-cached"].serve(0) as url:
        assert await new_session(url) == await new_session(url)
        cached = await ask(url, get(f"{POLLING}&t=busted"))
        assert cached.all("x-cache") == ["HIT"]


async def test_the_third_request_is_one_too_many() -> None:
    async with FAULTS["rate-limited"].serve(0) as url:
        assert [(await ask(url, get())).status for _turn in range(3)] == [200, 200, 429]


async def test_every_answer_of_an_overloaded_server_is_late() -> None:
    async with FAULTS["server-overloaded"].serve(0) as url, dial(url) as line:
        await line.say(get())
        assert (await line.answer()).status == 200


async def test_a_proxy_that_buffers_holds_back_what_follows_the_101() -> None:
    async with FAULTS["proxy-buffering"].serve(0) as url, dial(url) as line:
        await line.say(upgrade())
        await line.until(SWITCHED)
        assert line.came == b""
        await line.until(rb"\x81.+0\{")


# Engine.IO


async def test_a_session_is_forgotten() -> None:
    async with FAULTS["session-forgotten"].serve(0) as url:
        sid = await new_session(url)
        assert (await ask(url, post(sid))).body == b"ok"
        body = b""
        while b'"code":1' not in body:
            body = (await ask(url, poll(sid))).body
        assert body == b'{"code":1,"message":"Session ID unknown"}'


async def test_a_plain_websocket_client_at_the_root_of_socketio_gets_nothing() -> None:
    async with FAULTS["socketio-not-plain-websocket"].serve(0) as url, dial(url) as line:
        await line.say(upgrade("/"))
        assert await line.rest() == b""


async def test_an_unattached_server_ends_an_upgrade_without_a_byte() -> None:
    async with FAULTS["upgrade-not-handled"].serve(0) as url, dial(url) as line:
        await line.say(upgrade())
        assert await line.rest() == b""
        await new_session(url)


@pytest.mark.parametrize("sid", [False, True])
async def test_a_websocket_without_an_open_packet(sid: bool) -> None:
    async with FAULTS["upgrade-no-open-packet"].serve(0) as url, dial(url) as line:
        await line.say(upgrade(f"{WEBSOCKET}&sid={await new_session(url)}" if sid else WEBSOCKET))
        await line.until(SWITCHED)
        await line.say(masked(1, b"2probe") + masked(9, b""))
        line.writer.write_eof()
        assert await line.rest() == b""


# Several nodes


async def test_the_request_behind_the_handshake_reaches_another_node() -> None:
    async with FAULTS["no-session-affinity"].serve(0) as url:
        for _turn in range(3):
            answer = await ask(url, post(await new_session(url)))
            assert answer.body == b'{"code":1,"message":"Session ID unknown"}'


async def test_python_nodes_have_other_words_for_it() -> None:
    async with FAULTS["no-session-affinity-python"].serve(0) as url:
        sid = await new_session(url)
        answer = await ask(url, post(sid))
        assert (answer.status, answer.body) == (400, f'"Invalid session {sid}"'.encode())


@pytest.mark.parametrize("fault", ["affinity-needs-cookies", "cookie-blocked"])
async def test_a_client_that_sends_the_cookie_is_well(fault: str) -> None:
    async with FAULTS[fault].serve(0) as url:
        first = await ask(url, get())
        cookie = f"Cookie: {first.all('set-cookie')[0].partition(';')[0]}"
        match = re.match(rb'0\{"sid":"([^"]+)"', first.body)
        assert match
        sid = match[1].decode()
        assert (await ask(url, post(sid))).body == b'{"code":1,"message":"Session ID unknown"}'
        for _turn in range(2):
            answer = await ask(url, post(sid, b"40", cookie))
            assert (answer.body, answer.all("set-cookie")) == (b"ok", [])


# Refusals of python-socketio


async def test_python_refuses_the_origin() -> None:
    fault = FAULTS["origin-rejected-python"]
    async with fault.serve(0) as url:
        answer = await ask(url, get(POLLING, f"Origin: {fault.page(url)}"))
        assert (answer.status, answer.body) == (400, b'"http://localhost:5173 is not an accepted origin."')


async def test_python_says_that_the_upgrade_is_invalid() -> None:
    async with FAULTS["upgrade-headers-stripped-python"].serve(0) as url:
        answer = await ask(url, upgrade())
        assert (answer.status, answer.body) == (400, b'"Invalid websocket upgrade"')


# Limits


async def test_a_second_request_at_once_is_one_too_many() -> None:
    async with FAULTS["connection-limit"].serve(0) as url:
        sid = await new_session(url)
        async with dial(url) as waiting:
            await waiting.say(poll(sid))
            while (answer := await ask(url, post(sid))).status == 200:
                pass  # the POST was faster than the poll, and there is more to wait for now
            assert (answer.status, answer.all("server")) == (503, ["nginx"])


async def test_a_second_connection_is_closed_without_a_byte() -> None:
    async with FAULTS["connection-limit-closed"].serve(0) as url, dial(url) as first:
        await first.say(get().replace(b"Connection: close\r\n", b""))
        assert (await first.answer()).status == 200
        async with dial(url) as second:
            await second.say(get())
            assert await second.rest() in (b"", b"<RST>")


@pytest.mark.parametrize(("fault", "page"), [("payload-too-large", b""), ("payload-too-large-proxy", b"nginx")])
async def test_the_body_of_a_post_is_too_large(fault: str, page: bytes) -> None:
    async with FAULTS[fault].serve(0) as url:
        token = FAULTS[fault].options(url)["auth"]
        assert isinstance(token, dict)
        answer = await ask(url, post(await new_session(url), b'40{"token":"%s"}' % str(token["token"]).encode()))
        assert answer.status == 413
        assert page in answer.body
        assert bool(page) == bool(answer.body)


async def test_a_message_is_too_large() -> None:
    async with FAULTS["payload-too-large"].serve(0) as url, dial(url) as line:
        await line.say(upgrade() + b"\x81\xfe\x07\xd0\x00\x00\x00\x00" + b"x" * 2000)
        assert (await line.rest()).endswith(b"\x88\x02\x03\xf1")


# Lifetime


async def test_the_proxy_ends_an_idle_websocket_without_a_close_frame() -> None:
    async with FAULTS["idle-timeout"].serve(0) as url, dial(url) as line:
        await line.say(upgrade())
        assert (await line.rest()).endswith(b"}")


async def test_the_proxy_ends_an_idle_poll_with_504() -> None:
    async with FAULTS["idle-timeout"].serve(0) as url:
        assert (await ask(url, poll(await new_session(url)))).status == 504


@pytest.mark.parametrize("pong", [b"", masked(1, b"3")])
async def test_the_server_closes_after_the_ping_timeout(pong: bytes) -> None:
    async with FAULTS["ping-timeout"].serve(0) as url, dial(url) as line:
        await line.say(upgrade())
        await line.until(SWITCHED + rb'.*"pingInterval":2000,"pingTimeout":1000.*?\}')
        await line.until(rb"\x81\x012")
        await line.say(pong)
        assert await line.rest() == b"\x88\x00"


async def test_a_poll_ends_with_the_packet_close_after_the_ping_timeout() -> None:
    async with FAULTS["ping-timeout"].serve(0) as url:
        sid = await new_session(url)
        assert (await ask(url, poll(sid))).body == b"2"
        assert (await ask(url, poll(sid))).body == b"1"


async def test_the_server_never_pings() -> None:
    async with FAULTS["ping-missing"].serve(0) as url, dial(url) as line:
        await line.say(upgrade())
        await line.until(SWITCHED + rb'.*"pingInterval":2000,"pingTimeout":1000.*?\}')
        line.writer.write_eof()
        assert await line.rest() == b""


async def test_a_slow_upgrade_is_closed() -> None:
    async with FAULTS["upgrade-timeout"].serve(0) as url, dial(url) as line:
        await line.say(upgrade(f"{WEBSOCKET}&sid={await new_session(url)}"))
        await line.until(SWITCHED)
        await line.say(masked(1, b"2probe"))
        assert await line.rest() == b"\x88\x00"


async def test_a_websocket_is_dropped_with_a_reset() -> None:
    async with FAULTS["dropped-reset"].serve(0) as url, dial(url) as line:
        await line.say(upgrade())
        assert (await line.rest()).endswith(b"}<RST>")


# Socket.IO


@pytest.mark.parametrize(
    ("fault", "packet", "answer"),
    [
        ("auth-rejected", b"40", rb'44\{"message":"not authorized","data":\{"content":"Please retry later","code":401'),
        ("namespace-unknown", b"40/orders,", rb'44/orders,\{"message":"Invalid namespace"\}'),
        ("path-used-as-namespace", b"40/socket.io,", rb'44/socket\.io,\{"message":"Invalid namespace"\}'),
        ("namespace-unknown-python", b"40/orders,", rb'44/orders,"Unable to connect"'),
        ("connect-slow", b"40", JOINED),
        ("server-disconnects", b"40", JOINED + rb"\x1e.*41$"),
        ("packet-rejected", b"40", rb"1$"),
    ],
)
async def test_the_answer_to_connect(fault: str, packet: bytes, answer: bytes) -> None:
    async with FAULTS[fault].serve(0) as url:
        sid = await new_session(url)
        async with dial(url) as waiting:
            await waiting.say(poll(sid))
            assert (await ask(url, post(sid, packet))).status == 200
            assert re.match(answer, (await waiting.answer()).body)


async def test_a_packet_that_is_not_understood_ends_a_websocket_with_an_empty_close_frame() -> None:
    async with FAULTS["packet-rejected"].serve(0) as url, dial(url) as line:
        await line.say(upgrade() + masked(1, b"40"))
        assert (await line.rest()).endswith(b"}\x88\x00")


async def test_connect_gets_no_answer() -> None:
    async with FAULTS["connect-unanswered"].serve(0) as url, dial(url) as line:
        await line.say(upgrade() + masked(1, b"40"))
        assert (await line.rest()).endswith(b"}\x88\x00")


async def test_a_token_that_is_right_lets_in() -> None:
    async with FAULTS["auth-rejected"].serve(0) as url, dial(url) as line:
        await line.say(upgrade() + masked(1, b'40{"token":"secret"}'))
        await line.until(SWITCHED + rb".*" + JOINED)
