"""Secrets out of a profile before it is written, and back into it when it was read.

Where one stood, the file has a reference, ``{{secret:options.auth.token}}``: whole, or in the middle of a URL. A text
that only names variables holds no secret; those of an environment are kept with the environment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias, cast

from wsgui.core import javascript_json
from wsgui.core.option_checks import is_pem
from wsgui.core.option_values import OptionValues
from wsgui.core.profiles.profile import Namespaces, Profile
from wsgui.core.redact import names_a_secret
from wsgui.core.variables import NAME

_REFERENCE = re.compile(r"\{\{secret:([^{}]+)\}\}")
_VARIABLES = re.compile(r"\{\{\s*" + NAME + r"\s*\}\}")
_SCHEME = re.compile(r"\s*(bearer|basic|token|digest)?\s*", re.IGNORECASE)
_PASSWORD = re.compile(r"^(\s*[\w+.-]+://[^/?#\s:@]*:)([^/?#\s@]+)(?=@)")
_PARAMETER = re.compile(r"(?<=[?&])([^=&#\s]+)=([^&#\s]+)")

Secrets: TypeAlias = Mapping[str, str]
"""Where each stands -> its value, as JSON: in an ``auth`` also a number can be one."""


class Taken(NamedTuple):
    """A profile without its secrets, and these."""

    profile: Profile
    secrets: dict[str, str]


def take_out(profile: Profile) -> Taken:
    """Put a reference wherever a secret stands."""
    drawer = _Drawer(profile.secret)
    taken = replace(
        profile,
        url=drawer.url(profile.url, "url"),
        options=drawer.options(profile.options),
        namespaces=drawer.namespaces(profile.namespaces),
    )
    return Taken(taken, drawer.secrets)


def references(profile: Profile) -> tuple[str, ...]:
    """The secrets that a profile refers to."""
    return put_back(profile, {})[1]


def put_back(profile: Profile, secrets: Secrets) -> tuple[Profile, tuple[str, ...]]:
    """The profile with its secrets, and which of them are missing: nothing stands in their place then."""
    missing: dict[str, None] = {}

    def value_of(name: str) -> object:
        if name in secrets:
            return javascript_json.loads(secrets[name])
        missing[name] = None
        return ""

    def fill(text: str) -> object:
        if whole := _REFERENCE.fullmatch(text):
            return value_of(whole[1])
        return _REFERENCE.sub(lambda found: _as_text(value_of(found[1])), text)

    filled = replace(
        profile,
        url=_as_text(fill(profile.url)),
        options=cast("OptionValues", _each_text(profile.options, fill)),
        namespaces=cast("Namespaces", _each_text(profile.namespaces, fill)),
    )
    return filled, tuple(missing)


def keep_references(profile: Profile, before: Profile, missing: Sequence[str]) -> Profile:
    """``profile`` with the references to what was ``missing`` when it was read, where nothing was put in their place.

    Else a keyring that was locked for a moment would cost the secrets that are in it.
    """
    gone = frozenset(missing)

    def keep(new: object, old: object) -> object:
        if isinstance(old, str):
            named = _REFERENCE.findall(old)
            untouched = bool(named) and gone.issuperset(named) and new == _REFERENCE.sub("", old)
            return old if untouched else new
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            return {key: keep(value, old.get(key)) for key, value in new.items()}
        if isinstance(old, list | tuple) and isinstance(new, list | tuple) and len(old) == len(new):
            return [keep(value, each) for value, each in zip(new, old, strict=True)]
        return new

    return replace(
        profile,
        url=_as_text(keep(profile.url, before.url)),
        options=cast("OptionValues", keep(profile.options, before.options)),
        namespaces=cast("Namespaces", keep(profile.namespaces, before.namespaces)),
    )


class _Drawer:
    """Where the secrets go, each under a name of its own."""

    def __init__(self, marked: Sequence[str]) -> None:
        self.secrets: dict[str, str] = {}
        self._marked = frozenset(marked)

    def keep(self, value: object, place: str) -> str:
        name = stem = re.sub(r"[{}]", "_", place)
        number = 1
        while name in self.secrets:
            number += 1
            name = f"{stem}.{number}"
        self.secrets[name] = javascript_json.dumps(value)
        return "{{secret:" + name + "}}"

    def url(self, url: str, place: str) -> str:
        def parameter(found: re.Match[str]) -> str:
            if not self._is_secret(found[1]) or not _holds_one(found[2]):
                return found[0]
            return f"{found[1]}={self.keep(found[2], f'{place}.{found[1]}')}"

        def password(found: re.Match[str]) -> str:
            return found[1] + self.keep(found[2], f"{place}.password") if _holds_one(found[2]) else found[0]

        return _PARAMETER.sub(parameter, _PASSWORD.sub(password, url))

    def options(self, values: Mapping[str, object], place: str = "options") -> OptionValues:
        return cast("OptionValues", {name: self._option(name, value, place) for name, value in values.items()})

    def namespaces(self, namespaces: Namespaces) -> Namespaces:
        return {
            name: auth and cast("Mapping[str, object]", self._all(auth, f"namespaces.{name}"))
            for name, auth in namespaces.items()
        }

    def _option(self, name: str, value: object, place: str) -> object:
        here = f"{place}.{name}"
        match name, value:
            case "auth", _:
                return self._all(value, here)
            case (("extraHeaders" | "query"), Mapping()):
                return {
                    key: self._all(entry, f"{here}.{key}") if self._is_secret(str(key), name) else entry
                    for key, entry in value.items()
                }
            case "passphrase", str():
                return self._all(value, here)
            case "proxy", str():
                return self.url(value, here)
            case (("key" | "pfx"), str()) if is_pem(value):
                return self._all(value, here)
            case "transportOptions", Mapping():
                return {
                    key: self.options(entry, f"{here}.{key}") if isinstance(entry, Mapping) else entry
                    for key, entry in value.items()
                }
        return value

    def _all(self, value: object, place: str) -> object:
        """Every text and number of a value."""
        if isinstance(value, Mapping):
            return {key: self._all(entry, f"{place}.{key}") for key, entry in value.items()}
        if isinstance(value, list | tuple):
            return [self._all(entry, f"{place}.{number}") for number, entry in enumerate(value, 1)]
        if isinstance(value, bool) or value is None or (isinstance(value, str) and not _holds_one(value)):
            return value
        return self.keep(value, place)

    def _is_secret(self, name: str, option: str = "query") -> bool:
        return f"{option}.{name}" in self._marked or names_a_secret(name)


def _holds_one(text: str) -> bool:
    """Whether anything but variables stands there, and the scheme of an ``Authorization`` before them."""
    rest = _VARIABLES.sub("", text)
    return bool(rest.strip()) if rest == text else not _SCHEME.fullmatch(rest)


def _each_text(value: object, change: Callable[[str], object]) -> object:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _each_text(entry, change) for key, entry in value.items()}
    return [_each_text(entry, change) for entry in value] if isinstance(value, list | tuple) else value


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else javascript_json.dumps(value)
