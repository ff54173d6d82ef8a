"""Runs sequences on the session of one tab, and hands what happens meanwhile to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wsgui.core.connection_plan import Plan
from wsgui.core.i18n import _
from wsgui.core.protocol import Protocol
from wsgui.core.sequences import SavedSequence
from wsgui.core.tasks import TaskOwner
from wsgui.net.sequence_runner import SequenceRunner, StepResult

if TYPE_CHECKING:
    from wsgui.ui.connection_tab import ConnectionTab


class Runs(QObject):
    """One sequence at a time."""

    told = Signal(StepResult)
    ended = Signal(bool)
    """Whether all steps passed; also where it was stopped."""

    def __init__(self, tab: ConnectionTab) -> None:
        super().__init__(tab)
        self._tab = tab
        self._tasks = TaskOwner("tab: sequence")

    @property
    def running(self) -> bool:
        """Whether one is being done."""
        return len(self._tasks) > 0

    def start(self, sequence: SavedSequence) -> str:
        """Begin; empty, or why not, as a sentence."""
        tab = self._tab
        session = tab.messages.session if sequence.plain else tab.events.session
        if session is None or tab.recorded.tap is None:
            return _("Not run: there is no connection. Press Connect first.")
        if not sequence.steps:
            return _("Not run: there are no steps.")
        plan = self.plan(sequence)
        namespace = "/" if sequence.plain else tab.send.namespace_box.currentText()
        runner = SequenceRunner(plan, session, tab.recorded.tap, namespace, self.told.emit)
        self._tasks.start(self._run(runner), "run")
        return ""

    def stop(self) -> None:
        """End it where it is."""
        self._tasks.cancel()

    async def close(self) -> None:
        """End it, and wait for that."""
        await self._tasks.close()

    def plan(self, sequence: SavedSequence) -> Plan:
        """The connection of the form with the steps, to be run or handed on."""
        from wsgui.core.options import applying

        tab = self._tab
        protocol = tab.address.protocol
        spaces = {} if protocol is Protocol.WEBSOCKET else tab.events.namespaces.wanted
        values = applying(tab.options.values(), protocol)
        return Plan(tab.address.url, protocol, values, spaces, sequence.steps, sequence.name, sequence.times)

    def show_row(self, seq: int) -> None:
        """Show a row in the log."""
        if self._tab.recording is not None:
            self._tab.recording.flush()  # it may have happened a moment ago, and would be taken for one that is hidden
        self._tab.pages.show_in_log(seq)

    async def _run(self, runner: SequenceRunner) -> None:
        passed = False
        self._tab.recorded.watch = runner.take
        try:
            passed = await runner.run()
        finally:
            self._tab.recorded.watch = None
            self.ended.emit(passed)
