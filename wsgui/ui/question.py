"""A question before something is done, as the person wants to be asked: with the answer "do not ask again" in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QMessageBox, QWidget

from wsgui.core.i18n import _
from wsgui.ui.settings import Question, Settings


def ask(parent: QWidget, question: Question, sentence: str, yes: str, do: Callable[[], object]) -> None:
    """Do it at once, or after the person has said yes to the sentence; ``yes`` is what the button says."""
    settings = Settings()
    if not settings.asks(question):
        do()
        return
    box = QMessageBox(parent)
    box.setObjectName(f"ask-{question.value}")
    box.setWindowTitle("wsgui")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.setIcon(QMessageBox.Icon.Question)
    again = QCheckBox(_("Do not ask again"))
    box.setCheckBox(again)
    agreed = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(agreed)

    def answered() -> None:
        if box.clickedButton() is agreed:
            if again.isChecked():
                settings.set_asks(question, asks=False)
            do()
        box.deleteLater()

    box.finished.connect(lambda _result: answered())
    box.open()
