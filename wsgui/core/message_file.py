"""The saved messages as a file: the program's own, and those that people hand on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path

from wsgui.core.i18n import _
from wsgui.core.json_file import data_folder, read_file, read_foreign_file, write_file
from wsgui.core.message_form import MessageForm
from wsgui.core.saved_messages import LONGEST_NAME, MOST, Library, SavedMessage, clean_folder, new_key

FORMAT = 1
_FORMS = {"text": MessageForm.TEXT, "hex": MessageForm.HEX, "base64": MessageForm.BASE64}
_NAMES = {form: name for name, form in _FORMS.items()}
_DEFAULTS = SavedMessage(key="")


def library_path() -> Path:
    """Where the program keeps them."""
    return data_folder("messages") / "messages.json"


def read_library(path: Path) -> Library:
    """The program's own file; an empty library where there is none.

    Raises :class:`wsgui.core.json_file.JsonFileError`, :class:`OSError`.
    """
    try:
        return _library(read_file(path, FORMAT))[0]
    except FileNotFoundError:
        return Library()


def import_library(path: Path) -> tuple[Library, int]:
    """Somebody's file, and how many entries in it are no messages. The file stays as it is. Raises as above."""
    return _library(read_foreign_file(path, FORMAT))


def write_library(path: Path, library: Library) -> None:
    """Raises :class:`OSError`."""
    write_file(path, FORMAT, {"folders": list(library.folders), "messages": list(map(_object, library.messages))})


def change_library(path: Path, change: Callable[[Library], Library]) -> Library:
    """Change what the file has now, also when another window wrote it; the new library. Raises as reading does."""
    before = read_library(path)
    after = change(before)
    if after != before:
        write_library(path, after)
    return after


def _object(message: SavedMessage) -> dict[str, object]:
    """Only what is not as it usually is, to be read by people."""
    values: dict[str, object] = {each.name: getattr(message, each.name) for each in fields(message)}
    values["form"] = _NAMES[message.form]
    usual = {each.name: getattr(_DEFAULTS, each.name) for each in fields(message)} | {"form": "text"}
    return {name: value for name, value in values.items() if value != usual[name]}


def _library(members: Mapping[str, object]) -> tuple[Library, int]:
    entries = members.get("messages")
    read = [_message(each) for each in entries[:MOST]] if isinstance(entries, list) else []
    left = len(entries) - len(read) if isinstance(entries, list) else 0
    messages: dict[str, SavedMessage] = {}
    for each in read:
        if each is None:
            left += 1
        else:
            messages[each.key if each.key not in messages else new_key()] = each
    folders = members.get("folders")
    named = [clean_folder(each) for each in folders if isinstance(each, str)] if isinstance(folders, list) else []
    return Library(tuple(messages.values()), tuple(dict.fromkeys(filter(None, named)))), left


def _message(entry: object) -> SavedMessage | None:
    """The message; what has the wrong type in it is as usual. ``None`` for what is no message at all."""
    if not isinstance(entry, Mapping) or not (entry.get("event") or entry.get("text") or entry.get("name")):
        return None

    def text(name: str, usual: str = "") -> str:
        value = entry.get(name)
        return value if isinstance(value, str) else usual

    def flag(name: str, usual: bool) -> bool:
        value = entry.get(name)
        return value if isinstance(value, bool) else usual

    limit = entry.get("timeout")
    timeout = limit if isinstance(limit, int) and not isinstance(limit, bool) and 0 <= limit < 10**9 else None
    namespace = text("namespace", "/")
    return SavedMessage(
        name=" ".join(text("name").split())[:LONGEST_NAME],
        folder=clean_folder(text("folder")),
        note=text("note"),
        keys=text("keys")[:60],
        event=text("event"),
        text=text("text"),
        namespace=namespace if namespace.startswith("/") else f"/{namespace}",
        ack=flag("ack", _DEFAULTS.ack),
        volatile=flag("volatile", _DEFAULTS.volatile),
        timeout=timeout,
        form=_FORMS.get(text("form"), MessageForm.TEXT),
        key=text("key")[:60] or new_key(),
    )


def said_of_import(count: int, left: int, lost: int) -> str:
    """What was taken over, in sentences."""
    said = [_("{n} taken over.").format(n=count)]
    if left:
        said.append(_("{n} left out: they are no messages.").format(n=left))
    if lost:
        said.append(_("{n} without their shortcut: it is taken.").format(n=lost))
    return " ".join(said)
