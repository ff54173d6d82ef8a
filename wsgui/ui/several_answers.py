"""A question that a person has to answer before it goes on; nothing else is kept waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget


async def ask_which(parent: QWidget, title: str, text: str, detail: str, answers: Sequence[str]) -> int | None:
    """Which of the answers was given; ``None``, which is what Enter and Escape say: none. All texts are plain."""
    box = QMessageBox(parent)
    box.setObjectName("question")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(detail)
    buttons: list[QPushButton] = [box.addButton(answer, QMessageBox.ButtonRole.ActionRole) for answer in answers]
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    given: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()

    def answered() -> None:
        clicked = box.clickedButton()
        if not given.done():
            given.set_result(next((number for number, button in enumerate(buttons) if button is clicked), None))

    box.finished.connect(lambda _result: answered())
    box.open()
    try:
        return await given
    finally:
        if not given.done() or given.cancelled():
            box.close()
