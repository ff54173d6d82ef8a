"""A Check is one statement about a server, true when it passes; its file has the name of the statement.

What a check says is an :class:`Outcome`, made by one of four verbs; with the name of the check and the time it took
that is a finding. The checks are found by looking into the folder.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache

from wsgui import checks
from wsgui.checks.probe.probe import Probe
from wsgui.core.findings import NO_CHANGE, Change, Evidence, Finding, Part, Stage, Status
from wsgui.core.option_types import Protocol

SOCKETIO = frozenset({Protocol.SOCKETIO, Protocol.SOCKETIO_V2})


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a check saw; the fields are those of :class:`Finding`."""

    status: Status
    summary: str
    cause: str | None = None
    evidence: tuple[Evidence, ...] = ()
    fix: str = ""
    code: str = ""
    change: Change = NO_CHANGE
    breaks: Part | None = None


def passed(summary: str, *evidence: Evidence) -> Outcome:
    """All is well."""
    return Outcome(status=Status.PASS, summary=summary, evidence=evidence)


def failed(
    cause: str | None,
    summary: str,
    *evidence: Evidence,
    fix: str = "",
    code: str = "",
    change: Change = NO_CHANGE,
    breaks: Part | None = None,
) -> Outcome:
    """It does not work, and this is why; without a ``cause`` it is the client's own fault, which the summary tells."""
    return Outcome(
        status=Status.FAIL,
        summary=summary,
        cause=cause,
        evidence=evidence,
        fix=fix,
        code=code,
        change=change,
        breaks=breaks,
    )


def warned(cause: str | None, summary: str, *evidence: Evidence, fix: str = "") -> Outcome:
    """It works, and something is to be said; with a cause it may fail at times."""
    return Outcome(status=Status.WARN, summary=summary, cause=cause, evidence=evidence, fix=fix)


def skipped(summary: str) -> Outcome:
    """There was nothing to check, or it could not be known."""
    return Outcome(status=Status.SKIP, summary=summary)


@dataclass(frozen=True)
class Check:
    """One check. ``title`` is marked for translation; ``run`` may raise :class:`NotKnown`, and is then skipped."""

    module: str
    """``__name__`` of its file, which gives the ``id``."""
    title: str
    stage: Stage
    run: Callable[[Probe], Awaitable[Outcome]]
    protocols: frozenset[Protocol] = frozenset(Protocol)
    is_slow: bool = False
    """It waits for what takes its time, and runs only when asked for."""
    is_last: bool = False
    """It judges what the others have done, and runs after them."""

    @property
    def id(self) -> str:
        """The name of its file, with hyphens."""
        return self.module.rpartition(".")[2].replace("_", "-")

    def finding(self, outcome: Outcome, seconds: float) -> Finding:
        """What it saw, as a finding of its own."""
        return Finding(
            id=self.id,
            stage=self.stage,
            status=outcome.status,
            summary=outcome.summary,
            cause=outcome.cause,
            evidence=outcome.evidence,
            fix=outcome.fix,
            code=outcome.code,
            change=outcome.change,
            breaks=outcome.breaks,
            seconds=seconds,
        )


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check in the folder, in the order of the stages."""
    found = []
    for file in pkgutil.iter_modules(checks.__path__):
        check = getattr(importlib.import_module(f"{checks.__name__}.{file.name}"), "CHECK", None)
        if isinstance(check, Check):
            found.append(check)
    assert found, "the checks were lost when the program was built"
    return tuple(sorted(found, key=lambda check: check.stage.position))
