"""Whether there is a newer wsgui: looked up when somebody asks, or once a day if somebody has said so."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wsgui import __version__
from wsgui.core.i18n import _
from wsgui.core.project import HOME, RELEASES
from wsgui.core.tasks import TaskOwner

if TYPE_CHECKING:
    from wsgui.ui.window import Window

log = logging.getLogger(__name__)


class Updating(QObject):
    """Belongs to the window."""

    def __init__(self, window: Window, url: str = RELEASES) -> None:
        super().__init__(window)
        self._window = window
        self._url = url
        self._tasks = TaskOwner("updates")

    def look(self) -> None:
        """Look now, and say what was found, whatever it is."""
        if not len(self._tasks):
            self._window.show_error(_("Looking for a newer wsgui…"))
            self._tasks.start(self._look(asked=True), "look")

    def look_if_wanted(self) -> None:
        """Look if the settings say so and it was not done today; say only that there is a newer one."""
        settings = self._window.settings
        if settings.looks_for_updates and settings.looked_for_updates != _today():
            self._tasks.start(self._look(asked=False), "look")

    async def close(self) -> None:
        """End what goes on."""
        await self._tasks.close()

    async def _look(self, *, asked: bool) -> None:
        from urllib.parse import urlsplit

        from wsgui.core.proxy import with_default_proxy
        from wsgui.core.releases import is_newer
        from wsgui.net.releases import NoReleaseError, newest_release

        self._window.settings.looked_for_updates = _today()  # also of a look that fails: one request a day
        parts = urlsplit(self._url)
        values = with_default_proxy({}, self._window.settings.proxy, parts.hostname or "", parts.port or 443)
        try:
            version = await newest_release(self._url, values)
        except NoReleaseError as error:
            log.info("no look for updates: %s", error)
            if asked:
                sentence = _("Whether there is a newer wsgui could not be found out. {why}")
                self._window.show_error(sentence.format(why=error))
            return
        if is_newer(version, __version__):
            sentence = _("wsgui {new} is there; this is {own}. It can be had at {url}.")
            self._window.show_error(sentence.format(new=version, own=__version__, url=HOME))
        elif asked:
            self._window.show_error(_("This is the newest wsgui: {own}.").format(own=__version__))


def _today() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d}"
