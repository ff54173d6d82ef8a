"""The content of an open packet: read, or refused with a sentence."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.net.handshake import Handshake, HandshakeError, read_handshake

GOOD = {"sid": "x", "upgrades": ["websocket"], "pingInterval": 25000, "pingTimeout": 20000, "maxPayload": 1000000}


def test_the_example_of_the_protocol() -> None:
    assert read_handshake(json.dumps(GOOD)) == Handshake("x", 25000, 20000, 1000000, ("websocket",))


def test_what_may_be_missing() -> None:
    assert read_handshake('{"sid":"x","pingInterval":1,"pingTimeout":2}') == Handshake("x", 1, 2, 0, ())


@given(
    st.text()
    | st.fixed_dictionaries(
        {},
        optional={
            name: st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())
            for name in GOOD
        },
    ).map(json.dumps)
)
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    try:
        handshake = read_handshake(text)
    except HandshakeError:
        return
    assert handshake.ping_interval >= 0
    assert handshake.ping_timeout >= 0


@pytest.mark.parametrize("sid", [5, None, ["x"]])
def test_a_session_needs_an_id_in_text(sid: object) -> None:
    with pytest.raises(HandshakeError, match="sid"):
        read_handshake(json.dumps(GOOD | {"sid": sid}))
