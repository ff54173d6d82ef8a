"""The one format: what is written comes back, and what is not as it should be is told."""

from __future__ import annotations

import json
import math

import pytest

from wsgui.core.profiles.profile import Message, Profile
from wsgui.core.profiles.text import as_text, members_of, read, usable
from wsgui.core.protocol import Protocol

WHOLE = Profile(
    name="Chat",
    url="wss://{{host}}/?a=1",
    protocol=Protocol.WEBSOCKET,
    options={"auth": {"token": "{{token}}"}, "retries": math.inf},
    namespaces={"/admin": {"key": 1}, "/plain": None},
    messages=(Message("say", '{"to": "{{room}}"}', "Hello", ack=True), Message("", "hi")),
    notes="Ask Ann.\nTwice.",
    id="abc",
    secret=("extraHeaders.X-Tenant",),
    more={"sequences": [{"steps": []}]},
)


def test_what_is_written_comes_back() -> None:
    members = json.loads(as_text(WHOLE))
    assert members["wsgui"] == 1
    assert members["variables"] == ["host", "token", "room"]
    assert read(members) == (WHOLE, ())


def test_an_empty_one_is_short() -> None:
    assert members_of(Profile()) == {"url": "", "protocol": "socketio", "options": {}}
    assert read({}) == (Profile(), ())


@pytest.mark.parametrize(
    ("members", "name"),
    [
        ({"protocol": "smtp"}, "protocol"),
        ({"options": [1]}, "options"),
        ({"namespaces": "x"}, "namespaces"),
        ({"namespaces": {"admin": None}}, "admin"),
        ({"namespaces": {"/a,b": None}}, "/a,b"),
        ({"namespaces": {"/a\u202eb": None}}, "/a\u202eb"),
    ],
)
def test_what_cannot_be_is_left_out_and_told(members: dict[str, object], name: str) -> None:
    profile, left = read(members)
    assert [each.name for each in left] == [name]
    assert left[0].reason.endswith(".")
    assert profile == Profile()


def test_members_of_any_type_do_no_harm() -> None:
    for value in (None, 1, True, "x", [], [1], {}, {"a": 1}):
        names = ("id", "name", "url", "notes", "messages", "secret", "variables", "protocol", "options", "namespaces")
        read(dict.fromkeys(names, value))
    assert read({"messages": [1, {"event": 2, "text": None, "ack": "yes"}]}).profile.messages == (Message("2", ""),)


def test_a_bottomless_one_is_refused() -> None:
    value: object = {}
    for _level in range(2000):
        value = {"a": value}
    with pytest.raises(ValueError, match="more than 100 levels deep"):
        read({"options": {"auth": value}})


def test_each_option_is_checked_for_itself() -> None:
    values, left = usable({"path": "/x", "timeout": "soon", "nonsense": 1, "retries": math.inf, "proxy": "{{proxy}}"})
    assert values == {"path": "/x", "retries": math.inf, "proxy": "{{proxy}}"}
    assert {each.name for each in left} == {"timeout", "nonsense"}
