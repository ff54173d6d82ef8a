"""Links and files that macOS hands on as events: they are offered as those of a command line are.

In a process of its own, which has the program's own application: Qt has one in the life of a process.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from wsgui.core.profiles.profile import Profile
from wsgui.core.profiles.text import as_link, as_text

PROFILE = Profile("Chat", "https://a.example/chat")
PROGRAM = """
import asyncio, sys
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from wsgui.app import create

application, loop, window = create([])

async def main(what):
    window.show()
    event = QFileOpenEvent(QUrl(what)) if what.startswith("wsgui:") else QFileOpenEvent(what)
    application.postEvent(application, event)
    while window.importing.dialog is None or not window.importing.dialog.use_button.isEnabled():
        await asyncio.sleep(0.01)
    dialog = window.importing.dialog
    print("warns" if dialog.warning_label.isVisible() else "trusts", repr(window.tab.address.url))
    dialog.use_button.click()
    print(window.tab.address.url)
    window.close()
    await window.closed.wait()

with asyncio.Runner(loop_factory=lambda: loop) as runner:
    runner.run(main(sys.argv[1]))
"""


@pytest.mark.parametrize("kind", ["link", "room.wsgui", "a b%20c#d.wsgui"])
def test_what_was_clicked_on_is_offered(tmp_path: Path, kind: str) -> None:
    file = tmp_path / kind
    file.write_text(as_text(PROFILE), encoding="utf-8")
    what = as_link(PROFILE) if kind == "link" else str(file)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, what], capture_output=True, text=True, timeout=60, check=False
    )
    first = "warns ''" if kind == "link" else "trusts ''"
    assert done.stdout.splitlines() == [first, PROFILE.url], done.stderr
