"""Tabs that were closed can be had back: what was in the form of a connection, or the recording that was shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wsgui.core.i18n import _
from wsgui.ui.connection_tab import ConnectionTab

if TYPE_CHECKING:
    from wsgui.ui.recordings.tab import RecordingTab
    from wsgui.ui.window import Window

MOST = 10
"""Closed tabs that are kept; none outlives the window."""


class ClosedTabs(QObject):
    """Belongs to the window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._kept: list[Callable[[], object]] = []
        """What brings each back, the last one last."""

    def keep(self, tab: ConnectionTab | RecordingTab) -> None:
        """A tab is about to be closed: keep what was in it, if anything was, and say how to have it back."""
        if isinstance(tab, ConnectionTab) and not tab.address.url and not tab.options.values():
            return
        self._kept = [*self._kept[1 - MOST :], self._content(tab)]
        title = _("“{title}” was closed.").format(title=tab.property("title"))
        self._window.toasts.show(title, _("Reopen"), self.reopen)

    def reopen(self) -> None:
        """Bring back the tab that was closed last; a connection is not connected by that."""
        if self._kept:
            self._kept.pop()()

    def _content(self, tab: ConnectionTab | RecordingTab) -> Callable[[], object]:
        if not isinstance(tab, ConnectionTab):
            path = tab.path
            return lambda: self._window.shelf.open(path)
        url, protocol, values = tab.address.url, tab.address.protocol, tab.options.values()
        namespaces = dict(tab.events.namespaces.wanted)
        event, arguments = tab.send.event_edit.text(), tab.send.payload_edit.toPlainText()
        message = tab.messages.message_edit.toPlainText() if "message_tabs" in vars(tab.sending) else ""

        give_profile = self._window.profiles.hold(tab)

        def bring_back() -> None:
            tab = self._window.new_tab()
            tab.address.set_protocol(protocol)
            tab.address.set_url(url)
            tab.options.set_values(values)
            tab.events.namespaces.want(namespaces)
            tab.send.event_edit.setText(event)
            tab.send.payload_edit.setPlainText(arguments)
            if message:
                tab.messages.message_edit.setPlainText(message)
            give_profile(tab)

        return bring_back
