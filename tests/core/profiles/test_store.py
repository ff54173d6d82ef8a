"""The folder of profiles: nothing is lost, nothing gets out of it, and whatever lies in it does no harm."""

from __future__ import annotations

import json
import os
import stat
import time
from dataclasses import replace
from pathlib import Path

import pytest

from wsgui.core.profiles.profile import Profile
from wsgui.core.profiles.store import DEEPEST, TRASH, ChangedElsewhereError, ProfileError, ProfileStore

CHAT = Profile(name="Chat", url="http://localhost:3000", notes="n")


@pytest.fixture
def store(tmp_path: Path) -> ProfileStore:
    return ProfileStore(tmp_path / "profiles")


def names(store: ProfileStore) -> list[str]:
    return [saved.place for saved in store.listing().profiles]


def test_create_and_read(store: ProfileStore) -> None:
    assert store.listing() == ((), (), ())
    saved = store.create(CHAT)
    assert saved.path == store.folder / "Chat.wsgui"
    assert len(saved.profile.id) == 32
    assert replace(saved.profile, id="") == CHAT
    again = ProfileStore(store.folder)
    assert again.listing().profiles == (saved,)
    assert again.read(saved.path) == saved
    if os.name == "posix":
        assert stat.S_IMODE(saved.path.stat().st_mode) == 0o600


def test_the_same_name_twice_and_in_capitals(store: ProfileStore) -> None:
    for name in ("Chat", "chat", "../Chat", "CON", "a\u202eb\n", "漢" * 400):
        store.create(replace(CHAT, name=name))
    assert sorted(names(store)) == sorted(["Chat", "chat (2)", "_Chat", "CON_", "a_b_", "漢" * 53])
    assert {saved.profile.name for saved in store.listing().profiles} >= {"../Chat", "a\u202eb\n"}


def test_write_rename_duplicate(store: ProfileStore) -> None:
    saved = store.create(CHAT)
    written = store.write(saved, replace(saved.profile, url="http://b.example"))
    assert store.read(saved.path).profile.url == "http://b.example"
    renamed = store.rename(written, "CHAT")
    assert renamed.path.name == "CHAT.wsgui"
    assert names(store) == ["CHAT"]
    assert renamed.profile.id == saved.profile.id
    copy = store.duplicate(renamed)
    assert sorted(names(store)) == ["CHAT", "CHAT, copy"]
    assert copy.profile.id != saved.profile.id
    assert copy.profile.url == "http://b.example"


def test_a_file_that_was_changed_elsewhere_is_not_written_over(store: ProfileStore) -> None:
    saved = store.create(CHAT)
    theirs = json.loads(saved.path.read_text()) | {"url": "http://theirs.example"}
    saved.path.write_text(json.dumps(theirs))
    with pytest.raises(ChangedElsewhereError, match=r"Chat\.wsgui was changed by another program"):
        store.write(saved, replace(saved.profile, url="http://mine.example"))
    assert "theirs" in saved.path.read_text()
    assert store.read(saved.path).profile.url == "http://theirs.example"
    store.write(saved, replace(saved.profile, url="http://mine.example"), even_if_changed=True)
    assert "mine" in saved.path.read_text()


def test_other_spaces_and_order_are_no_change(store: ProfileStore) -> None:
    saved = store.create(CHAT)
    members = json.loads(saved.path.read_text())
    saved.path.write_text(json.dumps(dict(reversed(members.items()))))
    store.write(saved, saved.profile)


def test_a_file_that_went_or_broke_is_written_anew(store: ProfileStore) -> None:
    saved = store.create(CHAT)
    saved.path.unlink()
    store.write(saved, saved.profile)
    saved.path.write_text("{")
    store.write(saved, saved.profile)
    assert names(store) == ["Chat"]
    assert saved.path.with_name("Chat.wsgui.damaged").read_text() == "{"


def test_a_newer_file_is_left_as_it_is(store: ProfileStore) -> None:
    saved = store.create(CHAT)
    saved.path.write_text('{"wsgui": 99}')
    with pytest.raises(ChangedElsewhereError, match="newer wsgui"):
        store.write(saved, saved.profile)
    assert saved.path.read_text() == '{"wsgui": 99}'
    assert "newer wsgui" in store.listing().problems[0]


def test_what_this_version_does_not_know_survives(store: ProfileStore) -> None:
    saved = store.create(CHAT)
    members = json.loads(saved.path.read_text()) | {"sequences": [1], "options": {"fromTheFuture": 1}}
    saved.path.write_text(json.dumps(members))
    saved = store.read(saved.path)
    store.write(saved, replace(saved.profile, notes="new"))
    kept = json.loads(saved.path.read_text())
    assert (kept["sequences"], kept["options"], kept["notes"]) == ([1], {"fromTheFuture": 1}, "new")


def test_folders(store: ProfileStore) -> None:
    folder = store.make_folder(store.folder, "Wörk/../x")
    assert folder.name == "Wörk_.._x"
    saved = store.create(CHAT)
    moved = store.move(saved.path, folder)
    assert names(store) == ["Wörk_.._x/Chat"]
    store.create(CHAT)
    assert store.move(moved, store.folder).name == "Chat (2).wsgui"
    inner = store.make_folder(folder, "inner")
    with pytest.raises(ProfileError, match="into itself"):
        store.move(folder, inner)
    renamed = store.rename_folder(folder, "WÖRK")
    assert (renamed / "inner").is_dir()
    assert len(store.listing().folders) == 2


def test_folders_have_a_bottom(store: ProfileStore) -> None:
    folder = store.folder
    for _level in range(DEEPEST - 1):
        folder = store.make_folder(folder, "f")
    with pytest.raises(ProfileError, match=f"{DEEPEST} levels"):
        store.make_folder(folder, "f")
    deep = store.folder.joinpath(*"abcdefghijklmnopqrstuvwxyz")
    deep.mkdir(parents=True)
    store.listing()


def test_delete_and_undo(store: ProfileStore) -> None:
    folder = store.make_folder(store.folder, "f")
    saved = store.create(CHAT, folder)
    gone = store.delete(saved.path)
    assert names(store) == []
    assert gone.trashed.is_file()
    other = store.create(CHAT, folder)
    assert store.restore(gone).name == "Chat (2).wsgui"
    assert list((store.folder / TRASH).iterdir()) == []
    gone = store.delete(folder)
    assert store.listing().folders == ()
    assert store.restore(gone) == folder
    assert other.path.is_file()
    assert store.expired() == []


def test_the_trash_is_emptied_after_a_month(store: ProfileStore) -> None:
    gone = store.delete(store.create(CHAT).path)
    old = gone.trashed.parent.with_name(f"{int(time.time()) - 31 * 86_400}-x")
    gone.trashed.parent.rename(old)
    (store.folder / TRASH / "notes").mkdir()
    assert store.expired() == [old]


def test_nothing_leads_out_of_the_folder(store: ProfileStore, tmp_path: Path) -> None:
    saved = store.create(CHAT)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "theirs.wsgui").write_bytes(saved.path.read_bytes())
    (store.folder / "link").symlink_to(outside, target_is_directory=True)
    (store.folder / "file.wsgui").symlink_to(outside / "theirs.wsgui")
    assert names(store) == ["Chat"]
    assert store.listing().folders == ()
    for act in (
        lambda: store.move(saved.path, outside),
        lambda: store.move(saved.path, store.folder / "link"),
        lambda: store.create(CHAT, store.folder / ".."),
        lambda: store.delete(outside / "theirs.wsgui"),
        lambda: store.delete(store.folder),
        lambda: store.make_folder(store.folder / "link", "x"),
        lambda: store.read(outside / "theirs.wsgui"),
        lambda: store.read(store.folder / "a\0b"),
    ):
        with pytest.raises(ProfileError, match="outside of the folder"):
            act()
    assert [path.name for path in outside.iterdir()] == ["theirs.wsgui"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b'{"wsgui": 1, "options": {"auth": ' + b'{"a":' * 300 + b"1" + b"}" * 302,
        b"[" * 100_000,
        b'{"wsgui": 1}' + b" " * 5_000_000,
        b"\xff\xfe{\0}\0",
    ],
    ids=["empty", "zeros", "deep", "bottomless", "huge", "utf-16"],
)
def test_hostile_files_are_set_aside_and_told(store: ProfileStore, content: bytes) -> None:
    store.create(CHAT)
    bad = store.folder / "bad\u202e.wsgui"
    bad.write_bytes(content)
    listing = store.listing()
    assert [saved.profile.name for saved in listing.profiles] == ["Chat"]
    assert len(listing.problems) == 1
    assert listing.problems[0].startswith("bad⟨U+202E⟩.wsgui cannot be read: ")
    assert (store.folder / "bad\u202e.wsgui.damaged").read_bytes() == content
    assert store.listing().problems == ()


def test_find_by_name_or_place(store: ProfileStore) -> None:
    folder = store.make_folder(store.folder, "f")
    first, second = store.create(CHAT), store.create(CHAT, folder)
    store.create(replace(CHAT, name="only one"), folder)
    assert store.find("f/Chat") == second
    assert store.find("Chat") == first
    assert store.find("only one").path.name == "only one.wsgui"
    with pytest.raises(ProfileError, match="no profile nothing"):
        store.find("nothing")
    store.rename(first, "Twice")
    store.rename(second, "Twice")
    assert store.find("f/Twice").path.parent == folder


def test_a_file_copied_by_hand_gets_an_id_of_its_own(store: ProfileStore) -> None:
    saved = store.create(CHAT)
    (store.folder / "copy.wsgui").write_bytes(saved.path.read_bytes())
    copy = next(each for each in store.listing().profiles if each.path.stem == "copy")
    assert copy.profile.id == saved.profile.id
    assert store.id_of(copy) not in ("", saved.profile.id)
