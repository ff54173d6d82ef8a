"""One diagnosis at a time: it is started, tells what it finds, can be cancelled, and keeps what came of it."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wsgui.core.findings import Finding, Report, Stage
from wsgui.core.i18n import _
from wsgui.core.option_values import OptionValues
from wsgui.core.protocol import Protocol
from wsgui.core.tasks import TaskOwner
from wsgui.core.verdict import Wish, conclude, wish
from wsgui.net.dialect import values_for

if TYPE_CHECKING:
    from wsgui.core.retranslation import Retranslation
    from wsgui.net.tap import Tap


class State(Enum):
    """How far it is."""

    NEW = "new"
    """Nothing was diagnosed yet."""
    RUNNING = "running"
    CANCELLED = "cancelled"
    """It was ended before all was checked."""
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class Form:
    """What is to be diagnosed: what the tab says, and what the panel asks for besides."""

    url: str
    protocol: Protocol
    values: OptionValues
    namespaces: tuple[str, ...] = ()
    origin: str = ""
    slow: bool = False
    secrets: Mapping[str, str] = field(default_factory=dict, compare=False)
    """For the redaction: what must not be handed on, and what to call it."""

    @property
    def wanted(self) -> Wish:
        """What it wants of the transports."""
        return wish(values_for(self.protocol, self.values), self.protocol)


class Run(QObject):
    """``tap`` opens the tab's recording, to which every exchange is told, when it is first needed."""

    changed = Signal()
    """Something of what is below has changed."""
    ended = Signal()
    """It has ended, by itself or cancelled."""

    def __init__(self, tap: Callable[[], Tap]) -> None:
        super().__init__()
        self._open_tap = tap
        self._tasks = TaskOwner("diagnosis panel")
        self.state = State.NEW
        self.form: Form | None = None
        """What was diagnosed, or is being."""
        self.report: Report | None = None
        """The conclusion; while it runs, on what was found until now."""
        self.done = 0
        self.expected = 0
        """How many findings there are and how many there will be."""
        self.titles: Mapping[str, str] = {}
        """What each check states, by its id, translated."""
        self._task: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        """Whether it runs."""
        return self.state is State.RUNNING

    @property
    def failed(self) -> frozenset[str]:
        """The checks that found a problem."""
        return frozenset(each.id for each in self.report.findings if each.is_problem) if self.report else frozenset()

    def start(self, form: Form, only: Collection[str] = (), stages: Collection[Stage] = ()) -> None:
        """Diagnose. With ``only`` these checks, or with ``stages`` those of these stages; other findings stay.

        Findings on another form would not be true of this one: then all checks run.
        """
        if self.running:
            return
        report = self.report if form == self.form else None
        if report is None and only:
            only = ()
        self.state, self.form = State.RUNNING, form
        self.done = self.expected = 0
        self.report = report if only or stages else None
        self.changed.emit()
        self._task = self._tasks.start(self._run(form, frozenset(only), frozenset(stages)), "run")
        self._task.add_done_callback(self._end)  # which comes also if it is cancelled before its first step

    def tell_again(self, again: Retranslation) -> None:
        """Put what was found into another language: findings are sentences, made when they were found."""
        if self.report is None:
            return
        findings = tuple(
            replace(
                each,
                summary=again(each.summary),
                fix=again(each.fix),
                evidence=tuple(replace(one, label=again(one.label)) for one in each.evidence),
            )
            for each in self.report.findings
        )
        transports = tuple(replace(row, failure=again(row.failure)) for row in self.report.transports)
        browser = replace(self.report.browser, reason=again(self.report.browser.reason))
        self.report = replace(self.report, findings=findings, transports=transports, browser=browser)
        self.titles = {key: again(title) for key, title in self.titles.items()}

    def cancel(self) -> None:
        """End it; what was found stays."""
        if self._task is not None:
            self._task.cancel()

    async def close(self) -> None:
        """Cancel it and wait for its end."""
        await self._tasks.close()

    async def _run(self, form: Form, only: frozenset[str], stages: frozenset[Stage]) -> None:
        module = await asyncio.to_thread(_load)
        question = module.Question(
            url=form.url,
            values=form.values,
            protocol=form.protocol,
            namespaces=form.namespaces,
            origin=form.origin,
            slow=form.slow,
        )
        diagnosis = module.Diagnosis(question, tap=self._open_tap())
        self.titles = {check.id: _(check.title) for check in diagnosis.checks}
        if stages:
            only = frozenset(check.id for check in diagnosis.checks if check.stage in stages)
        kept = [each for each in self.report.findings if each.id not in only] if self.report and only else []
        self.expected = len(only) or len(diagnosis.checks)
        self.changed.emit()
        findings: list[Finding] = []

        def take(finding: Finding) -> None:
            findings.append(finding)
            self.done = len(findings)
            self.report = self._conclude(form, [*kept, *findings])
            self.changed.emit()

        report = await diagnosis.run(take, only)
        if kept:
            again = self._conclude(form, [*kept, *report.findings])
            report = again.with_facts(report.server, report.browser, report.transports)
        self.report = report

    def _end(self, task: asyncio.Task[None]) -> None:
        done = not task.cancelled() and task.exception() is None
        self.state = State.DONE if done else State.CANCELLED
        self._task = None
        self.changed.emit()
        self.ended.emit()

    def _conclude(self, form: Form, findings: list[Finding]) -> Report:
        """The report for now, with the facts of the last whole one."""
        known = self.report
        report = conclude(form.url, findings, form.wanted)
        return report.with_facts(known.server, known.browser, known.transports) if known else report


def _load() -> ModuleType:
    """The checks take a tenth of a second to import."""
    module = importlib.import_module("wsgui.checks.diagnosis")
    importlib.import_module("wsgui.checks.check").all_checks()
    return module
