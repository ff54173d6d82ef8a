"""What the window has besides its tabs. Each part is made when it is first wanted, for the window to open sooner."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from wsgui.ui.closed_tabs import ClosedTabs
    from wsgui.ui.code.code_export import CodeExport
    from wsgui.ui.comparison.comparing import Comparing
    from wsgui.ui.environments.environments import Environments
    from wsgui.ui.guide.guide import Guide
    from wsgui.ui.imports.importing import Importing
    from wsgui.ui.menus import Menus
    from wsgui.ui.profiles.profiles import Profiles
    from wsgui.ui.program import Program
    from wsgui.ui.recordings.shelf import Shelf
    from wsgui.ui.reports.reporting import Reporting
    from wsgui.ui.saved.saving import Saving
    from wsgui.ui.toast import Toasts
    from wsgui.ui.window import Window

_WITH_AN_END = (
    "shelf",
    "reporting",
    "comparing",
    "importing",
    "program",
    "environments",
    "profiles",
    "saving",
)


class Parts:
    """One of the two things that :class:`wsgui.ui.window.Window` is; the other is Qt's."""

    @cached_property
    def menus(self) -> Menus:
        """What is in the menus; their titles are there from the first."""
        from wsgui.ui.menus import Menus

        return Menus(self._window, *self._window.titles)

    @cached_property
    def shelf(self) -> Shelf:
        from wsgui.ui.recordings.shelf import Shelf

        return Shelf(self._window)

    @cached_property
    def reporting(self) -> Reporting:
        from wsgui.ui.reports.reporting import Reporting

        return Reporting(self._window)

    @cached_property
    def comparing(self) -> Comparing:
        from wsgui.ui.comparison.comparing import Comparing

        return Comparing(self._window)

    @cached_property
    def importing(self) -> Importing:
        from wsgui.ui.imports.importing import Importing

        return Importing(self._window)

    @cached_property
    def code_export(self) -> CodeExport:
        from wsgui.ui.code.code_export import CodeExport

        return CodeExport(self._window)

    @cached_property
    def program(self) -> Program:
        from wsgui.ui.program import Program

        return Program(self._window)

    @cached_property
    def guide(self) -> Guide:
        from wsgui.ui.guide.guide import Guide

        return Guide(self._window)

    @cached_property
    def closed_tabs(self) -> ClosedTabs:
        from wsgui.ui.closed_tabs import ClosedTabs

        return ClosedTabs(self._window)

    @cached_property
    def profiles(self) -> Profiles:
        from wsgui.ui.profiles.profiles import Profiles

        return Profiles(self._window)

    @cached_property
    def environments(self) -> Environments:
        from wsgui.ui.environments.environments import Environments

        return Environments(self._window, self.profiles.library)

    @cached_property
    def saving(self) -> Saving:
        """The saved messages."""
        from wsgui.ui.saved.saving import Saving

        return Saving(self._window, self._window.send_saved, self._window.show_error)

    @cached_property
    def toasts(self) -> Toasts:
        """What is said at the bottom, above what one sends."""
        from wsgui.ui.toast import Toasts

        return Toasts(self._window, self._window.floor)

    async def close_parts(self) -> None:
        """End what those that were made are doing."""
        for name in _WITH_AN_END:
            if name in vars(self):
                await getattr(self, name).close()

    @property
    def _window(self) -> Window:
        return cast("Window", self)
