"""Looking for a newer version from the window: never unasked, and told in one sentence."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from PySide6.QtWidgets import QApplication

from tests.net.raw_server import Request, answer, raw_server, read_request
from tests.ui.running import run, until, window
from wsgui import __version__
from wsgui.ui.menu_walk import commands
from wsgui.ui.updating import Updating
from wsgui.ui.window import Window


class Releases:
    """A list of releases that counts who asks."""

    def __init__(self, version: str) -> None:
        self.asked: list[Request] = []
        self.said = answer("200 OK", json.dumps({"tag_name": version}))

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.asked.append(await read_request(reader))
        writer.write(self.said)


@asynccontextmanager
async def looking(version: str) -> AsyncIterator[tuple[Window, Releases, list[str]]]:
    """A window that looks there; what it says."""
    server = Releases(version)
    async with raw_server(server) as url, window() as shown:
        said: list[str] = []
        shown.show_error = said.append  # type: ignore[method-assign, assignment]
        shown.program.updating = Updating(shown, url)
        yield shown, server, said


def choose(shown: Window) -> None:
    next(each for each in commands(shown.menuBar()) if each.title == "Check for updates").action.trigger()


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        ("v999.1", f"wsgui 999.1 is there; this is {__version__}."),
        (__version__, f"This is the newest wsgui: {__version__}."),
        ("nonsense", "could not be found out. The answer names no version."),
    ],
)
def test_the_command_tells_what_it_found(qapp: QApplication, version: str, sentence: str) -> None:
    async def body() -> None:
        async with looking(version) as (shown, server, said):
            choose(shown)
            choose(shown)
            await until(lambda: len(said) == 2, "the answer")
            assert said[0] == "Looking for a newer wsgui…"
            assert sentence in said[1]
            assert len(server.asked) == 1

    run(qapp, body)


def test_nobody_is_asked_unless_somebody_said_so(qapp: QApplication) -> None:
    async def body() -> None:
        async with looking("v999") as (shown, server, said):
            shown.program.begin()
            shown.program.updating.look_if_wanted()
            await asyncio.sleep(0.1)
            assert server.asked == []
            assert said == []

    run(qapp, body)


def test_once_a_day_and_only_a_newer_one_is_told(qapp: QApplication) -> None:
    async def body() -> None:
        async with looking("v999") as (shown, server, said):
            shown.settings.looks_for_updates = True
            shown.program.begin()
            await until(lambda: bool(said), "the answer")
            assert "wsgui 999 is there" in said[0]
            shown.program.begin()
            await asyncio.sleep(0.1)
            assert len(server.asked) == 1
            for server.said in (answer("200 OK", '{"tag_name": "v0.0.1"}'), answer("500 No", "")):
                shown.settings.looked_for_updates = "2020-01-01"
                count = len(server.asked)
                shown.program.begin()
                await until(lambda count=count: len(server.asked) > count, "the request")  # type: ignore[misc]
                await until(lambda: not len(shown.program.updating._tasks), "its end")
            assert len(said) == 1

    run(qapp, body)


def test_the_window_may_be_closed_meanwhile(qapp: QApplication) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async def body() -> None:
        async with raw_server(silent) as url, window() as shown:
            shown.program.updating = Updating(shown, url)
            choose(shown)
            await asyncio.sleep(0.05)
        assert [task for task in asyncio.all_tasks() if task.get_name().startswith("updates")] == []

    run(qapp, body)
