"""Our own text and link: what is written comes back; a link is a stranger's, whatever way it came."""

from __future__ import annotations

import math

import pytest

from tests.imports.reading import connection, linked
from wsgui.core.connection_plan import Pause, Plan, Send
from wsgui.core.protocol import Protocol
from wsgui.exports.code.wsgui_link import write as as_link
from wsgui.exports.code.wsgui_profile import write as as_json
from wsgui.imports.imported import NotImportedError
from wsgui.imports.importing import read
from wsgui.imports.source import pasted

PLAN = Plan(
    "https://a.example/admin",
    Protocol.SOCKETIO,
    {"auth": {"token": "t"}, "retries": math.inf, "transports": ["websocket"]},
    {"/b": {"x": 1}, "/c": None},
    (Send("say", [1, {"a": "ü"}]), Pause(1)),
    "Chat",
)


@pytest.mark.parametrize("write", [as_json, as_link])
def test_what_is_written_comes_back(write: object) -> None:
    assert callable(write)
    found = connection(write(PLAN))
    assert (found.title, found.url, found.protocol) == ("Chat", PLAN.url, PLAN.protocol)
    assert found.options == PLAN.options
    assert found.namespaces == PLAN.namespaces
    assert [(message.event, message.text) for message in found.messages] == [("say", '1, {"a":"ü"}')]
    assert not found.left + found.changed


def test_another_format_is_refused() -> None:
    with pytest.raises(NotImportedError, match=r"another format \(2\)\. Update wsgui\."):
        connection('{"wsgui": 2, "url": "https://a.example"}')


def test_a_link_names_no_file() -> None:
    plan = Plan("https://a.example", options={"ca": "/etc/ssl/ca.pem", "key": "id_rsa", "rejectUnauthorized": False})
    found = connection(as_link(plan))
    assert found.options == {"rejectUnauthorized": False}
    assert [sentence.split()[0] for sentence in found.left] == ["ca", "key"]
    assert "A link must not name files of this computer." in found.left[0]
    assert any("certificate is not checked" in sentence for sentence in found.warnings)
    assert linked(as_json(plan)).options == {"rejectUnauthorized": False}
    assert connection(as_json(plan)).options["ca"] == ["/etc/ssl/ca.pem"]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("wsgui://connect#", "not one that wsgui made"),
        ("wsgui://connect#a b", "not one that wsgui made"),
        ("wsgui://run#eyJ9", "not one that wsgui made"),
        ("wsgui:eyJ9", "not one that wsgui made"),
        ("wsgui://connect#" + "A" * 300_000, "not one that wsgui made"),
        ("wsgui://connect#____", "carries is no text"),
        ("wsgui://connect#e30", "another format"),
        ("wsgui://connect#eyJ3", "The link, line 1, column 2: the JSON is broken"),
    ],
)
def test_a_damaged_link(link: str, said: str) -> None:
    with pytest.raises(NotImportedError, match=said):
        read(pasted(link))
