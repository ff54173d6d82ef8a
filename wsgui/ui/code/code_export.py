"""The window's export as code: what the tab in front has in its form, and the event that is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from wsgui.core.i18n import _
from wsgui.core.protocol import Protocol
from wsgui.ui.command import add_command
from wsgui.ui.icons import Icon

if TYPE_CHECKING:
    from wsgui.core.connection_plan import Plan, Send
    from wsgui.core.environments import Connection
    from wsgui.ui.code.code_dialog import CodeDialog
    from wsgui.ui.connection_tab import ConnectionTab
    from wsgui.ui.window import Window


class CodeExport(QObject):
    """Belongs to the window. Nothing of it is made before it is needed."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: CodeDialog | None = None

    def add_actions(self, menu: QMenu) -> None:
        """What the File menu offers."""
        add_command(menu, _("Export as co&de…"), self.show, "Ctrl+Shift+X", Icon.CODE)

    def show(self) -> None:
        """Show the connection in front as code; where it cannot be, say why."""
        from wsgui.core.address import AddressError, read_address

        tab = self._window.tab
        if (connection := tab.resolved()) is None:
            return
        try:
            read_address(connection.url, tab.address.protocol)
        except AddressError as error:
            tab.address.show_problem(str(error))
            tab.address.url_edit.setFocus()
            return
        if self.dialog is None:
            from wsgui.ui.code.code_dialog import CodeDialog

            self.dialog = CodeDialog(self._window, _plan_of(tab, connection), _typed_in(tab))
            self.dialog.told.connect(self._window.show_error)
            self.dialog.finished.connect(self._forget)
            self.dialog.open()
        self.dialog.raise_()

    def _forget(self) -> None:
        self.dialog = None


def _plan_of(tab: ConnectionTab, connection: Connection) -> Plan:
    """The connection of the form, without steps; ``connection`` is what its variables stand for."""
    from wsgui.core.connection_plan import Plan
    from wsgui.core.options import applying

    protocol = tab.address.protocol
    return Plan(connection.url, protocol, applying(connection.options, protocol), connection.namespaces)


def _typed_in(tab: ConnectionTab) -> Send | None:
    """The event, or the message, that is typed; none if none is."""
    from wsgui.core.connection_plan import Send

    if tab.address.protocol is Protocol.WEBSOCKET:
        text = tab.messages.message_edit.toPlainText()
        return Send("", [text]) if text else None
    send = tab.send
    if not (event := send.event_edit.text()):
        return None
    namespace = send.namespace_box.currentText()
    joined = send.namespace_box.count() > 1
    return Send(event, send.written_arguments(), namespace if joined else "", ack=send.ack_box.isChecked())
