"""How long recordings are kept, as two numbers that the person can change."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QWidget

from wsgui.core.i18n import _
from wsgui.ui.named import named
from wsgui.ui.plain_label import PlainLabel
from wsgui.ui.settings import Settings


class RetentionRow(QWidget):
    """Keeps in the settings what is chosen; the next start of the program acts on it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.days = named(QSpinBox(), "keepDays", _("Days that a recording is kept"))
        self.days.setRange(0, 3650)
        self.days.setSuffix(_(" days"))
        self.days.setSpecialValueText(_("any time"))
        self.mebibytes = named(QSpinBox(), "keepMebibytes", _("Space that all recordings may take"))
        self.mebibytes.setRange(0, 1_000_000)
        self.mebibytes.setSingleStep(100)
        self.mebibytes.setSuffix(_(" MiB"))
        self.mebibytes.setSpecialValueText(_("any size"))
        self.show_settings()
        self.days.valueChanged.connect(lambda days: setattr(settings, "keep_days", days))
        self.mebibytes.valueChanged.connect(lambda mebibytes: setattr(settings, "keep_mebibytes", mebibytes))
        note = PlainLabel(_("Acts when the program starts. What has a title stays."), "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(QLabel(_("Keep for")))
        row.addWidget(self.days)
        row.addWidget(QLabel(_("and up to")))
        row.addWidget(self.mebibytes)
        row.addWidget(note, 1)

    def show_settings(self) -> None:
        """Show what the settings say now."""
        for box, value in ((self.days, self._settings.keep_days), (self.mebibytes, self._settings.keep_mebibytes)):
            with QSignalBlocker(box):
                box.setValue(value)
