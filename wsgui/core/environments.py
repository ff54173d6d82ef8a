"""Environments: what the variables of profiles stand for, in one set per place such as local, staging and production.

Each is a JSON file of its own; a secret value stands in the keyring, and in the file there is a reference to it as in
a profile's. A connection is resolved as a whole, before anything is done with it.
"""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, cast

from wsgui.core import javascript_json
from wsgui.core.file_names import file_stem, free_name
from wsgui.core.i18n import N_, _
from wsgui.core.json_file import JsonFileError, data_folder, read_file, write_file
from wsgui.core.option_values import OptionError, OptionValue, OptionValues
from wsgui.core.profiles.profile import Namespaces
from wsgui.core.variables import LONGEST, VariableError, fill_in, is_name, named_in, resolve, resolve_all
from wsgui.core.visible import one_line

FORMAT = 1
LARGEST = 2_000_000
"""Bytes of a file."""
SUFFIX = ".json"
TRASH = ".trash"
MARK = "•••"
_SHORTEST = 4
"""Characters: a shorter value would be found where it is no secret."""

_CHANGED = N_("{name} was changed by another program since it was opened here.")


@dataclass(frozen=True)
class Environment:
    """A set of variables."""

    name: str
    variables: Mapping[str, str] = field(default_factory=dict)
    """A secret one is only there if the keyring gave it."""
    secret: frozenset[str] = frozenset()
    """The names of variables whose values are secrets."""
    id: str = ""
    """What the secrets are kept under in the keyring."""

    @property
    def secrets(self) -> dict[str, str]:
        """For the redaction: each secret value, filled in, and what it is called; the longest first."""
        found = {
            fill_in(value, self.variables): "{{" + name + "}}"
            for name, value in self.variables.items()
            if name in self.secret
        }
        known = (text for text in found if len(text) >= _SHORTEST)
        return {text: found[text] for text in sorted(known, key=lambda text: (-len(text), text))}

    @property
    def shown(self) -> dict[str, str]:
        """The values as a person may read them over a shoulder."""
        return {name: MARK if name in self.secret else value for name, value in self.variables.items()}


class Connection(NamedTuple):
    """What a form says, with the values of all variables in it."""

    url: str
    options: OptionValues
    namespaces: Namespaces


class UnresolvedError(ValueError):
    """Something cannot be resolved. ``place``: empty for the URL, an option's name, or a namespace."""

    def __init__(self, place: str, sentence: str) -> None:
        super().__init__(sentence)
        self.place = place
        self.sentence = sentence


def resolve_connection(
    url: str, options: OptionValues, namespaces: Namespaces, environment: Environment | None
) -> Connection:
    """Raises :class:`UnresolvedError`, also for an option that is none with the value it gets."""
    if not named_in([url, options, namespaces]):
        return Connection(url, options, namespaces)
    values = environment.variables if environment else {}
    name = environment.name if environment else ""
    place = ""
    try:
        url = resolve(url, values, name)
        resolved: dict[str, OptionValue] = {}
        for place, value in options.items():
            resolved[place] = cast("OptionValue", resolve_all(value, values, name))
        auths: dict[str, Mapping[str, object] | None] = {}
        for place, auth in namespaces.items():
            auths[place] = cast("Mapping[str, object] | None", resolve_all(auth, values, name))
    except VariableError as error:
        raise UnresolvedError(place, error.sentence) from error
    try:
        from wsgui.core.options import check_values

        return Connection(url, check_values(resolved), auths)
    except OptionError as error:
        raise UnresolvedError(error.option, error.sentence) from error


def preview(value: object, environment: Environment | None) -> str:
    """The text of a field as it will be, for a person: secrets as dots; empty if it names no variable."""
    if not isinstance(value, str):
        from wsgui.core.option_values import literal

        value = literal(cast("OptionValue", value)) if named_in(value) else ""
    if not named_in(value):
        return ""
    return fill_in(value, environment.shown if environment else {})


def problem_of(name: str, value: str) -> str:
    """What is wrong with a variable, in a sentence; empty if nothing is."""
    if not is_name(name):
        return _("A name has letters, digits, “_”, “.”, “$” and “-”, and nothing else.")
    if len(value) > LONGEST:
        return _("The value is too long.")
    return ""


class EnvironmentFileError(ValueError):
    """It cannot be done; the message is a sentence."""


@dataclass(frozen=True)
class StoredEnvironment:
    """An environment, its file, and what that held when it was read or written."""

    path: Path
    environment: Environment
    """Without the values of its secrets, unless they are in the file in the clear."""
    members: dict[str, object]


class EnvironmentStore:
    """The folder of environments. Everything blocks."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or data_folder("environments")

    def listing(self) -> tuple[list[StoredEnvironment], list[str]]:
        """All of them in the order of their names, and a sentence for each file that cannot be used."""
        found: list[StoredEnvironment] = []
        problems: list[str] = []
        if not self.folder.is_dir():
            return [], []
        for path in sorted(self.folder.iterdir()):
            if path.suffix != SUFFIX or path.name.startswith(".") or path.is_symlink() or not path.is_file():
                continue
            try:
                members = read_file(path, FORMAT, LARGEST)
                found.append(StoredEnvironment(path, _environment(members, path.stem), members))
            except JsonFileError as error:
                problems.append(one_line(error.sentence, 300))
            except OSError as error:
                sentence = _("{name} cannot be read: {reason}.")
                problems.append(sentence.format(name=one_line(path.name, 80), reason=error.strerror or error))
        found.sort(key=lambda each: each.environment.name.casefold())
        return found, problems

    def find(self, name: str) -> StoredEnvironment:
        """The environment of this name. Raises :class:`EnvironmentFileError`."""
        found, _problems = self.listing()
        for each in found:
            if each.environment.name == name:
                return each
        known = ", ".join(one_line(each.environment.name, 40) for each in found[:10])
        sentence = _("There is no environment {name}; there is: {known}.") if known else _("There are no environments.")
        raise EnvironmentFileError(sentence.format(name=one_line(name, 60), known=known))

    def write(
        self, environment: Environment, before: StoredEnvironment | None, *, clear: bool = False
    ) -> StoredEnvironment:
        """Write it, in the place of ``before`` if there is one; with its secrets only if they shall be ``clear``.

        Raises :class:`EnvironmentFileError` if the file was changed by another program, or ``OSError``.
        """
        environment = replace(environment, id=environment.id or new_id())
        others = [path.name for path in self.folder.iterdir()] if self.folder.is_dir() else []
        if before is not None:
            self._refuse_change(before)
            others = [name for name in others if name != before.path.name]
        path = self.folder / free_name(file_stem(environment.name, "environment"), SUFFIX, others)
        members = _members(environment, clear=clear)
        write_file(path, FORMAT, members)
        if before is not None and before.path != path:
            before.path.unlink(missing_ok=True)
        return StoredEnvironment(path, environment, {"wsgui": FORMAT, **members})

    def delete(self, stored: StoredEnvironment) -> Path:
        """To the trash, from where it can be taken by hand; returns its path. Raises ``OSError``."""
        trash = self.folder / TRASH / f"{int(time.time())}-{secrets.token_hex(4)}"
        trash.mkdir(parents=True, mode=0o700)
        return Path(shutil.move(stored.path, trash / stored.path.name))

    @staticmethod
    def _refuse_change(before: StoredEnvironment) -> None:
        try:
            now = read_file(before.path, FORMAT, LARGEST)
        except FileNotFoundError:
            return
        except JsonFileError as error:
            raise EnvironmentFileError(error.sentence) from error
        if now != before.members:
            raise EnvironmentFileError(_(_CHANGED).format(name=one_line(before.path.name, 80)))


def new_id() -> str:
    """What no other environment has."""
    return secrets.token_hex(16)


def _members(environment: Environment, *, clear: bool) -> dict[str, object]:
    values = {
        name: value if clear or name not in environment.secret or not value else _reference(name)
        for name, value in environment.variables.items()
    }
    missing = {name: _reference(name) for name in sorted(environment.secret) if name not in values}
    return {
        "id": environment.id,
        "name": environment.name,
        "variables": {**values, **missing},
        "secret": sorted(environment.secret),
    }


def _environment(members: Mapping[str, object], stem: str) -> Environment:
    given = members.get("variables")
    texts = {name: _text(value) for name, value in (given if isinstance(given, Mapping) else {}).items()}
    variables = {name: value for name, value in texts.items() if not problem_of(name, value)}
    listed = members.get("secret")
    secret = frozenset(name for name in (listed if isinstance(listed, list) else []) if isinstance(name, str))
    secret |= {name for name, value in variables.items() if value == _reference(name)}
    name, own = members.get("name"), members.get("id")
    return Environment(
        name if isinstance(name, str) and name else stem,
        {name: value for name, value in variables.items() if value != _reference(name)},
        secret,
        own if isinstance(own, str) else "",
    )


def _text(value: object) -> str:
    """Of an edited file: a port is likely to be a number there."""
    return value if isinstance(value, str) else javascript_json.dumps(value)


def _reference(name: str) -> str:
    return "{{secret:" + name + "}}"
