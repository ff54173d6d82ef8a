"""Environments: resolved as a whole or not at all, and their secrets neither shown nor written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from wsgui.core.environments import (
    Environment,
    EnvironmentFileError,
    EnvironmentStore,
    UnresolvedError,
    preview,
    problem_of,
    resolve_connection,
)
from wsgui.core.redact import Redaction

STAGING = Environment(
    "staging",
    {"host": "a.example", "token": "S3CRET-1", "path": "/chat", "bearer": "Bearer {{token}}", "pin": "1"},
    frozenset({"token", "bearer", "pin"}),
)


def test_a_connection_is_resolved_as_a_whole() -> None:
    resolved = resolve_connection(
        "wss://{{host}}/?t={{token}}",
        {"path": "{{path}}", "extraHeaders": {"Authorization": "{{bearer}}"}, "timeout": 5},
        {"/admin": {"token": "{{token}}"}, "/plain": None},
        STAGING,
    )
    assert resolved.url == "wss://a.example/?t=S3CRET-1"
    assert resolved.options == {"path": "/chat", "extraHeaders": {"Authorization": "Bearer S3CRET-1"}, "timeout": 5}
    assert resolved.namespaces == {"/admin": {"token": "S3CRET-1"}, "/plain": None}


@pytest.mark.parametrize(
    ("url", "options", "namespaces", "place", "said"),
    [
        ("{{x}}", {}, {}, "", "The environment staging has no value for {{x}}."),
        ("", {"auth": {"a": ["{{x}}"]}}, {}, "auth", "The environment staging has no value for {{x}}."),
        ("", {}, {"/b": {"a": "{{x}}"}}, "/b", "The environment staging has no value for {{x}}."),
        ("", {"localAddress": "{{host}}"}, {}, "localAddress", "a.example"),
    ],
)
def test_the_field_that_cannot_be_is_named(
    url: str, options: dict[str, object], namespaces: dict[str, dict[str, object]], place: str, said: str
) -> None:
    with pytest.raises(UnresolvedError) as caught:
        resolve_connection(url, options, namespaces, STAGING)  # type: ignore[arg-type] # of a table
    assert caught.value.place == place
    assert said in caught.value.sentence


def test_without_an_environment() -> None:
    assert resolve_connection("a", {"path": "/b"}, {}, None).url == "a"
    with pytest.raises(UnresolvedError, match="no environment is chosen"):
        resolve_connection("{{host}}", {}, {}, None)


def test_what_is_shown_has_dots_for_secrets() -> None:
    assert preview("wss://{{host}}/?t={{token}}", STAGING) == "wss://a.example/?t=•••"
    assert preview({"a": "{{bearer}}"}, STAGING) == '{ a: "•••" }'
    assert preview("{{host}}", None) == "{{host}}"
    assert preview("plain", STAGING) == ""
    assert preview({"a": 1}, STAGING) == ""


def test_the_redaction_knows_them() -> None:
    assert STAGING.secrets == {"Bearer S3CRET-1": "{{bearer}}", "S3CRET-1": "{{token}}"}
    assert "S3CRET" not in Redaction(STAGING.secrets).text("GET /x/S3CRET-1 a.example")


@pytest.fixture
def store(tmp_path: Path) -> EnvironmentStore:
    return EnvironmentStore(tmp_path / "environments")


def test_secrets_are_not_in_the_file(store: EnvironmentStore) -> None:
    assert store.listing() == ([], [])
    written = store.write(STAGING, None)
    text = written.path.read_text()
    assert "S3CRET" not in text
    assert "a.example" in text
    (read,), problems = store.listing()
    assert problems == []
    assert read.environment == replace(
        STAGING, id=written.environment.id, variables={"host": "a.example", "path": "/chat"}
    )
    assert store.find("staging") == read
    again = store.write(read.environment, read)
    assert json.loads(again.path.read_text()) == json.loads(text)
    assert "S3CRET" in store.write(replace(STAGING, name="clear"), None, clear=True).path.read_text()


def test_write_rename_delete(store: EnvironmentStore) -> None:
    one = store.write(STAGING, None)
    renamed = store.write(replace(one.environment, name="../x"), one)
    assert [path.name for path in store.folder.iterdir()] == ["_x.json"]
    with pytest.raises(EnvironmentFileError, match="no environment nothing; there is: "):
        store.find("nothing")
    gone = store.delete(renamed)
    assert gone.is_file()
    assert store.listing() == ([], [])
    with pytest.raises(EnvironmentFileError, match="There are no environments"):
        store.find("nothing")


def test_a_change_by_another_program_is_not_written_over(store: EnvironmentStore) -> None:
    one = store.write(STAGING, None)
    one.path.write_text(json.dumps({**one.members, "name": "theirs"}))
    with pytest.raises(EnvironmentFileError, match=r"staging\.json was changed by another program"):
        store.write(one.environment, one)
    assert "theirs" in one.path.read_text()


@pytest.mark.parametrize("content", [b"", b"\0", b"[" * 100_000, b'{"wsgui": 1}' + b" " * 2_000_000])
def test_hostile_files(store: EnvironmentStore, content: bytes) -> None:
    store.write(STAGING, None)
    (store.folder / "bad.json").write_bytes(content)
    found, problems = store.listing()
    assert len(found) == 1
    assert "bad.json cannot be read" in problems[0]


def test_an_edited_file_is_read_as_far_as_it_can_be(store: EnvironmentStore) -> None:
    store.folder.mkdir()
    members = {"wsgui": 1, "variables": {"port": 3000, "a b": "x", "list": [1]}, "secret": ["port", 1]}
    (store.folder / "by hand.json").write_text(json.dumps(members))
    (one,), _problems = store.listing()
    assert one.environment == Environment("by hand", {"port": "3000", "list": "[1]"}, frozenset({"port"}))


def test_names_and_values() -> None:
    assert problem_of("a.b-c_d$", "x") == ""
    assert "letters" in problem_of("a b", "")
    assert "too long" in problem_of("a", "x" * 2_000_000)
