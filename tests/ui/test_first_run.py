"""The first thing that is seen: three ways to begin, until something is connected or it is sent away."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from tests.ui.running import run, until, window
from tests.ui.shown_texts import cut
from wsgui import language
from wsgui.ui import theme
from wsgui.ui.first_run import FirstRun
from wsgui.ui.language import switch
from wsgui.ui.window import Window


async def first_run(shown: Window) -> FirstRun:
    await until(lambda: shown.findChild(FirstRun) is not None, "the first view")
    found = shown.findChild(FirstRun)
    assert found is not None
    await until(found.isVisible)
    return found


def press(shown: FirstRun, name: str) -> None:
    button = shown.findChild(QPushButton, f"firstRun_{name}")
    assert button is not None
    button.click()


def test_the_built_in_server_is_tried(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            press(await first_run(shown), "demo_wanted")
            await until(lambda: shown.tab.status.transport == "websocket", "the connection")
            assert shown.findChild(FirstRun) is None
            assert shown.tab.log.isVisible()

    run(qapp, body)
    again(qapp, wanted=False)


def test_a_snippet_is_pasted(qapp: QApplication) -> None:
    async def body() -> None:
        QGuiApplication.clipboard().setText("io('http://localhost:3000', {forceNew: true})")
        async with window() as shown:
            press(await first_run(shown), "paste_wanted")
            dialog = shown.importing.dialog
            assert dialog is not None
            await until(lambda: "localhost:3000" in dialog.preview.toPlainText(), "the preview")
            dialog.close()

    run(qapp, body)


def test_a_file_is_opened(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            press(await first_run(shown), "file_wanted")
            dialog = shown.importing.dialog
            assert dialog is not None
            await until(lambda: dialog.findChild(QFileDialog) is not None, "the choice of a file")
            for choice in dialog.findChildren(QFileDialog):
                choice.close()
            dialog.close()

    run(qapp, body)


def again(qapp: QApplication, *, wanted: bool) -> None:
    """Whether it comes back with the next window."""

    async def body() -> None:
        async with window() as shown:
            await until(lambda: shown._painted and not shown.windowIcon().isNull(), "what follows the first paint")
            assert (shown.findChild(FirstRun) is not None) is wanted

    run(qapp, body)


def test_it_is_sent_away_for_ever(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            view = await first_run(shown)
            theme.changed.emit()
            view.dismissed.emit()
            await until(shown.tab.log.isVisible, "the log")

    again(qapp, wanted=True)
    run(qapp, body)
    again(qapp, wanted=False)


@pytest.mark.parametrize("code", language.languages())
def test_all_of_it_is_in_view_on_a_small_screen(qapp: QApplication, code: str) -> None:
    async def body() -> None:
        switch(qapp, code)
        theme.apply(qapp, theme.Choice.LIGHT)
        async with window() as shown:
            shown.resize(1024, 640)
            view = await first_run(shown)
            inner = view.widget()
            assert inner is not None
            await until(lambda: inner.width() <= view.viewport().width(), "the width")
            await until(lambda: inner.height() <= view.viewport().height(), "the height")
            await until(lambda: not cut(view), "room for the texts")

    try:
        run(qapp, body)
    finally:
        switch(qapp, language.ENGLISH)


def test_who_asks_for_the_log_gets_the_log(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            await first_run(shown)
            shown.tab.pages.bar.setCurrentIndex(1)
            shown.tab.pages.bar.setCurrentIndex(0)
            assert not shown.tab.log.isVisible()
            shown.menus.show_page("log")
            assert shown.tab.log.isVisible()

    run(qapp, body)
    again(qapp, wanted=True)
