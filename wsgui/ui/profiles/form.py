"""Between a profile and the form of a tab."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wsgui.core.profiles.profile import Message, Profile
from wsgui.core.profiles.text import LeftOut, usable
from wsgui.core.protocol import Protocol
from wsgui.core.saved_messages import SavedMessage

if TYPE_CHECKING:
    from wsgui.ui.connection_tab import ConnectionTab


def read_form(tab: ConnectionTab, before: Profile) -> Profile:
    """What the form says now. What it does not show is as it was ``before``, options that it cannot show too."""
    good, _left = usable(before.options)
    values = tab.options.values()
    strange = {name: value for name, value in before.options.items() if name not in good and name not in values}
    return replace(
        before,
        url=tab.address.url,
        protocol=tab.address.protocol,
        options={**values, **strange},
        namespaces=dict(tab.events.namespaces.wanted),
        secret=tuple(sorted(tab.marked)),
    )


def fill_form(tab: ConnectionTab, profile: Profile) -> tuple[LeftOut, ...]:
    """Show a profile in the form; returns what could not be. The options can be undone there."""
    values, left = usable(profile.options)
    tab.marked = frozenset(profile.secret)
    tab.options.replace_values(values)
    tab.address.set_protocol(profile.protocol)
    tab.address.set_url(profile.url)
    tab.address.show_problem("")
    tab.events.namespaces.want(profile.namespaces)
    if profile.protocol is Protocol.WEBSOCKET:
        if profile.messages:
            tab.messages.message_edit.setPlainText(profile.messages[0].text)
    else:
        tab.send.offer(
            [SavedMessage(event=each.event, text=each.text, key="") for each in profile.messages if each.event]
        )
    return left


def typed_message(tab: ConnectionTab) -> tuple[Message, ...]:
    """What is typed to be sent; nothing if nothing is."""
    if tab.address.protocol is Protocol.WEBSOCKET:
        text = tab.messages.message_edit.toPlainText()
        return (Message("", text),) if text else ()
    event, text = tab.send.event_edit.text(), tab.send.payload_edit.toPlainText()
    return (Message(event, text, ack=tab.send.ack_box.isChecked()),) if event else ()


def is_blank(tab: ConnectionTab) -> bool:
    """Whether nothing would be lost if a profile took the form's place."""
    return not tab.address.url and not tab.options.values()
