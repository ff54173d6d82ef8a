"""What is not needed for the first paint is imported after it: each of these would delay the window."""

from __future__ import annotations

import subprocess
import sys

import pytest

LATE = frozenset(
    {
        "aiohttp",
        "babel",
        "dataclasses",
        "html",
        "orjson",
        "socketio",
        "sqlite3",
        "wsgui.core.address",
        "wsgui.core.describe",
        "wsgui.core.filters",
        "wsgui.core.options",
        "wsgui.core.recording",
        "wsgui.core.snippet",
        "wsgui.net.socketio_session",
        "wsgui.core.trouble",
        "wsgui.ui.log.completion",
        "wsgui.ui.environments.environments",
        "wsgui.ui.imports.importing",
        "wsgui.ui.menus",
        "wsgui.ui.message_pane",
        "wsgui.ui.namespace_pane",
        "wsgui.ui.options.row",
        "wsgui.ui.palette.palette",
        "wsgui.ui.profiles.profiles",
        "wsgui.ui.recordings.shelf",
        "wsgui.ui.shortcuts.sheet",
        "wsgui.ui.trouble.troubles_bar",
    }
)


@pytest.mark.parametrize("code", ["en", "ru"])
def test_the_window_is_made_of_little(code: str) -> None:
    script = (
        "import sys; from wsgui import app\n"
        f"application, loop, window = app.create([], {code!r})\n"
        "print(*sys.modules); sys.stdout.flush()\n"
        "import os; os._exit(0)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    late = LATE | {"wsgui.core.catalogue"} if code == "en" else LATE
    assert sorted(late & set(done.stdout.split())) == []
