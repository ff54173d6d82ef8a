"""The red band over a connection whose client does something wrong on purpose, and the way to the faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from wsgui.core.i18n import _
from wsgui.ui.named import named

if TYPE_CHECKING:
    from wsgui.net.arming import Arming
    from wsgui.ui.client_faults import ClientFaultsWindow


class FaultBand(QFrame):
    """Hidden until faults are armed; a new connection is never armed."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "faultBand", _("Faults on purpose"))
        self.setProperty("band", "bad")
        self._arming: Arming | None = None
        self.window_: ClientFaultsWindow | None = None
        """The choice of faults; made when it is first wanted."""
        self.label = named(QLabel(), "faultBandLabel", _("Faults on purpose"))
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.choose_button = named(QPushButton(_("Choose a fault…")), "chooseClientFaultButton")
        self.disarm_button = named(QPushButton(_("Disarm")), "disarmButton")
        self.disarm_button.setToolTip(_("End all faults and let no more be done"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 4, 4)
        row.setSpacing(8)
        row.addWidget(self.label, 1)
        row.addWidget(self.choose_button)
        row.addWidget(self.disarm_button)
        self.choose_button.clicked.connect(self.open)
        self.disarm_button.clicked.connect(self._disarm)
        self.refresh()

    @property
    def arming(self) -> Arming | None:
        """The catch of the session that runs."""
        return self._arming

    def set_arming(self, arming: Arming | None) -> None:
        """Another session, or none; what was armed is over."""
        self._arming = arming
        self.refresh()

    def open(self) -> None:
        """Show the choice of faults; nothing is armed by that."""
        if self.window_ is None:
            from wsgui.ui.client_faults import ClientFaultsWindow  # the window opens sooner without it

            self.window_ = ClientFaultsWindow(self)
        self.window_.refresh()
        self.window_.show()
        self.window_.raise_()

    def refresh(self) -> None:
        """Show what is so now."""
        armed = self._arming is not None and self._arming.armed
        if self._arming is not None and armed:
            lasting = [_(fault.title) for fault in self._arming.running.values()]
            none = _("Faults on purpose are armed. None lasts at this moment.")
            text = _("Fault on purpose: {titles}").format(titles=" · ".join(lasting)) if lasting else none
            self.label.setText(text)
            self.label.setToolTip(text)
        self.setVisible(armed)
        if self.window_ is not None:
            self.window_.refresh()

    def _disarm(self) -> None:
        if self._arming is not None:
            self._arming.disarm()
        self.refresh()
