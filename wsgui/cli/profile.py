"""``--profile`` and ``--environment``: the connection that the arguments name; ``wsgui profiles`` lists what there is.

Secrets come from the keyring, of profiles in the window's own folder only: a file from elsewhere may be anybody's.
What is printed of such a connection is printed without them.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from wsgui.cli import print_nowhere
from wsgui.core import keyring_secrets
from wsgui.core.address import AddressError, read_address
from wsgui.core.environments import (
    Connection,
    Environment,
    EnvironmentFileError,
    EnvironmentStore,
    UnresolvedError,
    resolve_connection,
)
from wsgui.core.i18n import _
from wsgui.core.keyring_secrets import KeyringError
from wsgui.core.option_file import GivenOptions, read_options
from wsgui.core.option_values import OptionValues
from wsgui.core.profiles.profile import Namespaces, Profile
from wsgui.core.profiles.store import ProfileError, ProfileStore
from wsgui.core.profiles.stored_secrets import put_back, references
from wsgui.core.profiles.text import SUFFIX, usable
from wsgui.core.protocol import Protocol
from wsgui.core.redact import secrets_of
from wsgui.core.visible import one_line
from wsgui.imports.formats.profile import read as read_document
from wsgui.imports.imported import NotImportedError
from wsgui.imports.source import read_source

PLACEHOLDER = "***"
"""Where a secret is not to be printed."""


class Given(NamedTuple):
    """What the arguments say, with the values of all variables."""

    url: str
    protocol: Protocol
    values: OptionValues
    namespaces: Namespaces
    """To be joined; none means the one of the URL."""
    notes: tuple[str, ...]
    secrets: Mapping[str, str] | None
    """What must not be printed, and what to call it; ``None``: all of it was given as an argument."""


def read_connection(arguments: argparse.Namespace, *, with_secrets: bool = True) -> Given:
    """Raises :class:`argparse.ArgumentTypeError`, and ``OptionFileError`` for ``--options``."""
    options = read_options(arguments.options) if arguments.options else GivenOptions(None, {}, ())
    named = tuple(name if name.startswith("/") else f"/{name}" for name in arguments.namespace)
    stored = arguments.profile is not None or arguments.environment is not None
    try:
        profile, notes = _profile(arguments.profile, with_secrets=with_secrets)
        environment = environment_of(arguments.environment, with_secrets=with_secrets)
        url = arguments.url or profile.url
        if not url:
            read_address(url)  # says that there is none
        namespaces = dict.fromkeys(named) or dict(profile.namespaces)
        values = {**profile.options, **options.values}
        resolved = resolve_connection(url, values, namespaces, environment)
    except (AddressError, ProfileError, EnvironmentFileError, KeyringError, NotImportedError) as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    except UnresolvedError as error:
        place = error.place or "URL"
        raise argparse.ArgumentTypeError(f"{place}: {error.sentence}") from error
    protocol = Protocol(arguments.protocol or profile.protocol)
    wanted = resolved.namespaces if named or not resolved.namespaces else _besides_own(resolved, protocol)
    secrets = (environment.secrets if environment else {}) | secrets_of(resolved.options)
    return Given(
        resolved.url,
        protocol,
        resolved.options,
        wanted,
        (*notes, *options.notes),
        secrets if stored else None,
    )


def _besides_own(connection: Connection, protocol: Protocol) -> Namespaces:
    """A profile's namespaces are joined besides the one of its URL."""
    try:
        return {read_address(connection.url, protocol).namespace: None, **connection.namespaces}
    except AddressError:
        return connection.namespaces  # whoever connects says what is wrong with it


def list_profiles() -> int:
    """One line per profile: its place in the tree, its URL. Returns the exit status."""
    listing = ProfileStore().listing()
    try:
        for saved in sorted(listing.profiles, key=lambda saved: saved.place.casefold()):
            name = saved.profile.name
            called = "" if saved.place.endswith(name) else f"  ({one_line(name, 80)})"
            print(f"{one_line(saved.place)}{called}", one_line(saved.profile.url), sep="  ", flush=True)
        for problem in listing.problems:
            print(problem, flush=True)
    except BrokenPipeError:
        print_nowhere()
    return 1 if listing.problems else 0


def _profile(name: str | None, *, with_secrets: bool) -> tuple[Profile, tuple[str, ...]]:
    """The profile with its secrets, and what could not be taken of it; an empty one if none is named."""
    if name is None:
        return Profile(), ()
    store, path = ProfileStore(), Path(name)
    place = None
    if path.suffix.lower() == SUFFIX and path.is_file():
        if not path.resolve().is_relative_to(store.folder.resolve()):
            return _of_file(path)
        place = path.resolve().relative_to(store.folder.resolve())
    saved = store.read(store.folder / place) if place else store.find(name)
    places = references(saved.profile)
    if with_secrets:
        secrets = keyring_secrets.read(saved.profile.id, places)
        if missing := [place for place in places if place not in secrets]:
            sentence = _("the keyring has no value for {places}; save the profile anew in the window")
            raise ProfileError(sentence.format(places=", ".join(one_line(place, 60) for place in missing)))
    else:
        secrets = dict.fromkeys(places, f'"{PLACEHOLDER}"')
    profile, _missing = put_back(saved.profile, secrets)
    values, left = usable(profile.options)
    return replace(profile, options=values), tuple(f"{each.name}: {each.reason}" for each in (*saved.left, *left))


def _of_file(path: Path) -> tuple[Profile, tuple[str, ...]]:
    """A file from elsewhere: read as an import is."""
    source = read_source(path)
    if source.document is None:
        raise ProfileError(_("{name} is no profile of wsgui.").format(name=one_line(path.name, 80)))
    one = read_document(source)[0]
    profile = Profile(one.title, one.url, one.protocol, one.options, one.namespaces)
    return profile, (*one.changed, *one.left)


def environment_of(name: str | None, *, with_secrets: bool = True) -> Environment | None:
    """The environment with its secrets. Raises ``EnvironmentFileError``, ``KeyringError``."""
    if name is None:
        return None
    environment = EnvironmentStore().find(name).environment
    wanted = sorted(environment.secret - environment.variables.keys())
    if with_secrets:
        found = keyring_secrets.read(environment.id, [f"variables.{variable}" for variable in wanted])
        values = {variable: found[f"variables.{variable}"] for variable in wanted if f"variables.{variable}" in found}
    else:
        values = dict.fromkeys(environment.secret, PLACEHOLDER)
    return replace(environment, variables={**environment.variables, **values})
