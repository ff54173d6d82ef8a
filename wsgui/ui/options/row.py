"""One option in the form: name, editor, unit, what is wrong with what was typed, and the way back to the default."""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from wsgui.core.i18n import _
from wsgui.core.option_types import Fidelity, Option, OptionError, OptionValue
from wsgui.core.option_values import literal
from wsgui.ui import theme
from wsgui.ui.icons import Icon, show_icon
from wsgui.ui.named import KEEPS_TEXT
from wsgui.ui.options.editors import make_editor
from wsgui.ui.options.simple_editors import CheckEditor

_BAR_WIDTH = 3


class OptionRow(QWidget):
    """Keeps the last good value; what the editor shows may be another one, then ``problem`` says why it is refused."""

    changed = Signal()
    """The value or the problem is another."""

    def __init__(self, option: Option, value: OptionValue) -> None:
        super().__init__()
        self.option = option
        self.value = value
        self.problem: OptionError | None = None
        self._blame = ""
        self.editor = make_editor(option)
        self._reset = self._reset_button()
        self._label = _note(QPalette.ColorRole.PlaceholderText)
        self._caveat = _note(QPalette.ColorRole.PlaceholderText) if option.caveat else None
        self._problem_label = _note(QPalette.ColorRole.BrightText)
        self._problem_label.hide()
        self._lay_out()
        self._say()
        self.show_value(value)
        self.editor.edited.connect(self._take_edit)

    @property
    def is_changed(self) -> bool:
        """Whether the value in force differs from the default."""
        return not self.option.is_default(self.value)

    def show_value(self, value: OptionValue) -> None:
        """Take a value from elsewhere: it is in force, and what was typed is gone."""
        self.value = value
        self._blame = ""
        self.editor.show_value(value)
        try:
            self.editor.read()
        except OptionError as error:  # a file that is not on this machine, for one
            self.problem = error
        else:
            self.problem = None
        self._mark()

    def blame(self, sentence: str) -> None:
        """Show that a connection failed for this option: until it is edited, or blamed no more (empty)."""
        self._blame = sentence
        self._mark()

    def summary(self) -> str:
        """The title of the help: name and default."""
        default = _("not set") if self.option.default is None else literal(self.option.default)
        unit = f" {_(self.option.unit)}" if self.option.unit else ""
        return _("{option} (default: {default})").format(option=self.option.name, default=default + unit)

    def focus_chain(self) -> list[QWidget]:
        """All that the Tab key stops at, in the order of the eye."""
        window, by_tab = self.window(), Qt.FocusPolicy.TabFocus
        inside = self.editor.findChildren(QWidget)  # menus among them, which are windows of their own
        return [each for each in inside if each.focusPolicy() & by_tab and each.window() is window] + [self._reset]

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.is_changed:
            painter = QPainter(self)
            painter.fillRect(0, 0, _BAR_WIDTH, self.height(), QColor(theme.current().changed))

    def _take_edit(self) -> None:
        self._blame = ""
        try:
            self.value = self.editor.read()
        except OptionError as error:
            self.problem = error
        else:
            self.problem = None
        self._mark()
        self.changed.emit()

    def _reset_to_default(self) -> None:
        self.show_value(self.option.default)
        self.editor.input.setFocus()
        self.changed.emit()

    def _mark(self) -> None:
        """Show whether the value is changed, and what is wrong with what the editor shows."""
        wrong = self.problem.sentence if self.problem else self._blame
        self._problem_label.setText(wrong)
        self._problem_label.setVisible(bool(wrong))
        self._reset.setVisible(self.is_changed or self.problem is not None)
        state = "bad" if wrong else "changed" if self.is_changed else ""
        if self.editor.input.property("state") != state:
            self.editor.input.setProperty("state", state)
            theme.restyle(self.editor.input)
        self.update()

    def _lay_out(self) -> None:
        option = self.option
        head = QHBoxLayout()
        head.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(_BAR_WIDTH + 7, 3, 4, 3)
        column.setSpacing(3)
        column.addLayout(head)
        if isinstance(self.editor, CheckEditor):
            head.addWidget(self.editor)
        else:
            name = QLabel(option.name)
            name.setProperty(KEEPS_TEXT, True)
            name.setFont(theme.fixed_font())
            name.setBuddy(self.editor.input)
            head.addWidget(name)
            column.addWidget(self.editor)
        head.addWidget(self._label, 1)
        head.addWidget(self._reset)
        column.addWidget(self._problem_label)
        if self._caveat:
            column.addWidget(self._caveat)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._say()

    def _say(self) -> None:
        """Say all of it in the language in use."""
        option = self.option
        self.setToolTip(f"<qt>{html.escape(_(option.help))}</qt>")
        self.editor.say()
        self._label.setText(_(option.label))
        if self._caveat:
            self._caveat.setText(self._caveat_text())
        default = _("not set") if option.default is None else literal(option.default)
        self._reset.setToolTip(_("Back to the default: {default}").format(default=default))
        self._reset.setAccessibleName(_("Reset {option}").format(option=option.name))

    def _caveat_text(self) -> str:
        caveat = _(self.option.caveat)
        if self.option.fidelity is Fidelity.SAME:
            return f"▲ {caveat}"
        fidelity = _(self.option.fidelity)
        return f"○ {fidelity[:1].upper()}{fidelity[1:]}. {caveat}"

    def _reset_button(self) -> QToolButton:
        button = QToolButton()
        show_icon(button, Icon.RESET)
        button.setAutoRaise(True)
        button.setFixedHeight(button.fontMetrics().height() + 6)
        button.setObjectName(f"reset_{self.option.name}")
        policy = button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the text beside it must not jump
        button.setSizePolicy(policy)
        button.clicked.connect(self._reset_to_default)
        return button


def _note(role: QPalette.ColorRole, text: str = "") -> QLabel:
    """A sentence in the colour of ``role``, over as many lines as it needs."""
    label = QLabel(text)
    label.setForegroundRole(role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 0.92)
    label.setFont(font)
    return label
