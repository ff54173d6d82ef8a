"""The program's own JSON files: whole or not at all, private, never lost."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from wsgui.core.json_file import JsonFileError, NewerFormatError, read_file, write_file


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.json"
    write_file(path, 3, {"name": "Ж", "list": [1, None]})
    assert read_file(path, 3) == {"wsgui": 3, "name": "Ж", "list": [1, None]}
    assert read_file(path, 4)["wsgui"] == 3
    assert path.read_text("utf-8").splitlines()[1] == '  "wsgui": 3,'


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_the_owner_alone_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.json"
    write_file(path, 1, {})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"wsgui": \xff}', "not UTF-8, from byte 11 on"),
        (b"", "Expecting value"),
        (b"{", "Expecting property name"),
        (b"\xff\xfe{", "not UTF-8, from byte 1 on"),
        (b"[]", "no JSON object"),
        (b"{}", "no number of a format"),
        (b'{"wsgui": true}', "no number of a format"),
        (b'{"wsgui": 0}', "no number of a format"),
        (b'{"wsgui": 1, "a":' + b"[" * 100_000, "cannot be read"),
        (b"\0" * 4096, "cannot be read"),
    ],
)
def test_a_damaged_file_is_set_aside_whole(tmp_path: Path, content: bytes, said: str) -> None:
    for aside in ("a.json.damaged", "a.json.damaged-2"):
        path = tmp_path / "a.json"
        path.write_bytes(content)
        with pytest.raises(JsonFileError) as caught:
            read_file(path, 1)
        assert said in caught.value.sentence
        assert aside in caught.value.sentence
        assert not path.exists()
        assert (tmp_path / aside).read_bytes() == content


def test_a_newer_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"wsgui": 9}')
    with pytest.raises(NewerFormatError, match="format 9, known here: 2"):
        read_file(path, 2)
    assert path.read_text() == '{"wsgui": 9}'


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_file(path, 1, {"kept": True})
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(OSError, match="folder"):
        write_file(tmp_path / "folder.json", 1, {})
    assert json.loads(path.read_text())["kept"] is True
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.json", "folder.json"]
