"""The library of saved messages: what changes it, and its file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from wsgui.core import saved_messages
from wsgui.core.json_file import JsonFileError, NewerFormatError
from wsgui.core.message_file import change_library, import_library, library_path, read_library, write_library
from wsgui.core.message_form import MessageForm
from wsgui.core.saved_messages import Library, SavedMessage, clean_folder

EVENT = SavedMessage(
    "Join", "rooms/first", "when it opens", "Ctrl+Alt+1", "join", '{"room": 7}', "/admin", False, True, 500, key="a"
)
PLAIN = SavedMessage("Bytes", text="01 02", form=MessageForm.HEX, key="b")
TWO = Library((EVENT, PLAIN), ("rooms/first", "empty"))


def keys(library: Library) -> list[str]:
    return [each.key for each in library.messages]


def test_the_file_holds_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "messages" / "messages.json"
    assert read_library(path) == Library()
    write_library(path, TWO)
    assert read_library(path) == TWO
    assert '"ack": false' in path.read_text(encoding="utf-8")
    assert "volatile" not in path.read_text(encoding="utf-8").split('"b"')[1]
    assert library_path().name == "messages.json"


def test_a_change_begins_with_what_another_window_wrote(tmp_path: Path) -> None:
    path = tmp_path / "messages.json"
    write_library(path, TWO)
    changed = change_library(path, lambda library: saved_messages.put(library, SavedMessage("new", key="c")))
    assert keys(changed) == ["a", "b", "c"]
    assert keys(change_library(path, lambda library: library)) == ["a", "b", "c"]


def test_a_damaged_file_is_set_aside_and_somebodys_file_is_not(tmp_path: Path) -> None:
    path = tmp_path / "messages.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(JsonFileError, match="cannot be read"):
        import_library(path)
    assert path.exists()
    with pytest.raises(JsonFileError, match="set aside"):
        read_library(path)
    assert not path.exists()
    path.write_text('{"wsgui": 99}', encoding="utf-8")
    with pytest.raises(NewerFormatError):
        change_library(path, lambda library: library)
    assert path.read_text(encoding="utf-8") == '{"wsgui": 99}'


def test_what_is_no_message_is_counted_and_wrong_types_are_as_usual(tmp_path: Path) -> None:
    path = tmp_path / "theirs.json"
    entries = '[7, {}, {"event": "x", "text": 5, "timeout": true, "namespace": "chat", "ack": "no", "form": []}]'
    path.write_text(f'{{"wsgui": 1, "messages": {entries}, "folders": [" a / b ", 1, "//"]}}', encoding="utf-8")
    library, left = import_library(path)
    assert left == 2
    assert library.folders == ("a/b",)
    (only,) = library.messages
    assert only == SavedMessage(event="x", namespace="/chat", key=only.key)


def test_removing_gives_back_what_undoes_it() -> None:
    more = saved_messages.put(TWO, SavedMessage("deep", "rooms/first/deep", key="c"))
    left, gone = saved_messages.removed(more, {"b"}, ["rooms"])
    assert keys(left) == []
    assert left.folders == ("empty",)
    assert saved_messages.restored(left, gone) == more._replace(folders=("empty", "rooms/first"))
    assert saved_messages.restored(more, gone) == more


def test_moving_and_duplicating() -> None:
    library = saved_messages.moved(TWO, ["b"], "rooms", "a")
    assert keys(library) == ["b", "a"]
    assert library.messages[0].folder == "rooms"
    assert keys(saved_messages.moved(library, ["b"], "")) == ["a", "b"]
    copied, key = saved_messages.duplicated(TWO, "a")
    copy = copied.messages[1]
    assert copy == replace(EVENT, name="Join (copy)", keys="", key=key)


def test_a_folder_takes_along_what_is_in_it_but_not_into_itself() -> None:
    library = saved_messages.folder_moved(TWO, "rooms", "chat/rooms")
    assert library.messages[0].folder == "chat/rooms/first"
    assert library.all_folders() == ["chat", "chat/rooms", "chat/rooms/first", "empty"]
    assert saved_messages.folder_moved(TWO, "rooms", "rooms/first/x") == TWO
    assert clean_folder(" a //  b c/") == "a/b c"


def test_search_finds_all_words_wherever_they_stand() -> None:
    assert saved_messages.found(TWO, "ROOM opens") == [EVENT]
    assert saved_messages.found(TWO, "nothing") == []
    assert saved_messages.found(TWO, "") == [EVENT, PLAIN]


def test_joining_two_libraries_gives_new_keys_and_takes_no_shortcut_away() -> None:
    both, lost = saved_messages.joined(TWO, TWO)
    assert lost == 1
    assert len(set(keys(both))) == 4
    assert [each.keys for each in both.messages] == ["Ctrl+Alt+1", "", "", ""]
