"""The menus: every command of the window, and its keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from wsgui.core.i18n import N_, _
from wsgui.ui import theme
from wsgui.ui.command import add_command
from wsgui.ui.connection_tab import PANES, PLACES, ConnectionTab
from wsgui.ui.icons import Icon, icon
from wsgui.ui.language_menu import LanguageMenu
from wsgui.ui.recordings.tab import RecordingTab
from wsgui.ui.theme import Choice

if TYPE_CHECKING:
    from wsgui.ui.window import Window

_PANE_LABEL = {
    "options": N_("&Options"),
    "snippet": N_("Code s&nippet"),
    "details": N_("&Details of a row"),
    "send": N_("&Send pane"),
}
_PLACE_LABEL = {
    "url": N_("Go to the &URL"),
    "options": N_("Go to t&he options"),
    "log": N_("Go to the lo&g"),
    "send": N_("Go to s&ending"),
}
_CHOICE_LABEL = {Choice.SYSTEM: N_("As the &system"), Choice.LIGHT: N_("&Light"), Choice.DARK: N_("&Dark")}


class Menus(QObject):
    """Fills the menus of the window, to which it belongs."""

    def __init__(self, window: Window, file: QMenu, connection: QMenu, view: QMenu, help_: QMenu) -> None:
        super().__init__(window)
        self._window = window
        self._shown: dict[str, QAction] = {}
        """What shows or hides a pane."""
        self._themes: dict[Choice, QAction] = {}
        self._fill_file(file)
        self._fill_connection(connection)
        self._fill_view(view)
        self._fill_help(help_)

    def _fill_file(self, file: QMenu) -> None:
        window = self._window
        add_command(file, _("&New connection"), window.new_tab, QKeySequence.StandardKey.AddTab, Icon.PLUS)
        add_command(file, _("&Close connection"), window.close_front, "Ctrl+W", Icon.CLOSE)
        add_command(file, _("Reopen the closed tab"), window.closed_tabs.reopen, "Ctrl+Shift+T", Icon.UNDO)
        file.addSeparator()
        window.profiles.add_actions(file)
        file.addSeparator()
        window.importing.add_actions(file)
        window.shelf.add_actions(file)
        window.code_export.add_actions(file)
        window.comparing.add_actions(file)
        window.reporting.add_actions(file)
        file.addSeparator()
        window.program.add_settings(file)
        add_command(file, _("&Quit"), window.close, "Ctrl+Q")

    def _fill_help(self, menu: QMenu) -> None:
        window = self._window
        window.guide.add_actions(menu)
        window.program.add_help(menu)

    def _fill_connection(self, connection: QMenu) -> None:
        window = self._window
        add_command(connection, _("&Connect"), lambda: window.tab.connect_now(), "F5", Icon.CONNECT)
        add_command(connection, _("&Disconnect or cancel"), lambda: window.tab.stop(), "Shift+F5", Icon.DISCONNECT)
        connection.addSeparator()
        add_command(connection, _("Connect to the &built-in server"), window.start_demo, "F6", Icon.SERVER)
        connection.addSeparator()
        add_command(connection, _("Dia&gnose"), lambda: window.tab.diagnosing.start(), "F8", Icon.DIAGNOSE)
        add_command(
            connection,
            _("What does my consol&e say?"),
            lambda: window.tab.diagnosing.show_console(),
            "Ctrl+Shift+E",
            Icon.CONSOLE,
        )
        add_command(connection, _("Faults on pu&rpose, from this client…"), lambda: window.tab.show_faults())
        add_command(connection, _("&Faults of the built-in server…"), window.show_faults, which=Icon.BUG)
        window.environments.add_actions(connection)
        connection.addSeparator()
        add_command(connection, _("Go to the &URL"), partial(self.go_to, "url"), "Ctrl+L")
        add_command(
            connection, _("Go to the f&ilter"), lambda: window.front.pages.focus_filter(), "Ctrl+Shift+F", Icon.FILTER
        )
        add_command(connection, _("Find in the &log"), self._find, QKeySequence.StandardKey.Find, Icon.FIND)
        add_command(connection, _("&Next hit"), lambda: window.log.find_bar.next(), "F3")
        add_command(connection, _("&Previous hit"), lambda: window.log.find_bar.previous(), "Shift+F3")
        add_command(connection, _("Find an &option"), partial(self.go_to, "options"), "Ctrl+Shift+O")

    def _fill_view(self, view: QMenu) -> None:
        window = self._window
        for number, place in enumerate(PLACES, 1):
            add_command(view, _(_PLACE_LABEL[place]), partial(self.go_to, place), f"Ctrl+{number}")
        add_command(view, _("Go to the notice"), lambda: window.toasts.take_focus(), "Ctrl+Shift+N")
        view.addSeparator()
        for pane in PANES:
            action = QAction(_(_PANE_LABEL[pane]), window, checkable=True, checked=window.settings.is_shown(pane))
            action.toggled.connect(lambda shown, pane=pane: self._show_pane(pane, shown=shown))
            view.addAction(action)
            self._shown[pane] = action
        window.profiles.add_view(view)
        view.addSeparator()
        add_command(view, _("&Log"), lambda: self.show_page("log"), "Ctrl+Shift+L", Icon.LOG)
        add_command(view, _("&Wire"), lambda: self.show_page("wire"), "Ctrl+Shift+W", Icon.WIRE)
        add_command(view, _("&Pulse"), lambda: self.show_page("pulse"), "Ctrl+Shift+P", Icon.PULSE)
        add_command(
            view, _("D&iagnosis"), lambda: window.tab.pages.show_page("diagnosis"), "Ctrl+Shift+G", Icon.DIAGNOSE
        )
        view.addSeparator()
        add_command(view, _("Saved &messages"), lambda: self._show_sending("saved"), "Ctrl+Shift+M", Icon.MESSAGE)
        add_command(view, _("Se&quences"), lambda: self._show_sending("sequences"), "Ctrl+Shift+Q", Icon.SEQUENCE)
        add_command(view, _("Events that &came"), lambda: self._show_sending("listeners"), which=Icon.LISTENER)
        view.addSeparator()
        themes = view.addMenu(_("&Theme"))
        themes.setIcon(icon(Icon.MOON))
        group = QActionGroup(window)
        for choice in Choice:
            action = QAction(_(_CHOICE_LABEL[choice]), window, checkable=True, checked=choice is window.settings.theme)
            action.triggered.connect(lambda _checked, choice=choice: self.choose_theme(choice))
            group.addAction(action)
            themes.addAction(action)
            self._themes[choice] = action
        self.languages = LanguageMenu(window.settings, window)
        self.languages.switched.connect(window.name_tabs)
        self.languages.setIcon(icon(Icon.LANGUAGE))
        view.addMenu(self.languages)

    def _show_pane(self, pane: str, *, shown: bool) -> None:
        self._window.settings.keep_shown(pane, shown)
        for index in range(self._window.tabs.count()):
            if isinstance(tab := self._window.tabs.widget(index), ConnectionTab):
                tab.show_pane(pane, shown=shown)

    def _show_sending(self, name: str) -> None:
        """Show a page beside the send pane."""
        self.go_to("send")
        self._window.tab.sending.show_page(name)

    def choose_theme(self, choice: Choice) -> None:
        """Put a theme on, and keep the choice."""
        self._themes[choice].setChecked(True)
        self._window.settings.theme = choice
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme.apply(application, choice)

    def show_page(self, name: str) -> None:
        """Show a page of what is in front."""
        self._window.front.pages.show_page(name)

    def go_to(self, place: str) -> None:
        """Give the keyboard to a part of the tab in front, and show that part if it is hidden."""
        if place in self._shown:
            self._shown[place].setChecked(True)
        front = self._window.tabs.currentWidget()
        if place == "log" and isinstance(front, RecordingTab):
            front.pages.show_page("log")
            front.log.view.setFocus()
        else:
            self._window.tab.go_to(place)

    def _find(self) -> None:
        self._window.front.pages.find_in_log()
