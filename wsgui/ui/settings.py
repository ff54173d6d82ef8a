"""What the window remembers between two starts: the theme, the language, where the panes were, the URLs."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings

from wsgui.ui.theme import Choice

MOST_URLS = 30
KEEP_DAYS = 30
KEEP_MEBIBYTES = 500


class Settings:
    """The person's settings, in one INI file in the user's configuration folder."""

    def __init__(self) -> None:
        self._store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "wsgui", "wsgui")

    @property
    def theme(self) -> Choice:
        try:
            return Choice(str(self._store.value("theme", Choice.SYSTEM.value)))
        except ValueError:
            return Choice.SYSTEM  # an edited or newer file

    @theme.setter
    def theme(self, choice: Choice) -> None:
        self._store.setValue("theme", choice.value)

    @property
    def language(self) -> str:
        """The code of the language that was chosen; empty: as the system."""
        return str(self._store.value("language", ""))

    @language.setter
    def language(self, code: str) -> None:
        self._store.setValue("language", code)

    @property
    def less_motion(self) -> bool:
        """Whether the person wants less to move."""
        return str(self._store.value("lessMotion", "false")) == "true"

    @less_motion.setter
    def less_motion(self, less: bool) -> None:
        self._store.setValue("lessMotion", "true" if less else "false")

    @property
    def urls(self) -> list[str]:
        """The URLs that were connected to, the newest first."""
        value = self._store.value("urls", [])
        return [value] if isinstance(value, str) else [str(url) for url in value] if isinstance(value, list) else []

    def remember_url(self, url: str) -> None:
        urls = [url, *(other for other in self.urls if other != url)]
        self._store.setValue("urls", urls[:MOST_URLS])

    @property
    def first_run_wanted(self) -> bool:
        """Whether the three ways to begin are to be shown: until there was a connection, or they were sent away."""
        return not self.urls and str(self._store.value("firstRun", "true")) == "true"

    def hide_first_run(self) -> None:
        self._store.setValue("firstRun", "false")

    def layout(self, name: str) -> QByteArray | None:
        """The state that a splitter or window had, as Qt saved it."""
        value = self._store.value(f"layout/{name}")
        return value if isinstance(value, QByteArray) else None

    def keep_layout(self, name: str, state: QByteArray) -> None:
        self._store.setValue(f"layout/{name}", state)

    def is_shown(self, pane: str) -> bool:
        """Whether the person left a pane open."""
        return str(self._store.value(f"shown/{pane}", "true")) == "true"

    def keep_shown(self, pane: str, shown: bool) -> None:
        self._store.setValue(f"shown/{pane}", "true" if shown else "false")

    @property
    def page(self) -> str:
        """The page of a connection that was in front last: ``log`` or ``wire``; empty if none was chosen yet."""
        return str(self._store.value("page", ""))

    @page.setter
    def page(self, name: str) -> None:
        self._store.setValue("page", name)

    @property
    def keep_days(self) -> int:
        """How many days a recording is kept; 0: for ever."""
        return self._number("recordings/days", KEEP_DAYS)

    @keep_days.setter
    def keep_days(self, days: int) -> None:
        self._store.setValue("recordings/days", days)

    @property
    def keep_mebibytes(self) -> int:
        """How many MiB all recordings together may take; 0: any number."""
        return self._number("recordings/mebibytes", KEEP_MEBIBYTES)

    @keep_mebibytes.setter
    def keep_mebibytes(self, mebibytes: int) -> None:
        self._store.setValue("recordings/mebibytes", mebibytes)

    def _number(self, name: str, default: int) -> int:
        value = str(self._store.value(name, default))
        return int(value) if value.isascii() and value.isdecimal() else default  # else an edited file

    def forget_layout(self) -> None:
        """The next window is laid out as the first one was."""
        self._store.remove("layout")
        self._store.remove("shown")
        self._store.remove("page")
