"""Links and files that macOS hands on as events: they are offered as those of a command line are."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from tests.ui.running import run, until, window
from wsgui.app import Application
from wsgui.core.profiles.profile import Profile
from wsgui.core.profiles.text import as_link, as_text

PROFILE = Profile("Chat", "https://a.example/chat")


@pytest.mark.parametrize("kind", ["link", "file", "path with spaces"])
def test_what_was_clicked_on_is_offered(qapp: QApplication, tmp_path: Path, kind: str) -> None:
    file = tmp_path / ("a b%20c#d.wsgui" if kind == "path with spaces" else "room.wsgui")
    file.write_text(as_text(PROFILE), encoding="utf-8")
    event = QFileOpenEvent(QUrl(as_link(PROFILE))) if kind == "link" else QFileOpenEvent(str(file))

    async def body() -> None:
        async with window() as shown:
            assert isinstance(qapp, Application)
            qapp.opened.connect(shown.importing.open)
            QApplication.postEvent(qapp, event)
            await until(lambda: shown.importing.dialog is not None, "the dialog")
            dialog = shown.importing.dialog
            assert dialog is not None
            await until(dialog.use_button.isEnabled, "the connection")
            assert dialog.warning_label.isVisible() == (kind == "link")
            assert shown.tab.address.url == ""
            dialog.use_button.click()
            assert shown.tab.address.url == PROFILE.url
            qapp.opened.disconnect(shown.importing.open)

    run(qapp, body)
