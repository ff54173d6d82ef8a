"""Where the secrets of a profile go when it is saved, and where they come from when it is opened.

Into the keyring. Where there is none, the person says what is to become of them; clear text is never chosen for them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from wsgui.core import keyring_secrets
from wsgui.core.i18n import N_, _
from wsgui.core.keyring_secrets import KeyringError
from wsgui.core.profiles.profile import Profile
from wsgui.core.profiles.stored_secrets import keep_references, put_back, references, take_out
from wsgui.core.visible import one_line
from wsgui.ui.several_answers import ask_which

_MOST_NAMED = 8


class Choice(Enum):
    """What becomes of secrets that no keyring takes."""

    FOR_NOW = N_("Keep until the window &closes")
    CLEAR = N_("Write in clear &text")
    NOT = N_("Do &not save them")


class Filled(NamedTuple):
    """A profile with its secrets."""

    profile: Profile
    missing: tuple[str, ...]
    reason: str
    """Why, if the keyring did not answer."""


class SecretKeeping:
    """Remembers, until the window closes, what it was told to and no longer."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._kept: dict[str, dict[str, str]] = {}
        """Owner -> its secrets, of those who are not in a keyring."""
        self._chosen: dict[str, Choice] = {}

    async def put_away(self, profile: Profile, before: Profile | None, missing: Iterable[str]) -> Profile | None:
        """The profile as it is to be written; ``None`` if the person thought better of it.

        ``missing`` are the places of ``before``, the profile as it is on disk, that could not be filled.
        """
        taken, secrets = take_out(profile)
        if before is not None:
            taken = keep_references(taken, before, tuple(missing))
        choice = await self.keep(profile.id, profile.name, secrets)
        if choice is None and secrets:
            return None
        return profile if choice is Choice.CLEAR else taken

    async def keep(self, owner: str, name: str, secrets: Mapping[str, str]) -> Choice | None:
        """Put them into the keyring, or do as the person chooses; ``None``: neither, and nothing is to be written.

        With a keyring the answer is :attr:`Choice.NOT`: nothing more is to be done with them.
        """
        if not secrets:
            return None
        try:
            await keyring_secrets.in_time(lambda: keyring_secrets.write(owner, secrets))
        except KeyringError as error:
            choice = self._chosen.get(owner) or await self._ask(name, error.sentence, secrets)
            if choice is not None:
                self._chosen[owner] = choice
                self._kept.pop(owner, None)
            if choice is Choice.FOR_NOW:
                self._kept[owner] = dict(secrets)
            return choice
        self._chosen.pop(owner, None)
        self._kept.pop(owner, None)
        return Choice.NOT

    async def fill(self, profile: Profile) -> Filled:
        """The profile with all of its secrets that are to be had."""
        places = references(profile)
        secrets, reason = await self.read(profile.id, places)
        filled, missing = put_back(profile, secrets)
        return Filled(filled, missing, reason)

    async def read(self, owner: str, places: Iterable[str]) -> tuple[dict[str, str], str]:
        """Those that are there, and why not all, if the keyring did not answer."""
        kept = self._kept.get(owner, {})
        left = [place for place in places if place not in kept]
        if not left:
            return dict(kept), ""
        try:
            return kept | await keyring_secrets.in_time(lambda: keyring_secrets.read(owner, left)), ""
        except KeyringError as error:
            return dict(kept), error.sentence

    async def forget(self, owner: str, places: Iterable[str]) -> str:
        """Forget what is no longer referred to; a sentence if that is not possible."""
        places = list(places)
        try:
            if places:
                await keyring_secrets.in_time(lambda: keyring_secrets.forget(owner, places))
        except KeyringError as error:
            return error.sentence
        return ""

    async def copy(self, source: Profile, target: Profile) -> str:
        """Give a copy secrets of its own; a sentence if that is not possible."""
        secrets, reason = await self.read(source.id, references(source))
        if secrets and not reason:
            try:
                await keyring_secrets.in_time(lambda: keyring_secrets.write(target.id, secrets))
            except KeyringError:
                self._kept[target.id] = secrets  # as with the one that it is a copy of
        return reason

    async def _ask(self, name: str, why: str, secrets: Mapping[str, str]) -> Choice | None:
        named = [one_line(place, 60) for place in list(secrets)[:_MOST_NAMED]]
        if len(secrets) > _MOST_NAMED:
            named.append(_("and {n:,} more").format(n=len(secrets) - _MOST_NAMED))
        text = _("The secrets of “{name}” cannot go to the keyring.").format(name=one_line(name, 60))
        what = _("{why} What is to become of these secrets?").format(why=why)
        detail = f"{what}\n\n" + "\n".join(f"  • {each}" for each in named)
        answer = await ask_which(self._window, _("Secrets"), text, detail, [_(choice.value) for choice in Choice])
        await asyncio.sleep(0)  # the question closes before what comes next
        return None if answer is None else list(Choice)[answer]
