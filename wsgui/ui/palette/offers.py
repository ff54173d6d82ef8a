"""What the palette offers: the commands of the menus, and the places one can go to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from wsgui.core import i18n
from wsgui.core.i18n import _
from wsgui.core.visible import one_line
from wsgui.net.state import State
from wsgui.ui.connection_tab import ConnectionTab
from wsgui.ui.menu_walk import commands, plain_title

if TYPE_CHECKING:
    from wsgui.lab.offer import Offer
    from wsgui.ui.window import Window

_LONGEST_URL = 100
"""Characters of a URL that are shown."""


@dataclass(frozen=True)
class Choice:
    """One row of the palette."""

    title: str
    do: Callable[[], object]
    place: str = ""
    """Where it stands in the menus, or of what kind it is."""
    keys: str = ""
    also: str = ""
    """Other words to find it by: its English title, where another language is spoken."""
    also_place: str = ""
    """The place in English, likewise."""
    refused: str = ""
    """Why it cannot be done now; empty if it can."""
    checked: bool | None = None
    """Of what is switched on and off, whether it is on."""

    @property
    def names(self) -> tuple[str, ...]:
        """What it is found by."""
        also = (self.also, f"{self.also_place} {self.also}") if self.also else ()
        return (self.title, f"{self.place} {self.title}", *also)


def choices(window: Window) -> list[Choice]:
    """All that is known at once; the faults of the built-in server come from :func:`of_faults`."""
    own = [*_of_menus(window)]
    titles = {choice.title for choice in own}
    pages = (choice for choice in _of_pages(window) if choice.title not in titles)
    return [*own, *pages, *_of_urls(window), *_of_options(window)]


def _of_menus(window: Window) -> Iterator[Choice]:
    english = _english_titles()
    for command in commands(window.menuBar()):
        action = command.action
        yield Choice(
            title=command.title,
            do=action.trigger,
            place=" › ".join(command.path),
            keys=command.keys,
            also=english.get(command.title, ""),
            also_place=" ".join(english.get(each, each) for each in command.path),
            refused="" if action.isEnabled() else _("not available now"),
            checked=action.isChecked() if action.isCheckable() else None,
        )


def _of_pages(window: Window) -> Iterator[Choice]:
    pages = window.front.pages
    for name, label in pages.offers():
        yield Choice(label, partial(pages.show_page, name), _("Page"), also=name)


def _of_urls(window: Window) -> Iterator[Choice]:
    for url in window.settings.urls:
        yield Choice(one_line(url, _LONGEST_URL), partial(_fill_in, window, url), _("Recent URL"))


def _fill_in(window: Window, url: str) -> None:
    """Put the URL into its field, in a new tab where the one in front is in use."""
    tab = window.tab
    if tab.status.state is not State.CLOSED:
        tab = window.new_tab()
    tab.address.set_url(url)
    tab.go_to("url")


def _of_options(window: Window) -> Iterator[Choice]:
    from wsgui.core.options import OPTIONS

    front = window.tabs.currentWidget()
    protocol = front.address.protocol if isinstance(front, ConnectionTab) else None
    for option in OPTIONS:
        applies = protocol is None or protocol in option.protocols
        yield Choice(
            _("Option: {name}").format(name=option.name),
            partial(_go_to_option, window, option.name),
            _(option.label),
            also=f"{option.name} {option.label}",
            refused="" if applies else _("means nothing with this protocol"),
        )


def _go_to_option(window: Window, name: str) -> None:
    window.menus.go_to("options")
    window.tab.options.focus_option(name)


def of_faults(window: Window, offers: Iterable[Offer]) -> list[Choice]:
    """The servers that the built-in server can be; reading them takes long, so they come later than the rest."""
    return [
        Choice(_(offer.title), partial(window.show_faults, offer.id), _("Fault"), also=f"{offer.id} {offer.title}")
        for offer in offers
    ]


def _english_titles() -> dict[str, str]:
    """What stands in the menus, back in English where another language is spoken; both without mnemonics."""
    catalogue = i18n.catalogue()
    texts = catalogue.texts if catalogue else {}
    return {plain_title(shown): plain_title(text) for text, shown in texts.items() if "&" in text}
