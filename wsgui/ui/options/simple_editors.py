"""The editors that are one widget: a check box, a choice, a line of text with the values that have names."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton

from wsgui.core.i18n import N_, _
from wsgui.core.option_types import Option, OptionType, OptionValue
from wsgui.core.option_values import literal, same_value
from wsgui.ui.named import KEEPS_TEXT
from wsgui.ui.options.editor import OptionEditor
from wsgui.ui.theme import fixed_font

_CHOICE_NAMES = {
    ("secure", None): N_("as the URL says"),
    ("timestampRequests", None): N_("not set: polling only"),
    ("timestampRequests", True): N_("true: polling and WebSocket"),
    ("timestampRequests", False): N_("false: never"),
    ("parser", "default"): N_("default (JSON)"),
    ("parser", "msgpack"): N_("socket.io-msgpack-parser"),
    ("family", 0): N_("0: both"),
    ("family", 4): N_("4: only IPv4"),
    ("family", 6): N_("6: only IPv6"),
}


class CheckEditor(OptionEditor):
    """true or false."""

    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self._box = QCheckBox(option.name)
        self._box.setProperty(KEEPS_TEXT, True)
        self._box.setFont(fixed_font())
        self._box.toggled.connect(self.edited)
        self._place(self._box)

    def read(self) -> OptionValue:
        return self._box.isChecked()

    def show_value(self, value: OptionValue) -> None:
        with QSignalBlocker(self._box):
            self._box.setChecked(value is True)


class CalmComboBox(QComboBox):
    """A combo box that leaves the wheel to the form: scrolling past it must not change it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChoiceEditor(OptionEditor):
    """One of a few values; also a boolean that may be left unset."""

    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self._choices: tuple[OptionValue, ...] = option.choices or (None, True, False)
        self._box = CalmComboBox()
        self._box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for choice in self._choices:
            named = next(
                (
                    text
                    for (name, value), text in _CHOICE_NAMES.items()
                    if name == option.name and same_value(value, choice)
                ),
                None,
            )
            self._box.addItem(_(named) if named else literal(choice))
        self._box.currentIndexChanged.connect(self.edited)
        self._place(self._box)

    def read(self) -> OptionValue:
        return self._choices[self._box.currentIndex()]

    def show_value(self, value: OptionValue) -> None:
        with QSignalBlocker(self._box):
            self._box.setCurrentIndex(
                next(index for index, choice in enumerate(self._choices) if same_value(choice, value))
            )


class LineEditor(OptionEditor):
    """Text, a number with its unit, or a list of names; nothing typed is the default."""

    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self._line = QLineEdit()
        default = _text_of(option.default)
        self._line.setPlaceholderText(default if option.type is OptionType.NUMBER and default else _("not set"))
        if option.secret:
            self._line.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
        self._line.textChanged.connect(self.edited)
        row = QHBoxLayout()
        row.addWidget(self._line, 1)
        if option.unit:
            row.addWidget(QLabel(_(option.unit)))
        if option.allows_infinity or option.allows_false:
            row.addWidget(self._words_button())
        self._place(self._line, row)

    def read(self) -> OptionValue:
        text = self._line.text()
        if self.option.type is OptionType.TOKENS:
            return self.option.check([name.strip() for name in text.split(",") if name.strip()])
        return self.option.parse(text)

    def show_value(self, value: OptionValue) -> None:
        with QSignalBlocker(self._line):
            self._line.setText(_text_of(value))

    def _words_button(self) -> QToolButton:
        """A way to find the values that are words."""
        button = QToolButton()
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setArrowType(Qt.ArrowType.DownArrow)
        button.setAutoRaise(True)
        button.setAccessibleName(_("Special values of {option}").format(option=self.option.name))
        button.setToolTip(_("What may stand here in place of a number"))
        menu = QMenu(button)
        for word, is_allowed in (("Infinity", self.option.allows_infinity), ("false", self.option.allows_false)):
            if is_allowed:
                menu.addAction(word).triggered.connect(partial(self._line.setText, word))
        button.setMenu(menu)
        return button


def _text_of(value: OptionValue) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return value if isinstance(value, str) else literal(value)
