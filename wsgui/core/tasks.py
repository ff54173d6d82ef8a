"""Every task has an owner that keeps, names and ends it.

A bare ``asyncio.create_task`` may be collected while it runs, swallows its exception until then, and outlives
whoever started it. Lint bans it outside this file. An owner is anything with a lifetime: a session, a tab, the
window.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine


class TaskOwner:
    """The tasks of one owner. ``close()`` cancels what still runs and waits for its end."""

    def __init__(self, name: str, failed: Callable[[BaseException], None] = lambda error: None) -> None:
        """``failed`` is told of an exception that ended a task, so that its owner does not wait for it for ever."""
        self._name = name
        self._failed = failed
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[object, object, None], name: str) -> asyncio.Task[None]:
        """Run ``work`` as a task of this owner. Its exception goes to the loop's exception handler at once."""
        task = asyncio.create_task(work, name=f"{self._name}: {name}")  # noqa: TID251 - the one place
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            task.get_loop().call_exception_handler(
                {"message": f"{task.get_name()} failed", "exception": error, "task": task}
            )
            self._failed(error)

    def cancel(self) -> None:
        """Cancel all tasks, and do not wait for their end."""
        for task in self._tasks:
            task.cancel()

    async def close(self) -> None:
        """Cancel all tasks and wait until they have ended. The caller's own task, if it is one of them, is left."""
        tasks = [task for task in self._tasks if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def finish(self, name: str, seconds: float) -> bool:
        """Wait for the tasks whose names begin with ``name``; whether all have ended in time."""
        tasks = [task for task in self._tasks if task.get_name().startswith(f"{self._name}: {name}")]
        return not tasks or not (await asyncio.wait(tasks, timeout=seconds))[1]

    def __len__(self) -> int:
        return len(self._tasks)
