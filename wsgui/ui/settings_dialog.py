"""Settings: what the person chooses once for everything. Each change acts at once; all can be taken back as one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from wsgui import language
from wsgui.core.i18n import N_, _
from wsgui.core.project import RELEASES
from wsgui.core.proxy import ProxyAddressError, read_proxy
from wsgui.ui import motion, theme
from wsgui.ui.named import named
from wsgui.ui.plain_label import PlainLabel
from wsgui.ui.recordings.retention import RetentionRow
from wsgui.ui.settings import Motion, Question
from wsgui.ui.theme import Choice

if TYPE_CHECKING:
    from wsgui.ui.window import Window

_THEMES = {Choice.SYSTEM: N_("As the system"), Choice.LIGHT: N_("Light"), Choice.DARK: N_("Dark")}
_MOTIONS = {Motion.SYSTEM: N_("As the system"), Motion.REDUCED: N_("As little as possible"), Motion.FULL: N_("All")}
_QUESTIONS = {
    Question.UNSAVED: N_("Before the &window is closed with changes of profiles that are not saved"),
    Question.CLOSE_CONNECTED: N_("Before a ta&b that is connected is closed"),
    Question.ILLEGAL_CLOSE: N_("Before a close &frame is sent that the protocol forbids"),
    Question.LINK: N_("Before a lin&k fills in a connection"),
}


class SettingsDialog(QDialog):
    """Stays open beside the window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._settings = window.settings
        self._before: dict[str, object] | None = None
        """What was chosen before all went back to the defaults; while it can be brought back."""
        self.setObjectName("settingsDialog")
        self.setWindowTitle(_("Settings"))
        self.resize(680, 680)
        self.language_box = named(QComboBox(), "languageBox", _("Language"))
        self.theme_box = named(QComboBox(), "themeBox", _("Theme"))
        self.motion_box = named(QComboBox(), "motionBox", _("Motion"))
        self.proxy_edit = named(QLineEdit(), "defaultProxy", _("Proxy"))
        self.proxy_edit.setPlaceholderText("http://host:port")
        self.proxy_problem = PlainLabel("", "bad")
        self.proxy_problem.setObjectName("defaultProxyProblem")
        self.question_boxes = {question: QCheckBox(_(text)) for question, text in _QUESTIONS.items()}
        self.updates_box = named(QCheckBox(_("Look for a &newer wsgui once a day")), "updatesBox")
        self.defaults_button = named(QPushButton(), "settingsDefaults")
        self.retention = RetentionRow(window.settings)
        self._fill_boxes()
        self._lay_out()
        self._show()
        self.language_box.activated.connect(lambda _row: self._choose_language())
        self.theme_box.activated.connect(lambda _row: self._choose_theme())
        self.motion_box.activated.connect(lambda _row: self._choose_motion())
        self.proxy_edit.textEdited.connect(lambda _text: self._take_proxy())
        for question, box in self.question_boxes.items():
            box.clicked.connect(lambda asks, question=question: self._take_question(question, asks=asks))
        self.updates_box.clicked.connect(self._take_updates)
        for number in (self.retention.days, self.retention.mebibytes):
            number.valueChanged.connect(lambda _value: self._changed())
        self.defaults_button.clicked.connect(self._reset_or_undo)
        theme.changed.connect(self._show)  # another theme or language, from the menu

    # What the person does

    def _choose_language(self) -> None:
        self._changed()
        self._window.menus.languages.choose(str(self.language_box.currentData()))

    def _choose_theme(self) -> None:
        self._changed()
        self._window.menus.choose_theme(Choice(self.theme_box.currentData()))

    def _choose_motion(self) -> None:
        self._changed()
        self._settings.reduced_motion = Motion(self.motion_box.currentData())
        motion.apply(self._settings)

    def _take_proxy(self) -> None:
        """Keep a good address; of another one say what is wrong, and keep none."""
        self._changed()
        text = self.proxy_edit.text().strip()
        problem = _problem_of(text)
        self._settings.proxy = "" if problem else text
        self._say_proxy(_("{why} No proxy is used.").format(why=problem) if problem else "")

    def _take_question(self, question: Question, *, asks: bool) -> None:
        self._changed()
        self._settings.set_asks(question, asks=asks)

    def _take_updates(self, looks: bool) -> None:
        self._changed()
        self._settings.looks_for_updates = looks
        if looks:
            self._window.program.updating.look_if_wanted()

    def _reset_or_undo(self) -> None:
        if self._before is None:
            self._before = self._settings.chosen()
            self._settings.choose_again({})
        else:
            before, self._before = self._before, None
            self._settings.choose_again(before)
        self._window.menus.languages.choose(self._settings.language)
        self._window.menus.choose_theme(self._settings.theme)
        motion.apply(self._settings)
        self._show()

    def _changed(self) -> None:
        """What was before the defaults is gone with the next change."""
        self._before = None
        self._show_button()

    # What is shown

    def _show(self) -> None:
        settings = self._settings
        self.language_box.setItemText(0, _("As the system"))
        for row in range(1, self.language_box.count()):  # each calls itself the same in every language
            self.language_box.setItemText(row, language.name_of(str(self.language_box.itemData(row))))
        for box, value in (
            (self.language_box, settings.language),
            (self.theme_box, settings.theme.value),
            (self.motion_box, settings.reduced_motion.value),
        ):
            with QSignalBlocker(box):
                box.setCurrentIndex(max(0, box.findData(value)))
        if not (self.proxy_edit.hasFocus() and self.proxy_problem.isVisibleTo(self)):
            self.proxy_edit.setText(settings.proxy)
            self._say_proxy(_problem_of(settings.proxy))
        for question, check in self.question_boxes.items():
            check.setChecked(settings.asks(question))
        self.updates_box.setChecked(settings.looks_for_updates)
        self.retention.show_settings()
        self._show_button()

    def _show_button(self) -> None:
        self.defaults_button.setText(_("Back to the &defaults") if self._before is None else _("&Undo"))

    def _say_proxy(self, problem: str) -> None:
        self.proxy_problem.show_text(problem)
        theme.show_bad(self.proxy_edit, bad=bool(problem))

    def _fill_boxes(self) -> None:
        for code in (language.SYSTEM, *language.languages()):
            self.language_box.addItem("", code)
        for choice, text in _THEMES.items():
            self.theme_box.addItem(_(text), choice.value)
        for wish, text in _MOTIONS.items():
            self.motion_box.addItem(_(text), wish.value)

    def _lay_out(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        look = _form()
        for label, box in (
            (_("&Language"), self.language_box),
            (_("&Theme"), self.theme_box),
            (_("&Motion"), self.motion_box),
        ):
            look.addRow(label, box)
        column.addWidget(_head(_("Look")))
        column.addLayout(look)
        column.addWidget(_head(_("Recordings")))
        column.addWidget(self.retention)
        column.addWidget(_head(_("Network")))
        network = _form()
        network.addRow(_("&Proxy"), self.proxy_edit)
        column.addLayout(network)
        column.addWidget(self.proxy_problem)
        column.addWidget(
            PlainLabel(_("For connections whose option “proxy” is empty; this machine is reached without it."), "muted")
        )
        column.addWidget(_head(_("Ask me")))
        for question_box in self.question_boxes.values():
            column.addWidget(question_box)
        column.addWidget(_head(_("Privacy")))
        column.addWidget(PlainLabel(_("wsgui sends nothing about you or what you do: there is no telemetry.")))
        column.addWidget(self.updates_box)
        text = _("One request to {host}, without a cookie, an id or the version that you have.")
        column.addWidget(PlainLabel(text.format(host=urlsplit(RELEASES).hostname or ""), "muted"))
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        close = QPushButton(_("&Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 0, 16, 16)
        buttons.addWidget(self.defaults_button)
        buttons.addStretch()
        buttons.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll, 1)
        whole.addLayout(buttons)


def _problem_of(address: str) -> str:
    """Why it cannot be the default proxy; empty if it can."""
    if not address:
        return ""
    try:
        proxy = read_proxy(address)
    except ProxyAddressError as error:
        return str(error)
    if proxy.password:
        return _(
            "A password would stand in a file in clear. Leave it out here, and give the whole address in the option "
            "“proxy” of the connections that need it."
        )
    return ""


def _head(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", "title")
    label.setContentsMargins(0, 8, 0, 0)
    return label


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(16)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return form
