"""The box of profiles in the address bar: which one the tab has, and all others to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox

from wsgui.core.i18n import _
from wsgui.core.visible import one_line
from wsgui.ui.named import KEEPS_TEXT, named
from wsgui.ui.plain_tip import plain_tip

_LONGEST = 60
"""Characters of a name."""


class ProfileBox(QComboBox):
    """Says what is wanted; the choice changes when :meth:`show_current` says so."""

    opening = Signal()
    """Its list is about to be shown: fill it."""
    wanted = Signal(object)
    """The path of a profile, or ``None`` for none."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "profileBox", _("Profile"))
        self.setProperty(KEEPS_TEXT, True)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self._path: Path | None = None
        self._name = ""
        self._changed = False
        self._fill(())
        self.show_current(None)
        self.activated.connect(self._choose)

    @property
    def current_path(self) -> Path | None:
        """The file of the tab's profile."""
        return self._path

    def show_current(self, path: Path | None, name: str = "", *, changed: bool = False) -> None:
        """Show which profile the tab has, and whether the form says otherwise than the file."""
        self._path, self._name, self._changed = path, name, changed
        index = self.findData(str(path)) if path else 0
        if index < 0:
            self.addItem("", str(path))
            index = self.count() - 1
        if path:
            self.setItemText(index, self._text(name, changed=changed))
        self.setCurrentIndex(index)
        if changed:
            tip = _("{name}: changed since it was saved. Ctrl+S saves it, File > Revert takes the changes back.")
            self.setToolTip(plain_tip(tip.format(name=one_line(name, _LONGEST))))
        else:
            self.setToolTip(_("Saved connections. Ctrl+S saves the one in front, Ctrl+B shows them all."))

    def offer(self, profiles: Sequence[tuple[Path, str]]) -> None:
        """Offer these, each with its place in the tree."""
        self._fill(profiles)
        self.show_current(self._path, self._name, changed=self._changed)

    def showPopup(self) -> None:
        self.opening.emit()
        super().showPopup()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.setItemText(0, _("No profile"))
            self.show_current(self._path, self._name, changed=self._changed)

    def _fill(self, profiles: Sequence[tuple[Path, str]]) -> None:
        self.clear()
        self.addItem(_("No profile"), "")
        for path, place in profiles:
            self.addItem(one_line(place, _LONGEST), str(path))

    def _choose(self, index: int) -> None:
        chosen = self.itemData(index)
        path = Path(chosen) if chosen else None
        self.show_current(self._path, self._name, changed=self._changed)
        if path != self._path:
            self.wanted.emit(path)

    @staticmethod
    def _text(name: str, *, changed: bool) -> str:
        text = one_line(name, _LONGEST)
        return f"{text} *" if changed else text
