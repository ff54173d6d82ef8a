"""The settings: kept privately, chosen in their dialog, acting at once, taken back as one."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QMessageBox, QPushButton

from tests.net.proxy_server import HttpProxy
from tests.net.raw_server import answer, raw_server
from tests.ui.running import recorded, run, until, window
from wsgui import language
from wsgui.core import i18n
from wsgui.core.profiles.profile import Profile
from wsgui.core.profiles.text import as_link
from wsgui.core.protocol import Protocol
from wsgui.core.records import Kind
from wsgui.lab.server import serve
from wsgui.net.state import State
from wsgui.ui import theme
from wsgui.ui.language import switch
from wsgui.ui.settings import Motion, Question, Settings
from wsgui.ui.settings_dialog import SettingsDialog
from wsgui.ui.theme import Choice
from wsgui.ui.window import Window


@pytest.fixture(autouse=True)
def as_it_was(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, Choice.LIGHT)
    yield
    switch(qapp, language.ENGLISH)
    theme.apply(qapp, Choice.LIGHT)


async def opened(shown: Window) -> SettingsDialog:
    await until(shown.isActiveWindow, "the keyboard")
    QTest.keyClick(shown.tab.address.url_edit, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = shown.program.settings_dialog
    await until(dialog.isVisible, "the settings")
    return dialog


def choose(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_the_file_is_its_owners_alone() -> None:
    settings = Settings()
    settings.remember_url("http://localhost:1")
    settings._store.sync()
    assert os.name == "nt" or settings.path.stat().st_mode & 0o777 == 0o600
    settings.path.chmod(0o644)
    another = Settings()
    another.theme = Choice.DARK
    another._store.sync()
    assert os.name == "nt" or settings.path.stat().st_mode & 0o777 == 0o600
    assert "theme=dark" in settings.path.read_text(encoding="utf-8")


def test_an_edited_file_gives_the_defaults(home: object) -> None:
    settings = Settings()
    for name in ("theme", "motion", "recordings/days", "asks/link", "updates/looks"):
        settings._store.setValue(name, "\x00 nonsense")
    assert settings.theme is Choice.SYSTEM
    assert settings.reduced_motion is Motion.SYSTEM
    assert settings.keep_days == 30
    assert not settings.looks_for_updates


def test_nothing_is_looked_up_or_asked_that_nobody_wanted() -> None:
    settings = Settings()
    assert not settings.looks_for_updates
    assert settings.proxy == ""
    assert [question for question in Question if settings.asks(question)] == [Question.UNSAVED, Question.LINK]


def test_each_choice_acts_at_once_and_is_kept(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            dialog = await opened(shown)
            choose(dialog.theme_box, "dark")
            assert theme.current().name == "dark"
            choose(dialog.motion_box, "on")
            dialog.retention.days.setValue(7)
            choose(dialog.language_box, "ru")
            assert i18n.spoken() == "ru"
            assert dialog.windowTitle() == i18n._("Settings") != "Settings"
            again = Settings()
            assert again.theme is Choice.DARK
            assert again.reduced_motion is Motion.REDUCED
            assert again.keep_days == 7
            assert again.language == "ru"

    run(qapp, body)


def test_what_is_chosen_in_the_menus_is_shown(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            dialog = await opened(shown)
            shown.menus.choose_theme(Choice.DARK)
            assert dialog.theme_box.currentData() == "dark"
            shown.menus.languages.choose("ru")
            assert dialog.language_box.currentData() == "ru"

    run(qapp, body)


def test_back_to_the_defaults_and_back_again(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.settings.remember_url("http://localhost:1")
            dialog = await opened(shown)
            choose(dialog.theme_box, "dark")
            QTest.keyClicks(dialog.proxy_edit, "http://proxy.invalid:3128")
            dialog.question_boxes[Question.LINK].click()
            QTest.mouseClick(dialog.defaults_button, Qt.MouseButton.LeftButton)
            assert shown.settings.chosen().keys() <= {"language", "theme"}
            assert Settings().theme is Choice.SYSTEM
            assert theme.current().name == "light"
            assert dialog.question_boxes[Question.LINK].isChecked()
            assert dialog.proxy_edit.text() == ""
            assert shown.settings.urls == ["http://localhost:1"]
            assert dialog.defaults_button.text() == "&Undo"
            QTest.mouseClick(dialog.defaults_button, Qt.MouseButton.LeftButton)
            assert Settings().theme is Choice.DARK
            assert theme.current().name == "dark"
            assert dialog.proxy_edit.text() == shown.settings.proxy == "http://proxy.invalid:3128"
            assert not shown.settings.asks(Question.LINK)
            assert dialog.defaults_button.text() == "Back to the &defaults"

    run(qapp, body)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("ftp://proxy:1", "A proxy may be"),
        ("http://proxy:1/path", "nothing may follow"),
        ("http://me:secret@proxy:1", "A password would stand in a file in clear"),
        ("http://pro xy", "A proxy is written as"),
    ],
)
def test_a_bad_proxy_is_told_in_place_and_not_kept(qapp: QApplication, address: str, sentence: str) -> None:
    async def body() -> None:
        async with window() as shown:
            dialog = await opened(shown)
            QTest.keyClicks(dialog.proxy_edit, address)
            assert sentence in dialog.proxy_problem.text()
            assert dialog.proxy_problem.isVisible()
            assert dialog.proxy_edit.property("state") == "bad"
            assert shown.settings.proxy == ""
            shown.settings._store.sync()
            assert "secret" not in shown.settings.path.read_text(encoding="utf-8")
            dialog.proxy_edit.clear()
            QTest.keyClicks(dialog.proxy_edit, "proxy:1")
            assert dialog.proxy_problem.isHidden()
            assert not dialog.proxy_edit.property("state")
            assert shown.settings.proxy == "proxy:1"

    run(qapp, body)


def test_the_proxy_is_used_where_a_connection_names_none(qapp: QApplication) -> None:
    common, own = (HttpProxy(refusal=answer("502 Bad Gateway", "no")) for _ in range(2))

    async def body() -> None:
        async with serve() as url, raw_server(common) as common_url, raw_server(own) as own_url, window() as shown:
            tab = shown.tab
            shown.settings.proxy = common_url
            tab.connect_to("http://server.invalid:3000")
            await until(lambda: bool(recorded(tab, Kind.CONNECT_ERROR)), "the refusal")
            assert [request.target.partition("?")[0] for request in common.requests][:1] == [
                "http://server.invalid:3000/socket.io/"
            ]
            tab.stop()
            await until(lambda: tab.status.state is State.CLOSED, "the end")
            asked = len(common.requests)
            tab.diagnosing.start()
            pane = tab.diagnosing.pane
            assert pane is not None
            await until(lambda: len(common.requests) > asked, "a check")
            await until(lambda: not pane.run.running, "the diagnosis", seconds=60)
            tab.options.set_values({"proxy": own_url})
            asked = len(common.requests)
            tab.connect_now()
            await until(lambda: bool(own.requests), "the request")
            tab.stop()
            await until(lambda: tab.status.state is State.CLOSED, "the end")
            tab.options.set_values({})
            tab.connect_to(url)  # this machine
            await until(lambda: tab.status.transport == "websocket", "the connection")
            assert len(common.requests) == asked

    run(qapp, body)


def message_box(shown: Window) -> QMessageBox:
    box = shown.findChild(QMessageBox)
    assert box is not None
    return box


def press(box: QMessageBox, text: str) -> None:
    next(button for button in box.findChildren(QPushButton) if button.text().replace("&", "") == text).click()


def test_closing_a_connected_tab_is_asked_about_if_wanted(qapp: QApplication) -> None:
    async def body() -> None:
        async with serve() as url, window() as shown:
            shown.settings.set_asks(Question.CLOSE_CONNECTED, asks=True)
            first = shown.tab
            first.connect_to(url)
            await until(lambda: first.status.state is State.CONNECTED, "the connection")
            shown.close_front()
            press(message_box(shown), "Cancel")
            await until(lambda: shown.findChild(QMessageBox) is None, "the end of the question")
            assert shown.tab is first
            shown.close_front()
            box = message_box(shown)
            again = box.checkBox()
            assert isinstance(again, QCheckBox)
            again.setChecked(True)
            press(box, "Close the tab")
            await until(lambda: shown.tabs.indexOf(first) < 0, "the end of the tab")
            assert not shown.settings.asks(Question.CLOSE_CONNECTED)
            shown.tab.connect_to(url)
            second = shown.tab
            await until(lambda: second.status.state is State.CONNECTED, "the connection")
            shown.close_front()
            assert shown.tabs.indexOf(second) < 0

    run(qapp, body)


def test_a_forbidden_close_frame_is_asked_about_if_wanted(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.tab.address.set_protocol(Protocol.WEBSOCKET)
            row = shown.tab.messages.close_row
            sent: list[bytes] = []
            row.close_wanted.disconnect()
            row.close_wanted.connect(sent.append)
            row.code_box.setCurrentText("1005")
            row.button.click()
            assert len(sent) == 1
            shown.settings.set_asks(Question.ILLEGAL_CLOSE, asks=True)
            row.button.click()
            assert len(sent) == 1
            press(message_box(shown), "Send it")
            assert len(sent) == 2
            row.code_box.setCurrentText("1000")
            row.button.click()
            assert len(sent) == 3

    run(qapp, body)


def test_a_link_fills_in_the_form_at_once_if_nobody_wants_to_be_asked(qapp: QApplication) -> None:
    link = as_link(Profile(url="http://127.0.0.1:1/admin"))

    async def body() -> None:
        async with window() as shown:
            shown.importing.open(link)
            assert shown.importing.dialog is not None
            shown.importing.dialog.reject()
            assert shown.tab.address.url == ""
            shown.settings.set_asks(Question.LINK, asks=False)
            shown.importing.open(link)
            await until(lambda: shown.tab.address.url == "http://127.0.0.1:1/admin", "the URL")
            assert shown.tab.status.state is State.CLOSED
            shown.importing.open("wsgui://nonsense")
            await until(lambda: shown.importing.dialog is not None, "what is wrong with it")

    run(qapp, body)
