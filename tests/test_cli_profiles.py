"""``--profile``, ``--environment`` and ``wsgui profiles``, as scripts use them; what is printed holds no secret."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from wsgui.core.environments import Environment, EnvironmentStore
from wsgui.core.profiles.profile import Profile
from wsgui.core.profiles.store import ProfileStore
from wsgui.core.profiles.text import as_text
from wsgui.core.protocol import Protocol
from wsgui.lab.server import serve

KEYRING = """
import json, os
from keyring.backend import KeyringBackend

class File(KeyringBackend):
    priority = 1

    def get_password(self, service, username):
        with open(os.environ["KEYRING_FILE"]) as file:
            return json.load(file).get(username)

    def set_password(self, service, username, password):
        raise NotImplementedError

    def delete_password(self, service, username):
        raise NotImplementedError
"""
"""A keyring of the tests' own; the library takes its name from an environment variable."""


class Machine:
    """A home with a keyring."""

    def __init__(self, folder: Path) -> None:
        self.secrets: dict[str, str] = {}
        self._folder = folder
        (folder / "keyring_of_the_test.py").write_text(KEYRING, encoding="utf-8")

    def wsgui(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command."""
        (self._folder / "secrets.json").write_text(json.dumps(self.secrets), encoding="utf-8")
        environment = os.environ | {
            "PYTHON_KEYRING_BACKEND": "keyring_of_the_test.File",
            "KEYRING_FILE": str(self._folder / "secrets.json"),
            "PYTHONPATH": str(self._folder),
        }
        command = [sys.executable, "-m", "wsgui", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False, env=environment)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path)
    store = ProfileStore()
    saved = store.create(
        Profile(
            name="Live",
            url="{{url}}/chat",
            options={
                "auth": {"token": "{{secret:options.auth.token}}"},
                "extraHeaders": {"X-Stage": "{{stage}}", "X-Key": "{{key}}"},
            },
            namespaces={"/admin": {"token": "{{key}}"}},
        ),
        store.make_folder(store.folder, "Shop"),
    )
    machine.secrets[f"{saved.profile.id}/options.auth.token"] = '"S3CRET-1"'
    return machine


def environment(machine: Machine, url: str) -> None:
    stored = EnvironmentStore().write(
        Environment("local", {"url": url, "stage": "blue", "key": "S3CRET-2"}, frozenset({"key"})), None
    )
    machine.secrets[f"{stored.environment.id}/variables.key"] = "S3CRET-2"


async def test_connect_and_check(machine: Machine) -> None:
    async with serve() as url:
        environment(machine, url)
        arguments = ("--profile", "Shop/Live", "--environment", "local")
        done = await asyncio.to_thread(machine.wsgui, "connect", *arguments, "--for", "2", "--json")
        assert done.stderr == ""
        records = [json.loads(line) for line in done.stdout.splitlines()]
        asked = [record["text"].split()[1] for record in records if record["text"].startswith("CONNECT /")]
        assert asked[:2] == ["/chat", "/admin"]
        sent = next(record for record in records if record["kind"] == "http")["request_headers"]
        assert ["X-Key", "•••"] in sent
        assert "S3CRET" not in done.stdout
        done = await asyncio.to_thread(machine.wsgui, "check", *arguments, "--json")
        assert json.loads(done.stdout)["url"] == f"{url}/chat"
        assert "S3CRET" not in done.stdout + done.stderr


def test_code_has_no_secret_unless_it_is_asked_for(machine: Machine) -> None:
    environment(machine, "http://localhost:3000")
    arguments = ("code", "--profile", "Live", "--environment", "local")
    done = machine.wsgui(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert 'token: "***"' in done.stdout
    assert "S3CRET" not in done.stdout
    whole = machine.wsgui(*arguments, "--with-secrets").stdout
    assert "S3CRET-1" in whole
    assert "S3CRET-2" in whole


def test_other_arguments_come_on_top(machine: Machine) -> None:
    environment(machine, "http://localhost:3000")
    arguments = ("code", "--profile", "Live", "--environment", "local", "--options", '{"extraHeaders": {"a": "b"}}')
    done = machine.wsgui(*arguments, "http://other.example", "--namespace", "c")
    assert 'io("http://other.example"' in done.stdout
    assert "X-Stage" not in done.stdout
    assert '"/c"' in done.stdout
    assert "/admin" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--profile", "Nothing"), "There is no profile Nothing"),
        (("--profile", "Live"), "URL: {{url}} has no value: no environment is chosen."),
        (("--profile", "Live", "--environment", "x"), "There is no environment x; there is: local."),
        (("http://{{host}}", "--environment", "local"), "URL: The environment local has no value for {{host}}."),
        ((), "Enter the server's URL"),
    ],
)
def test_what_cannot_be_is_said(machine: Machine, arguments: tuple[str, ...], said: str) -> None:
    environment(machine, "http://localhost:3000")
    for command in ("connect", "check", "code"):
        done = machine.wsgui(command, *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr


def test_a_secret_that_is_not_there_is_said(machine: Machine) -> None:
    environment(machine, "http://localhost:3000")
    machine.secrets.clear()
    done = machine.wsgui("connect", "--profile", "Live", "--environment", "local")
    assert done.returncode == 2
    assert "the keyring has no value for options.auth.token" in done.stderr


def test_a_file_from_elsewhere_gets_no_secrets(machine: Machine, tmp_path: Path) -> None:
    mine = ProfileStore().find("Live").profile
    file = tmp_path / "theirs.wsgui"
    file.write_text(
        as_text(Profile("x", "http://theirs.example", Protocol.SOCKETIO, mine.options, id=mine.id)), "utf-8"
    )
    environment(machine, "http://localhost:3000")
    done = machine.wsgui("code", "--profile", file, "--environment", "local", "--with-secrets")
    assert "theirs.example" in done.stdout
    assert "S3CRET-1" not in done.stdout
    assert file.exists()
    (tmp_path / "bad.wsgui").write_text("{", "utf-8")
    done = machine.wsgui("code", "--profile", tmp_path / "bad.wsgui")
    assert "bad.wsgui, line 1, column 2" in done.stderr
    assert (tmp_path / "bad.wsgui").exists()


def test_they_are_listed(machine: Machine) -> None:
    (ProfileStore().folder / "bad.wsgui").write_text("{", "utf-8")
    done = machine.wsgui("profiles")
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == "Shop/Live  {{url}}/chat"
    assert "bad.wsgui cannot be read" in done.stdout
    assert machine.wsgui("profiles").returncode == 0
