"""The choice of what this client is to do wrong: armed first, then shown as it will go out, then done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from wsgui.core.i18n import _
from wsgui.net.arming import NotArmedError
from wsgui.net.client_fault import ClientFault, FaultValueError, Prepared, client_faults
from wsgui.ui.named import named
from wsgui.ui.plain_label import PlainLabel
from wsgui.ui.theme import fixed_font

if TYPE_CHECKING:
    from wsgui.ui.fault_band import FaultBand


class ClientFaultsWindow(QDialog):
    """Stays open beside the log, of which one wants to see what happens. Belongs to one tab."""

    def __init__(self, band: FaultBand) -> None:
        super().__init__(band.window())
        self.setObjectName("clientFaultsWindow")
        self.setWindowTitle(_("Faults on purpose, from this client"))
        self.resize(760, 440)
        self._band = band
        self._faults = client_faults()
        self._prepared: Prepared | None = None
        self.arm_box = named(QCheckBox(_("&Arm: this connection may be harmed")), "armBox")
        self.arm_box.setToolTip(_("Without this nothing is done. It holds for this connection only, until it ends."))
        self.list = named(QListWidget(), "clientFaultList", _("Faults"))
        self.list.setSpacing(2)
        for fault in self._faults.values():
            self.list.addItem(_(fault.title))
        self.effect = PlainLabel()
        self.field_label = QLabel()
        self.field_box = named(QComboBox(), "clientFaultField")
        self.field_label.setBuddy(self.field_box)
        self.shown = named(QPlainTextEdit(readOnly=True), "clientFaultBytes", _("The bytes that will go out"))
        self.shown.setFont(fixed_font())
        self.bytes_label = QLabel(_("These bytes will go out:"))
        self.said = PlainLabel()
        self.do_button = named(QPushButton(), "doClientFaultButton")
        self.do_button.setProperty("role", "danger")
        self._lay_out()
        self.arm_box.clicked.connect(self._arm)
        self.list.currentRowChanged.connect(lambda _row: self._show_fault())
        self.field_box.editTextChanged.connect(lambda _text: self._prepare())
        self.field_box.currentIndexChanged.connect(lambda _row: self._prepare())
        self.do_button.clicked.connect(self._do)
        self.list.setCurrentRow(0)

    def choose(self, key: str) -> None:
        """Choose the fault of that id."""
        self.list.setCurrentRow(list(self._faults).index(key))

    def refresh(self) -> None:
        """Show whether there is something to harm, and whether it may be."""
        arming = self._band.arming
        armed = arming is not None and arming.armed
        self.arm_box.setEnabled(arming is not None)
        self.arm_box.setChecked(armed)
        lasts = arming is not None and self._id in arming.running
        self.do_button.setText(_("&End this fault") if lasts else _("&Do it"))
        self.do_button.setEnabled(armed and (lasts or self._prepared is not None))
        if arming is None:
            self.said.show_text(_("There is no connection. Press Connect first, then arm."), "muted")
        elif not armed:
            self.said.show_text(_("Not armed: nothing will be done."), "muted")

    @property
    def _id(self) -> str:
        return list(self._faults)[self.list.currentRow()]

    @property
    def _fault(self) -> ClientFault:
        return self._faults[self._id]

    def _show_fault(self) -> None:
        fault = self._fault
        self.effect.setText(_(fault.effect))
        field = fault.field
        self.field_label.setVisible(field is not None)
        self.field_box.setVisible(field is not None)
        self.field_box.blockSignals(True)
        self.field_box.clear()
        if field is not None:
            self.field_label.setText(_(field.label))
            self.field_box.setAccessibleName(_(field.label))
            self.field_box.setEditable(not field.only_these)
            for choice in field.choices:
                self.field_box.addItem(_(choice) if field.only_these else choice, choice)
            self.field_box.setCurrentIndex(self.field_box.findData(field.value))
        self.field_box.blockSignals(False)
        self._prepare()

    def _value(self) -> str:
        field = self._fault.field
        if field is None:
            return ""
        return str(self.field_box.currentData()) if field.only_these else self.field_box.currentText()

    def _prepare(self) -> None:
        """Make it ready and show what will go out, or say what is wrong with the value."""
        try:
            self._prepared = self._fault.prepare(self._value())
            self.said.show_text(self._prepared.text, "muted")
        except FaultValueError as error:
            self._prepared = None
            self.said.show_text(str(error), "bad")
        sent = self._prepared.sent if self._prepared else b""
        for widget in (self.bytes_label, self.shown):
            widget.setVisible(bool(sent))
        self.shown.setPlainText(sent.hex(" "))
        self.refresh()

    def _arm(self, armed: bool) -> None:
        arming = self._band.arming
        if arming is not None:
            arming.arm() if armed else arming.disarm()
        self._prepare()
        self._band.refresh()

    def _do(self) -> None:
        arming, prepared = self._band.arming, self._prepared
        if arming is None:
            return
        if self._id in arming.running:
            arming.end(self._id)
        elif prepared is not None:
            try:
                arming.commit(self._id, self._fault, prepared)
            except NotArmedError as error:
                self.said.show_text(str(error), "bad")
                return
            self._prepare()  # a new mask for the next
            self.said.show_text(_("Done; the log shows what came of it."), "muted")
        self._band.refresh()

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.effect)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field_label)
        row.addWidget(self.field_box, 1)
        column.addLayout(row)
        column.addWidget(self.bytes_label)
        column.addWidget(self.shown, 1)
        column.addStretch()
        halves = QSplitter()
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.list)
        halves.addWidget(right)
        halves.setSizes([310, 430])
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.said, 1)
        bottom.addWidget(self.do_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.setSpacing(8)
        whole.addWidget(self.arm_box)
        whole.addWidget(halves, 1)
        whole.addLayout(bottom)
