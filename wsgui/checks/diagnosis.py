"""The diagnosis: all checks of a target, side by side, findings as they come, and the report at the end.

There is no order in which the checks run: each waits for the facts that it needs, and facts wait for each other. What
failed early therefore ends the rest by itself, as findings that say what could not be known. Only those that judge what
the others have done come after them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wsgui.checks.check import Check, all_checks, failed, skipped
from wsgui.checks.probe.limits import Limits
from wsgui.checks.probe.probe import NotKnown, Probe
from wsgui.checks.summary import browser_view, platforms, server_facts, transport_rows
from wsgui.core.address import AddressError, read_address
from wsgui.core.findings import Evidence, Finding, Report, Stage
from wsgui.core.http1 import HttpError
from wsgui.core.i18n import _
from wsgui.core.option_types import Protocol
from wsgui.core.options import OptionValues
from wsgui.core.tasks import TaskOwner
from wsgui.core.verdict import conclude, wish
from wsgui.net.dialect import values_for
from wsgui.net.failures import UnusableOptionError, plain
from wsgui.net.session import Target
from wsgui.net.tap import Tap

Told = Callable[[Finding], None]
"""Takes each finding when it is there."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is to be diagnosed. ``url`` as it was typed: that it cannot be read is a finding, too."""

    url: str
    values: OptionValues
    protocol: Protocol = Protocol.SOCKETIO
    namespaces: tuple[str, ...] = ()
    auths: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Namespace -> an ``auth`` of its own, in the place of the option of that name."""
    origin: str = ""
    """That of the web page; empty for a client outside of a browser."""
    slow: bool = False
    """Whether checks run that wait for what takes its time."""


class Diagnosis:
    """One run. ``run`` may be cancelled at any time, and leaves no task behind."""

    def __init__(self, question: Question, *, tap: Tap | None = None, limits: Limits | None = None) -> None:
        self.question = question
        self.checks = checks_for(question)
        """What will be told of, in the order of the stages: as many findings will come."""
        self._tap = tap
        self._limits = limits
        self.requests = 0
        """How many connections were made."""

    async def run(self, told: Told = lambda finding: None, only: Iterable[str] = ()) -> Report:
        """Run all checks, or those of the ids in ``only``; tell each finding when it is there."""
        question = self.question
        try:
            address = read_address(question.url, question.protocol)
        except AddressError as error:
            return self._unusable(error, told)
        target = Target(address, question.values, question.namespaces, question.protocol, question.auths)
        probe = Probe(target, origin=question.origin, slow=question.slow, limits=self._limits, tap=self._tap)
        chosen = [check for check in self.checks if not only or check.id in set(only)]
        findings: list[Finding] = []

        def take(finding: Finding) -> None:
            findings.append(finding)
            told(finding)

        failures: list[BaseException] = []
        tasks = TaskOwner("diagnosis", failures.append)
        try:
            for is_last in (False, True):
                group = [check for check in chosen if check.is_last is is_last]
                running = [tasks.start(_examine(check, probe, take), check.id) for check in group]
                if running:
                    await asyncio.wait(running)
                if failures:
                    raise failures[0]
            return await self._conclude(probe, findings)
        finally:
            await tasks.close()
            await probe.close()
            self.requests = probe.requests

    async def _conclude(self, probe: Probe, findings: Sequence[Finding]) -> Report:
        recognised = await platforms(probe)
        wanted = wish(values_for(self.question.protocol, self.question.values), self.question.protocol)
        report = conclude(self.question.url, findings, wanted, recognised)
        rows = await transport_rows(probe, report)
        return report.with_facts(await server_facts(probe), await browser_view(probe, report), rows)

    def _unusable(self, error: AddressError, told: Told) -> Report:
        """The report on a URL that cannot be read: not set, or wrong in a way that the sentence alone can tell."""
        first = next(check for check in self.checks if check.stage is Stage.URL)
        cause = "url-missing" if error.is_missing else None
        outcome = failed(cause, str(error), Evidence(_("URL"), self.question.url))
        finding = first.finding(outcome, 0.0)
        told(finding)
        wanted = wish(values_for(self.question.protocol, self.question.values), self.question.protocol)
        return conclude(self.question.url, [finding], wanted)


def checks_for(question: Question) -> tuple[Check, ...]:
    """The checks that mean something for a question."""
    return tuple(
        check for check in all_checks() if question.protocol in check.protocols and (question.slow or not check.is_slow)
    )


async def _examine(check: Check, probe: Probe, take: Callable[[Finding], None]) -> None:
    began = time.monotonic()
    try:
        outcome = await check.run(probe)
    except NotKnown as unknown:
        outcome = skipped(str(unknown))
    except (UnusableOptionError, HttpError) as error:  # which is what one of the checks is about
        outcome = skipped(_("An option cannot be used: {why}").format(why=plain(error)))
    take(check.finding(outcome, time.monotonic() - began))
