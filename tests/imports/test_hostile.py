"""Hostile input: one clear sentence with the place, or harmless values. Nothing is run, opened or half taken."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest

from tests.imports.reading import connection, connections
from wsgui.imports import source
from wsgui.imports.catalogue import import_formats
from wsgui.imports.imported import NotImportedError
from wsgui.imports.importing import MOST, read, read_files
from wsgui.imports.source import Source, decode, is_archive, pasted, read_source

SCRIPT = "<script>alert(1)</script>\u202e\x1b[31m"
INSOMNIA = "type: collection.insomnia.rest/5.0\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0", r"x is no text: there are zero bytes"),
        (b"io(\0)", r"x, line 1: there is a zero byte in it"),
        ('io("http://a")'.encode("utf-16-le"), r"x, line 1: there is a zero byte in it\. It is binary, or UTF-16"),
        ("A=1\nB=привет".encode("cp1251"), r"x, line 2: this is not UTF-8"),
        (b"", r"x is empty"),
        (b"\xef\xbb\xbf \n", r"x is empty"),
        (b"\xff\xfe\x00", r"x is no text"),
    ],
)
def test_what_is_no_text(content: bytes, said: str) -> None:
    with pytest.raises(NotImportedError, match=said):
        decode(content, "x")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("text", ['io("http://a")', '{"wsgui": 1, "url": "http://a"}', "SOCKET_URL=http://a"])
def test_text_with_a_mark_is_read(tmp_path: Path, encoding: str, text: str) -> None:
    (tmp_path / "x").write_text(text, encoding=encoding)
    assert read(read_source(tmp_path / "x")).connections[0].url == "http://a"


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "LARGEST", 1 << 20)
    (tmp_path / "x").write_bytes(b" " * ((1 << 20) + 1))
    with pytest.raises(NotImportedError, match="x is larger than 1 MB"):
        read_source(tmp_path / "x")
    with pytest.raises(NotImportedError, match="The pasted text is larger than 1 MB"):
        pasted(" " * ((1 << 20) + 1))


def test_a_file_that_is_none(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere", tmp_path / "nul\0l"):
        with pytest.raises(NotImportedError, match="cannot be read"):
            read_source(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 100_000, "line 1: it is nested more than 100 levels deep"),
        ('{"a":\n' * 100_000, "line 101: it is nested more than 100 levels deep"),
        ('{"a": 1,\n  "b": }', r"line 2, column 8: the JSON is broken\. Expecting value\."),
        ('["' + "\\" * 1_000_001, "the JSON is broken"),
        ('{"a": NaN}', "NaN is no JSON"),
        ("io(" + "[" * 200_000, "The snippet ends too early"),
        ("io('" + "\\x" * 100_000, "The snippet ends too early"),
        ("io(1)" + " " * 1_000_000, "too large for a snippet"),
        ("curl -H 'A: b", "line 1: a quote of the command is not closed"),
        ('curl \\\n\\\n"a', "line 3: a quote of the command is not closed"),
        ("curl " + "x" * 1_000_001, "too long for a command"),
        ("curl -s", "there is no URL in the curl command"),
        (INSOMNIA + "a: &x [1]\nb: *x\n", "line 2: references"),
        (INSOMNIA + "a: !!python/object/apply:os.system [id]\n", "line 2: the tag tag:yaml.org,2002:python/object"),
        (INSOMNIA + "a: {" * 5_000, "line 2: it is nested more than 100 levels deep"),
        (INSOMNIA + "a: [1\n", "line 3, column 1: the YAML is broken"),
        (INSOMNIA + "a: b\n" * 2_000_000, "too large for YAML"),
        (INSOMNIA + "? [a]\n: 1\n", "the YAML is broken"),
        ("nothing at all", "text is none of what can be imported: .*Postman"),
        ("\n" * 1_000_000 + "x", "is none of what can be imported"),
    ],
    ids=lambda text: text[:20],
)
def test_broken_input_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(NotImportedError, match=said) as refused:
        connections(text)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize(
    "text",
    [
        '{"wsgui": 1, "url": "http://a", "url": "http://b"}',
        "SOCKET_URL=http://a\nSOCKET_URL=http://b",
        INSOMNIA + "collection:\n- {meta: {id: ws-req_1}, url: 'http://a', url: 'http://b'}",
    ],
)
def test_what_is_given_twice_is_told(text: str) -> None:
    found = connection(text)
    assert found.url == "http://b"
    assert any("is given twice; the last one counts" in sentence for sentence in found.warnings)


@pytest.mark.parametrize(
    "path", ["../secret", "a/../../b", "..\\..\\x", "~/.ssh/id_rsa", "/etc/shadow", "link/x", "C:\\..\\x"]
)
def test_a_file_cannot_point_out_of_its_folder(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path)
    file = folder / "x.wsgui"
    file.write_text(json.dumps({"wsgui": 1, "url": "https://a", "options": {"ca": [path, "in/ca.pem"], "key": path}}))
    (found,) = read_files([file]).connections
    assert found.options == {"ca": [str(folder / "in" / "ca.pem")]}
    assert sum("leads out of its folder" in sentence for sentence in found.left) == 2


def scripts() -> dict[str, str]:
    """Each format with a script in every field that takes a text."""
    request = {"url": f"https://a/{SCRIPT}", "headers": [{"key": "A", "name": "A", "value": SCRIPT}]}
    pm = {"type": "ws-socketio-request", "title": SCRIPT, "payload": {**request, "events": [{"name": SCRIPT}]}}
    ins = {"_type": "websocket_request", "name": SCRIPT, **request, "parameters": [{"name": SCRIPT, "value": SCRIPT}]}
    own = {"wsgui": 1, "name": SCRIPT, "url": request["url"], "protocol": SCRIPT, SCRIPT: 1}
    own |= {"options": {SCRIPT: 1, "path": SCRIPT}, "namespaces": {f"/{SCRIPT}": None}}
    return {
        "env_file": f"SOCKET_URL=https://a/{SCRIPT}",
        "snippet": f"io({json.dumps(request['url'])}, {{ path: {json.dumps(SCRIPT)} }})",
        "curl_command": f"curl 'https://a/{SCRIPT}' -H 'A: {SCRIPT}' --{SCRIPT}",
        "postman": json.dumps({"info": {"_postman_id": "1"}, "item": [pm]}),
        "insomnia": json.dumps({"_type": "export", "resources": [ins]}),
        "hoppscotch": json.dumps({"endpoint": request["url"], "version": SCRIPT, "path": SCRIPT, "name": SCRIPT}),
        "profile": json.dumps(own),
    }


@pytest.mark.parametrize("name", scripts())
def test_scripts_are_only_text(name: str) -> None:
    found = connection(scripts()[name])
    for sentence in (found.title, *found.taken, *found.changed, *found.left, *found.warnings):
        assert sentence.isprintable()
    assert found.url.isprintable()


def test_every_format_gets_a_script() -> None:
    assert import_formats().keys() == scripts().keys() | {"profile_link"}


@pytest.mark.parametrize("name", scripts())
def test_a_text_is_of_one_format(name: str) -> None:
    text = Source("text", scripts()[name])
    assert [each.name for each in import_formats().values() if each.recognises(text)] == [name]


@pytest.mark.parametrize("wrong", [1, "x", [], [1], {}, None, True, [[]], [{"x": []}]])
@pytest.mark.parametrize("name", ["postman", "insomnia", "hoppscotch", "profile"])
def test_values_of_a_wrong_type(name: str, wrong: object) -> None:
    """Each value of the export, at any depth, replaced by one of another type: no other error than ours."""
    whole = json.loads(scripts()[name])
    nodes: list[object] = [whole]
    while nodes:
        match nodes.pop():
            case dict() as node:
                places = list(node.items())
            case list() as node:
                places = list(enumerate(node))
            case _:
                continue
        for key, kept in places:
            node[key] = wrong
            with contextlib.suppress(NotImportedError):
                connections(json.dumps(whole))
            node[key] = kept
            nodes.append(kept)


def test_brackets_without_end_before_a_call_do_no_harm() -> None:
    assert connection("(" * 200_000 + ' io("http://a")').url == "http://a"


def test_no_more_connections_than_can_be_shown() -> None:
    assert len(connections('io("http://a");' * (MOST + 5))) == MOST


def test_archives_are_told_apart(tmp_path: Path) -> None:
    for text, archive in (('\ufeff{ "log": {"entries"', True), ('{"a": {"log": 1}}', False), ('"log"', False)):
        (tmp_path / "x").write_text(text, encoding="utf-8")
        assert is_archive(tmp_path / "x") is archive
    assert is_archive(tmp_path / "nowhere") is False
