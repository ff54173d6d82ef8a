"""How often an event is to be sent, how far apart, and the button that starts and stops it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from wsgui.core.i18n import _
from wsgui.core.repetition import Repetition, RepetitionError, read_repetition
from wsgui.ui.named import named
from wsgui.ui.plain_label import PlainLabel


class RepeatRow(QWidget):
    """Asks; whoever sends says with :meth:`show_progress` how far it is."""

    start_wanted = Signal(Repetition)
    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.running = False
        self.pause_edit = named(QLineEdit("1000"), "repeatPauseEdit", _("Milliseconds between two"))
        self.count_edit = named(QLineEdit("10"), "repeatCountEdit", _("How often; empty means until stopped"))
        self.count_edit.setPlaceholderText(_("until stopped"))
        width = self.count_edit.fontMetrics().horizontalAdvance("until stopped") + 28
        for edit in (self.pause_edit, self.count_edit):
            edit.setFixedWidth(width)
        self.button = named(QPushButton(_("Start")), "repeatButton")
        self.said = PlainLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (
            QLabel(_("Send again every")),
            self.pause_edit,
            QLabel(_("ms, this often:")),
            self.count_edit,
            self.button,
        ):
            row.addWidget(widget)
        row.addWidget(self.said, 1)
        self.button.clicked.connect(self._press)
        for edit in (self.pause_edit, self.count_edit):
            edit.returnPressed.connect(self._press)

    def show_progress(self, text: str, *, running: bool) -> None:
        """Say how far it is, and whether it goes on."""
        self.running = running
        self.said.setText(text)
        self.button.setText(_("Stop") if running else _("Start"))

    def _press(self) -> None:
        if self.running:
            self.stop_wanted.emit()
            return
        try:
            repetition = read_repetition(self.count_edit.text(), self.pause_edit.text())
        except RepetitionError as error:
            self.said.show_text(str(error), "bad")
            return
        self.said.show_text("", "muted")
        self.said.show()
        self.start_wanted.emit(repetition)
