"""How far the import of an HTTP Archive is, with Cancel, in the status bar."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from wsgui.core.i18n import _
from wsgui.ui.elided_label import ElidedLabel
from wsgui.ui.motion import show_busy
from wsgui.ui.named import named
from wsgui.ui.recordings.background import Background

SHOWING = 100
"""Milliseconds between two looks at how far it is."""


class ImportBar(QWidget):
    """Shows one piece of work until it is told to go."""

    def __init__(self, name: str, work: Background) -> None:
        super().__init__()
        self._work = work
        label = ElidedLabel()
        label.setText(_("Importing {name}").format(name=name))
        self.bar = named(QProgressBar(), "importBar", _("How much is imported"))
        show_busy(self.bar)
        self.bar.setMaximumWidth(240)
        cancel = named(QPushButton(_("&Cancel")), "cancelImport")
        cancel.clicked.connect(work.give_up)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        row.setSpacing(8)
        row.addWidget(label, 1)
        row.addWidget(self.bar)
        row.addWidget(cancel)
        self._timer = QTimer(self)
        self._timer.setInterval(SHOWING)
        self._timer.timeout.connect(self._show_progress)
        self._timer.start()

    def _show_progress(self) -> None:
        if self._work.total:
            self.bar.setRange(0, 1000)
            self.bar.setValue(self._work.done * 1000 // self._work.total)
