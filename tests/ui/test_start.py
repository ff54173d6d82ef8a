"""What is not needed for the first paint is imported after it: each of these would delay the window."""

from __future__ import annotations

import subprocess
import sys

LATE = frozenset(
    {
        "aiohttp",
        "dataclasses",
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
        "wsgui.ui.log.completion",
        "wsgui.ui.message_pane",
        "wsgui.ui.namespace_pane",
        "wsgui.ui.options.row",
    }
)


def test_the_window_is_made_of_little() -> None:
    script = (
        "import sys; from wsgui import app\n"
        "application, loop, window = app.create([])\n"
        "print(*sys.modules); sys.stdout.flush()\n"
        "import os; os._exit(0)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert sorted(LATE & set(done.stdout.split())) == []
