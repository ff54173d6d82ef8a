"""What the window remembers between two starts: what was chosen in Settings, where the panes were, the URLs."""

from __future__ import annotations

import contextlib
import os
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from wsgui.ui.theme import Choice

MOST_URLS = 30
KEEP_DAYS = 30
KEEP_MEBIBYTES = 500


_CHOSEN = ("theme", "language", "motion", "recordings", "proxy", "asks", "updates")
"""What a person chooses in Settings, and can take back as a whole; groups or single values of the file."""


class Motion(StrEnum):
    """Whether the person wants less to move."""

    SYSTEM = "system"
    REDUCED = "on"
    FULL = "off"


class Question(StrEnum):
    """What may be asked before something is done. The value stands in the file."""

    UNSAVED = "unsaved"
    CLOSE_CONNECTED = "close-connected"
    ILLEGAL_CLOSE = "illegal-close"
    LINK = "link"


_ASKED_AT_FIRST = frozenset({Question.UNSAVED, Question.LINK})
"""What was typed would be lost; somebody else wrote a link. The other two lose nothing that was recorded."""


class Settings:
    """The person's settings, in one INI file in the user's configuration folder, for its owner alone."""

    def __init__(self) -> None:
        self._store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "wsgui", "wsgui")
        self._is_private = False

    def _keep(self, name: str, value: object) -> None:
        if not self._is_private:
            self._is_private = True
            make_private(self.path)
        self._store.setValue(name, value)

    @property
    def theme(self) -> Choice:
        try:
            return Choice(str(self._store.value("theme", Choice.SYSTEM.value)))
        except ValueError:
            return Choice.SYSTEM  # an edited or newer file

    @theme.setter
    def theme(self, choice: Choice) -> None:
        self._keep("theme", choice.value)

    @property
    def language(self) -> str:
        """The code of the language that was chosen; empty: as the system."""
        return str(self._store.value("language", ""))

    @language.setter
    def language(self, code: str) -> None:
        self._keep("language", code)

    @property
    def urls(self) -> list[str]:
        """The URLs that were connected to, the newest first."""
        value = self._store.value("urls", [])
        return [value] if isinstance(value, str) else [str(url) for url in value] if isinstance(value, list) else []

    def remember_url(self, url: str) -> None:
        urls = [url, *(other for other in self.urls if other != url)]
        self._keep("urls", urls[:MOST_URLS])

    @property
    def first_run_wanted(self) -> bool:
        """Whether the three ways to begin are to be shown: until there was a connection, or they were sent away."""
        return not self.urls and str(self._store.value("firstRun", "true")) == "true"

    def hide_first_run(self) -> None:
        self._keep("firstRun", "false")

    def layout(self, name: str) -> QByteArray | None:
        """The state that a splitter or window had, as Qt saved it."""
        value = self._store.value(f"layout/{name}")
        return value if isinstance(value, QByteArray) else None

    def keep_layout(self, name: str, state: QByteArray) -> None:
        self._keep(f"layout/{name}", state)

    def is_shown(self, pane: str, *, otherwise: bool = True) -> bool:
        """Whether the person left a pane open; ``otherwise`` it was never shown or hidden."""
        return str(self._store.value(f"shown/{pane}", "true" if otherwise else "false")) == "true"

    def keep_shown(self, pane: str, shown: bool) -> None:
        self._keep(f"shown/{pane}", "true" if shown else "false")

    def width(self, pane: str, default: int) -> int:
        """Pixels."""
        return self._number(f"layout/width-{pane}", default)

    def keep_width(self, pane: str, pixels: int) -> None:
        self._store.setValue(f"layout/width-{pane}", pixels)

    @property
    def page(self) -> str:
        """The page of a connection that was in front last: ``log`` or ``wire``; empty if none was chosen yet."""
        return str(self._store.value("page", ""))

    @page.setter
    def page(self, name: str) -> None:
        self._keep("page", name)

    @property
    def environment(self) -> str:
        """The name of the environment that was chosen last; empty if none was."""
        return str(self._store.value("environment", ""))

    @environment.setter
    def environment(self, name: str) -> None:
        self._store.setValue("environment", name)

    @property
    def keep_days(self) -> int:
        """How many days a recording is kept; 0: for ever."""
        return self._number("recordings/days", KEEP_DAYS)

    @keep_days.setter
    def keep_days(self, days: int) -> None:
        self._keep("recordings/days", days)

    @property
    def keep_mebibytes(self) -> int:
        """How many MiB all recordings together may take; 0: any number."""
        return self._number("recordings/mebibytes", KEEP_MEBIBYTES)

    @keep_mebibytes.setter
    def keep_mebibytes(self, mebibytes: int) -> None:
        self._keep("recordings/mebibytes", mebibytes)

    @property
    def reduced_motion(self) -> Motion:
        """Whether the person wants less to move."""
        try:
            return Motion(str(self._store.value("motion", Motion.SYSTEM.value)))
        except ValueError:
            return Motion.SYSTEM

    @reduced_motion.setter
    def reduced_motion(self, motion: Motion) -> None:
        self._keep("motion", motion.value)

    @property
    def proxy(self) -> str:
        """The proxy of connections that name none themselves; it has no password. Empty: none."""
        return str(self._store.value("proxy", ""))

    @proxy.setter
    def proxy(self, address: str) -> None:
        self._keep("proxy", address)

    def asks(self, question: Question) -> bool:
        """Whether the person wants to be asked."""
        first = "true" if question in _ASKED_AT_FIRST else "false"
        return str(self._store.value(f"asks/{question.value}", first)) == "true"

    def set_asks(self, question: Question, *, asks: bool) -> None:
        self._keep(f"asks/{question.value}", "true" if asks else "false")

    @property
    def looks_for_updates(self) -> bool:
        """Whether the program may ask once a day for a newer version; not before somebody has said so."""
        return str(self._store.value("updates/looks", "false")) == "true"

    @looks_for_updates.setter
    def looks_for_updates(self, looks: bool) -> None:
        self._keep("updates/looks", "true" if looks else "false")

    @property
    def looked_for_updates(self) -> str:
        """The day of the last look, as ``2026-11-26``; empty if there was none."""
        return str(self._store.value("updates/day", ""))

    @looked_for_updates.setter
    def looked_for_updates(self, day: str) -> None:
        self._keep("updates/day", day)

    def chosen(self) -> dict[str, object]:
        """All that was chosen, for :meth:`choose_again`; what stands at its default is not in it."""
        return {name: self._store.value(name) for name in self._store.allKeys() if name.partition("/")[0] in _CHOSEN}

    def choose_again(self, chosen: dict[str, object]) -> None:
        """Put back what was chosen before; with nothing, the defaults."""
        for name in _CHOSEN:
            self._store.remove(name)
        for name, value in chosen.items():
            self._keep(name, value)

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self._store.fileName())

    def _number(self, name: str, default: int) -> int:
        value = str(self._store.value(name, default))
        return int(value) if value.isascii() and value.isdecimal() else default  # else an edited file

    def forget_layout(self) -> None:
        """The next window is laid out as the first one was."""
        self._store.remove("layout")
        self._store.remove("shown")
        self._store.remove("page")


def make_private(path: Path) -> None:
    """Give a file of ours, which may not be there yet, the mode that Qt then keeps: its owner's alone."""
    with contextlib.suppress(OSError):  # where it cannot be written to, nothing is kept in it
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.parent.chmod(0o700)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        path.chmod(0o600)
