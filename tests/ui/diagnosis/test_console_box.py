"""What does my console say? The causes of a text that was pasted, and the checks that decide between them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton

from tests.ui.diagnosis.diagnosing import ended, facing, page
from tests.ui.running import run, until
from wsgui.core.causes import CAUSES
from wsgui.core.findings import Stage
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.diagnosis.console_box import ConsoleBox
from wsgui.ui.diagnosis.run import State

RANDOM = "RangeError: Invalid WebSocket frame: invalid status code 47746"
RESERVED = "RangeError: Invalid WebSocket frame: invalid status code 1006"


def titles(box: ConsoleBox) -> list[str]:
    return [each.accessibleName() for each in box.findChildren(QFrame, "candidate") if each.isVisible()]


async def pasted(tab: ConnectionTab, text: str) -> ConsoleBox:
    tab.diagnosing.show_console()
    box = page(tab).console
    await until(box.edit.hasFocus, "the keyboard")
    box.edit.setPlainText(text)
    await until(lambda: bool(titles(box)), "the candidates")
    return box


def test_candidates_are_named_while_one_pastes(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("healthy-node") as (_shown, tab):
            box = await pasted(tab, RANDOM)
            assert titles(box)[0] == CAUSES["second-upgrade-handler"].title
            random = set(titles(box)[:1])
            box.edit.setPlainText(RESERVED)
            await until(lambda: titles(box)[:1] == [CAUSES["invalid-close-code"].title], "the other cause")
            assert random != set(titles(box)[:1])  # H1 and H2 are told apart
            box.edit.setPlainText("lorem ipsum")
            await until(lambda: not titles(box), "nothing known")
            assert any("Nothing in this text" in label.text() for label in box.findChildren(QLabel))

    run(qapp, body)


def test_the_deciding_check_runs_and_says_what_it_found(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("invalid-close-code") as (_shown, tab):
            box = await pasted(tab, RESERVED)
            assert page(tab).run.state is State.NEW
            card = next(each for each in box.findChildren(QFrame, "candidate") if each.isVisible())
            button = card.findChild(QPushButton, "decideButton")
            assert button is not None
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            pane = page(tab)
            await ended(pane)
            assert pane.run.report is not None
            stages = {each.stage for each in pane.run.report.findings}
            assert stages == set(box.candidates[0].decided_by)
            assert Stage.FRAMES in stages
            await until(
                lambda: any("The diagnosis found this cause" in each.text() for each in box.findChildren(QLabel)),
                "the decision",
            )

    run(qapp, body)


def test_a_huge_text_is_read_all_the_same(qapp: QApplication) -> None:
    async def body() -> None:
        async with facing("healthy-node") as (_shown, tab):
            box = await pasted(tab, "x" * 50_000 + "\n" + RANDOM)
            assert titles(box)

    run(qapp, body)
