"""Changes of profiles that are not saved: the window asks before it closes, and a closed tab keeps its own."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from tests.ui.profiles.keyring_in_memory import InMemory
from tests.ui.profiles.test_profiles import CHAT, answer, opened, ring, saved
from tests.ui.running import notice, run, until, window
from wsgui.core.profiles.store import ProfileStore
from wsgui.ui.settings import Question
from wsgui.ui.window import Window

__all__ = ["ring"]
OTHER = "http://localhost:4000"


async def changed(shown: Window, path: Path) -> None:
    """The profile is in the tab in front, with another URL."""
    await opened(shown, path)
    shown.tab.address.url_edit.setText(OTHER)
    assert shown.tabs.tabText(0) == "Chat *"


def test_to_cancel_keeps_the_window_and_all_in_it(qapp: QApplication, ring: InMemory) -> None:
    path = ProfileStore().create(CHAT).path

    async def body() -> None:
        async with window() as shown:
            await changed(shown, path)
            shown.close()
            shown.close()
            box = await answer(shown, "Cancel")
            assert "A profile has changes that are not saved." in box.text()
            assert box.informativeText() == "  • Chat"
            await until(lambda: not shown.findChildren(QMessageBox, "question"), "the end of the question")
            assert shown.isVisible()
            assert shown.isEnabled()
            assert not shown.closed.is_set()
            assert shown.tab.address.url == OTHER

    run(qapp, body)


@pytest.mark.parametrize(("choice", "url"), [("Save", OTHER), ("Close without saving", CHAT.url)])
def test_the_answer_is_done_and_the_window_closes(qapp: QApplication, ring: InMemory, choice: str, url: str) -> None:
    path = ProfileStore().create(CHAT).path

    async def body() -> None:
        async with window() as shown:
            await changed(shown, path)
            shown.close()
            await answer(shown, choice)
            await asyncio.wait_for(shown.closed.wait(), 15)
            assert saved("Chat").profile.url == url

    run(qapp, body)


def test_a_signal_closes_the_window_that_is_asking(qapp: QApplication, ring: InMemory) -> None:
    path = ProfileStore().create(CHAT).path

    async def body() -> None:
        async with window() as shown:
            await changed(shown, path)
            shown.close()
            await until(lambda: shown.findChild(QMessageBox, "question") is not None, "the question")
            shown.leave()
            await asyncio.wait_for(shown.closed.wait(), 15)
            assert saved("Chat").profile.url == CHAT.url

    run(qapp, body)


def test_what_cannot_be_saved_keeps_the_window(qapp: QApplication, ring: InMemory) -> None:
    path = ProfileStore().create(CHAT).path

    async def body() -> None:
        async with window() as shown:
            await changed(shown, path)
            path.write_text(path.read_text().replace("Ask Ann", "Ask Bob"))
            shown.close()
            first = await answer(shown, "Save")
            await until(lambda: shown.findChild(QMessageBox, "question") not in (None, first), "the next question")
            await answer(shown, "Cancel")
            await until(lambda: not shown.findChildren(QMessageBox, "question"), "the end of the question")
            assert shown.isVisible()
            assert shown.tabs.tabText(0) == "Chat *"

    run(qapp, body)


def test_nobody_is_asked_where_nothing_is_unsaved_or_nobody_wants_to_be(qapp: QApplication, ring: InMemory) -> None:
    path = ProfileStore().create(CHAT).path

    async def body() -> None:
        async with window() as shown:
            await opened(shown, path)
            shown.close()
            await asyncio.wait_for(shown.closed.wait(), 15)
        async with window() as shown:
            await changed(shown, path)
            shown.leave()  # as a signal does
            await asyncio.wait_for(shown.closed.wait(), 15)
        async with window() as shown:
            await changed(shown, path)
            shown.settings.set_asks(Question.UNSAVED, asks=False)
            shown.close()
            await asyncio.wait_for(shown.closed.wait(), 15)
        assert saved("Chat").profile.url == CHAT.url

    run(qapp, body)


def test_a_closed_tab_comes_back_with_its_profile(qapp: QApplication, ring: InMemory) -> None:
    path = ProfileStore().create(CHAT).path

    async def body() -> None:
        async with window() as shown:
            await changed(shown, path)
            shown.close_front()
            assert notice(shown) == "“Chat *” was closed."
            shown.closed_tabs.reopen()
            assert shown.tab.address.profile_box.currentText() == "Chat *"
            shown.profiles.save()
            await until(lambda: saved("Chat").profile.url == OTHER, "the save")
            shown.close_front()
            path.unlink()
            shown.closed_tabs.reopen()
            assert shown.tab.address.url == OTHER
            assert shown.tab.address.profile_box.currentText() == "No profile"

    run(qapp, body)
