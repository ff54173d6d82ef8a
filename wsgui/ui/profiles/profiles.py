"""What the window does with profiles: which tab has which, saving, opening, and the panel that shows them all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from wsgui.core.i18n import _, plural
from wsgui.core.visible import one_line
from wsgui.net.state import State
from wsgui.ui.command import add_command
from wsgui.ui.icons import Icon
from wsgui.ui.profiles.arranging import Arranging
from wsgui.ui.profiles.library import Library

if TYPE_CHECKING:
    from wsgui.core.profiles.profile import Profile
    from wsgui.core.profiles.store import Listing, Saved
    from wsgui.imports.imported import Imported
    from wsgui.ui.connection_tab import ConnectionTab
    from wsgui.ui.profiles.save_dialog import SaveDialog
    from wsgui.ui.window import Window

_MOST_NAMED = 8


class Attached:
    """The profile that a tab has."""

    def __init__(self, saved: Saved, profile: Profile, missing: tuple[str, ...]) -> None:
        self.saved = saved
        self.profile = profile
        """As it was filled in or saved last, with its secrets."""
        self.missing = missing
        """Secrets that could not be filled in."""
        self.changed = False


class Profiles(QObject):
    """Belongs to the window. Nothing of it is imported before it is needed, or the window was painted."""

    named = Signal(QObject)
    """A tab has another profile, or its name or its unsaved mark have changed."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.library = Library(window)
        self._attached: dict[ConnectionTab, Attached] = {}
        self.dialog: SaveDialog | None = None
        self.arranging = Arranging(window, self.library)
        self.arranging.open_wanted.connect(lambda path, new_tab: self.open(path, new_tab=new_tab))
        self.arranging.moved.connect(self._moved)
        self.arranging.renewed.connect(self._renew)
        self.library.listed.connect(lambda listing, _choose: self._show_list(listing))
        self.library.problem.connect(window.show_error)

    # What the menus offer

    def add_actions(self, menu: QMenu) -> None:
        """For the File menu."""
        add_command(menu, _("Save as a pro&file"), self.save, QKeySequence.StandardKey.Save, Icon.SAVE)
        add_command(menu, _("Save &as another profile…"), lambda: self.save_as(), "Ctrl+Shift+S", Icon.PROFILE)
        add_command(menu, _("Re&vert to the profile"), self.revert)

    def add_view(self, menu: QMenu) -> None:
        """For the View menu."""
        self.arranging.add_view(menu)

    def begin(self) -> None:
        """The window was painted."""
        self.arranging.begin()

    # Tabs

    def take_tab(self, tab: ConnectionTab) -> None:
        """A tab is new."""
        tab.address.profile_box.opening.connect(lambda: self.library.start(self.library.refresh(), "list"))
        tab.address.profile_box.wanted.connect(lambda path: self._choose(tab, path))
        for signal in (tab.address.url_edit.textChanged, tab.address.protocol_box.currentIndexChanged):
            signal.connect(lambda _value: self._look_for_changes(tab))
        tab.options.changed.connect(lambda: self._look_for_changes(tab))
        tab.options.filled.connect(lambda: self._watch_marks(tab))
        tab.destroyed.connect(lambda: self._attached.pop(tab, None))

    def _watch_marks(self, tab: ConnectionTab) -> None:
        from wsgui.ui.profiles.secret_marks import SecretMarks

        SecretMarks(tab).changed.connect(lambda: self._look_for_changes(tab))

    def title(self, tab: ConnectionTab) -> str:
        """What to write on a tab that has a profile; empty if it has none."""
        attached = self._attached.get(tab)
        if attached is None:
            return ""
        name = one_line(attached.profile.name, 40)
        return f"{name} *" if attached.changed else name

    def path_of(self, tab: QObject | None) -> Path | None:
        """The file of a tab's profile."""
        attached = next((each for own, each in self._attached.items() if own is tab), None)
        return attached.saved.path if attached else None

    def hold(self, tab: ConnectionTab) -> Callable[[ConnectionTab], None]:
        """What gives another tab the profile that this one has, if there still is one."""
        attached = self._attached.get(tab)

        def give(other: ConnectionTab) -> None:
            if attached is not None and attached.saved.path.exists():
                self._attach(other, attached.saved, attached.profile, attached.missing)

        return give

    def front_changed(self) -> None:
        """Another tab is in front."""
        self.arranging.show_in_front(self.path_of(self._window.tabs.currentWidget()))

    def _choose(self, tab: ConnectionTab, path: Path | None) -> None:
        if path is None:
            self._attached.pop(tab, None)
            self._show_name(tab)
        else:
            self.open(path, tab)

    def _look_for_changes(self, tab: ConnectionTab) -> None:
        attached = self._attached.get(tab)
        if attached is None or not tab.address.isEnabled():
            return
        from wsgui.ui.profiles.form import read_form

        changed = read_form(tab, attached.profile) != attached.profile
        if changed != attached.changed:
            attached.changed = changed
            self._show_name(tab)

    def _show_name(self, tab: ConnectionTab) -> None:
        attached = self._attached.get(tab)
        if attached is None:
            tab.address.profile_box.show_current(None)
        else:
            name = attached.profile.name
            tab.address.profile_box.show_current(attached.saved.path, name, changed=attached.changed)
        self.named.emit(tab)
        self.front_changed()

    def _attach(self, tab: ConnectionTab, saved: Saved, profile: Profile, missing: tuple[str, ...] = ()) -> None:
        """``profile`` is what the form says while it is unchanged, with the secrets."""
        if tab not in self._attached:
            pane = tab.events.namespaces
            for signal in (pane.join_wanted, pane.leave_wanted):
                signal.connect(lambda *_what: self._look_for_changes(tab))
        self._attached[tab] = Attached(saved, profile, missing)
        self._show_name(tab)
        self._look_for_changes(tab)

    # Opening

    def open(self, path: Path, tab: ConnectionTab | None = None, *, new_tab: bool = False) -> None:
        """Fill a profile into a tab: the one in front, unless something would be lost there."""
        self.library.start(self._open(path, tab, new_tab=new_tab), "open")

    async def _open(self, path: Path, tab: ConnectionTab | None, *, new_tab: bool) -> None:
        store, secrets = await self.library.ready()
        saved = await self.library.do(lambda: store.read(path))
        filled = await secrets.fill(saved.profile)
        from wsgui.ui.profiles.form import fill_form, read_form

        tab = tab or self._window.tab
        if new_tab or not self._is_free(tab):
            tab = self._window.new_tab()
        left = fill_form(tab, filled.profile)
        self._attach(tab, saved, read_form(tab, filled.profile), filled.missing)
        said = [filled.reason] if filled.reason else []
        if filled.missing:
            places = ", ".join(one_line(place, 60) for place in filled.missing[:5])
            said.append(_("To be filled in, the keyring has no value for it: {places}.").format(places=places))
        said += [f"{one_line(each.name, 60)}: {each.reason}" for each in (*saved.left, *left)]
        if said:
            self._window.show_error(" ".join(said))

    def _is_free(self, tab: ConnectionTab) -> bool:
        from wsgui.ui.profiles.form import is_blank

        attached = self._attached.get(tab)
        idle = tab.status.state is State.CLOSED
        return idle and (not attached.changed if attached is not None else is_blank(tab))

    def revert(self) -> None:
        """The form says again what the profile does, as it was filled in or saved last."""
        tab = self._window.tab
        attached = self._attached.get(tab)
        if attached is None or tab.status.state is not State.CLOSED:
            return
        from dataclasses import replace  # the window opens sooner without it

        from wsgui.ui.profiles.form import fill_form

        fill_form(tab, replace(attached.profile, messages=()))
        self._look_for_changes(tab)

    # Saving

    def save(self) -> None:
        """Write the tab in front to its profile; one that has none becomes a new profile."""
        tab = self._window.tab
        if tab in self._attached:
            self.library.start(self._save(tab), "save")
        else:
            self.save_as()

    def save_as(self, imported: Imported | None = None) -> None:
        """Ask for a name, and make a new profile."""
        self.library.start(self._ask_for_name(self._window.tab, imported), "ask for a name")

    async def _ask_for_name(self, tab: ConnectionTab, imported: Imported | None) -> None:
        store, _secrets = await self.library.ready()
        listing = await self.library.do(store.listing)
        from wsgui.ui.profiles.save_dialog import SaveDialog

        attached = self._attached.get(tab)
        folders = [folder.relative_to(store.folder).as_posix() for folder in listing.folders]
        name, notes, folder = str(tab.property("host") or ""), "", ""
        if attached is not None:
            name, notes = attached.profile.name, attached.profile.notes
            folder = attached.saved.path.parent.relative_to(store.folder).as_posix().removeprefix(".")
        if imported is not None:
            name, notes = imported.title, imported.notes
        self.dialog = SaveDialog(self._window, name, folder, folders, notes)
        self.dialog.saved.connect(
            lambda name, folder, notes: self.library.start(
                self._create(tab, name, folder, notes, imported=imported), "create"
            )
        )
        self.dialog.finished.connect(lambda _result: setattr(self, "dialog", None))
        self.dialog.open()

    async def _create(
        self, tab: ConnectionTab, name: str, folder: str, notes: str, *, imported: Imported | None
    ) -> None:
        from dataclasses import replace

        from wsgui.core.profiles.profile import Profile
        from wsgui.core.profiles.store import new_id
        from wsgui.ui.profiles.form import read_form, typed_message

        store, secrets = await self.library.ready()
        attached = self._attached.get(tab)
        before = attached.profile if attached else Profile(messages=typed_message(tab))
        if imported is not None:
            before = Profile(messages=imported.messages)
        profile = replace(read_form(tab, before), id=new_id(), name=name, notes=notes)
        written = await secrets.put_away(profile, None, ())
        if written is None:
            return

        def create() -> Saved:
            where = store.folder
            for part in filter(None, (each.strip() for each in folder.split("/"))):
                there = next((each for each in store.listing().folders if each == where / part), None)
                where = there or store.make_folder(where, part)
            return store.create(written, where)

        saved = await self.library.do(create)
        self._attach(tab, saved, profile)
        self._window.show_error(_("Saved as “{name}”.").format(name=one_line(name, 60)))
        await self.library.refresh(saved.path)

    async def _save(self, tab: ConnectionTab, *, even_if_changed: bool = False) -> None:
        from dataclasses import replace

        from wsgui.core.profiles.store import ChangedElsewhereError
        from wsgui.core.profiles.stored_secrets import references
        from wsgui.ui.profiles.form import read_form

        store, secrets = await self.library.ready()
        attached = self._attached[tab]
        before = attached.saved.profile
        profile = replace(read_form(tab, attached.profile), id=store.id_of(attached.saved))
        written = await secrets.put_away(profile, before, attached.missing)
        if written is None:
            return
        saved = None
        while saved is None:
            known = attached.saved
            name, notes = attached.profile.name, attached.profile.notes  # the panel may have written others just now
            profile = replace(profile, name=name, notes=notes)
            written = replace(written, name=name, notes=notes)
            write = partial(store.write, known, written, even_if_changed=even_if_changed)
            try:
                saved = await self.library.do(write)
            except ChangedElsewhereError as error:
                if attached.saved is known:
                    await self._settle(tab, error.sentence)
                    return
        self._attach(tab, saved, profile, tuple(set(attached.missing) & set(references(saved.profile))))
        if before.id == saved.profile.id:
            stale = set(references(before)) - set(references(saved.profile))
            if problem := await secrets.forget(before.id, stale):
                self._window.show_error(problem)
        self._window.show_error(_("Saved: “{name}”.").format(name=one_line(profile.name, 60)))
        await self.library.refresh()

    async def _settle(self, tab: ConnectionTab, sentence: str) -> None:
        """The file is not what was opened: the person says which of the two is kept."""
        from wsgui.ui.several_answers import ask_which

        answers = [_("&Overwrite it"), _("Save as &another…"), _("&Take what is on disk")]
        answer = await ask_which(
            self._window, _("Profile"), sentence, _("What is in the form was not saved yet."), answers
        )
        if answer == 0:
            await self._save(tab, even_if_changed=True)
        elif answer == 1:
            await self._ask_for_name(tab, None)
        elif answer == 2:
            path = self._attached.pop(tab).saved.path
            await self._fill_again(tab, path)

    async def _fill_again(self, tab: ConnectionTab, path: Path) -> None:
        from wsgui.ui.profiles.form import fill_form, read_form

        store, secrets = await self.library.ready()
        saved = await self.library.do(lambda: store.read(path))
        filled = await secrets.fill(saved.profile)
        fill_form(tab, filled.profile)
        self._attach(tab, saved, read_form(tab, filled.profile), filled.missing)

    def _renew(self, path: Path, saved: Saved) -> None:
        """A profile has another name or other notes: so it has in the tabs."""
        from dataclasses import replace

        for tab, attached in self._attached.items():
            if attached.saved.path == path:
                attached.saved = saved
                attached.profile = replace(attached.profile, name=saved.profile.name, notes=saved.profile.notes)
                self._show_name(tab)

    def _moved(self, before: Path, now: Path) -> None:
        from dataclasses import replace

        for tab, attached in self._attached.items():
            path = attached.saved.path
            if path == before or before in path.parents:
                attached.saved = replace(attached.saved, path=now / path.relative_to(before))
                self._show_name(tab)

    def _show_list(self, listing: Listing) -> None:
        places = [(saved.path, saved.place) for saved in listing.profiles]
        places.sort(key=lambda each: each[1].casefold())
        for index in range(self._window.tabs.count()):
            address = getattr(self._window.tabs.widget(index), "address", None)
            if address is not None:
                address.profile_box.offer(places)
        if listing.problems:
            self._window.show_error(" ".join(listing.problems))

    async def may_go(self) -> bool:
        """Whether the window may close: nothing is unsaved, or the person has said what is to become of it."""
        from wsgui.ui.settings import Question

        changed = [tab for tab, attached in self._attached.items() if attached.changed]
        if not changed or not self._window.settings.asks(Question.UNSAVED):
            return True
        from wsgui.ui.several_answers import ask_which

        names = ["  • " + one_line(self._attached[tab].profile.name, 60) for tab in changed]
        if len(names) > _MOST_NAMED:
            names[_MOST_NAMED:] = ["  • " + _("and {n:,} more").format(n=len(names) - _MOST_NAMED)]
        question = plural(
            "A profile has changes that are not saved.", "{n} profiles have changes that are not saved.", len(changed)
        ).format(n=len(changed))
        answers = [_("&Save"), _("Close with&out saving")]
        answer = await ask_which(self._window, _("Profiles"), question, "\n".join(names), answers)
        if answer == 0:
            for tab in changed:
                await asyncio.wait([self.library.start(self._save(tab), "save")])
            return not any(attached.changed for attached in self._attached.values())
        return answer == 1

    async def close(self) -> None:
        """Keep what is still to be kept, and end what goes on."""
        self.arranging.close()
        await self.library.close()
