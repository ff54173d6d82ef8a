"""One step of a sequence: what to send, to wait for, to check, or how long to pause."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from wsgui.core import javascript_json
from wsgui.core.connection_plan import Check, Pause, Send, Step, Wait
from wsgui.core.i18n import N_, _
from wsgui.core.payload import PayloadError, check_arguments, read_arguments
from wsgui.core.sequences import MOST_SECONDS
from wsgui.core.value_check import CheckError, Test, check_question
from wsgui.ui.named import named
from wsgui.ui.plain_label import PlainLabel
from wsgui.ui.theme import fixed_font, show_bad

_TITLES = {Send: N_("Send"), Wait: N_("Wait"), Check: N_("Check"), Pause: N_("Pause")}
_TESTS = {
    Test.EQUALS: N_("is exactly"),
    Test.CONTAINS: N_("contains"),
    Test.EXISTS: N_("is there"),
    Test.MATCHES: N_("matches the regular expression"),
}


class _WrongError(ValueError):
    """What is wrong, as a sentence, and where."""

    def __init__(self, widget: QWidget, sentence: str) -> None:
        super().__init__(sentence)
        self.widget = widget


class StepDialog(QDialog):
    """``plain``: the sequence is for a plain WebSocket."""

    saved = Signal(object)
    """The step."""

    def __init__(self, parent: QWidget, step: Step, *, plain: bool) -> None:
        super().__init__(parent)
        self.setObjectName("stepDialog")
        self.setWindowTitle(_("Step: {kind}").format(kind=_(_TITLES[type(step)])))
        self.resize(560, 320)
        self._step = step
        self._plain = plain
        self.event_edit = named(QLineEdit(), "stepEventEdit", _("Event name"))
        self.namespace_edit = named(QLineEdit(), "stepNamespaceEdit", _("Namespace"))
        self.namespace_edit.setPlaceholderText(_("that of the connection"))
        self.text_edit = named(QPlainTextEdit(), "stepTextEdit", _("Value"))
        self.text_edit.setFont(fixed_font())
        self.text_edit.setTabChangesFocus(True)
        self.ack_box = named(QCheckBox(_("Ask for an &acknowledgement, and wait for it")), "stepAckBox")
        self.volatile_box = named(QCheckBox(_("&Volatile")), "stepVolatileBox")
        self.seconds_edit = named(QLineEdit(), "stepSecondsEdit", _("Seconds"))
        self.path_edit = named(QLineEdit(), "stepPathEdit", _("Path"))
        self.path_edit.setPlaceholderText(_("0.user.name: in the first argument"))
        self.test_box = named(QComboBox(), "stepTestBox", _("Comparison"))
        for test, text in _TESTS.items():
            self.test_box.addItem(_(text), test)
        self.said = PlainLabel()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self._fill(step)
        self.test_box.currentIndexChanged.connect(lambda _row: self._show_value())
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(lambda _result: self.deleteLater())
        self._show_value()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        match self._step:
            case Send():
                if not self._plain:
                    form.addRow(_("&Event"), self.event_edit)
                    form.addRow(_("Names&pace"), self.namespace_edit)
                form.addRow(_("&Message") if self._plain else _("Ar&guments"), self.text_edit)
                if not self._plain:
                    form.addRow("", self.ack_box)
                    form.addRow(_("&Seconds for it"), self.seconds_edit)
                    form.addRow("", self.volatile_box)
            case Wait():
                if not self._plain:
                    form.addRow(_("&Event"), self.event_edit)
                    form.addRow(_("Names&pace"), self.namespace_edit)
                form.addRow(_("At most, &seconds"), self.seconds_edit)
            case Check():
                form.addRow(_("&Path into what came last"), self.path_edit)
                form.addRow(_("&Comparison"), self.test_box)
                form.addRow(_("&Value"), self.text_edit)
            case Pause():
                form.addRow(_("&Seconds"), self.seconds_edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(form, 1)
        column.addWidget(self.said)
        column.addWidget(self.buttons)

    def _fill(self, step: Step) -> None:
        match step:
            case Send(args=args):
                self.event_edit.setText(step.event)
                self.namespace_edit.setText(step.namespace)
                text = "".join(map(_as_typed, args)) if self._plain else ", ".join(map(javascript_json.dumps, args))
                self.text_edit.setPlainText(text)
                self.ack_box.setChecked(step.ack)
                self.volatile_box.setChecked(step.volatile)
                self.seconds_edit.setText(f"{step.seconds:g}")
            case Wait():
                self.event_edit.setText(step.event)
                self.namespace_edit.setText(step.namespace)
                self.seconds_edit.setText(f"{step.seconds:g}")
            case Check():
                self.path_edit.setText(step.path)
                self.test_box.setCurrentIndex(self.test_box.findData(step.test))
                matches = step.test is Test.MATCHES
                self.text_edit.setPlainText(str(step.value) if matches else javascript_json.dumps(step.value))
            case Pause():
                self.seconds_edit.setText(f"{step.seconds:g}")

    def _show_value(self) -> None:
        if isinstance(self._step, Check):
            test = Test(self.test_box.currentData())
            self.text_edit.setEnabled(test is not Test.EXISTS)
            matches = test is Test.MATCHES
            self.text_edit.setPlaceholderText(_("a regular expression") if matches else _('JSON: 7, "text", {…}'))

    # What it says

    def step(self) -> Step:
        """The step of the form. Raises an error with a sentence."""
        match self._step:
            case Send() if self._plain:
                text = self.text_edit.toPlainText()
                return Send("", [_as_written(text)])
            case Send():
                return Send(
                    self._event(),
                    self._arguments(),
                    self._namespace(),
                    self.ack_box.isChecked(),
                    self._seconds(),
                    self.volatile_box.isChecked(),
                )
            case Wait():
                return Wait("" if self._plain else self._event(), self._namespace(), self._seconds())
            case Check():
                return self._check()
            case Pause():
                return Pause(self._seconds())

    def _event(self) -> str:
        if not self.event_edit.text():
            raise _WrongError(self.event_edit, _("Enter the event's name."))
        return self.event_edit.text()

    def _namespace(self) -> str:
        text = self.namespace_edit.text().strip()
        return text if text.startswith("/") or not text else f"/{text}"

    def _arguments(self) -> list[object]:
        text = self.text_edit.toPlainText()
        try:
            check_arguments(text)
            return read_arguments(text)
        except PayloadError as error:
            raise _WrongError(self.text_edit, str(error)) from error

    def _seconds(self) -> float:
        try:
            seconds = float(self.seconds_edit.text().replace(",", "."))
        except ValueError:
            seconds = -1.0
        if not 0 <= seconds <= MOST_SECONDS:
            sentence = _("Seconds are a number from 0 to {most:,}.").format(most=int(MOST_SECONDS))
            raise _WrongError(self.seconds_edit, sentence)
        return seconds

    def _check(self) -> Check:
        test = Test(self.test_box.currentData())
        text = self.text_edit.toPlainText()
        value: object = None
        if test is Test.MATCHES:
            value = text
        elif test is not Test.EXISTS:
            try:
                value = javascript_json.loads(text)
            except javascript_json.JsonError as error:
                sentence = _("The JSON is broken at line {line}, column {column}: {why}.")
                told = sentence.format(line=error.line, column=error.column, why=error)
                raise _WrongError(self.text_edit, told) from error
        try:
            check_question(self.path_edit.text(), test, value)
        except CheckError as error:
            raise _WrongError(self.path_edit if test is not Test.MATCHES else self.text_edit, str(error)) from error
        return Check(self.path_edit.text().strip(), test, value)

    def _save(self) -> None:
        for widget in (self.event_edit, self.text_edit, self.seconds_edit, self.path_edit):
            show_bad(widget, bad=False)
        try:
            step = self.step()
        except _WrongError as error:
            show_bad(error.widget, bad=True)
            self.said.show_text(str(error), "bad")
            error.widget.setFocus()
            return
        self.saved.emit(step)
        self.accept()


def _as_typed(value: object) -> str:
    return value if isinstance(value, str) else javascript_json.dumps(value)


def _as_written(text: str) -> object:
    """A plain message; one that names bytes is sent as these."""
    from wsgui.core.binary_values import tag_of

    if text.lstrip().startswith('{"$'):
        try:
            value = javascript_json.loads(text)
        except javascript_json.JsonError:
            return text
        return value if tag_of(value) is not None else text
    return text
