"""The folder of profiles: a tree of folders with one file per profile, for people and their version control to read.

Everything here blocks. Paths are given and returned as they are on disk, and none may lead out of the folder. What is
deleted goes to ``.trash`` and can be brought back.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from wsgui.core.file_names import file_stem, free_name
from wsgui.core.i18n import N_, _
from wsgui.core.json_file import JsonFileError, NewerFormatError, data_folder, read_file, set_aside, write_file
from wsgui.core.profiles.profile import Profile
from wsgui.core.profiles.text import FORMAT, SUFFIX, LeftOut, members_of, read
from wsgui.core.visible import one_line

LARGEST = 5_000_000
"""Bytes of a profile."""
DEEPEST = 16
"""Folders in folders."""
TRASH = ".trash"
KEEP_TRASH_SECONDS = 30 * 86_400

_CHANGED = N_("{name} was changed by another program since it was opened here.")
_OUTSIDE = N_("{name} lies outside of the folder of profiles.")
_INTO_ITSELF = N_("A folder cannot be moved into itself.")


class ProfileError(ValueError):
    """It cannot be done; ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class ChangedElsewhereError(ProfileError):
    """The file is no longer what was read; nothing was written."""


@dataclass(frozen=True)
class Saved:
    """A profile, where it is, and what the file held when it was read or written."""

    path: Path
    profile: Profile
    """With references where its secrets stood."""
    members: dict[str, object]
    left: tuple[LeftOut, ...] = ()
    place: str = ""
    """Where it is in the tree: the names of its folders and its own file, with slashes."""


class Listing(NamedTuple):
    """What there is."""

    folders: tuple[Path, ...]
    profiles: tuple[Saved, ...]
    problems: tuple[str, ...]
    """A sentence for each file that cannot be used."""


class Deleted(NamedTuple):
    """What can be brought back."""

    path: Path
    """Where it was."""
    trashed: Path


class ProfileStore:
    """``folder`` need not be there yet."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or data_folder("profiles")
        self._read: dict[Path, tuple[int, int, Saved]] = {}
        """What was read of a file, with its time and size: to list a thousand again takes no reading."""

    # Reading

    def listing(self) -> Listing:
        """All folders and profiles. A damaged file is set aside and told."""
        folders: list[Path] = []
        profiles: list[Saved] = []
        problems: list[str] = []
        for path, is_folder in self._walk(self.folder, DEEPEST, problems):
            if is_folder:
                folders.append(path)
                continue
            try:
                profiles.append(self._known(path))
            except JsonFileError as error:
                problems.append(error.sentence)
            except FileNotFoundError:
                continue  # it went while the folder was read
            except OSError as error:
                sentence = _("{name} cannot be read: {reason}.")
                problems.append(sentence.format(name=one_line(path.name, 80), reason=error.strerror or error))
        self._read = {saved.path: self._read[saved.path] for saved in profiles}
        return Listing(tuple(folders), tuple(profiles), tuple(one_line(problem, 300) for problem in problems))

    def read(self, path: Path) -> Saved:
        """One profile. Raises :class:`ProfileError` or ``OSError``; a damaged file is set aside."""
        try:
            return self._known(self._inside(path))
        except JsonFileError as error:
            raise ProfileError(error.sentence) from error

    def find(self, name: str) -> Saved:
        """The profile of this name, or of this path in the folder, with or without the suffix.

        Raises :class:`ProfileError` if there is none, or more than one.
        """
        listing = self.listing()
        at_place = [saved for saved in listing.profiles if saved.place == name]
        for found in (at_place, [saved for saved in listing.profiles if saved.profile.name == name]):
            if len(found) == 1:
                return found[0]
            if found:
                places = ", ".join(one_line(saved.place, 80) for saved in found[:5])
                sentence = _("Several profiles are called {name}: {places}.")
                raise ProfileError(sentence.format(name=one_line(name, 80), places=places))
        raise ProfileError(_("There is no profile {name}; wsgui profiles lists them.").format(name=one_line(name, 80)))

    # Writing

    def create(self, profile: Profile, folder: Path | None = None) -> Saved:
        """Write a new file; its name is made from the profile's. Raises ``OSError``."""
        where = self._inside(folder or self.folder)
        where.mkdir(parents=True, exist_ok=True, mode=0o700)
        profile = replace(profile, id=profile.id or new_id())
        return self._write(where / free_name(_stem(profile.name), SUFFIX, _names(where)), profile)

    def write(self, saved: Saved, profile: Profile, *, even_if_changed: bool = False) -> Saved:
        """Write it where it is. Raises :class:`ChangedElsewhereError`, unless that does not matter, or ``OSError``."""
        path = self._inside(saved.path)
        if not even_if_changed:
            try:
                now = read_file(path, FORMAT, LARGEST)
            except FileNotFoundError:
                now = saved.members  # deleted or moved elsewhere: nothing of it can be lost
            except NewerFormatError as error:
                raise ChangedElsewhereError(error.sentence) from error
            except JsonFileError:
                now = saved.members  # it has been set aside, as a whole
            if now != saved.members:
                raise ChangedElsewhereError(_(_CHANGED).format(name=one_line(path.name, 80)))
        return self._write(path, replace(profile, id=profile.id or self.id_of(saved)))

    def id_of(self, saved: Saved) -> str:
        """The id to write it under: its own, or a new one where a file was copied by other means and shares it."""
        own = saved.profile.id
        shared = any(known[2].profile.id == own for path, known in self._read.items() if path != saved.path)
        return new_id() if not own or shared else own

    def rename(self, saved: Saved, name: str) -> Saved:
        """Give a profile another name, and its file. Raises :class:`ProfileError` or ``OSError``."""
        written = self.write(saved, replace(saved.profile, name=name))
        others = [each for each in _names(written.path.parent) if each != written.path.name]
        target = written.path.with_name(free_name(_stem(name), SUFFIX, others))
        if target != written.path:
            written.path.rename(target)
        return replace(written, path=target, place=self._place(target))

    def duplicate(self, saved: Saved) -> Saved:
        """A copy beside it, with secrets of its own: whoever has those of the first writes them."""
        name = _("{name}, copy").format(name=saved.profile.name or saved.path.stem)
        return self.create(replace(saved.profile, name=name, id=new_id()), saved.path.parent)

    def make_folder(self, parent: Path, name: str) -> Path:
        """A folder, whose name is made from this one. Raises :class:`ProfileError` or ``OSError``."""
        where = self._inside(parent)
        if len(where.relative_to(self.folder.absolute()).parts) >= DEEPEST - 1:
            raise ProfileError(_("Folders go {n} levels deep at most.").format(n=DEEPEST))
        where.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = where / free_name(file_stem(name, "folder"), "", _names(where))
        path.mkdir(mode=0o700)
        return path

    def rename_folder(self, path: Path, name: str) -> Path:
        """Returns where it is now. Raises :class:`ProfileError` or ``OSError``."""
        self._refuse_root(path)
        others = [each for each in _names(path.parent) if each != path.name]
        target = path.with_name(free_name(file_stem(name, "folder"), "", others))
        if target != path:
            path.rename(target)
        return target

    def move(self, path: Path, folder: Path) -> Path:
        """A profile, or a folder with all that is in it, into another folder; returns where it is now.

        Raises :class:`ProfileError` or ``OSError``.
        """
        self._refuse_root(path)
        where = self._inside(folder)
        if path.parent == where:
            return path
        if where == path or path in where.parents:
            raise ProfileError(_(_INTO_ITSELF))
        where.mkdir(parents=True, exist_ok=True, mode=0o700)
        target = where / _free(path, where)
        path.rename(target)
        return target

    # Deleting

    def delete(self, path: Path) -> Deleted:
        """To the trash, for :meth:`restore`. Raises :class:`ProfileError` or ``OSError``."""
        self._refuse_root(path)
        trash = self.folder / TRASH / f"{int(time.time())}-{secrets.token_hex(4)}"
        trash.mkdir(parents=True, mode=0o700)
        path.rename(trash / path.name)
        return Deleted(path, trash / path.name)

    def restore(self, deleted: Deleted) -> Path:
        """Bring it back to where it was; returns its path. Raises ``OSError``."""
        where = self._inside(deleted.path.parent)
        where.mkdir(parents=True, exist_ok=True, mode=0o700)
        target = where / _free(deleted.path, where)
        deleted.trashed.rename(target)
        deleted.trashed.parent.rmdir()
        return target

    def expired(self) -> list[Path]:
        """What has lain in the trash for a month: its secrets are to be forgotten, then :func:`shutil.rmtree`."""
        trash, oldest = self.folder / TRASH, time.time() - KEEP_TRASH_SECONDS
        found = []
        for name in _names(trash):
            stamp = name.partition("-")[0]
            if stamp.isascii() and stamp.isdecimal() and int(stamp) < oldest:
                found.append(trash / name)
        return found

    # Within

    def _walk(self, folder: Path, depth: int, problems: list[str]) -> Iterator[tuple[Path, bool]]:
        """Folders, told apart by the second, before what is in them. Links are not followed: they lead anywhere."""
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except FileNotFoundError:
            return
        except OSError as error:
            sentence = _("{name} cannot be read: {reason}.")
            problems.append(sentence.format(name=one_line(folder.name, 80), reason=error.strerror or error))
            return
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield path, True
                if depth > 1:
                    yield from self._walk(path, depth - 1, problems)
            elif path.suffix.lower() == SUFFIX and entry.is_file(follow_symlinks=False):
                yield path, False

    def _known(self, path: Path) -> Saved:
        state = path.stat()
        known = self._read.get(path)
        if known is not None and known[:2] == (state.st_mtime_ns, state.st_size):
            return known[2]
        members = read_file(path, FORMAT, LARGEST)
        try:
            profile, left = read(members)
        except ValueError as error:
            raise JsonFileError(set_aside(path, str(error))) from error
        if not profile.name:
            profile = replace(profile, name=path.stem)
        saved = Saved(path, profile, members, left, self._place(path))
        self._read[path] = (state.st_mtime_ns, state.st_size, saved)
        return saved

    def _write(self, path: Path, profile: Profile) -> Saved:
        write_file(path, FORMAT, members_of(profile))
        self._read.pop(path, None)
        return self._known(path)

    def _place(self, path: Path) -> str:
        # As texts: pathlib would take most of the time in which a thousand are listed.
        return str(path)[len(str(self.folder)) + 1 : -len(SUFFIX)].replace(os.sep, "/")

    def _inside(self, path: Path) -> Path:
        """The path, if it is in the folder, whatever links are in the way. Raises :class:`ProfileError`."""
        folder = self.folder.resolve()
        try:
            inside = path.resolve().is_relative_to(folder)
        except (OSError, ValueError, RuntimeError):  # a loop of links; a zero in the name
            inside = False
        if not inside:
            raise ProfileError(_(_OUTSIDE).format(name=one_line(path.name, 80)))
        return path

    def _refuse_root(self, path: Path) -> None:
        if self._inside(path).resolve() == self.folder.resolve():
            raise ProfileError(_(_OUTSIDE).format(name=one_line(path.name, 80)))


def new_id() -> str:
    """What no other profile has."""
    return secrets.token_hex(16)


def _stem(name: str) -> str:
    return file_stem(name, "profile")


def _names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return []


def _free(path: Path, folder: Path) -> str:
    """The name that it can have there."""
    suffix = SUFFIX if path.suffix.lower() == SUFFIX else ""
    return free_name(path.name.removesuffix(suffix) if suffix else path.name, suffix, _names(folder))
