"""The one format of a profile: in the folder of profiles, in a ``.wsgui`` file, in a ``wsgui://`` link.

A JSON object with the number of its format in ``wsgui``; ``docs/profiles.md`` describes the members. What is not as
it should be is left out and told: the file may be a stranger's, or have been edited.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from typing import NamedTuple

from wsgui.core import javascript_json
from wsgui.core.i18n import N_, _
from wsgui.core.option_values import OptionError, OptionValue, OptionValues
from wsgui.core.profiles.profile import Message, Namespaces, Profile
from wsgui.core.protocol import Protocol

FORMAT = 1
"""Raise it when a reader of the old one would misunderstand the new."""
SUFFIX = ".wsgui"
LINK = "wsgui://connect"
DEEPEST = 100
"""Levels of an ``auth``."""
_MEMBERS = frozenset({"id", "name", "url", "protocol", "options", "namespaces", "messages", "notes"})
_DERIVED = frozenset({"wsgui", "variables", "secret"})

_NO_PROTOCOL = N_("There is no such protocol.")
_NO_NAMESPACE = N_("It is no name of a namespace.")
_NO_OBJECT = N_("It must be a JSON object.")


class LeftOut(NamedTuple):
    """What could not be taken."""

    name: str
    reason: str
    """A sentence, translated."""


class Reading(NamedTuple):
    """A profile as it was written. Its options are not checked: see :func:`usable`."""

    profile: Profile
    left: tuple[LeftOut, ...]


def members_of(profile: Profile) -> dict[str, object]:
    """What is written, without the number of the format."""
    optional: dict[str, object] = {
        "namespaces": dict(profile.namespaces),
        "messages": [_message_members(message) for message in profile.messages],
        "notes": profile.notes,
        "variables": list(profile.variables),
        "secret": list(profile.secret),
    }
    return {
        **({"id": profile.id} if profile.id else {}),
        **({"name": profile.name} if profile.name else {}),
        "url": profile.url,
        "protocol": profile.protocol.value,
        "options": dict(profile.options),
        **{name: value for name, value in optional.items() if value},
        **profile.more,
    }


def as_text(profile: Profile) -> str:
    """The text of a file; ends with a line break."""
    return javascript_json.dumps({"wsgui": FORMAT, **members_of(profile)}, indent=True) + "\n"


def as_link(profile: Profile) -> str:
    """A link that opens the connection in the window, which asks first."""
    text = javascript_json.dumps({"wsgui": FORMAT, **members_of(profile)})
    return f"{LINK}#{base64.urlsafe_b64encode(text.encode()).decode().rstrip('=')}"


def read(members: Mapping[str, object]) -> Reading:
    """The profile in an object. Raises :class:`ValueError` with a sentence if it is nested too deeply."""
    _refuse_depth(members)
    left: list[LeftOut] = []
    try:
        protocol = Protocol(_text(members.get("protocol")) or Protocol.SOCKETIO)
    except ValueError:
        protocol = Protocol.SOCKETIO
        left.append(LeftOut("protocol", _(_NO_PROTOCOL)))
    objects = [name for name in ("options", "namespaces") if name in members]
    left += [LeftOut(name, _(_NO_OBJECT)) for name in objects if not isinstance(members[name], Mapping)]
    profile = Profile(
        name=_text(members.get("name")),
        url=_text(members.get("url")),
        protocol=protocol,
        options=_options(members.get("options")),
        namespaces=_namespaces(members.get("namespaces"), left),
        messages=tuple(map(_message, filter(_is_mapping, _items(members.get("messages"))))),
        notes=_text(members.get("notes")),
        id=_text(members.get("id")),
        secret=tuple(filter(None, map(_text, _items(members.get("secret"))))),
        more={name: value for name, value in members.items() if name not in _MEMBERS | _DERIVED},
    )
    return Reading(profile, tuple(left))


def usable(options: OptionValues) -> tuple[OptionValues, tuple[LeftOut, ...]]:
    """Those of the options that can be, in their normal shape, and why the others cannot."""
    from wsgui.core.options import check_values

    left: list[LeftOut] = []
    remaining = dict(options)
    while True:
        try:
            return check_values(remaining), tuple(left)
        except OptionError as error:
            remaining.pop(error.option)
            left.append(LeftOut(error.option, error.sentence))


def _message_members(message: Message) -> dict[str, object]:
    return {
        "event": message.event,
        "text": message.text,
        **({"title": message.title} if message.title else {}),
        **({"ack": True} if message.ack else {}),
    }


def _message(value: object) -> Message:
    members = value if isinstance(value, Mapping) else {}
    return Message(
        _text(members.get("event")),
        _text(members.get("text")),
        _text(members.get("title")),
        ack=members.get("ack") is True,
    )


def _options(value: object) -> dict[str, OptionValue]:
    """JSON has no ``Infinity`` and writes ``null`` for it."""
    values: dict[str, OptionValue] = {}
    for name, entry in (value if isinstance(value, Mapping) else {}).items():
        values[str(name)] = math.inf if entry is None else entry
    return values


def _namespaces(value: object, left: list[LeftOut]) -> Namespaces:
    found: dict[str, Mapping[str, object] | None] = {}
    for name, auth in (value if isinstance(value, Mapping) else {}).items():
        if name.startswith("/") and "," not in name and name.isprintable():
            found[name] = auth if isinstance(auth, Mapping) and auth else None
        else:
            left.append(LeftOut(name, _(_NO_NAMESPACE)))
    return found


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _is_mapping(value: object) -> bool:
    return isinstance(value, Mapping)


def _text(value: object) -> str:
    """``value`` if it is a text; a number and a truth value as JSON writes them, nothing for all else."""
    if isinstance(value, str):
        return value
    return javascript_json.dumps(value) if isinstance(value, bool | int | float) else ""


def _refuse_depth(members: Mapping[str, object]) -> None:
    level: list[object] = [members]
    for _depth in range(DEEPEST + 1):
        if not level:
            return
        level = [
            entry
            for each in level
            if isinstance(each, dict | list)  # JSON has no others, and asking for a Mapping takes five times as long
            for entry in (each.values() if isinstance(each, dict) else each)
        ]
    raise ValueError(_("it is nested more than {n} levels deep").format(n=DEEPEST))
