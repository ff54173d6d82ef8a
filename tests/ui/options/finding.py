"""Finding the form's editors and typing into them."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from wsgui.ui.options.form import OptionForm

W = TypeVar("W", bound=QWidget)


def found(form: QWidget, kind: type[W], name: str) -> W:
    widget = form.findChild(kind, name)
    assert widget is not None, name
    return widget


def line(form: OptionForm, name: str) -> QLineEdit:
    return found(form, QLineEdit, f"option_{name}")


def type_into(edit: QWidget, text: str) -> None:
    assert isinstance(edit, QLineEdit | QPlainTextEdit)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    QTest.keyClicks(edit, text)


def complaints(form: OptionForm) -> dict[str, str]:
    return {problem.option: problem.sentence for problem in form.problems()}
