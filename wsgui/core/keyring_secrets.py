"""Secrets in the system's keyring: Keychain, the Credential Manager, the Secret Service or KWallet.

Each is an entry of its own: service ``wsgui``, user ``OWNER/PLACE``, where the owner is the id of a profile or of an
environment. What is there is asked of the library ``keyring``, in a thread that nobody waits for at the end: a keyring
that wants to be unlocked can hold its caller for as long as its own window stands there.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from wsgui.core.i18n import N_, _
from wsgui.core.visible import one_line

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "wsgui"
PATIENCE_SECONDS = 60.0
"""For a person to unlock it."""

_NONE = N_("This system has no keyring.")
_LOCKED = N_("The keyring is locked, and was not unlocked.")
_FORGETFUL = N_("The keyring did not keep what it was given.")
_FAILED = N_("The keyring failed: {reason}")
_SLOW = N_("The keyring did not answer within {n} seconds.")

T = TypeVar("T")


class KeyringError(Exception):
    """The keyring cannot be used; ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def known_keyrings() -> list[str]:
    """The kinds of keyrings that this program can speak with, on any system."""
    import pkgutil

    from keyring import backends

    return sorted(module.name for module in pkgutil.iter_modules(backends.__path__))


def read(owner: str, places: Iterable[str]) -> dict[str, str]:
    """Those of the secrets that are there. Raises :class:`KeyringError`; blocks."""
    users = {place: _user(owner, place) for place in places}
    found = {place: _ask(partial(_get, user=user)) for place, user in users.items()}
    return {place: value for place, value in found.items() if value is not None}


def write(owner: str, secrets: Mapping[str, str]) -> None:
    """Keep them, and make sure that they are kept. Raises :class:`KeyringError`; blocks."""
    for place, value in secrets.items():
        user = _user(owner, place)
        _ask(partial(_set, user=user, value=value))
        if _ask(partial(_get, user=user)) != value:
            raise KeyringError(_(_FORGETFUL))


def forget(owner: str, places: Iterable[str]) -> None:
    """Take out what is there of them. Raises :class:`KeyringError`; blocks."""
    for place in read(owner, places):
        _ask(partial(_delete, user=_user(owner, place)))


async def in_time(work: Callable[[], T], seconds: float = PATIENCE_SECONDS) -> T:
    """Do one of the above in a thread. Raises :class:`KeyringError`, also where it takes too long."""
    outcome: Future[T] = Future()
    outcome.set_running_or_notify_cancel()  # from now on nobody's giving up hinders the thread

    def run() -> None:
        try:
            outcome.set_result(work())
        except Exception as error:  # noqa: BLE001 - it is raised where the outcome is awaited
            outcome.set_exception(error)

    threading.Thread(target=run, name="keyring", daemon=True).start()
    try:
        return await asyncio.wait_for(asyncio.wrap_future(outcome), seconds)
    except TimeoutError:
        raise KeyringError(_(_SLOW).format(n=round(seconds))) from None


def _ask(question: Callable[[KeyringBackend], T]) -> T:
    import keyring  # looks for all backends: 50 ms that only they pay who have secrets
    from keyring.backends import fail, null
    from keyring.errors import KeyringError as KeyringLibraryError
    from keyring.errors import KeyringLocked, NoKeyringError

    ring = keyring.get_keyring()
    if isinstance(ring, fail.Keyring | null.Keyring):
        raise KeyringError(_(_NONE))
    try:
        return question(ring)
    except NoKeyringError as error:
        raise KeyringError(_(_NONE)) from error
    except KeyringLocked as error:
        raise KeyringError(_(_LOCKED)) from error
    except (KeyringLibraryError, OSError, ValueError, RuntimeError) as error:
        reason = one_line(str(error) or type(error).__name__, 200)
        raise KeyringError(_(_FAILED).format(reason=reason)) from error


def _user(owner: str, place: str) -> str:
    return f"{owner}/{place}"


def _get(ring: KeyringBackend, user: str) -> str | None:
    return ring.get_password(SERVICE, user)


def _set(ring: KeyringBackend, user: str, value: str) -> None:
    ring.set_password(SERVICE, user, value)


def _delete(ring: KeyringBackend, user: str) -> None:
    ring.delete_password(SERVICE, user)
