"""Secrets in the keyring: each an entry of its own, and every way in which it can fail is a sentence."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from tests.ui.profiles.keyring_in_memory import InMemory, in_use
from wsgui.core.keyring_secrets import KeyringError, forget, in_time, known_keyrings, read, write

SECRETS = {"url.token": '"a"', "options.auth.pin": "1234"}


class Forgetful(InMemory):
    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Broken(InMemory):
    def get_password(self, service: str, username: str) -> str | None:
        raise OSError("the bus\nis gone")


def test_write_read_forget() -> None:
    ring = InMemory()
    with in_use(ring):
        write("one", SECRETS)
        write("two", {"url.token": '"b"'})
        assert ring.kept["wsgui", "one/options.auth.pin"] == "1234"
        assert read("one", [*SECRETS, "not there"]) == SECRETS
        forget("one", ["url.token", "not there"])
        assert read("one", SECRETS) == {"options.auth.pin": "1234"}
        assert read("two", ["url.token"]) == {"url.token": '"b"'}


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (fail.Keyring, "This system has no keyring."),
        (null.Keyring, "This system has no keyring."),
        (Forgetful, "The keyring did not keep what it was given."),
        (Broken, "The keyring failed: the bus⏎is gone"),
    ],
)
def test_what_fails_is_said(make: Callable[[], KeyringBackend], said: str) -> None:
    with in_use(make()), pytest.raises(KeyringError) as caught:
        write("one", SECRETS)
    assert caught.value.sentence == said


def test_a_locked_one_is_said() -> None:
    ring = InMemory()
    ring.locked = True
    with in_use(ring), pytest.raises(KeyringError, match="locked, and was not unlocked"):
        read("one", ["a"])


async def test_one_that_hangs_is_not_waited_for() -> None:
    asked, unlocked = threading.Event(), threading.Event()

    def hang() -> None:
        asked.set()
        unlocked.wait()

    with pytest.raises(KeyringError, match="did not answer within 0 seconds"):
        await in_time(hang, 0.01)
    assert asked.is_set()
    unlocked.set()
    for thread in threading.enumerate():
        if thread.name == "keyring":
            await asyncio.to_thread(thread.join)


async def test_its_answer_and_its_error_come_back() -> None:
    assert await in_time(lambda: 7) == 7
    with in_use(fail.Keyring()), pytest.raises(KeyringError):  # type: ignore[no-untyped-call] # of the library
        await in_time(lambda: read("one", ["a"]))


def test_the_keyrings_of_all_systems_are_there() -> None:
    assert {"SecretService", "Windows", "kwallet", "macOS"} <= set(known_keyrings())
