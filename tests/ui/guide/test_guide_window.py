"""The guide in the program: the page for what has the keyboard, ways back, search, languages, nothing from outside."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices, QImage, QPixmap, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.running import run, until, window
from wsgui import resources
from wsgui.core.causes import CAUSES
from wsgui.core.findings import Finding, Level, Report, Stage, Status
from wsgui.core.guide import INDEX, read_guide
from wsgui.ui import language, theme
from wsgui.ui.diagnosis.findings_view import FindingsView
from wsgui.ui.guide.guide_window import GuideWindow
from wsgui.ui.guide.topics import PAGE_OF, topic_of

UI = Path(__file__).parents[3] / "wsgui" / "ui"


@pytest.fixture
def guide(qapp: QApplication) -> Iterator[GuideWindow]:
    parent = QWidget()
    dialog = GuideWindow(parent)
    dialog.show()
    dialog.show_topic(INDEX)
    yield dialog
    parent.deleteLater()


def title(dialog: GuideWindow) -> str:
    """The heading of the page in front."""
    return dialog.view.document().begin().text()


def choose(dialog: GuideWindow, name: str) -> None:
    """Click on a page in the contents."""
    for chapter in range(dialog.contents.topLevelItemCount()):
        top = dialog.contents.topLevelItem(chapter)
        assert top is not None
        for number in range(top.childCount()):
            item = top.child(number)
            assert item is not None
            if item.text(0) == dialog.pages[name].title:
                dialog.contents.itemClicked.emit(item, 0)
                return
    raise AssertionError(name)


def test_f1_opens_the_page_for_what_has_the_keyboard(qapp: QApplication) -> None:
    async def body() -> None:
        async with window() as shown:
            shown.activateWindow()
            assert topic_of(shown.tab.log.view) == "log"
            shown.tab.address.url_edit.setFocus()
            await until(lambda: QApplication.focusWidget() is not None)
            action = next(each for each in shown.findChildren(QAction) if each.shortcut().toString() == "F1")
            action.trigger()
            dialog = shown.guide.dialog
            assert dialog is not None
            assert title(dialog) == "First connection"
            shown.guide.show_cause("idle-timeout")
            assert dialog.view.section == dialog.pages["causes"].place_of("idle-timeout")

    run(qapp, body)


def test_every_topic_is_a_page_and_a_widget() -> None:
    pages = read_guide(resources.guide() / "en")
    assert set(PAGE_OF.values()) <= set(pages)
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in UI.rglob("*.py"))
    classes = {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    assert set(PAGE_OF) - classes == set()


def test_every_cause_has_its_place() -> None:
    page = read_guide(resources.guide() / "en")["causes"]
    assert [cause for cause in CAUSES if not page.place_of(cause)] == []


def test_a_finding_leads_to_its_cause(qapp: QApplication) -> None:
    view = FindingsView()
    found = Finding(id="port_open", stage=Stage.TCP, status=Status.FAIL, summary="Nothing.", cause="connection-refused")
    view.show_report(
        Report(url="http://localhost", level=Level.CANNOT_CONNECT, causes=("connection-refused",), findings=(found,))
    )
    assert topic_of(view) == INDEX
    view.open_finding("port_open")
    assert topic_of(view) == "causes#connection-refused"
    wanted: list[str] = []
    view.cause_wanted.connect(wanted.append)
    next(action for action in view.menu().actions() if action.text() == "Learn more").trigger()
    assert wanted == ["connection-refused"]


def test_there_and_back(guide: GuideWindow) -> None:
    choose(guide, "log")
    guide.view.link_wanted.emit("wire.md")
    guide.view.link_wanted.emit("causes.md#ping-timeout")
    assert guide.view.section == guide.pages["causes"].place_of("ping-timeout")
    assert title(guide) == guide.pages["causes"].title
    guide.back_button.click()
    assert title(guide) == "The wire"
    guide.back_button.click()
    assert title(guide) == "Reading the log"
    guide.forward_button.click()
    assert title(guide) == "The wire"
    guide.view.verticalScrollBar().setValue(guide.view.verticalScrollBar().maximum())
    choose(guide, "filters")
    guide.back_button.click()
    assert guide.view.verticalScrollBar().value() == guide.view.verticalScrollBar().maximum() > 0
    guide.forward_button.click()
    assert not guide.forward_button.isEnabled()
    assert [item.text(0) for item in guide.contents.selectedItems()] == ["The filter"]
    guide.home_button.click()
    assert guide.contents.selectedItems() == []


def test_a_link_within_the_page_and_one_to_nowhere(guide: GuideWindow) -> None:
    guide.show_topic("causes")
    guide.view.link_wanted.emit("#redirect")
    assert guide.view.section == guide.pages["causes"].place_of("redirect")
    guide.show_topic("no-such-page")
    assert title(guide) == guide.pages[INDEX].title


def test_search_finds_a_section_and_goes_there(guide: GuideWindow) -> None:
    QTest.keyClicks(guide.search_edit, "SKIP a proxy buffering")
    assert guide.none_found.isVisible()
    guide.search_edit.setText("waterfall")
    first = guide.hits.item(0)
    assert first is not None
    guide.hits.itemActivated.emit(first)
    assert title(guide) == "The wire"
    assert guide.view.textCursor().selectedText().casefold() == "waterfall"
    guide.search_edit.clear()
    assert guide.contents.isVisible()


def test_an_address_outside_is_shown_and_opened_only_when_asked_for(
    guide: GuideWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    guide.view.anchorClicked.emit(QUrl("https://socket.io/docs/"))
    assert (guide.outside.isVisible(), guide.outside.label.text(), opened) == (True, "https://socket.io/docs/", [])
    guide.outside.copy_button.click()
    assert QApplication.clipboard().text() == "https://socket.io/docs/"
    guide.outside.open_button.click()
    assert opened == ["https://socket.io/docs/"]
    choose(guide, "log")
    assert guide.outside.isHidden()


def test_pictures_fit_and_come_from_the_guide_alone(guide: GuideWindow, tmp_path: Path) -> None:
    picture = QTextDocument.ResourceType.ImageResource.value
    found = guide.view.loadResource(picture, QUrl("../images/en/window.png"))
    assert isinstance(found, QPixmap)
    assert 0 < found.width() <= guide.view.viewport().width()
    outside = tmp_path / "a.png"
    QImage(1, 1, QImage.Format.Format_RGB32).save(str(outside))
    for address in (str(outside), outside.as_uri(), "../../../resources/icons/wsgui.svg", "https://example.com/a.png"):
        assert guide.view.loadResource(picture, QUrl(address)) is None


def test_follows_the_language_and_the_theme(qapp: QApplication, guide: GuideWindow) -> None:
    guide.show_topic("causes#idle-timeout")
    section = guide.view.section
    language.switch(qapp, "ru")
    try:
        assert title(guide) == "Почему соединение не работает"
        assert guide.view.section == section
        assert guide.search_edit.placeholderText() == "Искать в руководстве"
        guide.view.anchorClicked.emit(QUrl("wire.md#пульс"))
        assert title(guide) == "Обмен"
        assert guide.view.verticalScrollBar().value() > 0
        guide.go_back()
        theme.changed.emit()
        assert guide.view.section == section
    finally:
        language.switch(qapp, "en")
    assert title(guide) == "Why a connection fails"
