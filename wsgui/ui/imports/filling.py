"""An imported connection -> a tab's form: URL, protocol, options, namespaces and messages, all of them or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wsgui.core.option_values import OptionError
from wsgui.core.protocol import Protocol
from wsgui.core.saved_messages import SavedMessage
from wsgui.imports.imported import Imported

if TYPE_CHECKING:
    from wsgui.ui.connection_tab import ConnectionTab


def fill_in(tab: ConnectionTab, imported: Imported) -> None:
    """Fill it in. The options can be undone in the form; what the import does not tell has its default."""
    try:
        tab.options.replace_values(imported.options)
    except OptionError as error:
        tab.problem.emit(error.sentence)
        return
    tab.address.set_protocol(imported.protocol)
    if imported.url:
        tab.address.set_url(imported.url)
    tab.address.show_problem("")
    if imported.protocol is Protocol.WEBSOCKET:
        if imported.messages:
            tab.messages.message_edit.setPlainText(imported.messages[0].text)
        return
    tab.events.namespaces.want(imported.namespaces)
    tab.send.offer([SavedMessage(event=each.event, text=each.text, key="") for each in imported.messages if each.event])
