"""The folder of profiles as the window works with it: in threads, one thing after the other, errors told."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wsgui.core.tasks import TaskOwner
from wsgui.core.visible import one_line

if TYPE_CHECKING:
    from wsgui.core.profiles.store import Listing, ProfileStore
    from wsgui.ui.profiles.saving import SecretKeeping

T = TypeVar("T")


class Library(QObject):
    """Nothing of it is imported before it is needed."""

    listed = Signal(object, object)
    """A new :class:`Listing`, and the path that is to be chosen in it, or ``None``."""
    problem = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = TaskOwner("profiles")
        self._one_at_a_time = asyncio.Lock()
        self._store: ProfileStore | None = None
        self._secrets: SecretKeeping | None = None
        self.listing: Listing | None = None
        """As it was read last."""

    def start(self, work: Coroutine[object, object, None], name: str) -> asyncio.Task[None]:
        """Do something in the background, and tell what hinders it."""
        task = self._tasks.start(self._tell_errors(work), name)
        task.add_done_callback(lambda _task: work.close())  # it may have been cancelled before it began
        return task

    async def ready(self) -> tuple[ProfileStore, SecretKeeping]:
        """The folder, and what keeps its secrets."""
        if self._store is None or self._secrets is None:
            await asyncio.to_thread(_import)
            from wsgui.core.profiles.store import ProfileStore
            from wsgui.ui.profiles.saving import SecretKeeping

            if self._store is None or self._secrets is None:  # else another task was quicker
                self._store, self._secrets = ProfileStore(), SecretKeeping(self._window)
                self.start(self._tidy(self._store, self._secrets), "tidy")
        return self._store, self._secrets

    async def do(self, work: Callable[[], T]) -> T:
        """In a thread, and one after the other."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(work)

    async def refresh(self, choose: Path | None = None) -> None:
        """Read the folder anew."""
        store, _secrets = await self.ready()
        self.listing = await self.do(store.listing)
        self.listed.emit(self.listing, choose)

    async def _tell_errors(self, work: Coroutine[object, object, None]) -> None:
        from wsgui.core.profiles.store import ProfileError

        try:
            await work
        except (ProfileError, OSError) as error:
            self.problem.emit(error.sentence if isinstance(error, ProfileError) else _os_sentence(error))
            if self.listing is not None:
                await self.refresh()  # what is shown may be what is wrong

    async def _tidy(self, store: ProfileStore, secrets: SecretKeeping) -> None:
        """What was deleted a month ago goes for good, with its secrets."""
        from wsgui.core.profiles.store import ProfileStore
        from wsgui.core.profiles.stored_secrets import references

        for folder in await self.do(store.expired):
            gone = await self.do(ProfileStore(folder).listing)
            problems = [await secrets.forget(each.profile.id, references(each.profile)) for each in gone.profiles]
            if not any(problems):
                await self.do(partial(shutil.rmtree, folder))

    async def close(self) -> None:
        """Wait for what is being written, and end what else goes on."""
        await self._tasks.finish("notes", 2.0)
        await self._tasks.close()


def _import() -> None:
    import wsgui.core.profiles.store
    import wsgui.core.profiles.stored_secrets  # noqa: F401 - for the effect


def _os_sentence(error: OSError) -> str:
    name = Path(str(error.filename)).name if error.filename else ""
    reason = error.strerror or str(error)
    return f"{one_line(name, 80)}: {reason}" if name else reason
