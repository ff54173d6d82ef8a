"""The menu of languages. What each calls itself stands in its file, which is not read before somebody wants to know."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from wsgui import language
from wsgui.core.i18n import _
from wsgui.ui.settings import Settings


class LanguageMenu(QMenu):
    """Switches the language, and keeps the choice."""

    switched = Signal()

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(_("L&anguage"), parent)
        self._settings = settings
        self.aboutToShow.connect(self._offer)

    def choose(self, code: str) -> None:
        """Speak this language from now on; an empty code: that of the system."""
        from wsgui.ui.language import switch

        self._settings.language = code
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        switch(application, code or language.of_system())
        self.switched.emit()

    def _offer(self) -> None:
        self.clear()
        group = QActionGroup(self)
        names = {code: language.name_of(code) for code in language.languages()}
        for code, name in {language.SYSTEM: _("As the &system"), **names}.items():
            action = QAction(name, group, checkable=True, checked=code == self._settings.language)
            action.triggered.connect(lambda _checked, code=code: self.choose(code))
            self.addAction(action)
