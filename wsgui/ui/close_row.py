"""Closing a WebSocket by hand: any code and reason, and the table of what the codes mean.

What the protocol forbids is marked and can be sent all the same: to see what a server does with it is the point.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QLabel, QLineEdit, QPushButton, QTableView, QWidget

from wsgui.core.close_codes import CLOSE_CODES, explain, is_valid
from wsgui.core.i18n import N_, _
from wsgui.core.ws_close import close_body, read_close
from wsgui.ui import theme
from wsgui.ui.elided_label import ElidedLabel
from wsgui.ui.named import named
from wsgui.ui.question import ask
from wsgui.ui.settings import Question

_BROKEN_BODIES = {
    N_("one byte"): (b"\x03", N_("Illegal: half a code")),
    N_("not UTF-8"): (b"\x03\xe8\xff\xfe", N_("Illegal: 1000 with a reason that is not UTF-8")),
}
"""Close frames that no code and reason make, as the box calls them."""
_BEYOND = {
    999: N_("Below the first code"),
    3000: N_("Libraries"),
    4000: N_("Applications"),
    5000: N_("Beyond the last code"),
}
"""Codes outside the registry, one of each range."""


class CloseRow(QWidget):
    """A code, a reason, what they mean, and the button."""

    close_wanted = Signal(bytes)
    """The payload of the close frame."""

    def __init__(self) -> None:
        super().__init__()
        self.code_box = self._make_code_box()
        self.reason_edit = named(QLineEdit(), "closeReasonEdit", _("Reason of the close frame"))
        self.reason_edit.setPlaceholderText(_("Reason"))
        self.button = named(QPushButton(_("Cl&ose")), "closeWithCodeButton")
        self.button.setToolTip(_("Send this close frame and wait for the server's answer"))
        self.meaning = ElidedLabel()
        self.meaning.setAccessibleName(_("What the code means"))
        label = QLabel(_("Close &with"))
        label.setBuddy(self.code_box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.code_box)
        row.addWidget(self.reason_edit, 2)
        row.addWidget(self.meaning, 4)
        row.addWidget(self.button)
        self.code_box.editTextChanged.connect(lambda _text: self._explain())
        self.reason_edit.textChanged.connect(lambda _text: self._explain())
        self.reason_edit.returnPressed.connect(self._close)
        self.button.clicked.connect(self._close)
        theme.changed.connect(self._colour)
        self._colour()
        self._explain()

    def body(self) -> bytes | None:
        """The payload that is asked for, or ``None`` where the code is none."""
        text = self.code_box.currentText().strip()
        for name, (broken, _meaning) in _BROKEN_BODIES.items():
            if text == _(name):
                return broken
        if not text:
            return close_body(None)
        if not (text.isascii() and text.isdecimal()) or int(text) > 0xFFFF:
            return None
        return close_body(int(text), self.reason_edit.text())

    def _close(self) -> None:
        body = self.body()
        if body is None:
            self.code_box.setFocus()
        elif violation := read_close(body).violation:
            said = _("The protocol forbids this close frame: {why}").format(why=violation.problem)
            ask(self, Question.ILLEGAL_CLOSE, said, _("Send it"), lambda: self.close_wanted.emit(body))
        else:
            self.close_wanted.emit(body)

    def _explain(self) -> None:
        text, tone = self._judge(self.body())
        self.reason_edit.setEnabled(bool(self.code_box.currentText().strip()))
        self.meaning.setText(text)
        self.code_box.setProperty("state", "bad" if tone == "bad" else None)
        theme.restyle(self.code_box)
        if self.meaning.property("tone") != tone:
            self.meaning.setProperty("tone", tone)
            theme.restyle(self.meaning)

    def _judge(self, body: bytes | None) -> tuple[str, str]:
        """What to say of it, and in which tone."""
        if body is None:
            return _("A code is a number from 0 to 65535."), "bad"
        close = read_close(body)
        if close.violation:
            wrong = close.violation
            return _("Illegal: {why} ({name})").format(why=wrong.problem, name=wrong.name), "warning"
        if not body:
            return _("No code: the server sees 1005."), "muted"
        return explain(close.code), "muted"

    def _make_code_box(self) -> QComboBox:
        box = named(QComboBox(), "closeCodeBox", _("Close code"))
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        model = QStandardItemModel(0, 3, box)
        for code, name, meaning in _rows():
            items = [QStandardItem(text) for text in (code, name, meaning)]
            for item in items:
                item.setEditable(False)
            model.appendRow(items)
        table = QTableView()
        table.setAccessibleName(_("Close codes"))
        table.verticalHeader().hide()
        table.horizontalHeader().hide()
        table.setShowGrid(False)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box.setModel(model)
        box.setView(table)
        box.setMaxVisibleItems(model.rowCount())
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 6)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.setMinimumWidth(sum(table.sizeHintForColumn(column) + 12 for column in range(3)) + 12)
        box.setFixedWidth(box.fontMetrics().horizontalAdvance("not UTF-8") + 56)
        box.setCurrentIndex(box.findText("1000"))
        return box

    def _colour(self) -> None:
        """Mark the rows of what is illegal; the words say it too."""
        model = self.code_box.model()
        assert isinstance(model, QStandardItemModel)
        illegal, muted = QColor(theme.current().bad), QColor(theme.current().muted)
        for row in range(model.rowCount()):
            text = model.item(row, 0).text()
            wrong = bool(text) and not (text.isdecimal() and is_valid(int(text)))
            for column in (0, 1):
                model.item(row, column).setForeground(illegal if wrong else QColor(theme.current().text))
            model.item(row, 2).setForeground(muted)


def _rows() -> list[tuple[str, str, str]]:
    """The table: code, name, meaning; first no code, last what no code makes."""
    rows = [("", _("No code"), _("An empty close frame: the server sees 1005."))]
    for code in sorted(CLOSE_CODES.keys() | _BEYOND.keys()):
        known = CLOSE_CODES.get(code)
        name = _(known.name) if known else _(_BEYOND[code])
        rows.append((str(code), name, _(known.meaning) if known else explain(code)))
        if not is_valid(code):
            rows[-1] = (str(code), _("Illegal: {name}").format(name=name), rows[-1][2])
    broken = [(_(name), _(meaning), "") for name, (_body, meaning) in _BROKEN_BODIES.items()]
    return rows + broken
