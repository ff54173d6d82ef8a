"""Messages that a person keeps: events with their arguments and flags, or plain messages, in folders.

Everything here takes a library and returns another one; :mod:`wsgui.core.message_file` keeps it on the disk.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from wsgui.core.i18n import _
from wsgui.core.message_form import MessageForm

MOST = 10_000
"""Messages in one library."""
LONGEST_NAME = 200


def new_key() -> str:
    """A name for the program, that no other message has."""
    return os.urandom(16).hex()


@dataclass(frozen=True)
class SavedMessage:
    """One message. With an ``event`` it is a Socket.IO event, without one a message of a plain WebSocket."""

    name: str = ""
    folder: str = ""
    """The names of folders with ``/`` between them; empty: in none."""
    note: str = ""
    keys: str = ""
    """The keys that send it, as Qt writes them: ``Ctrl+Alt+1``."""
    event: str = ""
    text: str = ""
    """The arguments as JSON, separated by commas; of a plain message, its text in its ``form``."""
    namespace: str = "/"
    ack: bool = True
    volatile: bool = False
    timeout: int | None = None
    """Milliseconds for the acknowledgement; ``None`` takes the option ``ackTimeout``."""
    form: MessageForm = MessageForm.TEXT
    key: str = field(default_factory=new_key)

    @property
    def title(self) -> str:
        """The name, or what it sends."""
        return self.name or self.event or self.text[:LONGEST_NAME] or _("(empty)")


class Library(NamedTuple):
    """All saved messages, in the order in which they are shown, and the folders; one may be empty."""

    messages: tuple[SavedMessage, ...] = ()
    folders: tuple[str, ...] = ()

    def message(self, key: str) -> SavedMessage | None:
        """The message of that key."""
        return next((each for each in self.messages if each.key == key), None)

    def all_folders(self) -> list[str]:
        """Every folder and every folder around one, each before those in it."""
        found: set[str] = set()
        for folder in (*self.folders, *(each.folder for each in self.messages)):
            parts = folder.split("/")
            found.update("/".join(parts[:count]) for count in range(1, len(parts) + 1) if folder)
        return sorted(found, key=str.casefold)


class Removed(NamedTuple):
    """What was taken out, each with its place: enough to put it back."""

    messages: tuple[tuple[int, SavedMessage], ...] = ()
    folders: tuple[str, ...] = ()


def clean_folder(text: str) -> str:
    """The folder that was typed: blanks around the names and empty names are left out."""
    return "/".join(part for each in text.split("/") if (part := " ".join(each.split())[:LONGEST_NAME]))


def put(library: Library, message: SavedMessage) -> Library:
    """With the message: in the place of the one with its key, or as the last."""
    if library.message(message.key) is None:
        return library._replace(messages=(*library.messages, message))
    return library._replace(messages=tuple(message if each.key == message.key else each for each in library.messages))


def duplicated(library: Library, key: str) -> tuple[Library, str]:
    """With a copy behind the message, without its keys to press; and the key of the copy."""
    messages = list(library.messages)
    place = next(number for number, each in enumerate(messages) if each.key == key)
    name = _("{name} (copy)").format(name=messages[place].title)
    copy = replace(messages[place], name=name[:LONGEST_NAME], keys="", key=new_key())
    return library._replace(messages=(*messages[: place + 1], copy, *messages[place + 1 :])), copy.key


def moved(library: Library, keys: Collection[str], folder: str, before: str = "") -> Library:
    """With these messages in the folder, in their order, before the message ``before`` or as the last of all."""
    going = [replace(each, folder=folder) for each in library.messages if each.key in keys]
    staying = [each for each in library.messages if each.key not in keys]
    place = next((number for number, each in enumerate(staying) if each.key == before), len(staying))
    folders = library.folders if not folder or folder in library.folders else (*library.folders, folder)
    return Library((*staying[:place], *going, *staying[place:]), folders)


def folder_added(library: Library, folder: str) -> Library:
    """With the folder, which may stay empty."""
    known = library.folders
    return library if not folder or folder in known else library._replace(folders=(*known, folder))


def folder_moved(library: Library, folder: str, to: str) -> Library:
    """With the folder, and all that is in it, under another name; nothing is moved into itself."""
    if not to or to == folder or to.startswith(f"{folder}/"):
        return library

    def named_anew(path: str) -> str:
        return to + path[len(folder) :] if is_in(path, folder) else path

    return Library(
        tuple(replace(each, folder=named_anew(each.folder)) for each in library.messages),
        tuple(dict.fromkeys(map(named_anew, library.folders))),
    )


def is_in(path: str, folder: str) -> bool:
    """Whether a folder is that one or lies in it."""
    return path == folder or path.startswith(f"{folder}/")


def removed(library: Library, keys: Collection[str], folders: Sequence[str] = ()) -> tuple[Library, Removed]:
    """Without these messages and folders with all in them; and what was taken out."""

    def goes(each: SavedMessage) -> bool:
        return each.key in keys or any(is_in(each.folder, folder) for folder in folders)

    gone = tuple((number, each) for number, each in enumerate(library.messages) if goes(each))
    gone_folders = tuple(path for path in library.folders if any(is_in(path, folder) for folder in folders))
    left = Library(
        tuple(each for each in library.messages if not goes(each)),
        tuple(path for path in library.folders if path not in gone_folders),
    )
    return left, Removed(gone, gone_folders)


def restored(library: Library, gone: Removed) -> Library:
    """With what was taken out in its place again; what is there already stays as it is."""
    messages = list(library.messages)
    there = {each.key for each in messages}
    for number, each in gone.messages:
        if each.key not in there:
            messages.insert(number, each)
    return Library(tuple(messages), tuple(dict.fromkeys((*library.folders, *gone.folders))))


def found(library: Library, text: str) -> list[SavedMessage]:
    """The messages in which all words stand, in whatever they have for people."""
    words = text.casefold().split()

    def has_all(each: SavedMessage) -> bool:
        whole = f"{each.name}\n{each.folder}\n{each.note}\n{each.event}\n{each.text}\n{each.keys}".casefold()
        return all(word in whole for word in words)

    return [each for each in library.messages if has_all(each)]


def joined(library: Library, other: Library) -> tuple[Library, int]:
    """With all of another one, under keys of their own; and how many of those had keys to press that are taken."""
    taken = {each.keys for each in library.messages if each.keys}
    coming, lost = [], 0
    for each in other.messages:
        keys = each.keys if each.keys not in taken else ""
        lost += keys != each.keys
        taken.add(keys)
        coming.append(replace(each, keys=keys, key=new_key()))
    folders = tuple(dict.fromkeys((*library.folders, *other.folders)))
    return Library((*library.messages, *coming), folders), lost
